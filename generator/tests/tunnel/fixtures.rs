//! What the real program did with 41 URLs, where the folder of fixtures is present.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::matcher::rule_for;

fn fixtures(name: &str) -> Vec<Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/fixtures/cloudflared").join(name);
    let Ok(text) = fs::read_to_string(&file) else {
        eprintln!("skipped: the answers of the real program are not here, there is no {}", file.display());
        return Vec::new();
    };
    // The file names its catch-all by an anchor, which our reader refuses.
    let text = text.replace("*id001", "{service: 'http_status:404'}").replace("&id001", "");
    casemate_oracle::parse(&text).expect("YAML").as_array().expect("a list").clone()
}

#[test]
fn our_matcher_chooses_as_the_program_did() {
    let mut urls = 0;
    for fixture in fixtures("match.yaml") {
        let rules = fixture["ingress"].as_array().expect("a list");
        for asked in fixture["urls"].as_array().expect("a list") {
            let url = asked["url"].as_str().expect("a text");
            let chosen = rule_for(rules, url).and_then(|rule| u64::try_from(rule).ok());
            assert_eq!(chosen, asked["rule"].as_u64(), "{}: {url}", fixture["name"]);
            urls += 1;
        }
    }
    assert!(urls == 41 || urls == 0, "the program was asked about 41 URLs, not {urls}");
}

/// What the program accepts without a word, and what of ours refuses it: a file of `dsl/tests/refused`, or a test of findings.
const SILENT: &[(&str, &str)] = &[
    ("access-no-audience", "dsl/tests/refused/exposure_without_decision.rs"),
    ("access-empty-audience", "dsl/tests/refused/audience.rs"),
    ("same-host-twice", "generator/tests/findings/exposures.rs"),
    ("same-host-two-paths", "generator/tests/findings/exposed_paths.rs"),
    ("wildcard-host", "dsl/tests/refused/host_with_wildcard.rs"),
    ("wildcard-no-dot", "dsl/tests/refused/host_with_wildcard.rs"),
    ("wildcard-shadows-host", "dsl/tests/refused/host_with_wildcard.rs"),
    ("uppercase-host", "dsl/tests/refused/host_in_upper_case.rs"),
    ("host-with-path", "dsl/tests/refused/host_with_path.rs"),
    ("host-with-space", "dsl/tests/refused/host_with_blank.rs"),
    ("host-trailing-dot", "dsl/tests/words.rs"),
    ("host-idn", "dsl/tests/words.rs"),
    ("host-ip", "dsl/tests/refused/host_as_address.rs"),
    ("host-underscore", "dsl/tests/words.rs"),
    ("path-empty", "dsl/tests/refused/path_without_slash.rs"),
    ("service-bad-scheme", "dsl/tests/refused/exposure_of_a_url.rs"),
    ("service-bad-port", "dsl/tests/refused/port_above_65535.rs"),
    ("service-userinfo", "dsl/tests/refused/exposure_of_a_url.rs"),
    ("service-bastion", "dsl/tests/refused/exposure_of_a_url.rs"),
    ("service-socks", "dsl/tests/refused/exposure_of_a_url.rs"),
    ("service-hello-world", "dsl/tests/refused/exposure_of_a_url.rs"),
    ("status-600", "dsl/tests/refused/exposure_of_a_number.rs"),
];

#[test]
fn what_the_program_accepts_in_silence_has_a_refusal_of_ours() {
    let fixtures = fixtures("validate.yaml");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (name, refusal) in SILENT {
        assert!(repository.join(refusal).is_file(), "{name}: there is no {refusal}");
        let Some(fixture) = fixtures.iter().find(|fixture| fixture["name"] == *name) else {
            assert!(fixtures.is_empty(), "the program was not asked about {name}");
            continue;
        };
        assert_eq!((&fixture["exit"], &fixture["says"]), (&Value::from(0), &Value::from("")), "{name}");
    }
}
