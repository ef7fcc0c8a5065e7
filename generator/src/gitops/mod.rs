//! Argo CD: who owns what. One Application owns each namespace, one each service, and each has a project that refuses the rest.

mod application;
mod namespace;
mod project;

use casemate_dsl::word::Namespace;

use crate::graph::{Facts, Graph, Service};
use crate::manifest::{Manifest, Place};

pub(crate) use application::{IN_CLUSTER, PLUGIN};
pub(crate) use namespace::namespace;
pub(crate) use project::{FINALIZER, kinds};

/// The projects and Applications of the services, which the Application `services` owns.
const SERVICES: &str = "argocd/services";

/// The Application `services`, which the Application `root` owns.
const ROOT: &str = "argocd/root";

/// The project and Application `root`, which a person applies once.
const BOOTSTRAP: &str = "bootstrap";

/// What a cluster has of Argo CD beside its services: the way from one command to all of them.
pub(crate) fn of_cluster(facts: &Facts) -> Vec<Manifest> {
    let place = |directory: &str| Place::of_cluster(facts.name, directory);
    vec![
        place(BOOTSTRAP).manifest(&project::root(facts)),
        place(BOOTSTRAP).manifest(&application::of_applications(facts, "root", ROOT)),
        place(ROOT).manifest(&application::of_applications(facts, "services", SERVICES)),
    ]
}

/// The projects of a namespace, and the Application that owns it.
pub(crate) fn of_namespace(graph: &Graph, namespace: Namespace) -> Vec<Manifest> {
    let facts = &graph.cluster;
    let place = Place::of_cluster(facts.name, SERVICES);
    vec![
        place.manifest(&project::of_services(graph, namespace)),
        place.manifest(&project::of_namespace(facts, namespace)),
        place.manifest(&application::of_namespace(facts, namespace)),
    ]
}

/// The Application that owns a service.
pub(crate) fn of_service(facts: &Facts, service: &Service) -> Manifest {
    Place::of_cluster(facts.name, SERVICES).manifest(&application::of_service(facts, service))
}
