//! Renders the clusters: `cargo run -- render`.

fn main() -> std::process::ExitCode {
    casemate::run_built_from(include_str!(env!("CASEMATE_SOURCES")), [services::{{ module }}::cluster()])
}
