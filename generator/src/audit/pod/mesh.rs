//! What a pod or a namespace asks of the mesh.

use crate::audit::judge::Judge;
use crate::audit::yaml::Field;
use crate::mesh::SETTINGS;
use crate::model::Rule;
use crate::review::quote::quotation;

/// What lets callers in without an identity.
const OPEN: [&str; 3] = ["all-unauthenticated", "cluster-unauthenticated", "audit"];

const DOMAINS: [&str; 3] = ["config.linkerd.io/", "config.alpha.linkerd.io/", "config.beta.linkerd.io/"];

/// Judges the annotations of a pod, a namespace or a Service.
pub(in crate::audit) fn annotations(judge: &mut Judge, annotations: &Field<'_>) {
    for (key, at) in annotations.entries() {
        let value = at.text_or_empty();
        match key {
            "linkerd.io/inject" if value == "disabled" => {
                judge.add(Rule::InjectedProxy, &at, "it keeps the mesh's proxy out");
            }
            "linkerd.io/inject" if value != "enabled" => {
                judge.add(Rule::OurMeshSettings, &at, "it asks for the proxy in another way than `enabled`");
            }
            "config.linkerd.io/default-inbound-policy" if is_open(&at) => {
                let wrong = format!("`{value}` lets callers in whom nobody knows");
                judge.add(Rule::AuthenticatedCallers, &at, wrong);
            }
            "config.linkerd.io/default-inbound-policy" if value != "deny" => {
                judge.add(Rule::OurMeshSettings, &at, "the pod's ports are open where no `Server` shuts them");
            }
            key if DOMAINS.iter().any(|domain| key.starts_with(domain)) && !SETTINGS.contains(&key) => {
                let wrong = format!("`{}` is none of Casemate's settings of the mesh", quotation(key));
                judge.add(Rule::OurMeshSettings, &at, wrong);
            }
            _ => {}
        }
    }
}

/// Whether a policy of a port or a pod lets callers in without an identity.
pub(in crate::audit) fn is_open(policy: &Field<'_>) -> bool {
    policy.text().is_some_and(|policy| OPEN.contains(&policy))
}
