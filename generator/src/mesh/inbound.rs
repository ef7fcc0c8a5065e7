//! Inbound policy: a Server for each port that is served, and an authorization for each edge that was declared.
//!
//! There is no route and no permit for probes: Linkerd lets an `httpGet` probe in by itself, for exactly its path, as long as no
//! route is attached to the Server.

use casemate_dsl::view::{PeerMesh, Protocol};
use casemate_dsl::word::Name;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde::Serialize;

use super::POLICY;
use crate::graph::{Facts, Id, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Custom, Treatment, Wave};
use crate::network::{CallerOf, EdgesOf, addresses_of_api_servers};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ServerSpec {
    pub(super) pod_selector: LabelSelector,
    pub(super) port: u16,
    pub(super) proxy_protocol: &'static str,
    pub(super) access_policy: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AuthorizationPolicySpec {
    pub(super) target_ref: Reference,
    /// Never empty: without an authentication, Linkerd lets everybody in.
    pub(super) required_authentication_refs: [Reference; 1],
}

#[derive(Debug, Serialize)]
pub(super) struct Reference {
    pub(super) group: &'static str,
    pub(super) kind: &'static str,
    pub(super) name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MeshTlsAuthenticationSpec {
    /// Never empty, and never a pattern.
    pub(super) identity_refs: [IdentityRef; 1],
}

#[derive(Debug, Serialize)]
pub(super) struct IdentityRef {
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) namespace: String,
}

#[derive(Debug, Serialize)]
pub(super) struct NetworkAuthenticationSpec {
    /// Never empty.
    pub(super) networks: Vec<Network>,
}

#[derive(Debug, Serialize)]
pub(super) struct Network {
    pub(super) cidr: String,
}

/// The inbound policy of a service.
pub(crate) fn of_service(facts: &Facts, service: &Service, edges: &EdgesOf<'_>, place: &Place) -> Vec<Manifest> {
    let id = service.id;
    let servers = service.ports.iter().filter_map(|(port, served)| server(id, *port, served.protocol));
    let mut manifests: Vec<Manifest> = servers.map(|server| place.manifest(&server)).collect();
    for (caller, called) in edges.callers.iter().filter(|(_, called)| !called.tcp.is_empty()) {
        let identity = match caller {
            CallerOf::Service(caller) => Some((caller.name, caller.namespace.as_str())),
            CallerOf::Peer(peer) => match peer.mesh {
                PeerMesh::Meshed { account } => Some((account, peer.namespace.as_str())),
                PeerMesh::Unmeshed { reason: _ } => None,
            },
            CallerOf::ApiServer => None,
        };
        let name = format!("{}-from-{}", id.name, caller.name());
        let kind = if let Some((account, namespace)) = identity {
            manifests.push(place.manifest(&of_identity(id, name.clone(), account, namespace)));
            "MeshTLSAuthentication"
        } else {
            // Which pods of it, `network` says: nobody can prove who they are.
            let networks = match caller {
                CallerOf::ApiServer => {
                    addresses_of_api_servers(facts).into_iter().map(|address| format!("{address}/32")).collect()
                }
                CallerOf::Service(_) | CallerOf::Peer(_) => vec![facts.kubernetes.networks.pods.to_string()],
            };
            manifests.push(place.manifest(&of_network(id, name.clone(), networks)));
            "NetworkAuthentication"
        };
        manifests.extend(called.tcp.iter().map(|port| {
            let of_port = format!("{}-from-{}", server_name(id, *port), caller.name());
            place.manifest(&authorization(id, *port, of_port, kind, name.clone()))
        }));
    }
    manifests
}

fn server_name(id: Id, port: u16) -> String {
    format!("{}-{port}", id.name)
}

fn server(id: Id, port: u16, protocol: Protocol) -> Option<Custom<ServerSpec>> {
    let proxy_protocol = match protocol {
        Protocol::Http => "HTTP/1",
        Protocol::Grpc => "gRPC",
        Protocol::Tcp => "opaque",
        Protocol::Tls => "TLS",
        Protocol::Udp => return None,
    };
    Some(Custom {
        api_version: "policy.linkerd.io/v1beta3",
        kind: "Server",
        metadata: meta::of_service(id, server_name(id, port), Wave::Foundation, Treatment::Custom),
        spec: ServerSpec { pod_selector: meta::selector(id), port, proxy_protocol, access_policy: "deny" },
    })
}

fn of_identity(id: Id, name: String, account: Name, namespace: &str) -> Custom<MeshTlsAuthenticationSpec> {
    let identity = IdentityRef { kind: "ServiceAccount", name: account.to_string(), namespace: namespace.to_owned() };
    Custom {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "MeshTLSAuthentication",
        metadata: meta::of_service(id, name, Wave::Foundation, Treatment::Custom),
        spec: MeshTlsAuthenticationSpec { identity_refs: [identity] },
    }
}

fn of_network(id: Id, name: String, networks: Vec<String>) -> Custom<NetworkAuthenticationSpec> {
    Custom {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "NetworkAuthentication",
        metadata: meta::of_service(id, name, Wave::Foundation, Treatment::Custom),
        spec: NetworkAuthenticationSpec { networks: networks.into_iter().map(|cidr| Network { cidr }).collect() },
    }
}

fn authorization(
    id: Id,
    port: u16,
    name: String,
    kind: &'static str,
    authentication: String,
) -> Custom<AuthorizationPolicySpec> {
    Custom {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "AuthorizationPolicy",
        metadata: meta::of_service(id, name, Wave::Foundation, Treatment::Custom),
        spec: AuthorizationPolicySpec {
            target_ref: Reference { group: POLICY, kind: "Server", name: server_name(id, port) },
            required_authentication_refs: [Reference { group: POLICY, kind, name: authentication }],
        },
    }
}
