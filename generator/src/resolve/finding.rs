//! Findings: what is wrong with a set of declarations, all of it at once.

use std::fmt;

use casemate_dsl::said::{Place, Said, Setting};

/// One thing that is wrong: whose, where, what, and what to write instead.
#[derive(Debug, PartialEq)]
pub(crate) struct Finding {
    /// `trips/trips-api`, `namespace trips` or `cluster homelab`.
    pub(crate) whose: String,
    /// The line of the declaration.
    pub(crate) at: Option<Place>,
    /// What is wrong.
    pub(crate) wrong: String,
    /// What to write instead.
    pub(crate) instead: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { whose, at, wrong, instead } = self;
        write!(f, "{whose}: {wrong}")?;
        if let Some(at) = at {
            write!(f, "\n  --> {}:{}:{}", at.file(), at.line(), at.column())?;
        }
        write!(f, "\n  instead: {instead}")
    }
}

/// The findings so far.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding.
    pub(crate) fn add(
        &mut self,
        whose: impl ToString,
        at: Place,
        wrong: impl Into<String>,
        instead: impl Into<String>,
    ) {
        self.0.push(Finding { whose: whose.to_string(), at: Some(at), wrong: wrong.into(), instead: instead.into() });
    }

    /// Adds a finding that no single line causes.
    pub(crate) fn add_nowhere(&mut self, whose: impl ToString, wrong: impl Into<String>, instead: impl Into<String>) {
        self.0.push(Finding { whose: whose.to_string(), at: None, wrong: wrong.into(), instead: instead.into() });
    }

    /// The only statement about `setting`, or the first one, with a finding for every other.
    pub(crate) fn once<T>(&mut self, whose: impl ToString, setting: &str, said: Setting<T>) -> Option<Said<T>> {
        let mut statements = said.0.into_iter();
        let first = statements.next()?;
        for second in statements {
            let wrong = format!("{setting} is said twice, first at {}:{}", first.at.file(), first.at.line());
            self.add(whose.to_string(), second.at, wrong, "say it once");
        }
        Some(first)
    }

    /// All of them, in the order of places: as a reader walks through the files.
    pub(crate) fn into_sorted(mut self) -> Vec<Finding> {
        self.0.sort_by(|a, b| {
            let place = |finding: &Finding| finding.at.map(|at| (at.file(), at.line(), at.column()));
            (place(a), &a.whose, &a.wrong).cmp(&(place(b), &b.whose, &b.wrong))
        });
        self.0
    }
}
