//! Layer 4 of the security model, runtime security: workloads, and what they stand on.

mod bounds;
mod config;
mod container;
mod downward;
mod job;
mod placement;
mod pod;
mod scale;
mod storage;
mod volume;
mod workload;

use casemate_dsl::view::Protocol;
use k8s_openapi::api::core::v1::{Service, ServiceAccount, ServicePort, ServiceSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::graph::{self, Graph};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

pub(crate) use bounds::bounds;
pub(crate) use storage::shared_claims;

/// The workload of a service, its account, its Service, its config and its claims.
pub(crate) fn manifests(graph: &Graph, service: &graph::Service, place: &Place) -> Vec<Manifest> {
    let mut manifests = vec![place.manifest(&account(service))];
    manifests.extend(workload::workload(graph, service, place));
    manifests.extend(published(service).map(|service| place.manifest(&service)));
    manifests.extend(config::config_map(service, place));
    manifests.extend(storage::own_claims(service, place));
    manifests.extend(scale::manifests(service, place));
    manifests
}

/// The account, which bears the service's identity in the mesh and has a token only where a container declared an API need.
fn account(service: &graph::Service) -> ServiceAccount {
    ServiceAccount {
        metadata: meta::of_service(service.id, service.id.name.to_string(), Wave::Foundation, Treatment::Plain),
        automount_service_account_token: Some(false),
        ..ServiceAccount::default()
    }
}

/// Whether a Service publishes any of its ports.
fn is_published(service: &graph::Service) -> bool {
    !service.udp.is_empty() || service.ports.values().any(|port| port.published)
}

/// The Service: inside of the cluster only, and with a selector always.
fn published(service: &graph::Service) -> Option<Service> {
    let over_tcp =
        service.ports.iter().filter(|(_, port)| port.published).map(|(number, port)| (*number, port.protocol));
    let over_udp = service.udp.iter().map(|number| (*number, Protocol::Udp));
    let ports: Vec<ServicePort> = over_tcp
        .chain(over_udp)
        .map(|(number, protocol)| ServicePort {
            name: Some(container::port_name(number, protocol)),
            port: i32::from(number),
            target_port: Some(IntOrString::Int(i32::from(number))),
            protocol: Some(container::transport(protocol).to_owned()),
            app_protocol: app_protocol(protocol).map(ToOwned::to_owned),
            ..ServicePort::default()
        })
        .chain(service.webhooks.first().map(|webhook| ServicePort {
            name: Some(container::port_name(graph::WEBHOOK, Protocol::Tls)),
            port: i32::from(graph::WEBHOOK),
            target_port: Some(IntOrString::Int(i32::from(webhook.port))),
            protocol: Some(container::transport(Protocol::Tls).to_owned()),
            app_protocol: app_protocol(Protocol::Tls).map(ToOwned::to_owned),
            ..ServicePort::default()
        }))
        .collect();
    if ports.is_empty() {
        return None;
    }
    Some(Service {
        metadata: meta::of_service(service.id, service.id.name.to_string(), Wave::Foundation, Treatment::Plain),
        spec: Some(ServiceSpec {
            type_: Some("ClusterIP".to_owned()),
            selector: meta::selector(service.id).match_labels,
            ports: Some(ports),
            ..ServiceSpec::default()
        }),
        ..Service::default()
    })
}

/// What Linkerd reads of a Service's port. Any other word would make it opaque.
const fn app_protocol(protocol: Protocol) -> Option<&'static str> {
    match protocol {
        Protocol::Http => Some("http"),
        Protocol::Grpc => Some("kubernetes.io/h2c"),
        // Nothing is to be found within TLS that is not the mesh's own.
        Protocol::Tcp | Protocol::Tls => Some("linkerd.io/opaque"),
        Protocol::Udp => None,
    }
}
