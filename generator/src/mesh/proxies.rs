//! The proxies' own metrics: one Server for all proxies of a namespace, which lets the scraper in and nobody else.
//!
//! There is no route, so that Linkerd goes on letting in the probes of the proxies themselves: who may read metrics may call the
//! whole port.

use std::collections::BTreeMap;

use casemate_dsl::view::PeerMesh;
use casemate_dsl::word::Namespace;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::POLICY;
use super::inbound::{
    AuthorizationPolicySpec, IdentityRef, MeshTlsAuthenticationSpec, Network, NetworkAuthenticationSpec, Reference,
    ServerSpec,
};
use crate::graph::Facts;
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Custom, Treatment, Wave};

/// Where a proxy serves its metrics.
pub(crate) const PROXY_ADMIN: u16 = 4191;

const NAME: &str = "proxy-metrics";

/// All pods that have a proxy, by the label that the injector gives them.
pub(crate) fn injected(facts: &Facts) -> LabelSelector {
    let label = ("linkerd.io/control-plane-ns".to_owned(), facts.linkerd.namespace.to_string());
    LabelSelector { match_labels: Some(BTreeMap::from([label])), ..LabelSelector::default() }
}

/// The inbound policy of a namespace's proxies.
pub(crate) fn metrics(facts: &Facts, namespace: Namespace, place: &Place) -> Vec<Manifest> {
    let Some(watched) = &facts.observability else { return Vec::new() };
    let metadata = || meta::of_namespace(namespace, NAME, Wave::Foundation, Treatment::Custom);
    let server = Custom {
        api_version: "policy.linkerd.io/v1beta3",
        kind: "Server",
        metadata: metadata(),
        spec: ServerSpec {
            pod_selector: injected(facts),
            port: PROXY_ADMIN,
            proxy_protocol: "HTTP/1",
            access_policy: "deny",
        },
    };
    let (kind, authentication) = match watched.scraper.mesh {
        PeerMesh::Meshed { account } => {
            let identity = IdentityRef {
                kind: "ServiceAccount",
                name: account.to_string(),
                namespace: watched.scraper.namespace.to_string(),
            };
            let spec = MeshTlsAuthenticationSpec { identity_refs: [identity] };
            let kind = "MeshTLSAuthentication";
            let api_version = "policy.linkerd.io/v1alpha1";
            (kind, place.manifest(&Custom { api_version, kind, metadata: metadata(), spec }))
        }
        PeerMesh::Unmeshed { reason: _ } => {
            let networks = vec![Network { cidr: facts.kubernetes.networks.pods.to_string() }];
            let spec = NetworkAuthenticationSpec { networks };
            let kind = "NetworkAuthentication";
            let api_version = "policy.linkerd.io/v1alpha1";
            (kind, place.manifest(&Custom { api_version, kind, metadata: metadata(), spec }))
        }
    };
    let authorization = Custom {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "AuthorizationPolicy",
        metadata: metadata(),
        spec: AuthorizationPolicySpec {
            target_ref: Reference { group: POLICY, kind: "Server", name: NAME.to_owned() },
            required_authentication_refs: [Reference { group: POLICY, kind, name: NAME.to_owned() }],
        },
    };
    vec![place.manifest(&server), authentication, place.manifest(&authorization)]
}
