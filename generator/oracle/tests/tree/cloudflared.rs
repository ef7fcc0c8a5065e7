//! Whatever cloudflared's own validator refuses, the oracle refuses, too; and much that it accepts without a word.

use std::fs;
use std::path::Path;

use casemate_oracle::{judge, parse};
use serde_json::{Value, json};

use crate::breach::{name, put};
use crate::sample;

/// What the real program said about 95 configurations, where the folder of fixtures is present.
fn fixtures() -> Vec<Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/cloudflared/validate.yaml");
    let Ok(text) = fs::read_to_string(&file) else {
        eprintln!("skipped: there is no {}", file.display());
        return Vec::new();
    };
    // The file names its catch-all by an anchor, which our reader refuses.
    let text = text.replace("*id001", "{service: 'http_status:404'}").replace("&id001", "");
    parse(&text).expect("YAML").as_array().expect("a list").clone()
}

/// The rules of the tunnel that are broken once the good tree has these ingress rules.
fn tunnel_rules(config: &Value) -> Vec<&'static str> {
    let mut values = sample::values();
    let (_, map) =
        values.iter_mut().find(|(_, value)| name(value).contains("cloudflared-config")).expect("the configuration");
    let text = map["data"]["config.yaml"].as_str().expect("a text").to_owned();
    let mut whole = parse(&text).expect("YAML");
    for (key, value) in config.as_object().expect("a map") {
        if key != "tunnel" && key != "credentials-file" {
            whole[key] = value.clone();
        }
    }
    put(map, "/data/config.yaml", Some(json!(whole.to_string())));
    let findings = judge(&sample::world(&values), &sample::peers()).findings;
    let rules = ["tunnel-config", "tunnel-catch-all", "tunnel-hosts"];
    findings.into_iter().map(|finding| finding.rule).filter(|rule| rules.contains(rule)).collect()
}

#[test]
fn the_oracle_is_at_least_as_strict() {
    let fixtures = fixtures();
    let refused = fixtures.iter().filter(|fixture| fixture["exit"] == json!(1));
    for fixture in refused.filter(|fixture| fixture["config"].get("ingress").is_some()) {
        assert!(!tunnel_rules(&fixture["config"]).is_empty(), "{}", fixture["name"]);
    }
}

#[test]
fn what_the_program_accepts_in_silence_is_refused() {
    let silent = [
        "catch-all-star",
        "catch-all-is-a-service",
        "catch-all-503",
        "catch-all-hello-world",
        "status-600",
        "status-999",
        "wildcard-no-dot",
        "same-host-twice",
        "wildcard-shadows-host",
        "same-host-two-paths",
        "uppercase-host",
    ];
    let fixtures = fixtures();
    for name in silent.iter().filter(|_| !fixtures.is_empty()) {
        let fixture = fixtures.iter().find(|fixture| fixture["name"] == json!(name)).expect("a fixture of that name");
        assert_eq!(fixture["exit"], json!(0), "{name}");
        assert!(!tunnel_rules(&fixture["config"]).is_empty(), "{name}");
    }
}
