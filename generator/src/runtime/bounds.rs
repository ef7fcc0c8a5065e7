//! Bounds of a namespace: what its pods may use together, and each container.

use std::collections::BTreeMap;

use casemate_dsl::word::Namespace;
use k8s_openapi::api::core::v1::{LimitRange, LimitRangeItem, LimitRangeSpec, ResourceQuota, ResourceQuotaSpec};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::graph::{NamespaceNode, Quota};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

/// The bounds that the cluster says for a namespace.
pub(crate) fn bounds(namespace: Namespace, node: &NamespaceNode, place: &Place) -> Vec<Manifest> {
    let metadata = |name: &str| meta::of_namespace(namespace, name, Wave::Fence, Treatment::Plain);
    let quota = node.quota.map(|quota| {
        place.manifest(&ResourceQuota {
            metadata: metadata("quota"),
            spec: Some(ResourceQuotaSpec { hard: Some(hard(quota)), ..ResourceQuotaSpec::default() }),
            status: None,
        })
    });
    let limits = node.container_memory.map(|memory| {
        let most = BTreeMap::from([("memory".to_owned(), Quantity(memory.to_string()))]);
        let containers = LimitRangeItem { type_: "Container".to_owned(), max: Some(most), ..LimitRangeItem::default() };
        place.manifest(&LimitRange {
            metadata: metadata("limits"),
            spec: Some(LimitRangeSpec { limits: vec![containers] }),
        })
    });
    quota.into_iter().chain(limits).collect()
}

fn hard(quota: Quota) -> BTreeMap<String, Quantity> {
    let Quota { pods, cpu, memory, memory_limit, storage, claims } = quota;
    [
        ("pods", pods.map(|pods| pods.to_string())),
        ("requests.cpu", cpu.map(|cpu| cpu.to_string())),
        ("requests.memory", memory.map(|memory| memory.to_string())),
        ("limits.memory", memory_limit.map(|memory| memory.to_string())),
        ("requests.storage", storage.map(|storage| storage.to_string())),
        ("persistentvolumeclaims", claims.map(|claims| claims.to_string())),
    ]
    .into_iter()
    .filter_map(|(resource, most)| most.map(|most| (resource.to_owned(), Quantity(most))))
    .collect()
}
