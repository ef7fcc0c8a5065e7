//! How fast a render is, as ratios against what no renderer can avoid.
//!
//! `cargo bench -p casemate` runs every measurement in a process of its own. Each round measures a floor and, right after it, what
//! stands on it; a ratio is the median of the rounds' ratios, so that what else the machine does meets both. Absolute times differ
//! from machine to machine. Where others use the machine, too, look at the second ratio: that of the time of all cores together.
//!
//! What a guard cannot avoid is to read each file and to hash it. It reads each as YAML, too, and writes it again: a floor that does that
//! would be the guard itself.
//!
//! The floors get their objects for nothing. What has to be done with objects is: to serialise and write them, and, if nothing has
//! changed, to serialise them too, because a tree can be compared with nothing else. 10,000 services are ten clusters of a thousand;
//! growth inside of one cluster is what the step from 100 to 1,000 shows.
//!
//! In memory, writing costs least and ratios are the harshest, so where there is a file system in memory all rows are measured on it,
//! and on the disk only the small ones, which do not take minutes. `cargo bench -p casemate -- DIRECTORY` measures all rows there.

#![expect(clippy::expect_used, reason = "a benchmark that cannot measure stops")]
#![expect(clippy::cast_precision_loss, reason = "ratios are read by people")]

mod catalogue;
mod floor;
mod process;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use floor::{Objects, timed};
use process::Measured;

/// Where Linux has a file system in memory.
const IN_MEMORY: &str = "/dev/shm";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.first().map(String::as_str) {
        Some("measure") => return process::run(&arguments[1..]),
        Some(directory) => table(Path::new(directory), &[100, 1_000, 10_000]),
        None => {
            let disk = Path::new(env!("CARGO_TARGET_TMPDIR"));
            if has_large_memory() {
                table(disk, &[1_000]);
                table(Path::new(IN_MEMORY), &[100, 1_000, 10_000]);
            } else {
                table(disk, &[100, 1_000, 10_000]);
            }
        }
    }
    emitter();
    ExitCode::SUCCESS
}

/// What is measured, and on which floor it stands: the name of a measurement, whether the tree is removed before it, how it is
/// called in the table, and how many lines above its floor is.
const STEPS: [(&str, bool, &str, usize); 10] = [
    ("declare", false, "declare", 0),
    ("serialise", false, "serialise (floor)", 0),
    ("render-in-memory", false, "render in memory", 1),
    ("serialise-and-write", true, "serialise and write (floor)", 0),
    ("render", true, "render, nothing there (to reach: 1.3)", 1),
    ("read", false, "read", 0),
    ("serialise-read-and-compare", false, "serialise, read and compare (floor)", 0),
    ("render", false, "render, nothing changed (to reach: 1.3)", 1),
    ("read-and-hash", false, "read and hash (floor)", 0),
    ("guard", false, "guard, all directories", 1),
];

/// The shortest floor, in seconds, against which there is a ratio: the time of cores is counted in hundredths.
const SHORTEST: f64 = 0.02;

/// The measurements of one step, a round after the other.
type Rounds = Vec<Measured>;

fn table(directory: &Path, sizes: &[usize]) {
    let tree = directory.join(format!("casemate-bench-{}", std::process::id()));
    println!("\ntrees in {}, which is {}", directory.display(), file_system(directory).0);
    println!(
        "{:>8} {:>8} {:>9}  {:<40} {:>9} {:>6} {:>9} {:>6} {:>9}",
        "services", "objects", "output", "what", "time", "ratio", "cores", "ratio", "peak/out"
    );
    let mut before: Option<(usize, Vec<Rounds>)> = None;
    for &services in sizes {
        let rounds = rounds(services, &tree);
        let (objects, bytes) = output(services);
        for (step, (_, _, what, floor)) in STEPS.iter().enumerate() {
            let ratio = |of: fn(&Measured) -> f64| {
                let floors = median(rounds[step - floor].iter().map(of).collect());
                if *floor == 0 || floors < SHORTEST {
                    String::new()
                } else {
                    format!("{:.2}", ratio(of, &rounds[step], &rounds[step - floor]))
                }
            };
            let milliseconds = |of: fn(&Measured) -> f64| median(rounds[step].iter().map(of).collect()) * 1_000.0;
            // The floors' memory is that of objects nobody needs.
            let is_ours = *floor > 0 || *what == "declare";
            let peak = rounds[step].iter().filter_map(|measured| measured.peak).max().filter(|_| is_ours);
            let peak = peak.map_or_else(String::new, |peak| format!("{:.2}", peak as f64 / bytes as f64));
            let megabytes = bytes as f64 / 1_000_000.0;
            println!(
                "{services:>8} {objects:>8} {megabytes:>6.1} MB  {what:<40} {:>6.0} ms {:>6} {:>6.0} ms {:>6} {peak:>9}",
                milliseconds(time),
                ratio(time),
                milliseconds(cores),
                ratio(cores),
            );
        }
        if let Some((fewer, few)) = &before {
            // To the step with a tree that is not there, to the last render, and to the guard.
            let growth = |step: usize| ratio(time, &rounds[step], &few[step]);
            let times = services / fewer;
            println!(
                "{fewer} to {services} services: {times} times as many take {:.1} times as long fresh, {:.1} times unchanged, \
                 {:.1} times guarded",
                growth(4),
                growth(7),
                growth(9)
            );
        }
        before = Some((services, rounds));
    }
    let _ = std::fs::remove_dir_all(&tree);
}

