//! What the oracle says.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file.
    pub path: String,
    /// The object: kind, namespace and name; empty where the file could not be read.
    pub object: String,
    /// The name of the broken rule.
    pub rule: &'static str,
    /// What is wrong, where, in a sentence.
    pub sentence: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}: [{}] {}", self.path, self.object, self.rule, self.sentence)
    }
}

/// Everything that the oracle has to say about a tree.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// What is wrong, in the order of the files.
    pub findings: Vec<Finding>,
    /// How many documents were read.
    pub documents: usize,
    /// How many values were held to a rule of the closed world.
    pub fields: usize,
    /// How many rules were applied: paths of the closed world, checks of Pod Security, rules across documents.
    pub rules: usize,
}

impl Verdict {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(out, "{finding}")?;
        }
        write!(
            out,
            "{} findings in {} documents ({} fields held to {} rules)",
            self.findings.len(),
            self.documents,
            self.fields,
            self.rules
        )
    }
}
