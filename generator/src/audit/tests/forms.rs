//! What is written: the text whole, SARIF held to what its schema and GitHub require.

use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;

use super::*;

const TEXT: &str = "
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: NodePort, selector: {app: web}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {template: {spec: {containers: [{image: a}]}}}}
---
{apiVersion: v1, kind: ResourceQuota, metadata: {name: web}}
---
a: [
";

fn of(path: &str) -> (Audited, Collected, Tally) {
    let audited = judge_text(PathBuf::from(path), TEXT, OPTIONS);
    let mut collected = Collected::default();
    let mut tally = Tally::default();
    collected.add(&audited);
    tally.add(&audited);
    (audited, collected, tally)
}

fn sarif_of(path: &str) -> Value {
    let (_, collected, tally) = of(path);
    serde_json::from_str(&sarif::write(&collected, &tally, OPTIONS.standard, Some(Path::new("/srv/shop")))).unwrap()
}

#[test]
fn text_says_place_rule_field_and_what_to_write() {
    let (audited, _, tally) = of("a b/shop.yaml");
    assert_snapshot!(format!("{}{}", text::file(&audited, false), text::summary(&tally, OPTIONS.standard)), @r##"
    a b/shop.yaml:5:8: Service shop/web, document 1
      cluster-ip-services: the Service is a `NodePort`
      at spec.type
      instead: `.exposed(..)`: a hostname of the tunnel

    1 file: 1 finding in 1 of 1 object
          1  cluster-ip-services  every Service is a ClusterIP: no NodePort, LoadBalancer, ExternalName or externalIPs
    no rule is about 1 ResourceQuota
    not judged:
          1  Rollout of argoproj.io: no rule knows it, and it makes pods: audit those (a b/shop.yaml)
    not read: 1 problem
    "##);
}

#[test]
fn colours_are_asked_for() {
    let (audited, _, _) = of("shop.yaml");
    assert!(!text::file(&audited, false).contains('\u{1b}'));
    assert!(text::file(&audited, true).contains("\u{1b}[31mcluster-ip-services\u{1b}[0m"));
}

#[test]
fn json_says_the_same() {
    let (_, collected, tally) = of("shop.yaml");
    assert_snapshot!(json::write(&collected, &tally, OPTIONS.standard), @r##"
    {
      "files": 1,
      "documents": 4,
      "objects": 1,
      "findings": [
        {
          "file": "shop.yaml",
          "line": 5,
          "column": 8,
          "document": 1,
          "apiVersion": "v1",
          "kind": "Service",
          "namespace": "shop",
          "name": "web",
          "path": "spec.type",
          "rule": "cluster-ip-services",
          "wrong": "the Service is a `NodePort`",
          "must": "every Service is a ClusterIP: no NodePort, LoadBalancer, ExternalName or externalIPs",
          "instead": "`.exposed(..)`: a hostname of the tunnel"
        }
      ],
      "unlisted": 0,
      "rules": {
        "cluster-ip-services": 1
      },
      "podSecurity": {
        "version": "v1.37",
        "meet": {
          "privileged": 0,
          "baseline": 0,
          "restricted": 0
        }
      },
      "withoutRule": {
        "ResourceQuota": 1
      },
      "foreign": 0,
      "unjudged": [
        {
          "what": "kind",
          "kind": "Rollout of argoproj.io",
          "makesPods": true,
          "why": "Rollout of argoproj.io: no rule knows it, and it makes pods: audit those",
          "count": 1,
          "files": [
            "shop.yaml"
          ]
        }
      ],
      "problems": [
        {
          "file": "shop.yaml",
          "line": 11,
          "column": 4,
          "why": "unclosed bracket '['"
        }
      ]
    }
    "##);
}

#[test]
fn sarif_has_what_the_schema_requires() {
    let log = sarif_of("shop.yaml");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "casemate");
    let rules = driver["rules"].as_array().unwrap();
    assert_eq!(rules.len(), Rule::ALL.len());
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            let text = rule[text]["text"].as_str().unwrap();
            assert!((1..1024).contains(&text.len()) && text.ends_with('.'), "{text}");
        }
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("**Instead:**"));
        assert!(rule["id"].is_string() && rule["name"].is_string());
        assert_eq!(rule["defaultConfiguration"]["level"], "error");
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].as_str().unwrap().contains("Service shop/web"));
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!((&region["startLine"], &region["startColumn"]), (&5.into(), &8.into()));
        assert_eq!(result["partialFingerprints"]["casemateObjectAndPath/v1"].as_str().unwrap().len(), 32);
    }
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false, "a document could not be read");
    let notes = invocation["toolExecutionNotifications"].as_array().unwrap();
    assert!(notes.iter().any(|note| note["message"]["text"].as_str().unwrap().contains("Rollout")));
}

#[test]
fn sarif_names_files_below_the_repository() {
    let location =
        |path| sarif_of(path)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].clone();
    let below = serde_json::json!({"uri": "a%20b/%C3%BC.yaml", "uriBaseId": "%SRCROOT%"});
    for path in ["a b/ü.yaml", "./a b/ü.yaml", "/srv/shop/a b/ü.yaml"] {
        assert_eq!(location(path), below, "{path}");
    }
    assert_eq!(location("/elsewhere/a.yaml"), serde_json::json!({"uri": "file:///elsewhere/a.yaml"}));
    assert_eq!(location("-"), serde_json::json!({"uri": "stdin"}));
}

#[test]
fn a_finding_keeps_its_fingerprint_when_its_line_moves() {
    let print = |text: &str| {
        let audited = audited(text);
        let mut collected = Collected::default();
        let mut tally = Tally::default();
        collected.add(&audited);
        tally.add(&audited);
        let log: Value = serde_json::from_str(&sarif::write(&collected, &tally, OPTIONS.standard, None)).unwrap();
        log["runs"][0]["results"][0]["partialFingerprints"].clone()
    };
    assert_eq!(print(TEXT), print(&format!("# moved\n{TEXT}")));
    assert_ne!(print(TEXT), print(&TEXT.replace("name: web, namespace", "name: api, namespace")));
}