/// Measures all steps, several times in turn.
fn rounds(services: usize, tree: &Path) -> Vec<Rounds> {
    let count = if services > 1_000 { 3 } else { 5 };
    let mut rounds = vec![Rounds::new(); STEPS.len()];
    for _ in 0..count {
        for (measured, (what, is_fresh, _, _)) in rounds.iter_mut().zip(STEPS) {
            if is_fresh {
                let _ = std::fs::remove_dir_all(tree);
            }
            measured.push(process::measure(what, services, tree));
        }
    }
    rounds
}

fn time(measured: &Measured) -> f64 {
    measured.taken.time.as_secs_f64()
}

fn cores(measured: &Measured) -> f64 {
    measured.taken.cores.as_secs_f64()
}

/// The median of what each round gives.
fn ratio(what: fn(&Measured) -> f64, of: &Rounds, against: &Rounds) -> f64 {
    median(of.iter().zip(against).map(|(of, against)| what(of) / what(against)).collect())
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// How many objects there are, and how many bytes they have as texts. All clusters of a catalogue are alike.
fn output(services: usize) -> (usize, usize) {
    let mut clusters = catalogue::clusters(services);
    let count = clusters.len();
    let rendered = casemate::render(clusters.swap_remove(0)).expect("the synthetic catalogue is right");
    (count * rendered.files().len(), count * rendered.files().map(|(_, text)| text.len()).sum::<usize>())
}

/// The kind of file system that a directory is on, and its options, where the system tells.
fn file_system(directory: &Path) -> (String, String) {
    let directory = directory.canonicalize().unwrap_or_else(|_| PathBuf::from(directory));
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let mount = |line: &str| {
        let mut words = line.split(' ').skip(1).map(str::to_owned);
        Some((words.next()?, words.next()?, words.next()?))
    };
    let above = mounts.lines().filter_map(mount).filter(|(mount, _, _)| directory.starts_with(mount));
    let nearest = above.max_by_key(|(mount, _, _)| mount.len());
    nearest.map_or_else(|| ("unknown".to_owned(), String::new()), |(_, kind, options)| (kind, options))
}

/// Whether there is a file system in memory that is large enough for 120,000 files: containers often have one of 64 MB.
fn has_large_memory() -> bool {
    let (kind, options) = file_system(Path::new(IN_MEMORY));
    let size =
        options.split(',').find_map(|option| option.strip_prefix("size=")?.strip_suffix('k')?.parse::<u64>().ok());
    kind == "tmpfs" && size.is_none_or(|kibibytes| kibibytes >= 2 << 20)
}

/// What the emitter costs, on one core.
fn emitter() {
    let objects = Objects::of(1_000);
    let (yaml, bytes) = timed(|| objects.serialise_on_one_core());
    let (json, _) = timed(|| std::hint::black_box(objects.serialise_as_json()));
    println!(
        "\nthe emitter, one core: {:.1} MB of YAML at {:.0} MB/s; compact JSON of the same objects takes {:.2} of its time",
        bytes as f64 / 1_000_000.0,
        bytes as f64 / 1_000_000.0 / yaml.time.as_secs_f64(),
        json.time.as_secs_f64() / yaml.time.as_secs_f64(),
    );
}
