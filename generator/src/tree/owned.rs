//! One directory that is ours: because it is declared, or because it has a manifest.

use std::path::Path;

use super::contents;
use super::desired::find;
use super::listing::{Entry, Kind, Listing};
use super::names::{MANIFEST, is_applied_by_argo_cd};
use super::ownership::{Ownership, Record};
use super::plan::{Manifest, Plan};
use super::survey::Survey;
use super::{DesiredFile, Difference, Finding, Problem, Scope};

/// A directory that is ours, and what is known about it.
pub(super) struct Owned<'o, 'd> {
    /// Where it is.
    pub(super) location: &'o Path,
    /// The path below the target.
    pub(super) path: &'o str,
    /// What is in it.
    pub(super) listing: &'o Listing,
    /// What is declared to be in it, sorted; nothing if it is no longer declared.
    pub(super) wanted: Option<&'d [DesiredFile]>,
    /// What is compared.
    pub(super) scope: &'o Scope,
}

/// What the manifest says, and what it shall say.
struct Manifests {
    /// The text on disk.
    text: String,
    /// What that records, if it is not the text that is wanted.
    parsed: Option<Ownership>,
    /// What is declared.
    wanted: Ownership,
    /// The text that records it.
    wanted_text: String,
}

impl Manifests {
    /// What is recorded on disk.
    fn recorded(&self) -> &Ownership {
        self.parsed.as_ref().unwrap_or(&self.wanted)
    }
}

impl<'d> Owned<'_, 'd> {
    /// Compares every file, and plans what is to be done.
    pub(super) fn examine(&self, scratch: &mut Vec<u8>) -> Survey<'d> {
        let mut survey = Survey::default();
        let manifests = match self.manifests(scratch) {
            Ok(manifests) => manifests,
            Err(Problem::Refused(finding)) => {
                survey.findings.push(finding);
                return survey;
            }
            Err(problem) => {
                survey.problems.push(problem);
                return survey;
            }
        };
        let recorded = manifests.recorded();
        let mut comparison = FileComparison {
            directory: self,
            recorded,
            survey,
            plan: self.empty_plan(),
            replaced: Ownership::default(),
            scratch,
        };
        for entry in &self.listing.entries {
            if self.scope.covers_file(self.path, &entry.name)
                && let Err(problem) = comparison.entry(entry)
            {
                comparison.survey.problems.push(problem);
            }
        }
        let FileComparison { mut survey, mut plan, replaced, .. } = comparison;
        for file in self.wanted.unwrap_or_default() {
            let is_absent = self.listing.kind_of(&file.name).is_none();
            if is_absent && self.scope.covers_file(self.path, &file.name) {
                survey.findings.push(self.finding(&file.name, Difference::Missing));
                plan.written.push(file);
            }
        }
        plan.kept = self.no_longer_wanted(recorded).flat_map(|(_, record)| record.keeps().cloned()).collect();
        self.plan_manifest(&manifests, replaced, &mut plan);
        if survey.findings.is_empty() && self.scope.covers(self.path) {
            survey.findings.extend(plan.manifest_difference().map(|difference| self.finding(MANIFEST, difference)));
        }
        if !plan.is_empty() {
            survey.plans.push(plan);
        }
        survey
    }

    /// Reads the manifest. It is taken apart only if it is not the one that is wanted.
    fn manifests(&self, scratch: &mut Vec<u8>) -> Result<Manifests, Problem> {
        let refused = |difference| Problem::Refused(self.finding(MANIFEST, difference));
        let wanted = Ownership::of(self.wanted.unwrap_or_default());
        let wanted_text = wanted.to_text();
        let text = match self.listing.kind_of(MANIFEST) {
            None => String::new(),
            Some(Kind::File) => {
                let path = self.location.join(MANIFEST);
                let failed = |error| Problem::io("read", &path, error);
                match contents::compare(&path, wanted_text.as_bytes(), scratch).map_err(failed)? {
                    None => wanted_text.clone(),
                    Some(_) => contents::read_text(&path).map_err(failed)?,
                }
            }
            Some(Kind::Symlink) => return Err(refused(Difference::Symlink)),
            Some(Kind::Directory | Kind::Other) => return Err(refused(Difference::Blocked)),
        };
        let parsed = if text == wanted_text {
            None
        } else {
            Some(Ownership::parse(&text).map_err(|line| refused(Difference::Garbled(line)))?)
        };
        Ok(Manifests { text, parsed, wanted, wanted_text })
    }

    fn empty_plan(&self) -> Plan<'d> {
        Plan {
            path: self.path.to_owned(),
            is_new: false,
            written: Vec::new(),
            removed: Vec::new(),
            transition: None,
            manifest: Manifest::Keep,
            kept: Vec::new(),
        }
    }

    fn wanted_file(&self, name: &str) -> Option<&'d DesiredFile> {
        find(self.wanted?, name)
    }

    fn no_longer_wanted<'r>(&self, recorded: &'r Ownership) -> impl Iterator<Item = (&'r str, &'r Record)> {
        recorded.files().filter(|(name, _)| self.wanted_file(name).is_none())
    }

    /// Decides when the manifest is replaced, and by what. While files are replaced, it records the bytes that are `replaced`, those that
    /// are wanted, and the files that are yet to be removed.
    fn plan_manifest(&self, manifests: &Manifests, replaced: Ownership, plan: &mut Plan<'d>) {
        if self.wanted.is_none() {
            plan.manifest = Manifest::Remove;
            return;
        }
        let before_that = if plan.written.is_empty() {
            manifests.text.clone()
        } else {
            let mut transition = replaced;
            for (name, record) in self.no_longer_wanted(manifests.recorded()) {
                transition.add(name, record);
            }
            for (name, record) in manifests.wanted.files() {
                transition.add(name, record);
            }
            transition.to_text()
        };
        if before_that != manifests.wanted_text {
            plan.manifest = Manifest::Replace(manifests.wanted_text.clone());
        }
        plan.transition = (before_that != manifests.text).then_some(before_that);
    }

    fn finding(&self, name: &str, difference: Difference) -> Finding {
        Finding { path: self.location.join(name), difference }
    }
}

