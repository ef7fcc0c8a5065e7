//! `bootstrap`: the script, run against stand-ins for `kubectl`, `helm` and `op` that write down how they were called.

mod cluster;

mod break_glass;
mod order;
mod refused;
mod secrets;

use crate::Workplace;
use cluster::Cluster;

#[test]
fn a_script_is_for_one_cluster() {
    let place = Workplace::empty("bootstrap-of-several");
    let ran = place.run(&["bootstrap"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("there is homelab and cottage: name it, `--cluster homelab`"), "{}", ran.err);
    let ran = place.run(&["bootstrap", "--cluster", "nowhere"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("there is no cluster `nowhere`; there is homelab and cottage"), "{}", ran.err);
    assert_eq!(place.state().len(), 1, "nothing is written");
}

#[test]
fn each_cluster_has_a_script_of_its_own() {
    let place = Workplace::empty("bootstrap-of-each");
    let script = |cluster| {
        let ran = place.run(&["bootstrap", "--cluster", cluster]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{cluster}");
        ran.out
    };
    let (homelab, cottage) = (script("homelab"), script("cottage"));
    for (script, own, foreign) in [(&homelab, "10.42.0.0/16", "10.52."), (&cottage, "10.52.0.0/16", "10.42.")] {
        assert!(script.contains(own) && !script.contains(foreign), "{script}");
        // A terminal and a file get the same.
        assert!(!script.contains('\u{1b}'), "{script}");
    }
    assert!(cottage.contains("out/cottage") && !cottage.contains("homelab/platform"), "{cottage}");
}

#[test]
fn what_argo_cd_is_installed_with_is_what_its_application_keeps() {
    let cluster = Cluster::new("bootstrap-values");
    assert_eq!(cluster.run(&["argocd"]).code, 0);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../out/homelab/argocd/platform/application-chart.argocd.yaml");
    let text = std::fs::read_to_string(path).expect("the Application is rendered");
    let application = casemate_oracle::parse(&text).expect("it is YAML");
    let source = &application["spec"]["sources"][0];
    let values = casemate_oracle::parse(&cluster.read("values-argocd")).expect("the values are YAML");
    assert_eq!(values, source["helm"]["valuesObject"]);
    let call = cluster.calls().into_iter().find(|call| call.contains("template")).expect("Helm was called");
    for field in ["repoURL", "targetRevision", "chart"] {
        let text = source[field].as_str().expect("a text");
        assert!(call.split(' ').any(|word| word == text), "{field}: {call}");
    }
}

/// The policies let one account among all write Secrets of services: the one that the chart is told.
#[test]
fn the_account_of_the_operator_is_the_one_that_may_write_secrets() {
    let cluster = Cluster::new("bootstrap-account");
    assert_eq!(cluster.run(&["onepassword"]).code, 0);
    let values = casemate_oracle::parse(&cluster.read("values-connect")).expect("the values are YAML");
    let account = values["operator"]["serviceAccount"]["name"].as_str().expect("a name");
    let call = cluster.calls().into_iter().find(|call| call.contains("upgrade")).expect("Helm was called");
    let namespace = call.split("--namespace ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a namespace");
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../out/homelab/platform/_policies/validatingpolicy-secrets-by-operators.yaml"
    );
    let policy = std::fs::read_to_string(path).expect("the policy is rendered");
    let named = format!("'system:serviceaccount:{namespace}:{account}'");
    assert!(policy.contains(&named), "{named} is not in\n{policy}");
}
