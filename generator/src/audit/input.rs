//! What is read: files, directories without links, standard input, each within a limit.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Audited, Options, Problem, Unjudged, judge_text};
use crate::review::quote::quotation;

/// Deeper than any repository.
const MOST_LEVELS: usize = 64;

/// Directories of other programs.
const SKIPPED: [&str; 7] = [".git", ".hg", ".svn", ".jj", ".terraform", ".direnv", "node_modules"];

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

/// A path without anything invisible.
pub(super) fn shown(path: &Path) -> String {
    if path == Path::new(STANDARD_INPUT) {
        return "standard input".to_owned();
    }
    quotation(&path.to_string_lossy())
}

/// Whether Helm makes YAML of a file: it lies in the `templates` of a chart.
pub(super) fn is_of_a_chart(path: &Path) -> bool {
    path.ancestors()
        .filter(|directory| directory.file_name().is_some_and(|name| name == "templates"))
        .filter_map(Path::parent)
        .any(|chart| chart.join("Chart.yaml").is_file())
}

/// Whether a file is kustomize's by its name. Such a file needs no kind.
pub(super) fn is_kustomization(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "kustomization.yaml" || name == "kustomization.yml")
}

/// Reads what was named, one file after the other, those of a directory in the order of their names.
pub(super) fn read(paths: &[PathBuf], options: Options, each: &mut dyn FnMut(Audited)) {
    for path in paths {
        if path == Path::new(STANDARD_INPUT) {
            each(of_reader(path.clone(), io::stdin().lock(), options));
            continue;
        }
        // What somebody named may be a link, or a pipe: `<(helm template ..)`.
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => directory(path, options, each, 0),
            Ok(_) => each(of_file(path.clone(), options)),
            Err(error) => each(unreadable(path.clone(), format!("cannot be read: {error}"))),
        }
    }
}

fn directory(path: &Path, options: Options, each: &mut dyn FnMut(Audited), level: usize) {
    if level > MOST_LEVELS {
        return each(unreadable(path.to_owned(), format!("more than {MOST_LEVELS} directories lie in each other")));
    }
    let entries = fs::read_dir(path).and_then(|entries| {
        entries
            .map(|entry| entry.and_then(|entry| entry.file_type().map(|kind| (entry.path(), kind))))
            .collect::<io::Result<Vec<_>>>()
    });
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return each(unreadable(path.to_owned(), format!("cannot be read: {error}"))),
    };
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (path, kind) in entries {
        let name = path.file_name().unwrap_or_default();
        if kind.is_symlink() {
            each(unjudged(path, Unjudged::Link));
        } else if kind.is_dir() && SKIPPED.iter().any(|skipped| name == *skipped) {
            each(unjudged(path, Unjudged::Directory));
        } else if kind.is_dir() {
            directory(&path, options, each, level + 1);
        } else if !kind.is_file() || !has_manifests(&path) {
            each(unjudged(path, Unjudged::File));
        } else {
            each(of_file(path, options));
        }
    }
}

fn has_manifests(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
}

fn of_file(path: PathBuf, options: Options) -> Audited {
    match File::open(&path) {
        Ok(file) => of_reader(path, file, options),
        Err(error) => unreadable(path, format!("cannot be read: {error}")),
    }
}

fn of_reader(path: PathBuf, reader: impl Read, options: Options) -> Audited {
    let most = options.most_of_a_file;
    let mut bytes = Vec::new();
    // One byte more than allowed, whatever the size was said to be: a file may grow while it is read.
    if let Err(error) = reader.take(most.saturating_add(1)).read_to_end(&mut bytes) {
        return unreadable(path, format!("cannot be read: {error}"));
    }
    if bytes.len() as u64 > most {
        let why = format!("has more than {} MB; `--max-file-size` takes more", most / 1_000_000);
        return unreadable(path, why);
    }
    match String::from_utf8(bytes) {
        Ok(text) => judge_text(path, &text, options),
        Err(_) => unreadable(path, "is no text in UTF-8".to_owned()),
    }
}

fn unreadable(path: PathBuf, why: String) -> Audited {
    Audited { name: shown(&path), path, problems: vec![Problem { place: None, why }], ..Audited::default() }
}

fn unjudged(path: PathBuf, what: Unjudged) -> Audited {
    Audited { name: shown(&path), path, unjudged: vec![what], ..Audited::default() }
}
