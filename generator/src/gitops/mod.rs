//! Argo CD: who owns what. One Application owns each namespace, one each service, and each has a project that refuses the rest.

mod application;
mod namespace;
mod project;
mod sidecar;

use casemate_dsl::word::{Name, Namespace};

use crate::graph::{ChartNode, Facts, Graph, Service};
use crate::manifest::{Manifest, Place};

pub(crate) use application::{IN_CLUSTER, PLUGIN};
pub(crate) use namespace::{kept as kept_namespace, namespace};
pub(crate) use project::{FINALIZER, chart_project, kinds};
pub(crate) use sidecar::{DIRECTORY as SIDECAR, repo_server, sidecar};

/// The projects and Applications of the services, which the Application `services` owns.
const SERVICES: &str = "argocd/services";

/// The projects and Applications of the platform, which the Application `platform` owns.
const PLATFORM: &str = "argocd/platform";

/// The Applications `services` and `platform`, which the Application `root` owns.
const ROOT: &str = "argocd/root";

/// The project and Application of Kyverno's policies. No namespace's name has a dot in it, and so no project of services is like it.
pub(crate) const POLICIES: &str = "platform.policies";

/// The project and Application `root`, which a person applies once.
const BOOTSTRAP: &str = "bootstrap";

/// What a cluster has of Argo CD beside its services: the way from one command to all of them.
pub(crate) fn of_cluster(graph: &Graph) -> Vec<Manifest> {
    let facts = &graph.cluster;
    let place = |directory: &str| Place::of_cluster(facts.name, directory);
    let mut manifests = vec![
        place(BOOTSTRAP).manifest(&project::root(facts)),
        place(BOOTSTRAP).manifest(&application::of_applications(facts, "root", ROOT)),
        place(ROOT).manifest(&application::guarded(facts, application::of_applications(facts, "services", SERVICES))),
    ];
    if !graph.platform.charts.is_empty() {
        manifests.push(place(ROOT).manifest(&application::of_applications(facts, "platform", PLATFORM)));
    }
    if let Some(home) = facts.kyverno {
        manifests.push(place(ROOT).manifest(&project::of_policies(facts, home)));
        manifests.push(place(ROOT).manifest(&application::of_policies(facts, home)));
    }
    manifests
}

/// The projects of a namespace, and the Application that owns it.
pub(crate) fn of_namespace(graph: &Graph, namespace: Namespace) -> Vec<Manifest> {
    let facts = &graph.cluster;
    let place = Place::of_cluster(facts.name, SERVICES);
    vec![
        place.manifest(&project::of_services(graph, namespace)),
        place.manifest(&project::of_namespace(facts, namespace.as_name())),
        place.manifest(&application::of_namespace(
            facts,
            namespace.as_name(),
            &Place::of_namespace(facts.name, namespace),
        )),
    ]
}

/// The project of a namespace of the platform, and the Application that owns it.
pub(crate) fn of_platform_namespace(facts: &Facts, namespace: Name) -> Vec<Manifest> {
    let place = Place::of_cluster(facts.name, PLATFORM);
    vec![
        place.manifest(&project::of_namespace(facts, namespace)),
        place.manifest(&application::of_platform_namespace(facts, namespace)),
    ]
}

/// The project of a chart, and the Application that installs it.
pub(crate) fn of_chart(graph: &Graph, chart: &ChartNode) -> Vec<Manifest> {
    let place = Place::of_cluster(graph.cluster.name, PLATFORM);
    vec![place.manifest(&project::of_chart(graph, chart)), place.manifest(&application::of_chart(graph, chart))]
}

/// The Application that owns a service.
pub(crate) fn of_service(facts: &Facts, service: &Service) -> Manifest {
    Place::of_cluster(facts.name, SERVICES).manifest(&application::of_service(facts, service))
}
