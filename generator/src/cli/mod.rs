//! The command line.

mod args;
mod audit;
mod bootstrap;
mod exit;
mod list;
mod own;
mod plugin;
mod render;
mod report;
mod review;
mod several;

use std::ffi::OsString;
use std::process::ExitCode;

use casemate_dsl::Cluster;
use clap::{CommandFactory, Parser};

use args::{Args, Command, NewCommand, PluginCommand};
use exit::Exit;

/// Runs the command line over these clusters, with the arguments of the process.
///
/// It is the whole `main` of a repository of declarations:
///
/// ```no_run
/// # use casemate_dsl::Cluster;
/// # fn cluster() -> Cluster { unimplemented!() }
/// fn main() -> std::process::ExitCode {
///     casemate::run([cluster()])
/// }
/// ```
#[must_use]
pub fn run(clusters: impl IntoIterator<Item = Cluster>) -> ExitCode {
    run_with(clusters, std::env::args_os())
}

/// Runs the command line over these clusters with these arguments; the first is the name of the program.
#[must_use]
pub fn run_with(
    clusters: impl IntoIterator<Item = Cluster>,
    arguments: impl IntoIterator<Item = OsString>,
) -> ExitCode {
    command(clusters, None, arguments).into()
}

/// Runs the command line over these clusters, with the arguments of the process, in a program that knows its sources: the text that
/// `casemate_sources::embed` wrote in its build script. `plugin generate` compares them with the checkout that it prints for, and prints
/// nothing without them.
///
/// ```no_run
/// # use std::process::ExitCode;
/// # // Stands for the variable that the build script sets.
/// # macro_rules! env { ($name:literal) => { concat!(core::env!("CARGO_MANIFEST_DIR"), "/Cargo.toml") }; }
/// # fn main() {}
/// # fn run(cluster: fn() -> casemate_dsl::Cluster) -> ExitCode {
/// casemate::run_built_from(include_str!(env!("CASEMATE_SOURCES")), [cluster()])
/// # }
/// ```
#[must_use]
pub fn run_built_from(sources: &str, clusters: impl IntoIterator<Item = Cluster>) -> ExitCode {
    command(clusters, Some(sources), std::env::args_os()).into()
}

fn command(
    clusters: impl IntoIterator<Item = Cluster>,
    sources: Option<&str>,
    arguments: impl IntoIterator<Item = OsString>,
) -> Exit {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // `--help` and `--version` are "errors" that succeed.
            if error.use_stderr() {
                // Where nobody can be told, there is nobody to tell it.
                let _ = error.print();
                return Exit::Usage;
            }
            return report::printed(error.print());
        }
    };
    match args.command {
        Command::Render(args) => render::render(clusters, &args),
        Command::List(args) => list::list(clusters, &args),
        Command::Review(args) => review::review(&args),
        Command::Audit(args) => audit::audit(&args),
        Command::Bootstrap(args) => bootstrap::bootstrap(clusters, &args),
        Command::Init(args) => own::init(&args),
        Command::New(NewCommand::Service(args)) => own::new_service(&args),
        Command::Plugin(PluginCommand::Guard { directory }) => plugin::guard(&directory),
        Command::Plugin(PluginCommand::Generate { directory }) => plugin::generate(clusters, sources, &directory),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "casemate", &mut script);
            report::print(&String::from_utf8_lossy(&script))
        }
    }
}
