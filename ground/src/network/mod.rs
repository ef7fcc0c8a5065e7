//! `NetworkPolicies`, judged by an evaluator that is not ours: who reaches whom is what was declared, no less and no more.
//!
//! Between meshed pods the network lets the mesh's port through for exactly the declared edges and shuts every application port; what
//! may be asked on it is the mesh's to say. What is expected comes from `casemate list`, never from the policies that are judged.

mod declared;
mod ends;
mod evaluator;
mod expected;
mod tampered;

use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use self::declared::Declared;
use self::ends::Ends;
use self::expected::Expected;
use crate::pins::CYCLONUS;
use crate::programs::Programs;
use crate::table::{Findings, Table};
use crate::tree::Tree;

const JUDGE: &str = "cyclonus";

/// Asks the evaluator about every pair of ends, and then about the same policies with one thing made wrong.
pub(crate) fn judge(repository: &Path, programs: &Programs, tree: &Tree, table: &mut Table) -> Result<()> {
    let version = CYCLONUS.version(repository)?;
    let Some(declared) = Declared::read(repository, tree.cluster())? else {
        table.skipped(
            JUDGE,
            "who reaches whom",
            "`casemate list` does not know this cluster, so nothing says what was declared",
        );
        return Ok(());
    };
    let program = programs.path(&CYCLONUS, "cyclonus")?;
    let policies: Vec<Value> = tree.of_kind("NetworkPolicy").map(|manifest| manifest.object.clone()).collect();
    let ends = Ends::of(tree)?;
    let expected = Expected::new(&ends, &declared);
    table.judge(JUDGE, &version, "who reaches whom is what was declared", |findings| {
        for (pair, verdict) in expected.verdicts(&program, &ends, &policies)? {
            findings.case(&pair, verdict);
        }
        Ok(())
    });
    table.judge(JUDGE, &version, "policies with one thing made wrong are told from ours", |findings| {
        refuse_tampered(&program, &ends, &expected, &policies, findings)
    });
    Ok(())
}

/// Each must change the verdict of a pair that was as declared before.
fn refuse_tampered(
    program: &Path,
    ends: &Ends,
    expected: &Expected,
    policies: &[Value],
    findings: &mut Findings,
) -> Result<()> {
    let untouched = expected.verdicts(program, ends, policies)?;
    for (what, tampered) in tampered::all(policies)? {
        let after = expected.verdicts(program, ends, &tampered)?;
        let seen = untouched.iter().zip(&after).any(|((_, before), (_, after))| before.is_ok() && after.is_err());
        findings.check(&what, seen, || "nothing that the evaluator says differs from what was declared".to_owned());
    }
    Ok(())
}
