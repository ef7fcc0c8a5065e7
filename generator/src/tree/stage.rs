//! Carries out plans: first all bytes are written beside their places, then everything is renamed into place, and only then is
//! anything removed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::cores::on_cores;
use super::disk::Disk;
use super::names::{MANIFEST, above, staged_directory, staged_file, staged_manifest, staged_transition};
use super::ownership::Ownership;
use super::plan::{Manifest, Plan};
use super::survey::Survey;
use super::{Problem, TreeErrors};

/// Where plans are carried out.
pub(super) struct Stage<'s> {
    /// The disk.
    pub(super) disk: &'s Disk,
    /// How many threads do it.
    pub(super) cores: usize,
    /// The target.
    pub(super) target: &'s Path,
}

impl Stage<'_> {
    /// Carries out all plans of a survey. After an error the next run goes on where this one stopped; as long as nothing was
    /// renamed yet, the tree is as it was.
    pub(super) fn write(&self, survey: &Survey<'_>) -> Result<(), TreeErrors> {
        for leftover in &survey.leftovers {
            self.disk.remove_staged(leftover)?;
        }
        let mut made = Vec::new();
        let written = self
            .make_directories(survey, &mut made)
            .map_err(TreeErrors::from)
            .and_then(|()| self.each(&survey.plans, |plan| self.stage(plan)))
            .and_then(|()| self.each(&survey.plans, |plan| self.rename(plan)))
            .and_then(|()| self.each(&survey.plans, |plan| self.remove(plan)))
            .and_then(|()| Ok(survey.plans.iter().try_for_each(|plan| self.remove_directory(plan))?));
        if written.is_err() {
            self.unstage(survey, &made);
        }
        written
    }

    /// Does something for every plan until it fails for one, and returns all failures.
    fn each(
        &self,
        plans: &[Plan<'_>],
        work: impl Fn(&Plan<'_>) -> Result<(), Problem> + Sync,
    ) -> Result<(), TreeErrors> {
        let failed = AtomicBool::new(false);
        let results = on_cores(
            self.cores,
            plans,
            || (),
            |(), plan| {
                if failed.load(Ordering::Relaxed) {
                    return Ok(());
                }
                work(plan).inspect_err(|_| failed.store(true, Ordering::Relaxed))
            },
        );
        let problems: Vec<Problem> = results.into_iter().filter_map(Result::err).collect();
        if problems.is_empty() { Ok(()) } else { Err(TreeErrors::new(problems)) }
    }

    /// Makes the directories above new ones, and those new ones that are not staged whole.
    fn make_directories(&self, survey: &Survey<'_>, made: &mut Vec<PathBuf>) -> Result<(), Problem> {
        let new = survey.plans.iter().filter(|plan| plan.is_new);
        let needed: BTreeSet<&str> = new
            .flat_map(|plan| above(&plan.path).chain((!plan.is_staged_whole()).then_some(plan.path.as_str())))
            .filter(|path| !survey.existing.contains(*path))
            .collect();
        for path in needed {
            let path = self.target.join(path);
            self.disk.create_directory(&path)?;
            made.push(path);
        }
        Ok(())
    }

    /// Writes all bytes of a plan beside their places.
    fn stage(&self, plan: &Plan<'_>) -> Result<(), Problem> {
        if plan.is_staged_whole() {
            let directory = self.staged_whole(plan);
            self.disk.create_directory(&directory)?;
            for file in &plan.written {
                self.disk.create_file(&directory.join(&file.name), file.bytes.as_bytes())?;
            }
            let manifest = Ownership::of(plan.written.iter().copied()).to_text();
            return self.disk.create_file(&directory.join(MANIFEST), manifest.as_bytes());
        }
        let directory = self.target.join(&plan.path);
        if let Some(transition) = &plan.transition {
            self.disk.create_file(&directory.join(staged_transition()), transition.as_bytes())?;
        }
        for (number, file) in plan.written.iter().enumerate() {
            self.disk.create_file(&directory.join(staged_file(number)), file.bytes.as_bytes())?;
        }
        match &plan.manifest {
            Manifest::Replace(text) => self.disk.create_file(&directory.join(staged_manifest()), text.as_bytes()),
            Manifest::Keep | Manifest::Remove => Ok(()),
        }
    }

    /// Renames what was staged into place, the manifest that records old and new bytes first.
    fn rename(&self, plan: &Plan<'_>) -> Result<(), Problem> {
        let directory = self.target.join(&plan.path);
        if plan.is_staged_whole() {
            return self.disk.rename(&self.staged_whole(plan), &directory);
        }
        if plan.transition.is_some() {
            self.disk.rename(&directory.join(staged_transition()), &directory.join(MANIFEST))?;
        }
        for (number, file) in plan.written.iter().enumerate() {
            self.disk.rename(&directory.join(staged_file(number)), &directory.join(&file.name))?;
        }
        Ok(())
    }

    /// Removes the files that are no longer declared, and has the manifest forget them.
    fn remove(&self, plan: &Plan<'_>) -> Result<(), Problem> {
        let directory = self.target.join(&plan.path);
        for name in &plan.removed {
            self.disk.remove_file(&directory.join(name))?;
        }
        match plan.manifest {
            Manifest::Keep => Ok(()),
            Manifest::Remove => self.disk.remove_file(&directory.join(MANIFEST)),
            Manifest::Replace(_) => self.disk.rename(&directory.join(staged_manifest()), &directory.join(MANIFEST)),
        }
    }

    /// Removes a directory that is no longer declared, and those above it, as far as nothing else is in them.
    fn remove_directory(&self, plan: &Plan<'_>) -> Result<(), Problem> {
        if plan.manifest != Manifest::Remove {
            return Ok(());
        }
        for path in [plan.path.as_str()].into_iter().chain(above(&plan.path)) {
            if !self.disk.remove_empty_directory(&self.target.join(path))? {
                break;
            }
        }
        Ok(())
    }

    /// Removes everything that is still staged.
    fn unstage(&self, survey: &Survey<'_>, made: &[PathBuf]) {
        // The error that led here is the one to report, and the next run removes what stays.
        for plan in &survey.plans {
            if plan.is_staged_whole() {
                let _ = self.disk.remove_staged(&self.staged_whole(plan));
                continue;
            }
            let directory = self.target.join(&plan.path);
            let files = (0..plan.written.len()).map(staged_file);
            for name in files.chain([staged_transition(), staged_manifest()]) {
                let _ = self.disk.remove_staged(&directory.join(name));
            }
        }
        for directory in made.iter().rev() {
            let _ = self.disk.remove_empty_directory(directory);
        }
    }

    /// Where a whole directory is staged: beside its place.
    fn staged_whole(&self, plan: &Plan<'_>) -> PathBuf {
        let (above, name) = plan.path.rsplit_once('/').unwrap_or(("", &plan.path));
        self.target.join(above).join(staged_directory(name))
    }
}
