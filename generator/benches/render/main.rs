//! How fast a render is, as ratios against what no renderer can avoid: serialising, writing, comparing.
//!
//! `cargo bench -p casemate` runs every measurement in a process of its own, several times, and prints the median. Absolute times
//! differ from machine to machine; ratios hold. 10,000 services are ten clusters of a thousand; growth inside of one cluster is what
//! the line from 100 to 1,000 shows.

#![expect(clippy::expect_used, reason = "a benchmark that cannot measure stops")]
#![expect(clippy::cast_precision_loss, reason = "ratios are read by people")]

mod catalogue;
mod floor;
mod process;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use process::Measured;

/// How often each process is run.
const RUNS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.first().map(String::as_str) {
        Some("measure") => process::measure(&arguments[1..]),
        _ => table(arguments.first().map_or_else(default_directory, PathBuf::from)),
    }
}

/// A directory on the disk that holds the sources, not in memory.
fn default_directory() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-render")
}

fn table(directory: PathBuf) -> ExitCode {
    println!(
        "trees in {}; {RUNS} runs each, medians; ratios are against the floor in the same line\n",
        directory.display()
    );
    println!(
        "{:>8} {:>8} {:>9}  {:<40} {:>9} {:>7} {:>10}",
        "services", "objects", "output", "what", "time", "ratio", "peak/out"
    );
    let mut growth = Vec::new();
    for services in [100, 1_000, 10_000] {
        let run = |what: &str, fresh: bool| process::median(RUNS, what, services, &directory, fresh);
        let floor = run("serialise-and-write", true);
        let fresh = run("render", true);
        let compared = run("compare", false);
        let unchanged = run("render", false);
        let row = |what: &str, measured: &Measured, floor: Option<&Measured>| {
            let ratio = floor.map_or_else(String::new, |floor| format!("{:.2}", ratio(measured.time, floor.time)));
            let peak =
                measured.peak.map_or_else(|| "?".to_owned(), |peak| format!("{:.2}", peak as f64 / fresh.bytes as f64));
            println!(
                "{services:>8} {:>8} {:>6} MB  {what:<40} {:>6} ms {ratio:>7} {peak:>10}",
                fresh.objects,
                fresh.bytes / 1_000_000,
                measured.time.as_millis()
            );
        };
        row("serialise and write (floor)", &floor, None);
        row("render, nothing there (to reach: 1.3)", &fresh, Some(&floor));
        row("read and compare (floor)", &compared, None);
        row("render, nothing changed (to reach: 1.3)", &unchanged, Some(&compared));
        growth.push((services, fresh.time, unchanged.time));
    }
    println!();
    for pair in growth.windows(2) {
        let [(few, few_fresh, few_unchanged), (many, many_fresh, many_unchanged)] = pair else { continue };
        println!(
            "{few} to {many} services: 10 times as many take {:.1} times as long fresh, {:.1} times unchanged",
            ratio(*many_fresh, *few_fresh),
            ratio(*many_unchanged, *few_unchanged),
        );
    }
    emitter();
    let _ = std::fs::remove_dir_all(&directory);
    ExitCode::SUCCESS
}

fn ratio(time: Duration, floor: Duration) -> f64 {
    time.as_secs_f64() / floor.as_secs_f64()
}

/// What the emitter costs, on one core.
fn emitter() {
    let objects = floor::objects(catalogue::clusters(1_000));
    let (yaml, bytes) = floor::timed(|| objects.iter().map(|(_, object)| floor::yaml(object).len()).sum::<usize>());
    let (json, _) = floor::timed(|| objects.iter().map(|(_, object)| object.to_string().len()).sum::<usize>());
    println!(
        "the emitter, one core: {} MB of YAML at {:.0} MB/s; compact JSON of the same objects takes {:.2} of its time",
        bytes / 1_000_000,
        bytes as f64 / 1_000_000.0 / yaml.as_secs_f64(),
        ratio(json, yaml),
    );
}
