//! One directory that is ours: because it is declared, or because it has a manifest.

use std::path::{Path, PathBuf};

use super::contents::{self, Digest};
use super::listing::{Entry, Kind, Listing};
use super::names::{MANIFEST, child, is_applied_by_argo_cd};
use super::ownership::{Ownership, Record};
use super::plan::{Manifest, Plan};
use super::survey::Survey;
use super::{DesiredFile, Difference, Finding, Problem, Scope};

/// A directory that is ours, and what is known about it.
pub(super) struct Owned<'o, 'd> {
    /// The target.
    pub(super) target: &'o Path,
    /// The path below the target.
    pub(super) path: &'o str,
    /// What is in it.
    pub(super) listing: &'o Listing,
    /// What is declared to be in it, sorted; nothing if it is no longer declared.
    pub(super) wanted: Option<&'d [DesiredFile]>,
    /// What is compared.
    pub(super) scope: &'o Scope,
}

impl<'d> Owned<'_, 'd> {
    /// Compares every file, and plans what is to be done.
    pub(super) fn examine(&self, scratch: &mut Vec<u8>) -> Survey<'d> {
        let mut survey = Survey::default();
        let (text, recorded) = match self.manifest() {
            Ok(manifest) => manifest,
            Err(Problem::Refused(finding)) => {
                survey.findings.push(finding);
                return survey;
            }
            Err(problem) => {
                survey.problems.push(problem);
                return survey;
            }
        };
        let mut comparison = FileComparison { directory: self, recorded: &recorded, survey, plan: self.empty_plan() };
        let mut transition = self.carried_over(&recorded);
        for entry in &self.listing.entries {
            if self.scope.covers(&child(self.path, &entry.name))
                && let Err(problem) = comparison.entry(entry, &mut transition, scratch)
            {
                comparison.survey.problems.push(problem);
            }
        }
        let FileComparison { mut survey, mut plan, .. } = comparison;
        for file in self.wanted.unwrap_or_default() {
            let is_absent = self.listing.kind_of(&file.name).is_none();
            if is_absent && self.scope.covers(&child(self.path, &file.name)) {
                survey.findings.push(self.finding(&file.name, Difference::Missing));
                plan.written.push(file);
            }
        }
        plan.kept = self.no_longer_wanted(&recorded).flat_map(|(_, record)| record.keeps().cloned()).collect();
        self.plan_manifest(&text, transition, &mut plan);
        if survey.findings.is_empty() && self.scope.covers(self.path) {
            survey.findings.extend(plan.manifest_difference().map(|difference| self.finding(MANIFEST, difference)));
        }
        if !plan.is_empty() {
            survey.plans.push(plan);
        }
        survey
    }

    /// The manifest on disk, as text and as what it records.
    fn manifest(&self) -> Result<(String, Ownership), Problem> {
        let refused = |difference| Problem::Refused(self.finding(MANIFEST, difference));
        let text = match self.listing.kind_of(MANIFEST) {
            None => String::new(),
            Some(Kind::File) => {
                let path = self.location(MANIFEST);
                contents::read_text(&path).map_err(|error| Problem::io("read", &path, error))?
            }
            Some(Kind::Symlink) => return Err(refused(Difference::Symlink)),
            Some(Kind::Directory | Kind::Other) => return Err(refused(Difference::Blocked)),
        };
        match Ownership::parse(&text) {
            Ok(recorded) => Ok((text, recorded)),
            Err(line) => Err(refused(Difference::Garbled(line))),
        }
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
        let files = self.wanted?;
        files.binary_search_by(|file| file.name.as_str().cmp(name)).ok().and_then(|place| files.get(place))
    }

    fn no_longer_wanted<'r>(&self, recorded: &'r Ownership) -> impl Iterator<Item = (&'r str, &'r Record)> {
        recorded.files().filter(|(name, _)| self.wanted_file(name).is_none())
    }

    /// What stays recorded until files that are no longer wanted have been removed.
    fn carried_over(&self, recorded: &Ownership) -> Ownership {
        let mut transition = Ownership::default();
        for (name, record) in self.no_longer_wanted(recorded) {
            transition.carry_over(name, record);
        }
        transition
    }

    /// Decides when the manifest is replaced, and by what. The transition holds the bytes on disk that are ours; what is wanted
    /// is added to it here.
    fn plan_manifest(&self, text: &str, mut transition: Ownership, plan: &mut Plan<'d>) {
        let Some(files) = self.wanted else {
            plan.manifest = Manifest::Remove;
            return;
        };
        let mut last = Ownership::default();
        for file in files {
            let digest = Digest::of(file.bytes.as_bytes());
            transition.record(&file.name, digest, file.data.as_ref());
            last.record(&file.name, digest, file.data.as_ref());
        }
        let last = last.to_text();
        let before_that = if plan.written.is_empty() { text.to_owned() } else { transition.to_text() };
        plan.manifest = if before_that == last { Manifest::Keep } else { Manifest::Replace(last) };
        plan.transition = (before_that != text).then_some(before_that);
    }

    fn location(&self, name: &str) -> PathBuf {
        self.target.join(self.path).join(name)
    }

    fn finding(&self, name: &str, difference: Difference) -> Finding {
        Finding { path: self.location(name), difference }
    }
}

