//! Which files differ, in which directories, and how much a reviewer would miss without their diffs.

use std::collections::BTreeMap;

use super::tree::Tree;
use crate::register;

/// The files that differ, by their directories.
#[derive(Debug, Default)]
pub(super) struct Changes<'a> {
    pub(super) directories: BTreeMap<&'a str, Directory<'a>>,
    /// Ownership lists that differ: they repeat what the other files say.
    pub(super) lists: usize,
    /// Pages of the register that differ beside objects: they say again what those say.
    pub(super) pages: usize,
    /// Whether nothing but pages differs, so that they are shown.
    pub(super) are_pages: bool,
}

/// A directory with files that differ.
#[derive(Debug)]
pub(super) struct Directory<'a> {
    pub(super) files: Vec<Changed<'a>>,
    pub(super) is_new: bool,
    pub(super) is_gone: bool,
}

/// A file that differs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Changed<'a> {
    pub(super) path: &'a str,
    pub(super) change: Change<'a>,
}

/// How a file differs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change<'a> {
    Added(&'a str),
    Removed(&'a str),
    Edited(&'a str, &'a str),
}

/// How many files differ.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Counts {
    pub(super) added: usize,
    pub(super) changed: usize,
    pub(super) removed: usize,
}

/// Where in a tree a directory is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    /// Of a service.
    Service,
    /// Of what a namespace's services share.
    Namespace,
    /// Of Argo CD's own objects, or of anything else.
    Other,
}

impl<'a> Changes<'a> {
    /// Compares two trees.
    pub(super) fn between(before: &'a Tree, after: &'a Tree) -> Self {
        let mut changes = Self::default();
        let removed = before.files.iter().filter(|(path, _)| !after.files.contains_key(*path));
        let removed = removed.map(|(path, text)| Changed { path, change: Change::Removed(text) });
        let others = after.files.iter().filter_map(|(path, text)| match before.files.get(path) {
            None => Some(Changed { path, change: Change::Added(text) }),
            Some(old) if old == text => None,
            Some(old) => Some(Changed { path, change: Change::Edited(old, text) }),
        });
        let (pages, objects): (Vec<_>, Vec<_>) = removed.chain(others).partition(|changed| is_page(changed.path));
        changes.are_pages = objects.iter().all(|changed| is_list(changed.path));
        let shown = if changes.are_pages {
            pages
        } else {
            changes.pages = pages.len();
            Vec::new()
        };
        for changed in objects.into_iter().chain(shown) {
            let (directory, _) = split(changed.path);
            if is_list(changed.path) {
                changes.lists += 1;
                continue;
            }
            let directory = changes.directories.entry(directory);
            directory
                .or_insert_with(|| Directory { files: Vec::new(), is_new: true, is_gone: true })
                .files
                .push(changed);
        }
        for (path, directory) in &mut changes.directories {
            directory.files.sort_by_key(|changed| changed.path);
            directory.is_new = !has_directory(before, path);
            directory.is_gone = !has_directory(after, path);
        }
        changes
    }

    /// All of them.
    pub(super) fn counts(&self) -> Counts {
        self.directories.values().fold(Counts::default(), |counts, directory| {
            let Counts { added, changed, removed } = directory.counts();
            Counts { added: counts.added + added, changed: counts.changed + changed, removed: counts.removed + removed }
        })
    }

    /// Whether a path's directory is in one of the trees only.
    pub(super) fn came_or_went(&self, path: &str) -> bool {
        self.directories.get(split(path).0).is_some_and(|directory| directory.is_new || directory.is_gone)
    }
}

impl Directory<'_> {
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for changed in &self.files {
            match changed.change {
                Change::Added(_) => counts.added += 1,
                Change::Removed(_) => counts.removed += 1,
                Change::Edited(..) => counts.changed += 1,
            }
        }
        counts
    }
}

impl Change<'_> {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Added(_) => "added",
            Self::Removed(_) => "removed",
            Self::Edited(..) => "changed",
        }
    }
}

impl Changed<'_> {
    /// The name of the file.
    pub(super) fn name(&self) -> &str {
        split(self.path).1
    }

    /// What is kept longest when there is no room for everything comes first.
    pub(super) fn importance(&self) -> (u8, u8, &str) {
        let change = match self.change {
            Change::Edited(..) => 0,
            Change::Added(_) => 1,
            Change::Removed(_) => 2,
        };
        (kind_importance(self.name()), change, self.path)
    }
}

/// By the kind of the object, with which a file's name starts.
fn kind_importance(name: &str) -> u8 {
    match name.split('-').next().unwrap_or_default() {
        "authorizationpolicy"
        | "clusterrole"
        | "clusterrolebinding"
        | "egressnetwork"
        | "grpcroute"
        | "httproute"
        | "meshtlsauthentication"
        | "namespace"
        | "networkauthentication"
        | "networkpolicy"
        | "role"
        | "rolebinding"
        | "server"
        | "tcproute"
        | "tlsroute" => 0,
        "appproject"
        | "cronjob"
        | "daemonset"
        | "deployment"
        | "job"
        | "onepassworditem"
        | "persistentvolumeclaim"
        | "statefulset" => 1,
        "configmap" => 2,
        "application"
        | "dnsendpoint"
        | "horizontalpodautoscaler"
        | "poddisruptionbudget"
        | "service"
        | "serviceaccount" => 4,
        // Unknown here, so rather not the first to be left out.
        _ => 3,
    }
}

/// The directory and the name of a path.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Whether a file is an ownership list.
fn is_list(path: &str) -> bool {
    split(path).1 == ".casemate"
}

/// Whether a file is a page of the register. A service's directory may have the same name: there are no pages in it.
fn is_page(path: &str) -> bool {
    let (directory, name) = split(path);
    name.rsplit_once('.').is_some_and(|(_, of)| of == "md")
        && directory.split_once('/').is_some_and(|(_, below)| below == register::DIRECTORY)
}

/// What a directory is called, and what it is of.
pub(super) fn role(directory: &str) -> (String, Role) {
    let parts: Vec<&str> = directory.split('/').collect();
    match parts.as_slice() {
        [_, "services", namespace, "_namespace"] => (format!("namespace {namespace}"), Role::Namespace),
        [_, "services", namespace, service] => (format!("{namespace}/{service}"), Role::Service),
        [""] => (".".to_owned(), Role::Other),
        _ => (directory.to_owned(), Role::Other),
    }
}

fn has_directory(tree: &Tree, directory: &str) -> bool {
    if directory.is_empty() {
        return true;
    }
    let inside = format!("{directory}/");
    tree.files.range(inside.clone()..).next().is_some_and(|(path, _)| path.starts_with(&inside))
}
