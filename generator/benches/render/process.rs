//! Measurements in processes of their own: each starts cold, and its peak of memory is its own.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use crate::catalogue;
use crate::floor::{Objects, Taken, timed};

/// What one process reports.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    pub(crate) taken: Taken,
    /// Bytes of memory at the peak, where the system tells.
    pub(crate) peak: Option<u64>,
}

/// Measures in a new process.
pub(crate) fn measure(what: &str, services: usize, tree: &Path) -> Measured {
    let program = std::env::current_exe().expect("the benchmark knows its own program");
    let output = Command::new(program)
        .args(["measure", what, &services.to_string()])
        .arg(tree)
        .stdout(Stdio::null())
        .output()
        .expect("the benchmark can run itself");
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().find_map(|line| line.strip_prefix("measured ")).unwrap_or_else(|| panic!("{what}: {text}"));
    let numbers: Vec<u64> = line.split(' ').map(|number| number.parse().expect("a number")).collect();
    let &[time, cores, peak] = numbers.as_slice() else { panic!("{what}: {line}") };
    let taken = Taken { time: Duration::from_nanos(time), cores: Duration::from_nanos(cores) };
    Measured { taken, peak: Some(peak).filter(|peak| *peak > 0) }
}

/// What the process of a measurement does: `measure WHAT SERVICES TREE`.
pub(crate) fn run(arguments: &[String]) -> ExitCode {
    let [what, services, tree] = arguments else { panic!("measure WHAT SERVICES TREE, not {arguments:?}") };
    let services: usize = services.parse().expect("a number of services");
    let tree = Path::new(tree);
    let objects = || Objects::of(services);
    let Taken { time, cores } = match what.as_str() {
        "declare" => timed(|| catalogue::clusters(services).len()).0,
        "render" => {
            let out = ["casemate", "render", "--out"].map(Into::into).into_iter().chain([tree.into()]);
            timed(|| casemate::run_with(catalogue::clusters(services), out)).0
        }
        "render-in-memory" => {
            let render = |cluster| casemate::render(cluster).expect("the synthetic catalogue is right").files().len();
            timed(|| catalogue::clusters(services).into_iter().map(render).sum::<usize>()).0
        }
        "serialise" => {
            let objects = objects();
            timed(|| objects.serialise()).0
        }
        "serialise-and-write" => {
            let objects = objects();
            timed(|| objects.serialise_and_write(tree)).0
        }
        "read" => {
            let objects = objects();
            timed(|| objects.read(tree)).0
        }
        "read-and-hash" => {
            let objects = objects();
            timed(|| objects.read_and_hash(tree)).0
        }
        // One Application reads one directory; a cluster has all of them, and Argo CD takes less text than ten clusters have.
        "guard" => {
            let clusters =
                std::fs::read_dir(tree).expect("the tree is there").map(|entry| entry.expect("an entry").path());
            let guard = |cluster: PathBuf| {
                let arguments = ["casemate", "plugin", "guard"].map(Into::into).into_iter().chain([cluster.into()]);
                casemate::run_with([], arguments)
            };
            let (taken, is_whole) = timed(|| clusters.map(guard).all(|code| code == ExitCode::SUCCESS));
            assert!(is_whole, "what was rendered is not refused");
            taken
        }
        "serialise-read-and-compare" => {
            let objects = objects();
            timed(|| objects.serialise_read_and_compare(tree)).0
        }
        other => panic!("nothing is measured as `{other}`"),
    };
    eprintln!("measured {} {} {}", time.as_nanos(), cores.as_nanos(), peak().unwrap_or(0));
    ExitCode::SUCCESS
}

/// The peak of this process's memory until now, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}
