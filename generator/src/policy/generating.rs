//! What a new namespace of nobody's gets: it is shut, but for DNS.
//!
//! Namespaces that exist already get nothing, and neither do those of services, whose own policies shut them, nor those that are
//! declared as the platform's. Once made, both policies are their namespace's: whoever runs something there opens what it needs, and
//! nothing puts them back.

use k8s_openapi::api::networking::v1::NetworkPolicySpec;
use serde::Serialize;
use serde_json::Value;

use super::object::{Expression, Generating, GeneratingEvaluation, MatchConstraints, ResourceRule, Switch};
use super::question::{named, texts};
use super::questions::{Dns, Known};
use super::tier::{KUBERNETES_OWN, TIER, out_of_sight};
use crate::meta::{self, Custom};
use crate::network;

/// The condition that leaves namespaces out, by the names in it.
pub(crate) const LEAVES_OUT: &str = "it-is-not-left-out";

/// Its name.
pub(super) const NAME: &str = "shut-new-namespaces";

/// A policy of these, in the namespace that is new.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
    spec: NetworkPolicySpec,
}

#[derive(Debug, Serialize)]
struct Metadata {
    name: &'static str,
    labels: std::collections::BTreeMap<String, String>,
}

pub(super) fn policy(known: &Known) -> Custom<Generating> {
    let is_ours = format!("object.metadata.?labels[?'{TIER}'].orValue('') == ''");
    let is_seen = format!(
        "!object.metadata.name.startsWith('{KUBERNETES_OWN}') && !(object.metadata.name in {})",
        texts(out_of_sight(known))
    );
    let made = |name: &'static str, spec: NetworkPolicySpec| Made {
        api_version: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: Metadata { name, labels: meta::managed_by_casemate() },
        spec,
    };
    let both = [made("casemate-default-deny", network::shut()), made("casemate-dns", dns(known))];
    let off = || Switch { enabled: false };
    let spec = Generating {
        evaluation: GeneratingEvaluation {
            admission: Switch { enabled: true },
            generate_existing: off(),
            orphan_downstream_on_policy_delete: Switch { enabled: true },
            skip_background_requests: true,
            synchronize: off(),
        },
        match_constraints: MatchConstraints {
            namespace_selector: None,
            resource_rules: vec![ResourceRule {
                api_groups: [""],
                api_versions: vec!["v1"],
                operations: vec!["CREATE"],
                resources: vec!["namespaces"],
            }],
        },
        match_conditions: vec![named("it-is-nobodys", is_ours), named(LEAVES_OUT, is_seen)],
        variables: vec![named("policies", literal(&both))],
        generate: [Expression { expression: "generator.Apply(object.metadata.name, variables.policies)".to_owned() }],
    };
    super::policy("GeneratingPolicy", NAME, None, spec)
}

fn dns(known: &Known) -> NetworkPolicySpec {
    let Dns { namespace, label, node_local } = &known.dns;
    network::dns_alone(namespace, label.clone(), node_local.as_deref())
}

/// Something as an expression that gives it.
#[expect(clippy::expect_used, reason = "NetworkPolicies are trees of strings, numbers and truth values")]
fn literal(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).expect("it is a tree of strings, numbers and truth values");
    let mut text = String::new();
    write(&value, &mut text);
    text
}

/// Every entry is of the dynamic type: what Kyverno compiles has lists and maps of one type only.
fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (i, item) in items.iter().enumerate() {
                text.push_str(if i == 0 { "" } else { ", " });
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(entries) => {
            text.push('{');
            for (i, (key, value)) in entries.iter().enumerate() {
                text.push_str(if i == 0 { "'" } else { ", '" });
                text.push_str(key);
                text.push_str("': dyn(");
                write(value, text);
                text.push(')');
            }
            text.push('}');
        }
        Value::String(string) => {
            text.push('\'');
            text.push_str(string);
            text.push('\'');
        }
        other => text.push_str(&other.to_string()),
    }
}
