//! What kinds of workloads a random catalogue has, with which containers, and where they run.

use casemate_dsl::prelude::*;
use casemate_dsl::{Service, kind};

use super::catalogue::{AUDIENCE, IMAGE, api, raw, reaching, rpc, web, zone};
use super::plan::{Kind, ServicePlan};

/// How many other containers there are to choose from.
pub(crate) const CONTAINERS: usize = 3;

/// How many things there are to say about nodes and neighbours.
pub(crate) const PLACEMENTS: usize = 8;

/// The UDP port of an identity, which needs a word to its kernel.
pub(crate) fn datagrams<W: Workload>() -> Port<W, Udp> {
    low_port!(53)
}

const SCRAPER: Peer = Peer::unmeshed(name!("metrics"), label!("app", "scraper"), because!("the chart is not meshed"));
const WATCHER: Peer = Peer::meshed(name!("watch"), label!("app", "watcher"), name!("watcher"));

pub(crate) fn run<W: Workload>(cluster: Cluster, service: &ServicePlan, container: EndingContainer<W>) -> Cluster {
    match service.kind {
        Kind::Deployment => {
            let mut workload = Deployment::new(serving(container, service));
            if service.containers.contains(&0) {
                workload = workload.container(exporter());
            }
            cluster.runs(around(called(scaled(workload, service), service), service))
        }
        Kind::StatefulSet => {
            let mut workload = StatefulSet::new(serving(container, service));
            if service.containers.contains(&0) {
                workload = workload.container(exporter());
            }
            cluster.runs(around(called(scaled(workload, service), service), service))
        }
        Kind::DaemonSet => {
            let mut workload = DaemonSet::new(serving(container, service));
            if service.containers.contains(&0) {
                workload = workload.container(exporter());
            }
            cluster.runs(around(called(workload, service), service))
        }
        Kind::Job => {
            let mut workload = Job::new(container);
            if service.containers.contains(&0) {
                workload = workload.container(helper(name!("helper")));
            }
            cluster.runs(around(workload, service))
        }
        Kind::CronJob => {
            let mut workload = CronJob::new(cron!("0 */6 * * *"), container);
            if service.containers.contains(&0) {
                workload = workload.container(helper(name!("helper")));
            }
            cluster.runs(around(workload, service))
        }
    }
}

fn serving<W: Workload>(container: EndingContainer<W>, service: &ServicePlan) -> ReadyContainer<W> {
    let mut container = container.serves(web::<W>());
    for port in &service.ports {
        container = match port {
            0 => container,
            1 => container.serves(api::<W>()),
            2 => container.serves(rpc::<W>()),
            _ => container.serves(raw::<W>()),
        };
    }
    if service.datagrams {
        container = container.serves(datagrams::<W>());
    }
    container.probes(Probes::http(web::<W>(), path!("/healthz")))
}

fn helper<W: Workload>(name: Name) -> EndingContainer<W> {
    W::container_named(name, IMAGE).resources(cpu!("5m"), memory!("16Mi")).scratch(path!("/tmp"))
}

fn exporter<W: Workload>() -> ReadyContainer<W> {
    let metrics: Port<W, Http> = port!(9464);
    helper(name!("exporter")).serves(metrics).probes(Probes::http(metrics, path!("/metrics")))
}

fn scaled<W: Workload, K: kind::Replicated>(workload: Service<W, K>, service: &ServicePlan) -> Service<W, K> {
    if service.autoscaled {
        workload.replicas(between(service.replicas, service.replicas + 2))
    } else {
        workload.replicas(service.replicas)
    }
}

/// The callers that are no services.
fn called<W: Workload, K: kind::Serving>(mut workload: Service<W, K>, service: &ServicePlan) -> Service<W, K> {
    if let Some(public) = service.exposed {
        let host = zone(W::NAMESPACE).host(W::NAME);
        workload = if public {
            workload.exposed(web::<W>(), host.public(because!("anybody may see it")))
        } else {
            workload.exposed(web::<W>(), host.for_audience(AUDIENCE))
        };
    }
    let (unmeshed, meshed) = service.scraped;
    if unmeshed {
        workload = workload.called_by(web::<W>(), SCRAPER.caller(name!("scraper")));
    }
    if meshed {
        workload = workload.called_by(web::<W>(), WATCHER.caller(name!("watcher")));
    }
    workload
}

fn around<W: Workload, K>(mut workload: Service<W, K>, service: &ServicePlan) -> Service<W, K> {
    if service.containers.contains(&1) {
        let probes = Probes::only_alive(exec(["/courier", "check"]));
        workload = workload.sidecar(helper(name!("courier")).probes(probes));
    }
    if service.containers.contains(&2) {
        workload = workload.init_container(helper(name!("prepare")));
    }
    for placement in &service.placement {
        workload = match placement {
            0 => workload.on_nodes(label!("kubernetes.io/arch", "amd64")),
            1 => workload.prefers_nodes(label!("example.com/disk", "fast")),
            2 => workload.tolerates(Taint::no_schedule(label!("example.com/edge", "yes"))),
            3 => workload.spread(Spread::OnePerNode),
            4 => workload.user_namespace(),
            5 => workload.host_alias(ip!("192.168.1.7"), host!("printer.example.org")).ndots(2),
            6 => workload.also_in_group(gid!(44)).grace_period(seconds!(90)),
            _ => workload.spread(Spread::ZonesStrictly),
        };
    }
    reaching(workload, service)
}
