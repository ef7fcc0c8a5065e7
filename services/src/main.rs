//! Renders the homelab and the cottage: `cargo run -- render`.

fn main() -> std::process::ExitCode {
    casemate::run([homelab::homelab::cluster(), homelab::cottage::cluster()])
}
