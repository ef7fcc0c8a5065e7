//! `plugin guard`: a committed directory is printed if it is what was rendered, all of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::judge::{Policies, fence, judge, policies};
use super::part::Part;
use super::{Environment, MOST_TEXT, Refusal};
use crate::gitops;
use crate::register;
use crate::tree::cores::{available, on_cores};
use crate::tree::{Committed, CommittedFile, Departure, How, MANIFEST};

/// More directories below each other than a tree has.
const MOST_LEVELS: usize = 8;

/// A directory that may be applied.
///
/// Its texts are held until all are judged, and printed from memory: an output that begins before the last refusal is known would be a part
/// of a tree, and one that is read again after the judgment could be another. What is held is bounded by what Argo CD takes.
#[derive(Debug)]
pub(crate) struct Guarded {
    /// The texts of its objects, one each, in the order of their paths.
    pub(crate) texts: Vec<String>,
}

/// Re-reads a directory of one Application, or a whole tree of them.
///
/// # Errors
///
/// Everything that was edited, added, removed or weakened; a directory with nothing in it; one that is not the Application's.
pub(crate) fn guard(directory: &Path, environment: &Environment) -> Result<Guarded, Refusal> {
    let mut found = Found::default();
    // The names above `.` say what it is.
    let whole = match directory.canonicalize() {
        // A link's own name must not be lost: `Committed` refuses it.
        Ok(whole) => whole,
        Err(error) => return Err(found.refuse(&Departure { path: directory.to_owned(), how: How::Io(error) })),
    };
    // Only what bears a manifest is the Application's directory; what lies above some is none, whatever was sent.
    let is_rendered = directory.join(MANIFEST).symlink_metadata().is_ok();
    let alone = if is_rendered { environment.path_of_a_directory_sent_alone(&whole) } else { None };
    let whole = alone.unwrap_or(whole);
    found.look_into(directory, &whole, 0);
    if environment.is_of_an_application() {
        match &found.alone {
            Some(part) => found.refused.extend(environment.contradictions(part, &whole)),
            None if found.refused.is_empty() => found.refused.push(
                "let the Application read one directory that was rendered: this one is none, or has several below it"
                    .to_owned(),
            ),
            None => {}
        }
    }
    if found.files.is_empty() && found.refused.is_empty() {
        let display = directory.display();
        found.refused.push(format!("{display}: there is no object here: name a directory of objects"));
    }
    if !found.refused.is_empty() {
        return Err(found.into_refusal());
    }
    let bytes = AtomicUsize::new(0);
    let read = on_cores(available(), &found.files, String::new, |scratch, file| file.read(scratch, &bytes));
    if bytes.into_inner() > MOST_TEXT {
        return Err("declare fewer objects here: Argo CD takes no more than 100 MB".to_owned().into());
    }
    let mut texts = Vec::with_capacity(read.len());
    for text in read {
        match text {
            Ok(text) => texts.push(text),
            Err(refused) => found.add(refused),
        }
    }
    for departure in found.beside.iter().filter_map(|file| file.read().err()).collect::<Vec<_>>() {
        found.add(Refusal::from_departures(&[departure]));
    }
    if found.refused.is_empty() { Ok(Guarded { texts }) } else { Err(found.into_refusal()) }
}

/// A file of a part.
struct File {
    part: Arc<Part>,
    /// Of a policy: those that its cluster has.
    policies: Option<Arc<Policies>>,
    committed: CommittedFile,
}

