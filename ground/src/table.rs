//! What each judge said.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::Result;

const COLUMNS: usize = 7;

/// The rows, in the order in which they were judged.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The cluster that the next rows are about; none for what is asked once.
    cluster: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    cluster: String,
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
    /// Why it would prove nothing for this cluster.
    Skipped(String),
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
    /// Says which cluster the rows from here on are about.
    pub(crate) fn about(&mut self, cluster: &str) {
        cluster.clone_into(&mut self.cluster);
    }

    /// Runs one judge and writes its row. Returns whether it was content.
    pub(crate) fn judge(
        &mut self,
        judge: &str,
        version: &str,
        what: &str,
        run: impl FnOnce(&mut Findings) -> Result<()>,
    ) -> bool {
        match self.cluster.as_str() {
            "" => eprintln!("▸ {judge}: {what}"),
            cluster => eprintln!("▸ {cluster}, {judge}: {what}"),
        }
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

    /// Writes the row of what the cluster is not taken through, and says why.
    pub(crate) fn skipped(&mut self, judge: &str, what: &str, reason: &str) {
        self.push(judge, "", what, Verdict::Skipped(reason.to_owned()), Duration::ZERO);
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
            cluster: self.cluster.clone(),
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
            Verdict::LeftOut | Verdict::Skipped(_) => 0,
        }
    }

    fn failures(&self) -> &[String] {
        match &self.verdict {
            Verdict::Judged(findings) => &findings.failures,
            Verdict::LeftOut | Verdict::Skipped(_) => &[],
        }
    }

    fn cells(&self) -> [String; COLUMNS] {
        let verdict = match &self.verdict {
            Verdict::Judged(findings) if findings.failures.is_empty() => "passed".to_owned(),
            Verdict::Judged(findings) => format!("{} FAILED", findings.failures.len()),
            Verdict::LeftOut => "left out by --without".to_owned(),
            Verdict::Skipped(_) => "not repeated".to_owned(),
        };
        let shown = self.passed() + self.failures().len();
        let seconds = format!("{:.1}", self.seconds);
        let [cluster, judge, version, what] = [&self.cluster, &self.judge, &self.version, &self.what].map(Clone::clone);
        [cluster, judge, version, what, shown.to_string(), verdict, seconds]
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = ["cluster", "judge", "version", "what", "cases", "verdict", "seconds"].map(str::to_owned);
        let lines: Vec<[String; COLUMNS]> = std::iter::once(heads).chain(self.rows.iter().map(Row::cells)).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; COLUMNS] = std::array::from_fn(width);
        writeln!(f)?;
        for (number, line) in lines.iter().enumerate() {
            for (column, cell) in line.iter().enumerate() {
                let gap = if column == 0 { "" } else { "  " };
                let width = widths[column];
                if column == 4 || column == 6 {
                    write!(f, "{gap}{cell:>width$}")?;
                } else {
                    write!(f, "{gap}{cell:<width$}")?;
                }
            }
            writeln!(f)?;
            if number == 0 {
                writeln!(f, "{}", "─".repeat(widths.iter().sum::<usize>() + 2 * (COLUMNS - 1)))?;
            }
        }
        let mut heading = None;
        for row in &self.rows {
            let Verdict::Skipped(reason) = &row.verdict else { continue };
            if heading.replace(&row.cluster) != Some(&row.cluster) {
                writeln!(f, "\nnot repeated for {}:", row.cluster)?;
            }
            writeln!(f, "  {}: {reason}", row.what)?;
        }
        for row in self.rows.iter().filter(|row| !row.failures().is_empty()) {
            let cluster = if row.cluster.is_empty() { String::new() } else { format!("{}, ", row.cluster) };
            writeln!(f, "\n{cluster}{}: {}", row.judge, row.what)?;
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

    #[test]
    fn a_row_says_its_cluster_and_what_is_skipped_says_why() {
        let mut table = Table::default();
        table.about("large");
        table.judge("somebody", "v1", "something", |findings| {
            findings.check("one", true, String::new);
            Ok(())
        });
        table.about("small");
        table.skipped("somebody", "something slow", "it would be the same");
        table.skipped("somebody", "something slower", "it would be the same, later");
        table.judge("somebody", "v1", "something", |findings| {
            findings.check("one", false, || "is odd".to_owned());
            Ok(())
        });
        let text = table.to_string();
        let row = |cluster: &str| text.lines().find(|line| line.starts_with(cluster)).unwrap_or_default().to_owned();
        assert!(row("large").contains("passed"), "{text}");
        assert!(row("small").contains("not repeated"), "{text}");
        assert_eq!(text.matches("not repeated for small:").count(), 1, "{text}");
        assert!(text.contains("\n  something slow: it would be the same\n"), "{text}");
        assert!(text.contains("\nsmall, somebody: something\n  ✗ one: is odd\n"), "{text}");
        assert!(text.ends_with("\n1 passed, 1 failed\n"), "{text}");
    }
}
