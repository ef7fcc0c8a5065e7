//! Our `restricted` and Kubernetes' own agree on Kubernetes' own fixtures.

#![expect(
    clippy::expect_used,
    reason = "a test may stop at the first surprise; clippy sees this only in the tests themselves"
)]

use std::fs;
use std::path::{Path, PathBuf};

use casemate_oracle::{parse, restricted};

/// The fixture that differs: a volume without a source is an emptyDir to the API server, and refused here.
const ODD: &str = "restrictedvolumes0.yaml";

fn fixtures(verdict: &str) -> Vec<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/psa/restricted/v1.37").join(verdict);
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return Vec::new();
    };
    entries.map(|entry| entry.expect("a readable folder").path()).collect()
}

fn refused(path: &Path) -> Vec<(&'static str, String)> {
    // One fixture says `null` where it means nothing; our reader has no null.
    let text = fs::read_to_string(path).expect("a readable file").replace(": null\n", ": {}\n");
    restricted(&parse(&text).expect("YAML"))
}

#[test]
fn refuses_what_the_api_server_refuses() {
    let fail = fixtures("fail");
    assert!(fail.is_empty() || fail.len() == 76, "{}", fail.len());
    for path in fail {
        let name = path.file_stem().expect("a name").to_string_lossy().to_ascii_lowercase();
        let check = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let check = check.trim_end_matches("_restricted").trim_end_matches("_baseline");
        let checks: Vec<_> = refused(&path).into_iter().map(|(check, _)| check.to_ascii_lowercase()).collect();
        assert!(checks.iter().any(|found| found == check), "{name}: {checks:?}");
    }
}

#[test]
fn accepts_what_the_api_server_accepts() {
    let pass = fixtures("pass");
    assert!(pass.is_empty() || pass.len() == 23, "{}", pass.len());
    for path in pass {
        let found = refused(&path);
        assert_eq!(found.is_empty(), !path.ends_with(ODD), "{}: {found:?}", path.display());
    }
}
