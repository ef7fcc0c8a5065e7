//! What a guard costs, against what nobody can avoid: reading each file and hashing it. Ratios, since times differ from machine to machine.
//!
//! Run with `cargo test --release -p casemate plugin::measured -- --ignored --nocapture --test-threads 1`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::{Environment, guard};
use crate::tree::{Desired, DesiredDirectory, DesiredFile, write};

/// A service with so many objects, each of a usual length.
fn service(objects: usize) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let lines = (0..30).map(|line| format!("  key-{line:02}: some value of a usual length"));
    let data = lines.collect::<Vec<_>>().join("\n");
    let files = (0..objects)
        .map(|number| DesiredFile {
            name: format!("configmap-c{number:05}.yaml"),
            bytes: format!(
                "# Rendered by Casemate: edit the declaration of shop/api, not this file.\napiVersion: v1\nkind: ConfigMap\n\
                 metadata:\n  name: c{number:05}\n  namespace: shop\n  labels:\n    app.kubernetes.io/managed-by: casemate\n\
                 data:\n{data}\n"
            ),
            data: None,
        })
        .collect();
    let directories = vec![DesiredDirectory { path: "lab/services/shop/api".to_owned(), files }];
    write(root.path(), &Desired::new(&["lab"], directories).unwrap(), false).unwrap();
    root
}

fn guarded(directory: &Path) -> usize {
    guard(directory, &Environment::default()).unwrap().texts.len()
}

#[test]
fn a_thousand_files_are_guarded() {
    let root = service(1_000);
    let directory = root.path().join("lab/services/shop/api");
    assert_eq!(guarded(&directory), 1_000);
    let edited = directory.join("configmap-c00777.yaml");
    fs::write(&edited, fs::read_to_string(&edited).unwrap() + "\n").unwrap();
    let refusal = guard(&directory, &Environment::default()).unwrap_err();
    assert_eq!(refusal.lines.len(), 1, "{refusal}");
    assert!(refusal.lines[0].starts_with(&format!("{}: ", edited.display())), "{refusal}");
}

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() { files(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

/// Seconds of reading and hashing every file in one thread, and of a guard; the least of seven rounds each.
fn seconds(directory: &Path) -> (f64, f64) {
    let least = |work: &dyn Fn()| {
        let round = |_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        };
        (0..7).map(round).fold(f64::INFINITY, f64::min)
    };
    let plainly = least(&|| {
        let mut found = Vec::new();
        files(directory, &mut found);
        for file in found {
            std::hint::black_box(Sha256::digest(fs::read(file).unwrap()));
        }
    });
    (plainly, least(&|| assert!(guarded(directory) > 0)))
}

#[test]
#[ignore = "measures, which means something only without other work on the machine"]
fn guarding_costs_little_more_than_reading_and_hashing() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../out/homelab/services");
    println!("{:<44} {:>10} {:>10} {:>6}", "what", "plainly", "guard", "ratio");
    let row = |what: &str, directory: &Path| {
        let (plainly, guarded) = seconds(directory);
        let ratio = guarded / plainly;
        println!("{what:<44} {:>7.1} ms {:>7.1} ms {ratio:>6.2}", plainly * 1e3, guarded * 1e3);
        guarded
    };
    row("the homelab's largest directory", &committed.join("cloudflared/cloudflared"));
    row("all services of the homelab", &committed);
    // Policies are rendered again, and what Argo CD installs is compared with what it has to say.
    row("the whole homelab", &committed.join(".."));
    let (thousand, ten) = (service(1_000), service(10_000));
    let at = "lab/services/shop/api";
    let one = row("1,000 files in a directory", &thousand.path().join(at));
    let ten = row("10,000 files in a directory", &ten.path().join(at));
    println!("ten times as many files cost {:.1} times as much", ten / one);
    assert!(ten / one < 20.0, "it is not linear");
}
