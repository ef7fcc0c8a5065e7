//! Inbound policy: a Server for each port that is served, and an authorization for each edge that was declared.
//!
//! There is no route and no permit for probes: Linkerd lets an `httpGet` probe in by itself, for exactly its path, as long as no
//! route is attached to the Server.

use casemate_dsl::view::Protocol;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde::Serialize;

use super::POLICY;
use crate::graph::{Id, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Custom, Treatment, Wave};
use crate::network::EdgesOf;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ServerSpec {
    pod_selector: LabelSelector,
    port: u16,
    proxy_protocol: &'static str,
    access_policy: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AuthorizationPolicySpec {
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
struct MeshTlsAuthenticationSpec {
    /// Never empty, and never a pattern.
    identity_refs: [IdentityRef; 1],
}

#[derive(Debug, Serialize)]
struct IdentityRef {
    kind: &'static str,
    name: String,
    namespace: String,
}

/// The inbound policy of a service.
pub(crate) fn of_service(service: &Service, edges: &EdgesOf<'_>, place: &Place) -> Vec<Manifest> {
    let id = service.id;
    let mut manifests: Vec<Manifest> =
        service.ports.iter().map(|(port, served)| place.manifest(&server(id, *port, served.protocol))).collect();
    for (caller, ports) in &edges.callers {
        manifests.push(place.manifest(&authentication(id, *caller)));
        manifests.extend(ports.iter().map(|port| place.manifest(&authorization(id, *port, *caller))));
    }
    manifests
}

fn server_name(id: Id, port: u16) -> String {
    format!("{}-{port}", id.name)
}

fn authentication_name(id: Id, caller: Id) -> String {
    format!("{}-from-{}.{}", id.name, caller.namespace, caller.name)
}

fn server(id: Id, port: u16, protocol: Protocol) -> Custom<ServerSpec> {
    Custom {
        api_version: "policy.linkerd.io/v1beta3",
        kind: "Server",
        metadata: meta::of_service(id, server_name(id, port), Wave::Foundation, Treatment::Custom),
        spec: ServerSpec {
            pod_selector: meta::selector(id),
            port,
            proxy_protocol: match protocol {
                Protocol::Http => "HTTP/1",
                Protocol::Grpc => "gRPC",
                Protocol::Tcp => "opaque",
            },
            access_policy: "deny",
        },
    }
}

fn authentication(id: Id, caller: Id) -> Custom<MeshTlsAuthenticationSpec> {
    Custom {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "MeshTLSAuthentication",
        metadata: meta::of_service(id, authentication_name(id, caller), Wave::Foundation, Treatment::Custom),
        spec: MeshTlsAuthenticationSpec {
            identity_refs: [IdentityRef {
                kind: "ServiceAccount",
                name: caller.name.to_string(),
                namespace: caller.namespace.to_string(),
            }],
        },
    }
}

fn authorization(id: Id, port: u16, caller: Id) -> Custom<AuthorizationPolicySpec> {
    let name = format!("{}-from-{}.{}", server_name(id, port), caller.namespace, caller.name);
    Custom {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "AuthorizationPolicy",
        metadata: meta::of_service(id, name, Wave::Foundation, Treatment::Custom),
        spec: AuthorizationPolicySpec {
            target_ref: Reference { group: POLICY, kind: "Server", name: server_name(id, port) },
            required_authentication_refs: [Reference {
                group: POLICY,
                kind: "MeshTLSAuthentication",
                name: authentication_name(id, caller),
            }],
        },
    }
}
