//! Who has to have a field: directories of the tree, by what is declared.

use std::collections::BTreeSet;

use casemate_dsl::view::Protocol;

use crate::graph::{Graph, Id, Kind, Service, VolumeSource};

/// The owners of a field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Owners {
    /// Every service with pods of its own, and the tunnel.
    Workloads,
    /// The same, where proxies log requests.
    LoggedWorkloads,
    /// Every service, pods that are created at run time too.
    Services,
    /// Every service with a Service.
    Published,
    /// Every service with a port in the mesh.
    Servers,
    /// Every service that mounts an image.
    ImageVolumes,
    /// Every service that uses items.
    WithItems,
    /// Every Deployment that uses items.
    DeploymentsWithItems,
    /// Every namespace of services.
    Namespaces,
    /// The same, where somebody reads metrics.
    WatchedNamespaces,
    /// The same, where proxies send spans.
    TracedNamespaces,
    /// Every namespace of charts.
    PlatformNamespaces,
    /// The tunnel.
    Tunnel,
    /// The projects of services.
    Projects,
    /// Nobody has to: it holds for each that is there.
    Wherever,
}

impl Owners {
    /// Their directories, from the root of the tree.
    pub(super) fn directories(self, graph: &Graph) -> BTreeSet<String> {
        let cluster = graph.cluster.name;
        let observability = graph.cluster.observability.as_ref();
        let of_services = |is_one: fn(&Service) -> bool| {
            graph
                .services
                .values()
                .filter(|service| is_one(service))
                .map(|service| of_service(graph, service.id))
                .collect()
        };
        let of_namespaces = |if_so: bool| {
            let namespaces = graph.namespaces.keys().filter(|_| if_so);
            namespaces.map(|namespace| format!("{cluster}/services/{namespace}/_namespace")).collect()
        };
        match self {
            Self::Workloads => of_services(has_workload),
            Self::LoggedWorkloads if observability.is_some_and(|it| it.access_logs) => of_services(has_workload),
            Self::LoggedWorkloads | Self::Wherever => BTreeSet::new(),
            Self::Services => of_services(|_| true),
            Self::Published => {
                of_services(|service| !service.udp.is_empty() || service.ports.values().any(|port| port.published))
            }
            Self::Servers => of_services(|service| service.ports.values().any(|port| port.protocol != Protocol::Udp)),
            Self::ImageVolumes => of_services(|service| {
                let mut volumes = service.pod.volumes.values();
                has_workload(service) && volumes.any(|volume| matches!(volume.source, VolumeSource::Image { .. }))
            }),
            Self::WithItems => of_services(|service| !service.items.is_empty()),
            Self::DeploymentsWithItems => {
                of_services(|service| !service.items.is_empty() && matches!(service.kind, Kind::Deployment { .. }))
            }
            Self::Namespaces => of_namespaces(true),
            Self::WatchedNamespaces => of_namespaces(observability.is_some()),
            Self::TracedNamespaces => of_namespaces(observability.is_some_and(|it| it.proxy_traces.is_some())),
            Self::PlatformNamespaces => {
                let namespaces = graph.platform.namespaces.keys();
                namespaces.map(|namespace| format!("{cluster}/platform/{namespace}/_namespace")).collect()
            }
            Self::Tunnel => graph.perimeter.iter().map(|perimeter| of_service(graph, perimeter.id)).collect(),
            Self::Projects => BTreeSet::from([format!("{cluster}/argocd/services")]),
        }
    }

    /// Whose field it is, in words behind a path.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Workloads | Self::Services => "of every service",
            Self::LoggedWorkloads => "of every service, where proxies log",
            Self::Published => "of every service that serves",
            Self::Servers => "of every port in the mesh",
            Self::ImageVolumes => "of every service that mounts an image",
            Self::WithItems => "of every service that uses a secret",
            Self::DeploymentsWithItems => "of every Deployment that uses a secret",
            Self::Namespaces => "of every namespace of services",
            Self::WatchedNamespaces => "of every namespace of services, where somebody watches",
            Self::TracedNamespaces => "of every namespace of services, where proxies send spans",
            Self::PlatformNamespaces => "of every namespace of charts",
            Self::Tunnel => "of the tunnel",
            Self::Projects => "of every project of services",
            Self::Wherever => "wherever there is one",
        }
    }

    /// What is said where there are none.
    pub(super) const fn none(self) -> &'static str {
        match self {
            Self::Workloads | Self::Services => "no service is declared",
            Self::LoggedWorkloads => "proxies of this cluster do not log requests",
            Self::Published | Self::Servers => "no service of this cluster serves a port",
            Self::ImageVolumes => "no service of this cluster mounts an image",
            Self::WithItems => "no service of this cluster uses a secret",
            Self::DeploymentsWithItems => "no Deployment of this cluster uses a secret",
            Self::Namespaces => "no namespace of services is declared",
            Self::WatchedNamespaces => "nobody is declared who watches this cluster",
            Self::TracedNamespaces => "nobody is declared to whom proxies of this cluster send spans",
            Self::PlatformNamespaces => "no chart is declared",
            Self::Tunnel => "no tunnel is declared: nothing is reached from outside",
            Self::Projects => "no project is rendered",
            Self::Wherever => "there is none in this cluster",
        }
    }
}

/// The directory of a service.
pub(super) fn of_service(graph: &Graph, id: Id) -> String {
    format!("{}/services/{}/{}", graph.cluster.name, id.namespace, id.name)
}

fn has_workload(service: &Service) -> bool {
    !matches!(service.kind, Kind::Created { .. })
}
