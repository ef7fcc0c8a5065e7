//! The engine, run once for many requests.

use std::fmt;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::request::Question;
use crate::pods::each;
use crate::tree::text;

/// The program built from `ground/judges/kyverno`, over a folder of policies.
#[derive(Debug)]
pub(super) struct Engine {
    program: PathBuf,
    policies: PathBuf,
}

/// What all policies said of a request.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) verdicts: Vec<Verdict>,
    /// The object as mutating policies would have it.
    pub(super) patched: Option<Value>,
}

/// What one policy said.
#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) policy: String,
    pub(super) status: String,
    pub(super) message: String,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} says {}: {}", self.policy, self.status, self.message)
    }
}

impl Answer {
    /// The policies that found something wrong, or could not tell.
    pub(super) fn refusing(&self) -> Vec<&str> {
        let wrong = self.verdicts.iter().filter(|verdict| !["pass", "skip"].contains(&verdict.status.as_str()));
        wrong.map(|verdict| verdict.policy.as_str()).collect()
    }
}

impl Engine {
    pub(super) const fn new(program: PathBuf, policies: PathBuf) -> Self {
        Self { program, policies }
    }

    /// Asks about each request, in this order.
    pub(super) fn ask(&self, questions: &[Question]) -> Result<Vec<Answer>> {
        let mut child = Command::new(&self.program)
            .arg(&self.policies)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {}", self.program.display()))?;
        let requests = Value::Array(questions.iter().map(Question::json).collect()).to_string();
        let mut stdin = child.stdin.take().context("no pipe to Kyverno's engine")?;
        let feeding = std::thread::spawn(move || stdin.write_all(requests.as_bytes()));
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!("Kyverno's engine: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        if !matches!(feeding.join(), Ok(Ok(()))) {
            bail!("Kyverno's engine did not take all requests");
        }
        let answers: Value = serde_json::from_slice(&output.stdout).context("Kyverno's engine answers no JSON")?;
        let answers: Vec<Answer> = each(&answers).map(answer).collect();
        if answers.len() != questions.len() {
            bail!("Kyverno's engine answered {} of {} requests", answers.len(), questions.len());
        }
        Ok(answers)
    }
}

fn answer(answer: &Value) -> Answer {
    let verdict = |verdict: &Value| Verdict {
        policy: text(&verdict["policy"]).to_owned(),
        status: text(&verdict["status"]).trim_start_matches("mutation: ").to_owned(),
        message: text(&verdict["message"]).to_owned(),
    };
    Answer {
        verdicts: each(&answer["verdicts"]).map(verdict).collect(),
        patched: Some(answer["patched"].clone()).filter(|patched| !patched.is_null()),
    }
}
