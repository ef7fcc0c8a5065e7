//! Findings of many files, for the forms that are written at once.

use std::path::PathBuf;

use crate::audit::{Audited, Finding, Identity, Judged, Problem};

/// As many as GitHub's code scanning takes of one run; more are counted.
const MOST: usize = 25_000;

/// What is kept of the files.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(super) findings: Vec<Listed>,
    pub(super) problems: Vec<(String, Problem)>,
}

/// A finding with its object and file.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) identity: Identity,
    pub(super) finding: Finding,
}

impl Collected {
    /// Keeps what a file says.
    pub(crate) fn add(&mut self, audited: &Audited) {
        for Judged { identity, findings, unlisted: _, level: _ } in &audited.objects {
            let room = MOST.saturating_sub(self.findings.len());
            self.findings.extend(findings.iter().take(room).map(|finding| Listed {
                name: audited.name.clone(),
                path: audited.path.clone(),
                identity: identity.clone(),
                finding: finding.clone(),
            }));
        }
        let room = MOST.saturating_sub(self.problems.len());
        self.problems.extend(audited.problems.iter().take(room).map(|problem| (audited.name.clone(), problem.clone())));
    }
}
