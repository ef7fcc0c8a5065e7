//! What a tree shall hold.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt;

use super::names::{above, check_name, check_path, child};
use super::{Problem, TreeErrors};

/// What the directories of one or more clusters shall hold: checked, sorted, and without two things at one place.
#[derive(Debug)]
pub(crate) struct Desired {
    clusters: Vec<String>,
    directories: BTreeMap<String, Vec<DesiredFile>>,
    above: HashSet<String>,
}

/// The files of one directory.
#[derive(Debug)]
pub(crate) struct DesiredDirectory {
    /// The path below the target, such as `homelab/services/trips/trips-api`.
    pub(crate) path: String,
    /// The files, in any order.
    pub(crate) files: Vec<DesiredFile>,
}

/// One file.
#[derive(Debug)]
pub(crate) struct DesiredFile {
    /// The name, such as `deployment-trips-api.yaml`.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) bytes: String,
    /// What stays in the cluster when the file is removed.
    pub(crate) data: Option<KeptData>,
}

/// An object of the cluster that outlives its file, such as `PersistentVolumeClaim trips/data`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct KeptData(String);

impl KeptData {
    /// An object of a kind; `object` is its name, behind its namespace and a slash if it has one.
    pub(crate) fn new(kind: &str, object: &str) -> Self {
        Self(format!("{kind} {object}"))
    }

    /// What a manifest says, or nothing if it cannot be what [`Display`](fmt::Display) wrote.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (kind, object) = text.split_once(' ')?;
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic());
        (is_word(kind) && is_word(object)).then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for KeptData {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Desired {
    /// Checks and sorts what the given clusters shall hold. Each cluster is a directory directly below the target, owned whole:
    /// directories of it that are recorded on disk and are not among these will be removed.
    pub(crate) fn new(clusters: &[&str], directories: Vec<DesiredDirectory>) -> Result<Self, TreeErrors> {
        let mut desired = Self {
            clusters: clusters.iter().map(|cluster| (*cluster).to_owned()).collect(),
            directories: BTreeMap::new(),
            above: HashSet::new(),
        };
        for directory in directories {
            desired.directories.entry(directory.path).or_default().extend(directory.files);
        }
        for (path, files) in &mut desired.directories {
            files.sort_unstable_by(|one, other| one.name.cmp(&other.name));
            desired.above.extend(above(path).map(ToOwned::to_owned));
        }
        let problems = desired.problems();
        if problems.is_empty() { Ok(desired) } else { Err(TreeErrors::new(problems)) }
    }

    /// The names of the clusters.
    pub(super) fn clusters(&self) -> &[String] {
        &self.clusters
    }

    /// All directories with their files, sorted.
    pub(super) fn directories(&self) -> impl Iterator<Item = (&str, &[DesiredFile])> {
        self.directories.iter().map(|(path, files)| (path.as_str(), files.as_slice()))
    }

    /// All files.
    pub(super) fn files(&self) -> impl Iterator<Item = &DesiredFile> {
        self.directories.values().flatten()
    }

    /// The files of a directory, sorted, if it is one of these.
    pub(super) fn files_of(&self, path: &str) -> Option<&[DesiredFile]> {
        self.directories.get(path).map(Vec::as_slice)
    }

    /// Whether another directory of these lies below a path.
    pub(super) fn is_above(&self, path: &str) -> bool {
        self.above.contains(path)
    }

    /// Whether a path must be a directory.
    pub(super) fn is_directory(&self, path: &str) -> bool {
        self.directories.contains_key(path) || self.is_above(path)
    }

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for cluster in &self.clusters {
            problems.extend(check_name(cluster).err().map(|reason| Problem::name(cluster, reason)));
        }
        for (path, files) in &self.directories {
            problems.extend(check_path(path).err().map(|reason| Problem::name(path, reason)));
            let cluster = path.split('/').next().unwrap_or_default();
            if !self.clusters.iter().any(|known| known == cluster) {
                problems.push(Problem::name(path, "the first name is none of the clusters that are rendered"));
            }
            for file in files {
                let problem = |reason| Problem::name(&child(path, &file.name), reason);
                problems.extend(check_name(&file.name).err().map(problem));
                if file.data.as_ref().is_some_and(|data| KeptData::parse(&data.0).is_none()) {
                    problems.push(problem("the name of its data is no kind and object"));
                }
            }
        }
        problems.extend(self.collisions());
        problems
    }

    /// Paths that are one file where case does not count, as on macOS, and files where a directory is needed.
    ///
    /// All names in one directory are looked at together. Files are many, and so their paths are not written down.
    fn collisions(&self) -> Vec<Problem> {
        let mut places: BTreeMap<Cow<'_, str>, Directories<'_>> = BTreeMap::new();
        let paths = self.directories.keys().chain(&self.above).collect::<HashSet<_>>();
        for path in paths {
            places.entry(folded(path)).or_default().here.push(path);
            let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
            places.entry(folded(parent)).or_default().below.push((parent, name));
        }
        let mut collisions = Vec::new();
        let mut names: Vec<(Cow<'_, str>, &str, &str)> = Vec::new();
        for Directories { here, below } in places.into_values() {
            names.extend(below.into_iter().map(|(parent, name)| (folded(name), parent, name)));
            for path in here {
                let files = self.files_of(path).unwrap_or_default();
                names.extend(files.iter().map(|file| (folded(&file.name), path, file.name.as_str())));
            }
            names.sort_unstable();
            for (first, second) in names.iter().zip(names.iter().skip(1)).filter(|(first, second)| first.0 == second.0)
            {
                let path = |(_, parent, name): &(Cow<'_, str>, &str, &str)| {
                    if parent.is_empty() { (*name).to_owned() } else { child(parent, name) }
                };
                collisions.push((path(first), path(second)));
            }
            names.clear();
        }
        collisions.sort_unstable();
        collisions.into_iter().map(|(first, second)| Problem::Collision { first, second }).collect()
    }
}

/// Directories that are one where case does not count.
#[derive(Default)]
struct Directories<'d> {
    /// Their paths.
    here: Vec<&'d str>,
    /// The directories in them: the path of which of them, and a name.
    below: Vec<(&'d str, &'d str)>,
}

/// A text where case does not count.
fn folded(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The file of a name among files that are sorted.
pub(super) fn find<'f>(files: &'f [DesiredFile], name: &str) -> Option<&'f DesiredFile> {
    files.binary_search_by(|file| file.name.as_str().cmp(name)).ok().and_then(|place| files.get(place))
}
