//! The conversation with `ground/judges/cyclonus`.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::ends::{End, Ends};

/// From whom, to whom (numbers of ends), on which port, by which protocol.
pub(super) type Question = (usize, usize, u16, &'static str);

/// What the policies say of one question: whether the end that is called lets it in, and whether the one that calls lets it out.
pub(super) type Answer = (bool, bool);

/// What the policies say of each of the questions.
pub(super) fn ask(program: &Path, policies: &[Value], ends: &Ends, questions: &[Question]) -> Result<Vec<Answer>> {
    let peers: Vec<Value> = ends.iter().map(End::as_peer).collect();
    let request = json!({"policies": policies, "peers": peers, "questions": questions}).to_string();
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let mut stdin = child.stdin.take().context("no pipe to the evaluator")?;
    let feeding = std::thread::spawn(move || stdin.write_all(request.as_bytes()));
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "the evaluator refuses: {}", String::from_utf8_lossy(&output.stderr).trim());
    ensure!(matches!(feeding.join(), Ok(Ok(()))), "the evaluator did not take all questions");
    let answers: Vec<Answer> = serde_json::from_slice(&output.stdout).context("the evaluator's answer")?;
    ensure!(answers.len() == questions.len(), "{} answers to {} questions", answers.len(), questions.len());
    Ok(answers)
}
