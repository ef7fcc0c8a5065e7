//! Strings as the generator's YAML emitter writes them, read by the YAML reader of Kubernetes' clients.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::pods::each;
use crate::table::Findings;
use crate::tree::text;

const EXAMPLE: &str = "yaml_strings";

/// Runs the generator's example that emits every string that YAML readers are known to misread, and judges it.
pub(crate) fn judge(repository: &Path, reader: &Path, findings: &mut Findings) -> Result<()> {
    let source = repository.join("generator/examples").join(format!("{EXAMPLE}.rs"));
    if !source.exists() {
        bail!(
            "{} is missing: it prints the strings to judge; or leave this judge out with --without yaml",
            source.display()
        );
    }
    let emitted = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--package", "casemate", "--example", EXAMPLE])
        .current_dir(repository)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !emitted.status.success() {
        bail!("`cargo run --package casemate --example {EXAMPLE}` failed");
    }
    let mut child = Command::new(reader).arg("strings").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut stdin = child.stdin.take().context("no pipe to the YAML reader")?;
    let feeding = std::thread::spawn(move || std::io::Write::write_all(&mut stdin, &emitted.stdout));
    let output = child.wait_with_output()?;
    if !output.status.success() || !matches!(feeding.join(), Ok(Ok(()))) {
        bail!("the YAML reader did not understand what `{EXAMPLE}` printed");
    }
    let answer: Value = serde_json::from_slice(&output.stdout)?;
    for _ in 0..answer["passed"].as_u64().unwrap_or(0) {
        findings.case("a string", Ok(()));
    }
    for failure in each(&answer["failures"]) {
        findings.case("a string", Err(text(failure).to_owned()));
    }
    Ok(())
}
