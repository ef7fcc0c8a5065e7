//! Any Kubernetes YAML before the rules of the security model: a chart's output, a neighbour's repository, a tree of ours.
//!
//! It reads files one by one and holds none of them longer than it takes to judge it. What it cannot judge it names: a kind that it
//! does not know, a Helm template, a kustomization. What it cannot read is a problem, and the other documents are judged all the same.

mod input;
mod judge;
mod kinds;
mod object;
mod pod;
mod report;
mod tally;
mod yaml;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use crate::model::Rule;

pub(crate) use judge::Finding;
pub(crate) use object::{Identity, Judged};
pub(crate) use pod::{Level, Standard};
pub(crate) use report::{Collected, json, sarif, text};
pub(crate) use tally::{Names, Tally};

/// How to audit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// The version of Pod Security that pods are held to.
    pub(crate) standard: Standard,
    /// More bytes than a file may have.
    pub(crate) most_of_a_file: u64,
}

/// What one file says.
#[derive(Debug, Default)]
pub(crate) struct Audited {
    /// Its path as a person may read it: nothing in it is invisible.
    pub(crate) name: String,
    /// Its path as it was found, for programs.
    pub(crate) path: PathBuf,
    /// How many documents it has.
    documents: usize,
    /// How many of them are no objects of Kubernetes, such as the values of a chart.
    foreign: usize,
    /// The objects that were judged.
    pub(crate) objects: Vec<Judged>,
    /// The kinds that no rule is about.
    without_rule: Vec<String>,
    /// What was not judged, and why.
    pub(crate) unjudged: Vec<Unjudged>,
    /// What could not be read.
    pub(crate) problems: Vec<Problem>,
}

/// Something that was not judged.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Unjudged {
    /// A kind that the rules do not know; it may make pods.
    Kind { name: String, makes_pods: bool },
    /// A template of pods without containers: a patch, or a part of something.
    Fragment,
    /// A file that Helm makes YAML of.
    Template,
    /// A list of what kustomize puts together.
    Kustomization,
    /// A link.
    Link,
    /// A directory that holds no manifests.
    Directory,
    /// A file that is neither YAML nor JSON by its name.
    File,
}

/// Something that could not be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Problem {
    /// Line and column, from 1, if it has a place.
    pub(crate) place: Option<(usize, usize)>,
    pub(crate) why: String,
}

/// Audits files, directories and, for `-`, standard input; `each` is told of one file after the other.
pub(crate) fn audit(paths: &[PathBuf], options: Options, mut each: impl FnMut(&Audited)) -> Tally {
    let mut tally = Tally::default();
    input::read(paths, options, &mut |audited| {
        tally.add(&audited);
        each(&audited);
    });
    tally
}

/// What an object breaks, and what of it could not be judged: for those who apply nothing of which anything is said here, and who have read
/// it already. What a name or a shape hints at is left out: a hint is for a person to look at, and what was rendered must not be held up
/// by one.
pub(crate) fn breaches(object: &serde_json::Value) -> Vec<String> {
    const HINTS: [Rule; 2] = [Rule::NoCredentialLiterals, Rule::NoCredentialsInConfig];
    // An object of no place: what lies beside it has no say in how it is read.
    let mut audited = Audited::default();
    object::judge(&mut audited, 1, &yaml::Node::of(object), Standard::of(Standard::NEWEST));
    let findings = audited.objects.iter().flat_map(|judged| &judged.findings);
    let broken = findings.filter(|finding| !HINTS.contains(&finding.rule)).map(|finding| {
        let Finding { rule, line: _, column: _, path, wrong } = finding;
        format!("`{}`: {wrong}, and `{}` is that {}", crate::review::quote::quotation(path), rule.name(), rule.must())
    });
    let unread = audited.problems.iter().map(|problem| problem.why.clone());
    let unjudged = audited.unjudged.iter().map(|_| "it is nothing that the rules know".to_owned());
    broken.chain(unread).chain(unjudged).collect()
}

/// Audits a text that lies at `path`.
fn judge_text(path: PathBuf, text: &str, options: Options) -> Audited {
    let mut audited = Audited { name: input::shown(&path), path, ..Audited::default() };
    let has_braces = text.contains("{{");
    if has_braces && input::is_of_a_chart(&audited.path) {
        audited.unjudged.push(Unjudged::Template);
        return audited;
    }
    for (index, document) in yaml::Documents::of(text).enumerate() {
        audited.documents += 1;
        match document {
            Ok(node) => object::judge(&mut audited, index + 1, &node, options.standard),
            // Braces of Helm are no YAML; they stand in the place of something that is.
            Err(_) if has_braces => {
                audited.unjudged.push(Unjudged::Template);
                break;
            }
            Err(broken) => audited.problems.push(broken.into()),
        }
    }
    audited
}

impl Problem {
    /// `file:line:column: why`.
    pub(crate) fn said_of(&self, file: &str) -> String {
        let Self { place, why } = self;
        match place {
            Some((line, column)) => format!("{file}:{line}:{column}: {why}"),
            None => format!("{file}: {why}"),
        }
    }
}

impl From<yaml::Broken> for Problem {
    fn from(broken: yaml::Broken) -> Self {
        let yaml::Broken { mark: yaml::Mark { line, column }, why } = broken;
        Self { place: Some((line, column)), why: crate::review::quote::quotation(&why) }
    }
}
