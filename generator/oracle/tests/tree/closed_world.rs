//! The closed world is closed everywhere: loops over every path of every document of the good tree.

use std::collections::BTreeSet;

use casemate_oracle::{Peers, World, allowed_paths, judge};
use serde_json::{Value, json};

use crate::breach::put;
use crate::sample;

/// The rules that one document alone breaks.
fn rules_broken(path: &str, value: &Value) -> BTreeSet<&'static str> {
    let world = World::from_texts([(path.to_owned(), format!("# broken\n{value}\n"))]);
    judge(&world, &Peers::default()).findings.into_iter().map(|finding| finding.rule).collect()
}

/// Every pointer into a value, with the path that the closed world would name it by.
fn pointers(value: &Value, pointer: &str, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            for (key, item) in map {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                let key = if key.contains('.') { format!("<{key}>") } else { key.clone() };
                let path = if path.is_empty() { key } else { format!("{path}.{key}") };
                found.push((pointer.clone(), path.clone()));
                pointers(item, &pointer, &path, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                found.push((pointer.clone(), format!("{path}[{index}]")));
                pointers(item, &pointer, &format!("{path}[]"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn nothing_may_be_added_anywhere() {
    let mut tried = 0;
    for (path, value) in sample::values() {
        let mut places = vec![(String::new(), String::new())];
        pointers(&value, "", "", &mut places);
        for (pointer, _) in places {
            if is_foreign(&pointer) || value.pointer(&pointer).is_none_or(|place| !place.is_object()) {
                continue;
            }
            let mut broken = value.clone();
            put(&mut broken, &format!("{pointer}/notForeseen"), Some(json!(true)));
            let rules = rules_broken(&path, &broken);
            assert!(rules.contains("unknown-path") || rules.contains("value"), "{path} {pointer}: {rules:?}");
            tried += 1;
        }
    }
    assert!(tried > 1000, "{tried}");
}

#[test]
fn nothing_may_be_of_another_type_or_empty() {
    let odd = [json!(true), json!(-77), json!("%odd value%"), json!([]), json!({})];
    for (path, value) in sample::values() {
        let mut places = Vec::new();
        pointers(&value, "", "", &mut places);
        for (pointer, _) in places
            .iter()
            .filter(|(pointer, _)| !pointer.starts_with("/apiVersion") && pointer != "/kind" && !is_foreign(pointer))
        {
            let was = value.pointer(pointer).expect("a place");
            for odd in odd.iter().filter(|odd| !means_the_same(pointer, was, odd)) {
                let mut broken = value.clone();
                put(&mut broken, pointer, Some(odd.clone()));
                assert!(!rules_broken(&path, &broken).is_disjoint(&closed_world()), "{path} {pointer} = {odd}");
            }
        }
    }
}

/// What stands in the values of charts is for somebody else's program: rules across documents look into it.
fn is_foreign(pointer: &str) -> bool {
    pointer.contains("/helm/valuesObject")
}

fn closed_world() -> BTreeSet<&'static str> {
    BTreeSet::from(["value", "empty", "missing-path", "unknown-path", "choice", "readable"])
}

/// Where an odd value is as good as the right one to a list of one document: free text, and switches.
fn means_the_same(pointer: &str, was: &Value, odd: &Value) -> bool {
    let free = ["/data/", "/args/", "/command/", "/value", "description", "/itemPath", "/helm/values", "/message"]
        .iter()
        .any(|part| pointer.contains(part));
    let switch =
        ["/readOnly", "/recurse", "/suspend", "/background/enabled"].iter().any(|part| pointer.ends_with(part));
    (free && odd.is_string())
        || (switch && odd.is_boolean())
        || was == odd
        || (pointer.ends_with("/podSelector") && odd == &json!({}))
}

/// Pod templates of all kinds share one table, as do their containers, and the probes of these.
fn one_table(path: &str) -> String {
    let path = path.replace("initContainers[]", "containers[]");
    let path = path.replace("startupProbe", "readinessProbe").replace("livenessProbe", "readinessProbe");
    match path.split_once("template.") {
        Some((_, in_template)) => format!("template.{in_template}"),
        None => path,
    }
}

#[test]
fn every_required_path_is_missed() {
    let lines = allowed_paths();
    let required: Vec<_> =
        lines.iter().filter_map(|line| line.split_once(" must ")).map(|(path, _)| one_table(path)).collect();
    let mut missed: BTreeSet<String> = BTreeSet::new();
    for (path, value) in sample::values() {
        let of_platform = if path.contains("/platform/") && !path.contains("/_policies/") { "platform " } else { "" };
        let kind = format!("{of_platform}{}", value["kind"].as_str().expect("a kind"));
        let mut places = Vec::new();
        pointers(&value, "", &kind, &mut places);
        for (pointer, place) in places.into_iter().filter(|(_, place)| required.contains(&one_table(place))) {
            let mut broken = value.clone();
            put(&mut broken, &pointer, None);
            let rules = rules_broken(&path, &broken);
            assert!(
                ["missing-path", "readable"].iter().any(|rule| rules.contains(rule)),
                "{path} {pointer}: {rules:?}"
            );
            missed.insert(one_table(&place));
        }
    }
    let untried: Vec<_> = required.iter().filter(|path| !missed.contains(*path)).collect();
    // Paths below optional ones that the good tree does not use.
    let unused = ["orphanedResources"];
    let untried: Vec<_> = untried.into_iter().filter(|path| !unused.iter().any(|part| path.contains(part))).collect();
    assert!(untried.is_empty(), "not in the good tree: {untried:#?}");
}

/// The kinds that have a template of a pod.
const WORKLOADS: [&str; 5] = ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"];

#[test]
fn every_part_of_a_pod_template_is_needed() {
    // What a template may go without, as far as one document shows: the rules across documents see most of these.
    let optional = [
        "/replicas",
        "/revisionHistoryLimit",
        "/strategy",
        "/args",
        "/command",
        "/env",
        // An empty text: the API server leaves it out.
        "/value",
        "/valueFrom",
        "/ports",
        "/livenessProbe",
        "/startupProbe",
        "/failureThreshold",
        "/readinessProbe",
        "/periodSeconds",
        "/volumeMounts",
        "/volumes",
        "/lifecycle",
        "/topologySpreadConstraints",
        "/imagePullSecrets",
        "/initContainers",
        "/protocol",
        "/readOnly",
        "/items",
        "/mode",
        "/medium",
        "/defaultMode",
        "/successThreshold",
        "/serviceName",
        "/updateStrategy",
        "/podManagementPolicy",
        "/volumeClaimTemplates",
        "/persistentVolumeClaimRetentionPolicy",
        "/storageClassName",
        "/volumeMode",
        "/casemate.dev~1data",
        "/completions",
        "/parallelism",
        "/successfulJobsHistoryLimit",
        "/failedJobsHistoryLimit",
        "/workingDir",
        "/httpHeaders",
        "/ephemeral-storage",
        "/nvidia.com~1gpu",
        "/limits/cpu",
        "/restartPolicy",
        "/hostname",
        "/hostUsers",
        "/hostAliases",
        "/dnsConfig",
        "/sysctls",
        "/supplementalGroups",
        "/terminationGracePeriodSeconds",
        "/runtimeClassName",
        "/priorityClassName",
        "/nodeSelector",
        "/tolerations",
        "/tolerationSeconds",
        "/affinity",
        "/podAffinity",
        "/podAntiAffinity",
        "/nodeAffinity",
        // Held to its operator by a rule of its own.
        "/values",
        "/preferredDuringSchedulingIgnoredDuringExecution",
        "/requiredDuringSchedulingIgnoredDuringExecution",
        "/namespaceSelector",
        "/rollingUpdate",
        "/apiVersion",
        "/timeZone",
        "/concurrencyPolicy",
        "/startingDeadlineSeconds",
        "/backoffLimit",
        "/activeDeadlineSeconds",
        "/metadata/annotations",
        "/metadata/annotations/argocd.argoproj.io~1sync-wave",
    ];
    let mut tried = 0;
    for (path, value) in sample::values() {
        if !WORKLOADS.contains(&value["kind"].as_str().expect("a kind")) {
            continue;
        }
        let mut places = Vec::new();
        pointers(&value, "", "", &mut places);
        for (pointer, _) in places {
            let last = pointer.rsplit('/').next().expect("a token");
            let in_template = pointer.contains("/template/");
            let may_go = optional
                .iter()
                .any(|end| if in_template && end.contains("annotations") { false } else { pointer.ends_with(end) });
            // A pod need not be scraped; `scraped-port` holds the three to one another.
            let is_scraped = last.starts_with("prometheus.io~1") || last.starts_with("config.linkerd.io~1access-log");
            if may_go || is_scraped || last.parse::<usize>().is_ok() {
                continue;
            }
            let mut broken = value.clone();
            put(&mut broken, &pointer, None);
            assert!(!rules_broken(&path, &broken).is_disjoint(&closed_world()), "{path} {pointer}");
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}
