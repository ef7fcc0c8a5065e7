//! Renders the clusters: `cargo run -- render`.

fn main() -> std::process::ExitCode {
    let sources = include_str!(env!("CASEMATE_SOURCES"));
    casemate::run_built_from(sources, [services::homelab::cluster(), services::cottage::cluster()])
}
