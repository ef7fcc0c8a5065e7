//! Renders the homelab and the cottage: `cargo run -- render`.

fn main() -> std::process::ExitCode {
    let sources = include_str!(env!("CASEMATE_SOURCES"));
    casemate::run_built_from(sources, [homelab::homelab::cluster(), homelab::cottage::cluster()])
}
