//! What each judge said.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::Result;

/// The rows, in the order in which they were judged.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    judge: String,
    version: String,
    what: String,
    verdict: Verdict,
    seconds: f64,
}

#[derive(Debug)]
enum Verdict {
    Judged(Findings),
    LeftOut,
}

/// What one judge was shown and what it said. A judge that was shown nothing has failed.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    passed: usize,
    failures: Vec<String>,
}

impl Findings {
    /// Counts one case.
    pub(crate) fn case(&mut self, name: &str, verdict: std::result::Result<(), String>) {
        match verdict {
            Ok(()) => self.passed += 1,
            Err(reason) => self.failures.push(format!("{name}: {reason}")),
        }
    }

    /// Counts one case that is true or false.
    pub(crate) fn check(&mut self, name: &str, holds: bool, reason: impl FnOnce() -> String) {
        self.case(name, if holds { Ok(()) } else { Err(reason()) });
    }
}

impl Table {
    /// Runs one judge and writes its row. Returns whether it was content.
    pub(crate) fn judge(
        &mut self,
        judge: &str,
        version: &str,
        what: &str,
        run: impl FnOnce(&mut Findings) -> Result<()>,
    ) -> bool {
        eprintln!("▸ {judge}: {what}");
        let start = Instant::now();
        let mut findings = Findings::default();
        if let Err(error) = run(&mut findings) {
            findings.failures.push(format!("{error:#}"));
        } else if findings.passed == 0 && findings.failures.is_empty() {
            findings.failures.push("was shown nothing".to_owned());
        }
        for failure in &findings.failures {
            eprintln!("  ✗ {failure}");
        }
        let content = findings.failures.is_empty();
        self.push(judge, version, what, Verdict::Judged(findings), start.elapsed());
        content
    }

    /// Writes the row of a judge that could not be asked.
    pub(crate) fn fail(&mut self, judge: &str, version: &str, what: &str, reason: &str) {
        eprintln!("  ✗ {judge}: {reason}");
        let findings = Findings { passed: 0, failures: vec![reason.to_owned()] };
        self.push(judge, version, what, Verdict::Judged(findings), Duration::ZERO);
    }

    /// Writes the row of a judge that the person left out by name.
    pub(crate) fn left_out(&mut self, judge: &str, what: &str) {
        self.push(judge, "", what, Verdict::LeftOut, Duration::ZERO);
    }

    /// How many verdicts were failures.
    pub(crate) fn failed(&self) -> usize {
        self.rows.iter().map(|row| row.failures().len()).sum()
    }

    fn passed(&self) -> usize {
        self.rows.iter().map(Row::passed).sum()
    }

    fn push(&mut self, judge: &str, version: &str, what: &str, verdict: Verdict, time: Duration) {
        self.rows.push(Row {
            judge: judge.to_owned(),
            version: version.to_owned(),
            what: what.to_owned(),
            verdict,
            seconds: time.as_secs_f64(),
        });
    }
}

impl Row {
    fn passed(&self) -> usize {
        match &self.verdict {
            Verdict::Judged(findings) => findings.passed,
            Verdict::LeftOut => 0,
        }
    }

    fn failures(&self) -> &[String] {
        match &self.verdict {
            Verdict::Judged(findings) => &findings.failures,
            Verdict::LeftOut => &[],
        }
    }

    fn cells(&self) -> [String; 6] {
        let verdict = match &self.verdict {
            Verdict::Judged(findings) if findings.failures.is_empty() => "passed".to_owned(),
            Verdict::Judged(findings) => format!("{} FAILED", findings.failures.len()),
            Verdict::LeftOut => "left out by --without".to_owned(),
        };
        let shown = self.passed() + self.failures().len();
        let seconds = format!("{:.1}", self.seconds);
        [self.judge.clone(), self.version.clone(), self.what.clone(), shown.to_string(), verdict, seconds]
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = ["judge", "version", "what", "cases", "verdict", "seconds"].map(str::to_owned);
        let lines: Vec<[String; 6]> = std::iter::once(heads).chain(self.rows.iter().map(Row::cells)).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; 6] = std::array::from_fn(width);
        writeln!(f)?;
        for (number, line) in lines.iter().enumerate() {
            for (column, cell) in line.iter().enumerate() {
                let gap = if column == 0 { "" } else { "  " };
                let width = widths[column];
                if column == 3 || column == 5 {
                    write!(f, "{gap}{cell:>width$}")?;
                } else {
                    write!(f, "{gap}{cell:<width$}")?;
                }
            }
            writeln!(f)?;
            if number == 0 {
                writeln!(f, "{}", "─".repeat(widths.iter().sum::<usize>() + 10))?;
            }
        }
        for row in self.rows.iter().filter(|row| !row.failures().is_empty()) {
            writeln!(f, "\n{}: {}", row.judge, row.what)?;
            for failure in row.failures() {
                writeln!(f, "  ✗ {failure}")?;
            }
        }
        writeln!(f, "\n{} passed, {} failed", self.passed(), self.failed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judge_that_was_shown_nothing_fails() {
        let mut table = Table::default();
        assert!(!table.judge("nobody", "v0", "nothing", |_| Ok(())));
        assert_eq!(table.failed(), 1);
    }

    #[test]
    fn the_closing_line_counts_cases() {
        let mut table = Table::default();
        table.judge("somebody", "v1", "three things", |findings| {
            findings.check("one", true, String::new);
            findings.check("two", true, String::new);
            findings.check("three", false, || "is odd".to_owned());
            Ok(())
        });
        table.left_out("another", "nothing");
        let text = table.to_string();
        assert!(text.ends_with("\n2 passed, 1 failed\n"), "{text}");
        assert!(text.contains("three: is odd"), "{text}");
        assert!(text.contains("left out by --without"), "{text}");
    }
}
