//! What it costs, against plain loops. Run with `cargo test --release -p casemate tree -- --ignored --nocapture --test-threads 1`.

use std::fs;
use std::time::Instant;

use super::ground::{Ground, file};
use crate::tree::{Desired, DesiredDirectory, DesiredFile, Scope, compare, write};

const SERVICES: usize = 10_000;
const FILES: usize = 10;

fn tree(change: &str) -> Desired {
    let body = "  key: some value of a usual length\n".repeat(28);
    let directories = (0..SERVICES)
        .map(|service| DesiredDirectory {
            path: format!("lab/services/n{}/s{service}", service / 20),
            files: (0..FILES)
                .map(|number| file(&format!("kind-{number}.yaml"), &format!("{service} {number} {change}\n{body}")))
                .collect(),
        })
        .collect();
    Desired::new(&["lab"], directories).unwrap()
}

fn timed<T>(name: &str, work: impl FnOnce() -> T) {
    let (start, used) = (Instant::now(), processor_time());
    work();
    let used = processor_time() - used;
    println!("{:>9.0} ms {used:>9.0} ms of processors  {name}", start.elapsed().as_secs_f64() * 1_000.0);
}

/// Milliseconds that all threads of this process have run, where the system says so: it depends less than the clock on what else the
/// machine does.
fn processor_time() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks =
        |field: usize| -> f64 { stat.split(' ').nth(field).and_then(|ticks| ticks.parse().ok()).unwrap_or_default() };
    (ticks(13) + ticks(14)) * 10.0
}

/// Does something for each file of a tree, in as many threads as there are cores, as anybody would write it down.
fn plainly(tree: &Desired, work: impl Fn(&str, &[DesiredFile]) + Sync) {
    let directories: Vec<_> = tree.directories().collect();
    let cores = crate::tree::cores::available();
    std::thread::scope(|scope| {
        for part in directories.chunks(directories.len().div_ceil(cores)) {
            scope.spawn(|| part.iter().for_each(|(path, files)| work(path, files)));
        }
    });
}

#[test]
#[ignore = "takes minutes on a slow disk"]
fn rendering_costs_little_more_than_plain_loops() {
    let old = tree("old");
    let new = tree("new");
    let bytes: usize = old.files().map(|file| file.bytes.len()).sum();
    println!("{} files, {} MB", old.files().count(), bytes / 1_000_000);
    let create = |ground: &Ground| {
        plainly(&old, |path, files| {
            fs::create_dir_all(ground.path(path)).unwrap();
            overwrite(ground, path, files);
        });
    };
    let read = |ground: &Ground| {
        plainly(&old, |path, files| {
            let is_same =
                |file: &DesiredFile| fs::read(ground.path(path).join(&file.name)).unwrap() == file.bytes.as_bytes();
            assert!(files.iter().all(is_same));
        });
    };
    for _ in 0..3 {
        let (plain, ours) = (Ground::new(), Ground::new());
        let nothing = Desired::new(&["lab"], Vec::new()).unwrap();
        timed("plain: create", || create(&plain));
        timed("ours: create", || write(ours.target(), &old, false).unwrap());
        timed("plain: read and compare", || read(&plain));
        timed("ours: compare", || compare(ours.target(), &old, &Scope::Everything).unwrap());
        timed("ours: render unchanged", || write(ours.target(), &old, false).unwrap());
        timed("plain: overwrite", || plainly(&new, |path, files| overwrite(&plain, path, files)));
        timed("plain: write beside and rename", || plainly(&old, |path, files| replace(&plain, path, files)));
        timed("ours: replace all", || write(ours.target(), &new, false).unwrap());
        timed("plain: remove", || fs::remove_dir_all(plain.path("lab")).unwrap());
        timed("ours: remove all", || write(ours.target(), &nothing, false).unwrap());
    }
}

fn overwrite(ground: &Ground, path: &str, files: &[DesiredFile]) {
    for file in files {
        fs::write(ground.path(path).join(&file.name), &file.bytes).unwrap();
    }
}

fn replace(ground: &Ground, path: &str, files: &[DesiredFile]) {
    for file in files {
        let (beside, place) = (ground.path(path).join("beside"), ground.path(path).join(&file.name));
        fs::write(&beside, &file.bytes).unwrap();
        fs::rename(beside, place).unwrap();
    }
}
