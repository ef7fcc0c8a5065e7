//! Floors: what is left when everything that a renderer adds is taken away. The objects are given, and the directories are known.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use serde_saphyr::SerializerOptions;
use sha2::{Digest as _, Sha256};

use crate::catalogue;

/// How long something takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// By the clock.
    pub(crate) time: Duration,
    /// By all cores together, where the system tells: it depends less on what else the machine does.
    pub(crate) cores: Duration,
}

/// How long something takes, and what it gives.
pub(crate) fn timed<T>(what: impl FnOnce() -> T) -> (Taken, T) {
    let (start, used) = (Instant::now(), cores());
    let given = what();
    (Taken { time: start.elapsed(), cores: cores().saturating_sub(used) }, given)
}

/// For how long the threads of this process have run, in hundredths of a second: Linux promises no more.
fn cores() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the program's name, which may have blanks in it.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |field: usize| fields.get(field).and_then(|ticks| ticks.parse().ok()).unwrap_or(0);
    Duration::from_millis(10 * (ticks(11) + ticks(12)))
}

/// Objects of a whole catalogue.
pub(crate) struct Objects {
    /// The objects of its first cluster, each with its path in a cluster.
    of_one: Vec<(String, Value)>,
    clusters: usize,
}

impl Objects {
    /// The objects that are rendered for this many services. All clusters of a catalogue are alike, and reading them back from their
    /// texts is slow, so those of the first stand for all.
    pub(crate) fn of(services: usize) -> Self {
        let mut clusters = catalogue::clusters(services);
        let count = clusters.len();
        let rendered = casemate::render(clusters.swap_remove(0)).expect("the synthetic catalogue is right");
        let of_one = rendered
            .files()
            // The register's pages are no objects.
            .filter(|(path, _)| Path::new(path).extension().is_some_and(|extension| extension == "yaml"))
            .map(|(path, text)| {
                let (_, path) = path.split_once('/').expect("a file is in the directory of its cluster");
                (path.to_owned(), casemate_oracle::parse(text).expect("rendered text is YAML"))
            })
            .collect();
        Self { of_one, clusters: count }
    }

    /// Serialises all objects, on one core; the bytes of their texts.
    pub(crate) fn serialise_on_one_core(&self) -> usize {
        self.of_one.iter().map(|(_, object)| yaml(object).len()).sum()
    }

    /// The same as compact JSON.
    pub(crate) fn serialise_as_json(&self) -> usize {
        self.of_one.iter().map(|(_, object)| object.to_string().len()).sum()
    }

    /// Serialises all objects.
    pub(crate) fn serialise(&self) {
        self.on_all_cores(|_, object| {
            std::hint::black_box(yaml(object));
        });
    }

    /// Serialises all objects and writes each to its file.
    pub(crate) fn serialise_and_write(&self, tree: &Path) {
        for cluster in 0..self.clusters {
            let cluster = tree.join(format!("c{cluster}"));
            let parents: BTreeSet<&Path> =
                self.of_one.iter().filter_map(|(path, _)| Path::new(path).parent()).collect();
            for parent in parents {
                std::fs::create_dir_all(cluster.join(parent)).expect("the disk takes a directory");
            }
        }
        self.on_all_cores(|path, object| std::fs::write(tree.join(path), yaml(object)).expect("the disk takes a file"));
    }

    /// Reads all files.
    pub(crate) fn read(&self, tree: &Path) {
        self.on_all_cores(|path, _| {
            std::hint::black_box(std::fs::read(tree.join(path)).expect("the file is there"));
        });
    }

    /// Reads all files and hashes each.
    pub(crate) fn read_and_hash(&self, tree: &Path) {
        self.on_all_cores(|path, _| {
            let bytes = std::fs::read(tree.join(path)).expect("the file is there");
            std::hint::black_box(Sha256::digest(bytes));
        });
    }

    /// Serialises all objects, reads all files, and compares each with its object.
    pub(crate) fn serialise_read_and_compare(&self, tree: &Path) {
        self.on_all_cores(|path, object| {
            let bytes = std::fs::read(tree.join(path)).expect("the file is there");
            std::hint::black_box(bytes.ends_with(yaml(object).as_bytes()));
        });
    }

    /// Does something with each object and its path in the tree, the next few to whichever core is ready.
    fn on_all_cores(&self, each: impl Fn(&str, &Value) + Sync) {
        const FEW: usize = 64;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let taken = AtomicUsize::new(0);
        let chunks = self.of_one.len().div_ceil(FEW);
        let work = || {
            loop {
                let chunk = taken.fetch_add(1, Ordering::Relaxed);
                let (cluster, chunk) = (chunk / chunks, chunk % chunks);
                if cluster >= self.clusters {
                    return;
                }
                for (path, object) in self.of_one.iter().skip(chunk * FEW).take(FEW) {
                    each(&format!("c{cluster}/{path}"), object);
                }
            }
        };
        std::thread::scope(|scope| (0..cores).for_each(|_| drop(scope.spawn(work))));
    }
}

/// An object as YAML, by the emitter that the generator uses, told the same.
fn yaml(object: &Value) -> String {
    let mut options = SerializerOptions::default();
    options.indent_step = 2;
    options.compact_list_indent = true;
    options.prefer_block_scalars = false;
    serde_saphyr::to_string_with_options(object, options).expect("an object has a YAML form")
}
