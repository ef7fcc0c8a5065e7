//! Renders the clusters: `cargo run -- render`.

fn main() -> std::process::ExitCode {
    casemate::run([services::homelab::cluster(), services::cottage::cluster()])
}
