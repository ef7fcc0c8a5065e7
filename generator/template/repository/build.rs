//! Tells the program which sources it is built from: `plugin generate` prints nothing for a checkout of others.

fn main() -> std::process::ExitCode {
    casemate_sources::embed()
}
