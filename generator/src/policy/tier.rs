//! The tiers, as the API server and Kyverno tell them apart.
//!
//! A webhook that fails closed selects namespaces of services only. So with Kyverno away nothing enters those unjudged, and everything
//! else, Kyverno itself first, can be mended.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

use super::questions::Known;
use crate::graph::Facts;
pub(crate) use crate::meta::TIER;

/// Its value for namespaces of services.
pub(crate) const SERVICES: &str = "services";

/// What the names of Kubernetes' own namespaces begin with.
pub(super) const KUBERNETES_OWN: &str = "kube-";

/// The label by which Kubernetes itself names a namespace.
pub(crate) const NAME: &str = "kubernetes.io/metadata.name";

/// Whose a namespace is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Tier {
    /// Services'.
    Services,
    /// Everything else but `kube-system` and Kyverno's own, which no policy sees.
    Platform,
}

impl Tier {
    pub(crate) const ALL: [Self; 2] = [Self::Services, Self::Platform];

    /// Selects its namespaces.
    pub(super) fn selector(self, known: &Known) -> LabelSelector {
        let mut seen = vec![unless(NAME, out_of_sight(known).into())];
        let is_services = BTreeMap::from([(TIER.to_owned(), SERVICES.to_owned())]);
        let match_labels = match self {
            Self::Services => Some(is_services),
            Self::Platform => {
                seen.insert(0, unless(TIER, vec![SERVICES.to_owned()]));
                None
            }
        };
        LabelSelector { match_labels, match_expressions: Some(seen) }
    }
}

/// The namespace of what Kubernetes itself consists of.
const KUBE_SYSTEM: &str = "kube-system";

/// The namespaces that no policy sees.
pub(super) fn out_of_sight(known: &Known) -> [String; 2] {
    [KUBE_SYSTEM.to_owned(), known.kyverno.clone()]
}

/// Why policies leave a namespace out, or all whose names begin so.
pub(crate) fn why_out_of_sight(name: &str, facts: &Facts) -> Option<&'static str> {
    match name {
        KUBE_SYSTEM => Some("what the cluster stands on runs there, and has to come up without Kyverno"),
        KUBERNETES_OWN => Some("Kubernetes makes them for itself: they are not new namespaces of somebody's"),
        name if facts.kyverno.is_some_and(|home| home.as_str() == name) => {
            Some("Kyverno runs there, and has to come up without its own answer")
        }
        _ => None,
    }
}

fn unless(key: &str, values: Vec<String>) -> LabelSelectorRequirement {
    LabelSelectorRequirement { key: key.to_owned(), operator: "NotIn".to_owned(), values: Some(values) }
}
