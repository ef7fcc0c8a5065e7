//! The proving ground: deploys each rendered tree with the real programs that its users run, on this machine, without
//! containers, and reports what each of them said. See `ground/README.md`.

mod access;
mod admission;
mod alike;
mod api;
mod applications;
mod argocd;
mod arguments;
mod bootstrap;
mod cert_manager;
mod certificates;
mod charts;
mod cluster;
mod confirmation;
mod crds;
mod deployment;
mod drift;
mod emitter;
mod events;
mod fields;
mod foreign;
mod given;
mod injector;
mod interrupt;
mod network;
mod nodes;
mod onepassword;
mod pins;
mod plugin;
mod pods;
mod policies;
mod ports;
mod processes;
mod programme;
mod programs;
mod removal;
mod repository;
mod routes;
mod run;
mod stand_in;
mod strict;
mod table;
mod tree;
mod trial;
mod twins;
mod webhook;
mod workloads;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let mut table = table::Table::default();
    if let Err(error) = run::run(&arguments, &mut table) {
        table.fail("the ground", "", "the run itself", &format!("{error:#}"));
    }
    print!("{table}");
    if table.failed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
