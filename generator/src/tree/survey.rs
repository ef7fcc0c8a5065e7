//! What is on disk, and what is to be done about it. Reads only.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::cores::on_cores;
use super::desired::{Desired, find};
use super::listing::{Entry, Kind, Listing};
use super::names::{MANIFEST, child, is_applied_by_argo_cd};
use super::owned::Owned;
use super::plan::Plan;
use super::{Comparison, Difference, Finding, KeptData, Problem, Scope, Summary};

/// All that was seen.
#[derive(Debug, Default)]
pub(super) struct Survey<'d> {
    /// What is to be done, for each directory where there is something to do.
    pub(super) plans: Vec<Plan<'d>>,
    /// Directories that exist, below the target.
    pub(super) existing: HashSet<String>,
    /// What differs. Files of new directories are left out: their plans name them.
    pub(super) findings: Vec<Finding>,
    /// What interrupted runs left behind.
    pub(super) leftovers: Vec<PathBuf>,
    /// Files that are as declared.
    pub(super) unchanged: usize,
    /// What could not be read.
    pub(super) problems: Vec<Problem>,
}

/// A directory to look into.
struct Place {
    path: String,
    /// Whether a directory above it is ours, so that Argo CD reads this one, too.
    is_below_owned: bool,
}

/// What was seen in one directory.
#[derive(Default)]
struct Seen<'d> {
    survey: Survey<'d>,
    below: Vec<Place>,
}

impl<'d> Survey<'d> {
    /// Looks at the clusters of a target, level by level, all directories of a level at a time.
    pub(super) fn of(target: &Path, desired: &'d Desired, scope: &Scope, cores: usize) -> Self {
        let surveyor = Surveyor { target, desired, scope };
        let mut survey = Self::default();
        let mut level = surveyor.clusters(&mut survey);
        while !level.is_empty() {
            survey.existing.extend(level.iter().map(|place| place.path.clone()));
            let seen = on_cores(cores, &level, Vec::new, |scratch, place| surveyor.look_into(place, scratch));
            level = Vec::new();
            for seen in seen {
                survey.add(seen.survey);
                level.extend(seen.below);
            }
        }
        for (path, files) in desired.directories() {
            if !survey.existing.contains(path) && scope.leads_to(path) {
                let mut plan = Plan::of_new_directory(path, files, desired.is_above(path));
                plan.written.retain(|file| scope.covers_file(path, &file.name));
                survey.plans.push(plan);
            }
        }
        survey.findings.sort_unstable();
        survey.findings.dedup();
        survey
    }

    /// Adds what was seen elsewhere.
    pub(super) fn add(&mut self, mut other: Self) {
        self.plans.append(&mut other.plans);
        self.findings.append(&mut other.findings);
        self.leftovers.append(&mut other.leftovers);
        self.unchanged += other.unchanged;
        self.problems.append(&mut other.problems);
    }

    /// The survey as a report.
    pub(super) fn into_comparison(self, target: &Path) -> Comparison {
        let leftovers = self.leftovers.into_iter().map(|path| Finding { path, difference: Difference::Leftover });
        let new = self.plans.iter().filter(|plan| plan.is_new).flat_map(Plan::written_paths);
        let missing = new.map(|path| Finding { path: target.join(path), difference: Difference::Missing });
        let mut findings: Vec<Finding> = self.findings.into_iter().chain(leftovers).chain(missing).collect();
        findings.sort_unstable();
        Comparison { findings, unchanged: self.unchanged }
    }

    /// What was done once all plans have been carried out.
    pub(super) fn into_summary(self, desired: &Desired) -> Summary {
        let declared: HashSet<&KeptData> = desired.files().filter_map(|file| file.data.as_ref()).collect();
        let mut kept: Vec<KeptData> = self.plans.iter().flat_map(|plan| plan.kept.iter().cloned()).collect();
        kept.retain(|data| !declared.contains(data));
        kept.sort_unstable();
        kept.dedup();
        Summary {
            declared: desired.files().count(),
            written: self.plans.iter().map(|plan| plan.written.len()).sum(),
            unchanged: self.unchanged,
            removed: self.plans.iter().map(|plan| plan.removed.len()).sum(),
            kept,
        }
    }
}

/// Looks into directories.
struct Surveyor<'s, 'd> {
    target: &'s Path,
    desired: &'d Desired,
    scope: &'s Scope,
}

impl<'d> Surveyor<'_, 'd> {
    /// The directories of the clusters, as far as they are there.
    fn clusters(&self, survey: &mut Survey<'d>) -> Vec<Place> {
        let mut places = Vec::new();
        for cluster in self.desired.clusters() {
            let path = self.target.join(cluster);
            match fs::symlink_metadata(&path) {
                Ok(metadata) if metadata.is_dir() => {
                    places.push(Place { path: cluster.clone(), is_below_owned: false });
                }
                Ok(metadata) => {
                    let difference = if metadata.is_symlink() { Difference::Symlink } else { Difference::Blocked };
                    survey.findings.push(Finding { path, difference });
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => survey.problems.push(Problem::io("read", &path, error)),
            }
        }
        places
    }

    fn look_into(&self, place: &Place, scratch: &mut Vec<u8>) -> Seen<'d> {
        let mut seen = Seen::default();
        let directory = self.target.join(&place.path);
        let listing = match Listing::of(&directory) {
            Ok(listing) => listing,
            Err(error) => {
                seen.survey.problems.push(Problem::io("list", &directory, error));
                return seen;
            }
        };
        let wanted = self.desired.files_of(&place.path);
        let is_owned = wanted.is_some() || listing.kind_of(MANIFEST).is_some();
        for Entry { name, kind } in &listing.entries {
            let is_wanted = wanted.is_some_and(|files| find(files, name).is_some());
            if *kind == Kind::File && is_wanted {
                continue;
            }
            let path = child(&place.path, name);
            let difference = match kind {
                _ if !self.scope.leads_to(&path) => None,
                Kind::Directory => {
                    seen.below.push(Place { path, is_below_owned: is_owned || place.is_below_owned });
                    None
                }
                Kind::Symlink => Some(Difference::Symlink),
                Kind::File | Kind::Other if self.desired.is_directory(&path) => Some(Difference::Blocked),
                Kind::File | Kind::Other => {
                    let is_foreign = place.is_below_owned && !is_owned && is_applied_by_argo_cd(name);
                    is_foreign.then_some(Difference::Foreign)
                }
            };
            let finding = difference.map(|difference| Finding { path: directory.join(name), difference });
            seen.survey.findings.extend(finding);
        }
        if is_owned {
            let owned = Owned { location: &directory, path: &place.path, listing: &listing, wanted, scope: self.scope };
            seen.survey.add(owned.examine(scratch));
        }
        seen.survey.leftovers.extend(listing.leftovers);
        seen
    }
}
