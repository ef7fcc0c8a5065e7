//! The proxies' own metrics: one Server for all proxies of a namespace, which lets the scraper in and nobody else.
//!
//! There is no route, so that Linkerd goes on letting in the probes of the proxies themselves: who may read metrics may call the
//! whole port.

use std::collections::BTreeMap;

use casemate_dsl::view::PeerMesh;
use casemate_dsl::word::Namespace;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::inbound;
use crate::graph::Facts;
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

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
    let server = inbound::server_of(metadata(), injected(facts), PROXY_ADMIN, inbound::HTTP);
    let (kind, authentication) = match watched.scraper.mesh {
        PeerMesh::Meshed { account } => {
            let scraper = inbound::of_identity(metadata(), account, watched.scraper.namespace.as_str());
            (scraper.kind, place.manifest(&scraper))
        }
        PeerMesh::Unmeshed { reason: _ } => {
            let pods = inbound::of_network(metadata(), vec![facts.kubernetes.networks.pods.to_string()]);
            (pods.kind, place.manifest(&pods))
        }
    };
    let authorization = inbound::authorization(metadata(), NAME.to_owned(), kind, NAME.to_owned());
    vec![place.manifest(&server), authentication, place.manifest(&authorization)]
}
