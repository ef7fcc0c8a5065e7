//! Outbound policy: a namespace reaches no host but those that its services declared.
//!
//! Linkerd judges external hosts for a whole namespace. Which service may use which port, `network` says.

use casemate_dsl::view::ExternalProtocol;
use casemate_dsl::word::Namespace;
use serde::Serialize;

use super::POLICY;
use crate::graph::{NamespaceNode, OutsideName, OutsidePort};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Custom, Treatment, Wave};

/// The one `EgressNetwork` of a namespace.
const NAME: &str = "egress";

/// The version of TLS and TCP routes that every supported set of Gateway API resources serves and Linkerd reads.
const ROUTES: &str = "gateway.networking.k8s.io/v1alpha2";

/// No `networks`: it then covers everything outside of the cluster. An empty list would cover nothing and open everything.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct EgressNetworkSpec {
    traffic_policy: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RouteSpec {
    parent_refs: [ParentRef; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    hostnames: Option<[String; 1]>,
    rules: [Rule; 1],
}

#[derive(Debug, Serialize)]
struct ParentRef {
    group: &'static str,
    kind: &'static str,
    namespace: String,
    name: &'static str,
    port: u16,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Rule {
    #[serde(rename_all = "camelCase")]
    Forward {
        backend_refs: [BackendRef; 1],
    },
    Match {
        matches: [Match; 1],
    },
}

#[derive(Debug, Serialize)]
struct BackendRef {
    group: &'static str,
    kind: &'static str,
    namespace: String,
    name: &'static str,
    weight: u8,
}

#[derive(Debug, Serialize)]
struct Match {
    path: PathMatch,
}

#[derive(Debug, Serialize)]
struct PathMatch {
    #[serde(rename = "type")]
    type_: &'static str,
    value: &'static str,
}

/// The outbound policy of a namespace.
pub(crate) fn of_namespace(namespace: Namespace, node: &NamespaceNode, place: &Place) -> Vec<Manifest> {
    let mut manifests = vec![place.manifest(&Custom {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "EgressNetwork",
        metadata: meta::of_namespace(namespace, NAME, Wave::Fence, Treatment::Custom),
        spec: EgressNetworkSpec { traffic_policy: "Deny" },
    })];
    for (port, OutsidePort { protocol, hosts }) in &node.outside {
        match protocol {
            ExternalProtocol::Tls => {
                let routes = hosts
                    .iter()
                    .map(|host| route(namespace, ROUTES, "TLSRoute", *port, Some(*host), forward(namespace)));
                manifests.extend(routes.map(|route| place.manifest(&route)));
            }
            ExternalProtocol::PlainHttp => {
                let api = "gateway.networking.k8s.io/v1";
                let routes =
                    hosts.iter().map(|host| route(namespace, api, "HTTPRoute", *port, Some(*host), any_path()));
                manifests.extend(routes.map(|route| place.manifest(&route)));
            }
            // Only the oldest TCPRoute of a port counts, and none names a host.
            ExternalProtocol::Tcp => {
                manifests.push(place.manifest(&route(namespace, ROUTES, "TCPRoute", *port, None, forward(namespace))));
            }
        }
    }
    manifests
}

fn route(
    namespace: Namespace,
    api_version: &'static str,
    kind: &'static str,
    port: u16,
    host: Option<OutsideName>,
    rule: Rule,
) -> Custom<RouteSpec> {
    let name = match host {
        None => format!("{NAME}-{port}"),
        Some(OutsideName::Host(host)) => format!("{NAME}-{port}-{host}"),
        // No host's route is named like it: a port follows the first word there.
        Some(OutsideName::Below(hosts)) => format!("{NAME}-below-{port}-{}", hosts.domain()),
    };
    let host = host.map(|host| match host {
        OutsideName::Host(host) => host.to_string(),
        OutsideName::Below(hosts) => hosts.to_string(),
    });
    Custom {
        api_version,
        kind,
        metadata: meta::of_namespace(namespace, name, Wave::Foundation, Treatment::Custom),
        spec: RouteSpec {
            parent_refs: [ParentRef {
                group: POLICY,
                kind: "EgressNetwork",
                namespace: namespace.to_string(),
                name: NAME,
                port,
            }],
            hostnames: host.map(|host| [host]),
            rules: [rule],
        },
    }
}

/// To where it was going.
fn forward(namespace: Namespace) -> Rule {
    Rule::Forward {
        backend_refs: [BackendRef {
            group: POLICY,
            kind: "EgressNetwork",
            namespace: namespace.to_string(),
            name: NAME,
            weight: 1,
        }],
    }
}

fn any_path() -> Rule {
    Rule::Match { matches: [Match { path: PathMatch { type_: "PathPrefix", value: "/" } }] }
}
