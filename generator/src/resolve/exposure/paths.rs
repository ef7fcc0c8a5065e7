//! The paths of a hostname: what can be one, that they bear one decision, and that each of them leads somewhere of its own.

use casemate_dsl::said::Place;
use casemate_dsl::view::Decision;
use casemate_dsl::word::{Host, Path};

use super::Claimed;
use crate::resolve::finding::Findings;

/// Finds what is no prefix of paths.
pub(super) fn check_path(findings: &mut Findings, whose: &str, at: Place, host: Host, path: Path) {
    if path.as_str() == "/" {
        findings.add(whose, at, format!("{host}/ is the whole hostname"), "leave `.under(..)` out");
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    if !path.as_str().bytes().all(is_plain) {
        let wrong = format!("{host} has the path {path}, which a URL or an expression reads otherwise");
        findings.add(whose, at, wrong, "name paths of letters, digits, `-`, `_`, `.`, `~` and slashes");
    }
}

/// The order in which rules of a hostname are tried: the longest path first, none last.
pub(super) fn sort(rules: &mut [Claimed]) {
    rules.sort_by_key(|claimed| {
        let path = claimed.rule.path.map_or("", Path::as_str);
        (std::cmp::Reverse(path.len()), path)
    });
}

/// Finds what only the sorted rules of a hostname show.
pub(super) fn check(findings: &mut Findings, host: Host, rules: &[Claimed]) {
    let Some(last) = rules.last() else { return };
    for (index, Claimed { owner, at, rule }) in rules.iter().enumerate() {
        if !decides_alike(rule.decision, last.rule.decision) {
            let wrong = format!(
                "{} is decided otherwise than {}, which {} has at {}:{}",
                rule.spelled(host),
                last.rule.spelled(host),
                last.owner,
                last.at.file(),
                last.at.line()
            );
            let instead = "decide once for all paths of a hostname, or choose another hostname: URLs spell a path in many ways \
                           (`%61`, `//`, `..`), so that it is no wall";
            findings.add(owner, at, wrong, instead);
            continue;
        }
        let Some(path) = rule.path else { continue };
        let others = rules.iter().skip(index + 1).find(|wider| wider.rule.path.is_none_or(|wide| covers(wide, path)));
        if let Some(wider) = others.filter(|wider| wider.rule.to == rule.to && wider.rule.origin == rule.origin) {
            let wrong = format!(
                "{} leads where {} leads anyway, which {} has at {}:{}",
                rule.spelled(host),
                wider.rule.spelled(host),
                wider.owner,
                wider.at.file(),
                wider.at.line()
            );
            findings.add(owner, at, wrong, "leave it out");
        }
    }
}

/// Whether a path is below another one.
fn covers(wide: Path, path: Path) -> bool {
    path.as_str().strip_prefix(wide.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether the same people see both. The reasons of two public paths may differ.
fn decides_alike(one: Decision, other: Decision) -> bool {
    match (one, other) {
        (Decision::Access(one), Decision::Access(other)) => one == other,
        (Decision::Public(_), Decision::Public(_)) => true,
        (Decision::Access(_), Decision::Public(_)) | (Decision::Public(_), Decision::Access(_)) => false,
    }
}