/// The files of a directory while they are compared.
struct FileComparison<'c, 'o, 'd> {
    directory: &'c Owned<'o, 'd>,
    recorded: &'c Ownership,
    survey: Survey<'d>,
    plan: Plan<'d>,
}

impl<'d> FileComparison<'_, '_, 'd> {
    fn entry(&mut self, entry: &Entry, transition: &mut Ownership, scratch: &mut Vec<u8>) -> Result<(), Problem> {
        let name = entry.name.as_str();
        let wanted = self.directory.wanted_file(name);
        let record = self.recorded.get(name);
        let difference = match (entry.kind, wanted, record) {
            (Kind::File, Some(file), _) => self.wanted(file, record, transition, scratch)?,
            (Kind::File, None, Some(record)) => Some(self.no_longer_wanted(name, record, scratch)?),
            (Kind::File | Kind::Other, None, None) => is_applied_by_argo_cd(name).then_some(Difference::Foreign),
            // Whoever walks through the tree reports every link, and looks into directories.
            (Kind::Symlink, _, _) | (Kind::Directory, None, None) => None,
            (Kind::Directory | Kind::Other, _, _) => Some(Difference::Blocked),
        };
        self.survey.findings.extend(difference.map(|difference| self.directory.finding(name, difference)));
        Ok(())
    }

    /// Compares a file that is declared.
    fn wanted(
        &mut self,
        file: &'d DesiredFile,
        record: Option<&Record>,
        transition: &mut Ownership,
        scratch: &mut Vec<u8>,
    ) -> Result<Option<Difference>, Problem> {
        let path = self.directory.location(&file.name);
        let found = contents::compare(&path, file.bytes.as_bytes(), scratch);
        let Some(found) = found.map_err(|error| Problem::io("read", &path, error))? else {
            self.survey.unchanged += 1;
            return Ok(None);
        };
        self.plan.written.push(file);
        let is_ours = record.is_some_and(|record| record.holds(found.digest));
        if is_ours {
            transition.record(&file.name, found.digest, None);
        }
        Ok(Some(match record {
            _ if is_ours || found.is_blank => Difference::Changed,
            Some(_) => Difference::Edited,
            None => Difference::Unowned,
        }))
    }

    /// Looks at a file that is recorded and no longer declared.
    fn no_longer_wanted(&mut self, name: &str, record: &Record, scratch: &mut Vec<u8>) -> Result<Difference, Problem> {
        let path = self.directory.location(name);
        let found = contents::read(&path, scratch).map_err(|error| Problem::io("read", &path, error))?;
        self.plan.removed.push(name.to_owned());
        let is_ours = record.holds(found.digest) || found.is_blank;
        Ok(if is_ours { Difference::Extra } else { Difference::EditedExtra })
    }
}
