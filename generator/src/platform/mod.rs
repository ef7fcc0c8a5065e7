//! The platform: charts as Argo CD installs them, the values that the cluster's guarantees need, and what lies beside them.

mod argo_cd;
mod identity;
mod linkerd;
mod namespace;
mod values;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::graph::{ChartNode, Graph, OurValues, PlatformNamespace, Values};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};
use crate::secrets;

pub(crate) use values::values;

/// A namespace of the platform.
pub(crate) fn of_namespace(graph: &Graph, name: casemate_dsl::word::Name, namespace: PlatformNamespace) -> Manifest {
    let place = Place::of_platform_namespace(graph.cluster.name, name);
    namespace::namespace(&graph.cluster, name, namespace, &place)
}

/// What is rendered beside a chart, for its namespace: items, certificates, and what hands out the mesh's trust.
pub(crate) fn beside(graph: &Graph, chart: &ChartNode) -> Vec<Manifest> {
    let place = Place::of_chart(graph.cluster.name, chart.namespace, chart.release);
    let items = chart.items.iter().map(|item| {
        let metadata = of_chart(chart, item.name().to_string(), Wave::Foundation);
        place.manifest(&secrets::one_password_item(metadata, "Opaque", graph.cluster.vault, *item))
    });
    let mut manifests: Vec<Manifest> = items.collect();
    match chart.values {
        Values::Ours(OurValues::TrustManager) if graph.platform.makes_identity() => {
            manifests.extend(identity::trust(&graph.cluster, chart, &place));
        }
        Values::Ours(OurValues::Linkerd) => manifests.extend(identity::control_plane(&graph.cluster, chart, &place)),
        Values::Ours(_) | Values::Theirs(_) | Values::Unsaid => {}
    }
    manifests
}

/// Whether anything is rendered beside a chart.
pub(crate) fn has_beside(graph: &Graph, chart: &ChartNode) -> bool {
    !chart.items.is_empty()
        || match chart.values {
            Values::Ours(OurValues::TrustManager) => graph.platform.makes_identity(),
            Values::Ours(OurValues::Linkerd) => true,
            Values::Ours(_) | Values::Theirs(_) | Values::Unsaid => false,
        }
}

/// The metadata of a custom resource beside a chart, in its namespace.
fn of_chart(chart: &ChartNode, name: String, wave: Wave) -> ObjectMeta {
    let mut labels = meta::managed_by_casemate();
    labels.insert(meta::PART_OF.to_owned(), chart.namespace.to_string());
    ObjectMeta {
        name: Some(name),
        namespace: Some(chart.namespace.to_string()),
        labels: Some(labels),
        annotations: Some(meta::annotations(wave, Treatment::Custom)),
        ..ObjectMeta::default()
    }
}
