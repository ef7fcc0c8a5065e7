//! Objects that the script applies by itself, since nobody else could.

use std::collections::BTreeMap;

use k8s_openapi::api::admissionregistration::v1::{
    MatchResources, NamedRuleWithOperations, ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding,
    ValidatingAdmissionPolicyBindingSpec, ValidatingAdmissionPolicySpec, Validation,
};
use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::Serialize;

use crate::graph::Facts;
use crate::manifest::Place;
use crate::meta;
use crate::yaml;

/// The policy that shuts the service tier while the policy engine is away, and the ConfigMap by which one sees that it does.
pub(super) const MARKER: &str = "casemate-break-glass";

/// The namespace of the 1Password operator. GitOps does not know it: no wave, no treatment.
pub(super) fn operator_namespace(facts: &Facts, name: &str) -> String {
    let mut labels = meta::managed_by_casemate();
    labels.extend(meta::pod_security("restricted", facts.kubernetes.version));
    labels.insert(meta::TIER.to_owned(), "platform".to_owned());
    let metadata = ObjectMeta { name: Some(name.to_owned()), labels: Some(labels), ..ObjectMeta::default() };
    text(facts, &Namespace { metadata, ..Namespace::default() })
}

/// What shuts the service tier, by the API server's own means: what Kyverno would judge there is refused. What runs goes on, and so do
/// status, endpoints and leases.
pub(super) fn shut(facts: &Facts) -> String {
    let metadata = || ObjectMeta {
        name: Some(MARKER.to_owned()),
        labels: Some(meta::managed_by_casemate()),
        ..ObjectMeta::default()
    };
    let services = LabelSelector {
        match_labels: Some(BTreeMap::from([(meta::TIER.to_owned(), "services".to_owned())])),
        ..LabelSelector::default()
    };
    let policy = ValidatingAdmissionPolicy {
        metadata: metadata(),
        spec: Some(ValidatingAdmissionPolicySpec {
            failure_policy: Some("Fail".to_owned()),
            match_constraints: Some(MatchResources {
                namespace_selector: Some(services),
                resource_rules: Some(vec![
                    rule("", &["CREATE", "UPDATE"], &["pods", "pods/ephemeralcontainers", "services", "secrets"], None),
                    rule("networking.k8s.io", &["CREATE", "UPDATE"], &["ingresses", "networkpolicies"], None),
                    of_every_version("policy.linkerd.io", &["egressnetworks", "httproutes"]),
                    of_every_version("gateway.networking.k8s.io", &["grpcroutes", "httproutes", "tcproutes", "tlsroutes"]),
                    rule("rbac.authorization.k8s.io", &["CREATE", "UPDATE"], &["roles", "rolebindings"], None),
                    rule("", &["CREATE"], &["configmaps"], Some(MARKER)),
                ]),
                ..MatchResources::default()
            }),
            validations: Some(vec![Validation {
                // What runs may be labelled, and may end.
                expression: "request.operation == 'UPDATE' && !has(request.subResource) && has(object.spec) && object.spec == oldObject.spec"
                    .to_owned(),
                message: Some("the policy engine is away and nothing can be judged: see `bootstrap.sh mend`".to_owned()),
                ..Validation::default()
            }]),
            ..ValidatingAdmissionPolicySpec::default()
        }),
        ..ValidatingAdmissionPolicy::default()
    };
    let binding = ValidatingAdmissionPolicyBinding {
        metadata: metadata(),
        spec: Some(ValidatingAdmissionPolicyBindingSpec {
            policy_name: Some(MARKER.to_owned()),
            validation_actions: Some(vec!["Deny".to_owned()]),
            ..ValidatingAdmissionPolicyBindingSpec::default()
        }),
    };
    format!("{}---\n{}", text(facts, &policy), text(facts, &binding))
}

fn rule(group: &str, operations: &[&str], resources: &[&str], name: Option<&str>) -> NamedRuleWithOperations {
    let texts = |texts: &[&str]| Some(texts.iter().map(|&text| text.to_owned()).collect());
    NamedRuleWithOperations {
        api_groups: texts(&[group]),
        api_versions: texts(&["v1"]),
        operations: texts(operations),
        resources: texts(resources),
        resource_names: name.map(|name| vec![name.to_owned()]),
        ..NamedRuleWithOperations::default()
    }
}

/// The mesh's own kinds change their versions.
fn of_every_version(group: &str, resources: &[&str]) -> NamedRuleWithOperations {
    let any = Some(vec!["*".to_owned()]);
    NamedRuleWithOperations { api_versions: any, ..rule(group, &["CREATE", "UPDATE"], resources, None) }
}

/// An object as `kubectl` reads it.
#[expect(clippy::expect_used, reason = "a manifest is a tree of strings, numbers and booleans: each has a YAML form")]
fn text(facts: &Facts, object: &impl Serialize) -> String {
    let mut text = String::new();
    let manifest = Place::of_cluster(facts.name, "bootstrap").manifest(object);
    yaml::write_yaml(&mut text, &manifest.object).expect("a manifest has a YAML form");
    text
}
