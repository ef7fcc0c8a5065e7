//! Whom Linkerd lets in, and which hosts it lets out to.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Facts, Object, Topic, items, spelled, text};

/// Who stands behind an authentication, by cluster and kind, namespace and name.
#[derive(Debug, Default)]
pub(super) struct Identities(BTreeMap<(String, String), Vec<String>>);

impl Identities {
    pub(super) fn of(objects: &[Object<'_>]) -> Self {
        let mut identities = Self::default();
        for object in objects {
            let who: Vec<String> = match object.kind() {
                "MeshTLSAuthentication" => {
                    let named = items(&object.value, "/spec/identities").iter().map(spelled);
                    let referred = items(&object.value, "/spec/identityRefs").iter().map(|reference| {
                        let namespace = text(reference, "/namespace");
                        let namespace = if namespace.is_empty() { object.namespace() } else { namespace };
                        match (text(reference, "/kind"), text(reference, "/name")) {
                            ("Namespace", name) => format!("every account of {name}"),
                            (_, name) => format!("{namespace}/{name}"),
                        }
                    });
                    named.chain(referred).collect()
                }
                "NetworkAuthentication" => items(&object.value, "/spec/networks")
                    .iter()
                    .map(|network| format!("everybody in {}, without mTLS", text(network, "/cidr")))
                    .collect(),
                _ => continue,
            };
            identities.0.insert((object.cluster.to_owned(), object.title()), who);
        }
        identities
    }

    fn behind(&self, object: &Object<'_>, reference: &Value) -> Vec<String> {
        let (kind, name) = (text(reference, "/kind"), text(reference, "/name"));
        let namespace = text(reference, "/namespace");
        let namespace = if namespace.is_empty() { object.namespace() } else { namespace };
        let title = format!("{kind} {namespace}/{name}");
        match self.0.get(&(object.cluster.to_owned(), title.clone())) {
            Some(who) => who.clone(),
            None if kind == "ServiceAccount" => vec![format!("{namespace}/{name}")],
            None => vec![format!("whoever {title} is, which is not in the tree")],
        }
    }
}

pub(super) fn facts(facts: &mut Facts, object: &Object<'_>, identities: &Identities) {
    let value = &object.value;
    match object.kind() {
        "Server" => {
            let policy = match text(value, "/spec/accessPolicy") {
                "" => "deny",
                policy => policy,
            };
            facts.add(object, Topic::Server, [object.full_name()], [policy.to_owned()]);
        }
        "EgressNetwork" => {
            let policy = text(value, "/spec/trafficPolicy").to_owned();
            facts.add(object, Topic::Egress, [object.full_name()], [policy]);
        }
        "AuthorizationPolicy" => {
            let (kind, name) = (text(value, "/spec/targetRef/kind"), text(value, "/spec/targetRef/name"));
            let target = match kind {
                "Namespace" => format!("every Server of {name}"),
                _ => format!("{kind} {}/{name}", object.namespace()),
            };
            let references = items(value, "/spec/requiredAuthenticationRefs");
            // All of them have to be met at once: what each says is narrower than either.
            let who: Vec<Vec<String>> =
                references.iter().map(|reference| identities.behind(object, reference)).collect();
            let callers = match who.as_slice() {
                [] => vec!["everybody".to_owned()],
                [only] => only.clone(),
                several => {
                    vec![several.iter().map(|one| one.join(" or ")).collect::<Vec<_>>().join(", and at once ")]
                }
            };
            for caller in callers {
                facts.add(object, Topic::Caller, [target.clone(), caller], []);
            }
        }
        _ => routes(facts, object),
    }
}

/// Routes of an EgressNetwork. Those of anything else open nothing to the outside.
fn routes(facts: &mut Facts, object: &Object<'_>) {
    for parent in items(&object.value, "/spec/parentRefs") {
        if text(parent, "/kind") != "EgressNetwork" {
            continue;
        }
        let port = parent.get("port").map_or_else(|| "every port".to_owned(), spelled);
        let hosts: Vec<String> = match items(&object.value, "/spec/hostnames") {
            [] => vec!["any host".to_owned()],
            hosts => hosts.iter().map(spelled).collect(),
        };
        for host in hosts {
            facts.add(object, Topic::External, [object.namespace().to_owned(), host], [port.clone()]);
        }
    }
}
