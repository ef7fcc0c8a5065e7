//! What a cluster with Kyverno holds the rest of itself to: whole policies of each kind, and how they are delivered.

use casemate_dsl::prelude::*;

use crate::example::{cluster, ledger};
use crate::means;

fn with_kyverno() -> Cluster {
    with_kyverno_in(name!("kyverno"))
}

fn with_kyverno_in(namespace: Name) -> Cluster {
    cluster().kyverno(namespace).runs(Deployment::new(ledger()))
}

#[test]
fn a_rule_among_services_and_on_the_platform() {
    means!(
        "a-rule-among-services-and-on-the-platform",
        with_kyverno(),
        [
            "platform/_policies/validatingpolicy-read-only-root-filesystem.yaml",
            "platform/_policies/validatingpolicy-read-only-root-filesystem-platform.yaml"
        ]
    );
}

#[test]
fn namespaces_stay_what_they_are() {
    means!(
        "namespaces-stay-what-they-are",
        with_kyverno(),
        [
            "platform/_policies/validatingpolicy-namespaces-keep-tier.yaml",
            "platform/_policies/validatingpolicy-pod-security-labels.yaml",
            "platform/_policies/validatingpolicy-pod-security-labels-stay-platform.yaml"
        ]
    );
}

#[test]
fn secrets_are_written_by_another_account() {
    let operator = OnePassword { namespace: name!("secrets"), account: name!("operator") };
    means!(
        "secrets-are-written-by-another-account",
        with_kyverno().one_password(operator),
        ["platform/_policies/validatingpolicy-secrets-by-operators.yaml"]
    );
}

#[test]
fn what_pods_get_and_new_namespaces() {
    means!(
        "what-pods-get-and-new-namespaces",
        with_kyverno(),
        [
            "platform/_policies/mutatingpolicy-no-privilege-escalation.yaml",
            "platform/_policies/generatingpolicy-shut-new-namespaces.yaml"
        ]
    );
}

#[test]
fn policies_have_a_project_of_their_own() {
    means!("policies-have-a-project-of-their-own", with_kyverno(), ["argocd/root"]);
}

#[test]
fn the_chart_brings_them() {
    let installed = cluster().installs(chart::kyverno(chart_version!("1.2.3"))).runs(Deployment::new(ledger()));
    let said = with_kyverno().installs(chart::kyverno(chart_version!("1.2.3")));
    let places = ["platform", "argocd"];
    assert_eq!(crate::documents(installed, &places), crate::documents(said, &places));
}

#[test]
fn they_are_where_the_chart_is() {
    let cluster = with_kyverno_in(name!("guards")).installs(chart::kyverno(chart_version!("1.2.3")));
    let documents = crate::documents(cluster, &["argocd/platform"]);
    assert!(documents.contains("    namespace: guards\n"), "{documents}");
    assert!(!documents.contains("    namespace: kyverno\n"), "{documents}");
}

#[test]
#[should_panic(expected = "nothing is rendered to example/platform/_policies")]
fn without_kyverno_there_are_none() {
    means!("without-kyverno", cluster().runs(Deployment::new(ledger())), ["platform/_policies"]);
}