impl File {
    /// The text, if it may be applied; none any more, once there are more bytes than anybody takes.
    fn read(&self, scratch: &mut String, bytes: &AtomicUsize) -> Result<String, Refusal> {
        if bytes.load(Ordering::Relaxed) > MOST_TEXT {
            return Ok(String::new());
        }
        let text = self.committed.read().map_err(|departure| Refusal::from_departures(&[departure]))?;
        bytes.fetch_add(text.len(), Ordering::Relaxed);
        let name = self.committed.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let wrong = judge(&self.part, self.policies.as_deref(), name, &text, scratch);
        if wrong.is_empty() {
            return Ok(text);
        }
        let path = self.committed.path.display();
        Err(Refusal { lines: wrong.iter().map(|wrong| format!("{path}: {wrong}")).collect(), is_io: false })
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    files: Vec<File>,
    /// Files that are no objects.
    beside: Vec<CommittedFile>,
    refused: Vec<String>,
    /// How many of those are the system's doing.
    io: usize,
    /// The part that the directory itself is.
    alone: Option<Arc<Part>>,
}

impl Found {
    fn look_into(&mut self, directory: &Path, whole: &Path, level: usize) {
        match Committed::read(directory) {
            Ok(Committed::Rendered(files)) => match Part::of(whole) {
                Some(part) => {
                    let part = Arc::new(part);
                    self.shuts(directory, &part, &files);
                    if level == 0 {
                        self.alone = Some(Arc::clone(&part));
                    }
                    let policies = self.policies(directory, &part, &files).map(Arc::new);
                    self.files.extend(files.into_iter().map(|file| File {
                        part: Arc::clone(&part),
                        policies: policies.clone(),
                        committed: file,
                    }));
                }
                // Nothing applies it; that it is whole is said all the same.
                None if level > 0 && whole.ends_with(gitops::SIDECAR) => self.beside.extend(files),
                None if level > 0 && register::is_directory(whole) => self.pages(files),
                None => self.refused.push(format!(
                    "{}: no directory of a tree has this path: render again and commit, or name `<cluster>/services/<namespace>/<service>`",
                    directory.display()
                )),
            },
            Ok(Committed::Above(_)) if level >= MOST_LEVELS => self
                .refused
                .push(format!("{}: no tree has so many directories below each other: remove it", directory.display())),
            Ok(Committed::Above(below)) => {
                let below: Vec<(PathBuf, PathBuf)> = below
                    .into_iter()
                    .map(|path| {
                        let whole = whole.join(path.file_name().unwrap_or_default());
                        (path, whole)
                    })
                    .collect();
                for (path, whole) in below {
                    self.look_into(&path, &whole, level + 1);
                }
            }
            Err(departures) => self.add(Refusal::from_departures(&departures)),
        }
    }

    /// What the policies of a cluster have to be.
    fn policies(&mut self, directory: &Path, part: &Part, files: &[CommittedFile]) -> Option<Policies> {
        matches!(part, Part::Policies(_)).then(|| policies(directory, files))?.map_err(|refusal| self.add(refusal)).ok()
    }

    fn pages(&mut self, files: Vec<CommittedFile>) {
        let (pages, others): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|file| file.path.extension().is_some_and(|extension| extension == "md"));
        self.beside.extend(pages);
        let others = others.iter().map(|file| file.path.display());
        self.refused.extend(others.map(|path| format!("{path}: remove it: the register's directory has pages only")));
    }

    /// A directory of a namespace shuts it: what was rendered for that is there, whatever the manifest says.
    fn shuts(&mut self, directory: &Path, part: &Part, files: &[CommittedFile]) {
        for name in fence(part) {
            if !files.iter().any(|file| file.path.file_name().is_some_and(|file| file == name.as_str())) {
                let path = directory.join(name);
                self.add(Refusal::from_departures(&[Departure { path, how: How::Missing }]));
            }
        }
    }

    fn add(&mut self, refusal: Refusal) {
        self.io += if refusal.is_io { refusal.lines.len() } else { 0 };
        self.refused.extend(refusal.lines);
    }

    fn refuse(&mut self, departure: &Departure) -> Refusal {
        self.add(Refusal::from_departures(std::slice::from_ref(departure)));
        std::mem::take(self).into_refusal()
    }

    fn into_refusal(self) -> Refusal {
        Refusal { is_io: self.io == self.refused.len(), lines: self.refused }
    }
}

impl Refusal {
    pub(super) fn from_departures(departures: &[Departure]) -> Self {
        Self {
            lines: departures.iter().map(ToString::to_string).collect(),
            is_io: departures.iter().all(|departure| matches!(departure.how, How::Io(_))),
        }
    }
}
