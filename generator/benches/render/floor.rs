//! Floors: what is left when everything that a renderer adds is taken away.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use casemate_dsl::Cluster;
use serde_json::Value;

/// How long something takes, and what it gives.
pub(crate) fn timed<T>(what: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let given = what();
    (start.elapsed(), given)
}

/// The rendered texts, by path.
pub(crate) fn texts(clusters: Vec<Cluster>) -> Vec<(String, String)> {
    clusters
        .into_iter()
        .flat_map(|cluster| {
            let rendered = casemate::render(cluster).expect("the synthetic catalogue is right");
            rendered.files().map(|(path, text)| (path.to_owned(), text.to_owned())).collect::<Vec<_>>()
        })
        .collect()
}

/// The rendered objects, by path.
pub(crate) fn objects(clusters: Vec<Cluster>) -> Vec<(String, Value)> {
    texts(clusters)
        .into_iter()
        .map(|(path, text)| (path, casemate_oracle::parse(&text).expect("rendered text is YAML")))
        .collect()
}

/// An object as YAML, by the emitter that the generator uses.
pub(crate) fn yaml(object: &Value) -> String {
    serde_saphyr::to_string(object).expect("an object has a YAML form")
}

/// Serialises all objects and writes each to its file, on all cores; the directories are made before.
pub(crate) fn serialise_and_write(directory: &Path, objects: &[(String, Value)]) {
    directories(directory, objects.iter().map(|(path, _)| path.as_str()));
    on_all_cores(objects, |(path, object)| {
        std::fs::write(directory.join(path), yaml(object)).expect("the disk takes a file")
    });
}

/// Reads all files and compares each with its text, on all cores; the number of those that differ.
pub(crate) fn compare(directory: &Path, texts: &[(String, String)]) -> usize {
    let differ = std::sync::atomic::AtomicUsize::new(0);
    on_all_cores(texts, |(path, text)| {
        if std::fs::read(directory.join(path)).expect("the file is there") != text.as_bytes() {
            differ.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
    });
    differ.into_inner()
}

fn directories<'a>(directory: &Path, paths: impl Iterator<Item = &'a str>) {
    let parents: BTreeSet<&Path> = paths.filter_map(|path| Path::new(path).parent()).collect();
    for parent in parents {
        std::fs::create_dir_all(directory.join(parent)).expect("the disk takes a directory");
    }
}

fn on_all_cores<T: Sync>(items: &[T], each: impl Fn(&T) + Sync) {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let each = &each;
    std::thread::scope(|scope| {
        for chunk in items.chunks(items.len().div_ceil(cores).max(1)) {
            scope.spawn(move || chunk.iter().for_each(each));
        }
    });
}