/// The files of a directory while they are compared.
struct FileComparison<'c, 'o, 'd> {
    directory: &'c Owned<'o, 'd>,
    recorded: &'c Ownership,
    survey: Survey<'d>,
    plan: Plan<'d>,
    /// The bytes of ours that will be replaced.
    replaced: Ownership,
    scratch: &'c mut Vec<u8>,
}

impl<'d> FileComparison<'_, '_, 'd> {
    fn entry(&mut self, entry: &Entry) -> Result<(), Problem> {
        let name = entry.name.as_str();
        let wanted = self.directory.wanted_file(name);
        let record = self.recorded.get(name);
        let difference = match (entry.kind, wanted, record) {
            (Kind::File, Some(file), _) => self.wanted(file, record)?,
            (Kind::File, None, Some(record)) => Some(self.no_longer_wanted(name, record)?),
            (Kind::File | Kind::Other, None, None) => is_applied_by_argo_cd(name).then_some(Difference::Foreign),
            // Whoever walks through the tree reports every link, and looks into directories.
            (Kind::Symlink, _, _) | (Kind::Directory, None, None) => None,
            (Kind::Directory | Kind::Other, _, _) => Some(Difference::Blocked),
        };
        self.survey.findings.extend(difference.map(|difference| self.directory.finding(name, difference)));
        Ok(())
    }

    /// Compares a file that is declared.
    fn wanted(&mut self, file: &'d DesiredFile, record: Option<&Record>) -> Result<Option<Difference>, Problem> {
        let path = self.directory.location.join(&file.name);
        let found = contents::compare(&path, file.bytes.as_bytes(), self.scratch);
        let Some(found) = found.map_err(|error| Problem::io("read", &path, error))? else {
            self.survey.unchanged += 1;
            return Ok(None);
        };
        self.plan.written.push(file);
        let is_ours = record.is_some_and(|record| record.holds(found.digest));
        if is_ours {
            self.replaced.record(&file.name, found.digest, None);
        }
        Ok(Some(match record {
            _ if is_ours || found.is_blank => Difference::Changed,
            Some(_) => Difference::Edited,
            None => Difference::Unowned,
        }))
    }

    /// Looks at a file that is recorded and no longer declared.
    fn no_longer_wanted(&mut self, name: &str, record: &Record) -> Result<Difference, Problem> {
        let path = self.directory.location.join(name);
        let found = contents::read(&path, self.scratch).map_err(|error| Problem::io("read", &path, error))?;
        self.plan.removed.push(name.to_owned());
        let is_ours = record.holds(found.digest) || found.is_blank;
        Ok(if is_ours { Difference::Extra } else { Difference::EditedExtra })
    }
}
