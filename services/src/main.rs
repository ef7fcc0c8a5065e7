//! Renders the homelab: `cargo run -- render`.

fn main() -> std::process::ExitCode {
    casemate::run([homelab::homelab::cluster()])
}
