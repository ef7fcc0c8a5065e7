//! Inbound policy: a Server for each port that is served, and an authorization for each edge that was declared.
//!
//! There is no route and no permit for probes: Linkerd lets an `httpGet` probe in by itself, for exactly its path, as long as no
//! route is attached to the Server.

use casemate_dsl::view::{PeerMesh, Protocol};
use casemate_dsl::word::Name;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::Serialize;

use super::POLICY;
use crate::graph::{Facts, Id, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Custom, Treatment, Wave};
use crate::network::{CallerOf, EdgesOf, addresses_of_api_servers};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ServerSpec {
    pod_selector: LabelSelector,
    port: u16,
    proxy_protocol: &'static str,
    access_policy: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AuthorizationPolicySpec {
    target_ref: Reference,
    /// Never empty: without an authentication, Linkerd lets everybody in.
    required_authentication_refs: [Reference; 1],
}

#[derive(Debug, Serialize)]
struct Reference {
    group: &'static str,
    kind: &'static str,
    name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MeshTlsAuthenticationSpec {
    /// Never empty, and never a pattern.
    identity_refs: [IdentityRef; 1],
}

#[derive(Debug, Serialize)]
struct IdentityRef {
    kind: &'static str,
    name: String,
    namespace: String,
}

#[derive(Debug, Serialize)]
pub(super) struct NetworkAuthenticationSpec {
    /// Never empty.
    networks: Vec<Network>,
}

#[derive(Debug, Serialize)]
struct Network {
    cidr: String,
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
            manifests.push(place.manifest(&of_identity(metadata(id, name.clone()), account, namespace)));
            "MeshTLSAuthentication"
        } else {
            // Which pods of it, `network` says: nobody can prove who they are.
            let networks = match caller {
                CallerOf::ApiServer => {
                    addresses_of_api_servers(facts).into_iter().map(|address| format!("{address}/32")).collect()
                }
                CallerOf::Service(_) | CallerOf::Peer(_) => vec![facts.kubernetes.networks.pods.to_string()],
            };
            manifests.push(place.manifest(&of_network(metadata(id, name.clone()), networks)));
            "NetworkAuthentication"
        };
        manifests.extend(called.tcp.iter().map(|port| {
            let of_port = format!("{}-from-{}", server_name(id, *port), caller.name());
            place.manifest(&authorization(metadata(id, of_port), server_name(id, *port), kind, name.clone()))
        }));
    }
    manifests
}

fn server_name(id: Id, port: u16) -> String {
    format!("{}-{port}", id.name)
}

fn metadata(id: Id, name: String) -> ObjectMeta {
    meta::of_service(id, name, Wave::Foundation, Treatment::Custom)
}

fn server(id: Id, port: u16, protocol: Protocol) -> Option<Custom<ServerSpec>> {
    let proxy_protocol = match protocol {
        Protocol::Http => HTTP,
        Protocol::Grpc => "gRPC",
        Protocol::Tcp => "opaque",
        Protocol::Tls => "TLS",
        Protocol::Udp => return None,
    };
    Some(server_of(metadata(id, server_name(id, port)), meta::selector(id), port, proxy_protocol))
}

/// How a Server says HTTP/1.
pub(super) const HTTP: &str = "HTTP/1";

/// A port of these pods, shut to everybody without an authorization.
pub(super) fn server_of(
    metadata: ObjectMeta,
    pod_selector: LabelSelector,
    port: u16,
    proxy_protocol: &'static str,
) -> Custom<ServerSpec> {
    Custom {
        api_version: "policy.linkerd.io/v1beta3",
        kind: "Server",
        metadata,
        spec: ServerSpec { pod_selector, port, proxy_protocol, access_policy: "deny" },
    }
}

/// Whoever runs as this account.
pub(super) fn of_identity(metadata: ObjectMeta, account: Name, namespace: &str) -> Custom<MeshTlsAuthenticationSpec> {
    let identity = IdentityRef { kind: "ServiceAccount", name: account.to_string(), namespace: namespace.to_owned() };
    Custom {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "MeshTLSAuthentication",
        metadata,
        spec: MeshTlsAuthenticationSpec { identity_refs: [identity] },
    }
}

/// Whoever calls from these networks.
pub(super) fn of_network(metadata: ObjectMeta, networks: Vec<String>) -> Custom<NetworkAuthenticationSpec> {
    Custom {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "NetworkAuthentication",
        metadata,
        spec: NetworkAuthenticationSpec { networks: networks.into_iter().map(|cidr| Network { cidr }).collect() },
    }
}

/// Opens a Server to whom an authentication of this kind and name knows.
pub(super) fn authorization(
    metadata: ObjectMeta,
    server: String,
    kind: &'static str,
    authentication: String,
) -> Custom<AuthorizationPolicySpec> {
    Custom {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "AuthorizationPolicy",
        metadata,
        spec: AuthorizationPolicySpec {
            target_ref: Reference { group: POLICY, kind: "Server", name: server },
            required_authentication_refs: [Reference { group: POLICY, kind, name: authentication }],
        },
    }
}
