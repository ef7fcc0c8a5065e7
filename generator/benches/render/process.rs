//! Measurements in processes of their own: each starts cold, and its peak of memory is its own.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use crate::{catalogue, floor};

/// What one process reports.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    pub(crate) time: Duration,
    /// Bytes of memory at the peak, where the system tells.
    pub(crate) peak: Option<u64>,
    pub(crate) objects: usize,
    pub(crate) bytes: u64,
}

/// The median of several processes. `fresh` empties the directory before each.
pub(crate) fn median(runs: usize, what: &str, services: usize, directory: &Path, fresh: bool) -> Measured {
    let mut measured: Vec<Measured> = (0..runs)
        .map(|_| {
            if fresh {
                let _ = std::fs::remove_dir_all(directory);
            }
            once(what, services, directory)
        })
        .collect();
    measured.sort_by_key(|measured| measured.time);
    measured[measured.len() / 2]
}

fn once(what: &str, services: usize, directory: &Path) -> Measured {
    let program = std::env::current_exe().expect("the benchmark knows its own program");
    let output = Command::new(program)
        .args(["measure", what, &services.to_string()])
        .arg(directory)
        .output()
        .expect("the benchmark can run itself");
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().find_map(|line| line.strip_prefix("measured ")).unwrap_or_else(|| panic!("{what}: {text}"));
    let numbers: Vec<u64> = line.split(' ').map(|number| number.parse().expect("a number")).collect();
    let &[nanos, peak, objects, bytes] = numbers.as_slice() else { panic!("{what}: {line}") };
    Measured {
        time: Duration::from_nanos(nanos),
        peak: Some(peak).filter(|peak| *peak > 0),
        objects: usize::try_from(objects).expect("a count"),
        bytes,
    }
}

/// What the process of a measurement does: `measure WHAT SERVICES DIRECTORY`.
pub(crate) fn measure(arguments: &[String]) -> ExitCode {
    let [what, services, directory] = arguments else { panic!("measure WHAT SERVICES DIRECTORY, not {arguments:?}") };
    let services: usize = services.parse().expect("a number of services");
    let directory = Path::new(directory);
    let time = match what.as_str() {
        "render" => {
            let out = ["casemate", "render", "--out"].map(Into::into).into_iter().chain([directory.into()]);
            floor::timed(|| casemate::run_with(catalogue::clusters(services), out)).0
        }
        "serialise-and-write" => {
            let objects = floor::objects(catalogue::clusters(services));
            floor::timed(|| floor::serialise_and_write(directory, &objects)).0
        }
        "compare" => {
            let texts = floor::texts(catalogue::clusters(services));
            let (time, differ) = floor::timed(|| floor::compare(directory, &texts));
            assert_eq!(differ, 0, "the tree that is compared has to be the rendered one");
            time
        }
        other => panic!("nothing is measured as `{other}`"),
    };
    let peak = peak();
    let texts = floor::texts(catalogue::clusters(services));
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    eprintln!("measured {} {} {} {bytes}", time.as_nanos(), peak.unwrap_or(0), texts.len());
    ExitCode::SUCCESS
}

/// The peak of this process's memory until now, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}
