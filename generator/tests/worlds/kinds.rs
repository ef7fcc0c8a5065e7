//! What kinds of workloads a random catalogue has, with which containers, and where they run.

use casemate_dsl::prelude::*;
use casemate_dsl::{Service, kind};

use crate::catalogue::{self, IMAGE, api, raw, reaching, rpc, web};
use crate::plan::{Kind, Plan, ServicePlan};
use crate::{created, perimeter, told, webhooks};

/// How many other containers there are to choose from.
pub(crate) const CONTAINERS: usize = 3;

/// How many things there are to say about nodes and neighbours.
pub(crate) const PLACEMENTS: usize = 8;

/// The UDP port of an identity, which needs a word to its kernel.
pub(crate) fn datagrams<W: Workload>() -> Port<W, Udp> {
    low_port!(53)
}

/// The cluster with a service of the identity `W`, which creates pods of the identity `C`.
pub(crate) fn run<W: Workload, C: Workload>(cluster: Cluster, plan: &Plan, service: &ServicePlan) -> Cluster {
    let container = catalogue::container::<W>(plan, service);
    match service.kind {
        Kind::Deployment => {
            let mut workload = Deployment::new(serving(container, service));
            if service.containers.contains(&0) {
                workload = workload.container(exporter(service));
            }
            cluster.runs(around::<W, C, _>(called(scaled(workload, service), service), plan, service))
        }
        Kind::StatefulSet => {
            let mut workload = StatefulSet::new(serving(container, service));
            if service.containers.contains(&0) {
                workload = workload.container(exporter(service));
            }
            cluster.runs(around::<W, C, _>(called(scaled(workload, service), service), plan, service))
        }
        Kind::DaemonSet => {
            let mut workload = DaemonSet::new(serving(container, service));
            if service.containers.contains(&0) {
                workload = workload.container(exporter(service));
            }
            cluster.runs(around::<W, C, _>(called(workload, service), plan, service))
        }
        Kind::Job => {
            let mut workload = Job::new(container);
            if service.containers.contains(&0) {
                workload = workload.container(helper(name!("helper")));
            }
            cluster.runs(around::<W, C, _>(workload, plan, service))
        }
        Kind::CronJob => {
            let mut workload = CronJob::new(cron!("0 */6 * * *"), container);
            if service.containers.contains(&0) {
                workload = workload.container(helper(name!("helper")));
            }
            cluster.runs(around::<W, C, _>(workload, plan, service))
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

fn exporter<W: Workload>(service: &ServicePlan) -> ReadyContainer<W> {
    let metrics: Port<W, Http> = port!(9464);
    let exporter = helper(name!("exporter")).serves(metrics).probes(Probes::http(metrics, path!("/metrics")));
    if service.metrics { exporter.metrics(metrics, path!("/metrics")) } else { exporter }
}

fn scaled<W: Workload, K: kind::Replicated>(workload: Service<W, K>, service: &ServicePlan) -> Service<W, K> {
    if service.autoscaled {
        workload.replicas(between(service.replicas, service.replicas + 2))
    } else {
        workload.replicas(service.replicas)
    }
}

/// The callers that are no services: the tunnel, the API server, and peers.
fn called<W: Workload, K: kind::Serving>(mut workload: Service<W, K>, service: &ServicePlan) -> Service<W, K> {
    workload = perimeter::exposed(workload, service);
    if let Some(webhook) = &service.webhook {
        workload = workload.webhook(webhooks::hook::<W>(), webhooks::webhook(webhook));
    }
    let (unmeshed, meshed) = service.scraped;
    if unmeshed {
        workload = workload.called_by(web::<W>(), told::SCRAPER);
    }
    if meshed {
        workload = workload.called_by(web::<W>(), told::WATCHER);
    }
    workload
}

fn around<W: Workload, C: Workload, K>(
    mut workload: Service<W, K>,
    plan: &Plan,
    service: &ServicePlan,
) -> Service<W, K> {
    if let Some(created) = &service.creates {
        workload = workload.creates(created::pods::<C>(plan, service, created));
    }
    if service.containers.contains(&1) {
        let probes = Probes::only_alive(exec(["/courier", "check"]));
        workload = workload.sidecar(helper(name!("courier")).probes(probes));
    }
    if service.containers.contains(&2) {
        workload = workload.init_container(helper(name!("prepare")));
    }
    for placement in &service.placement {
        workload = match placement {
            0 => workload.on_nodes(node_label!("kubernetes.io/arch", "amd64")),
            1 => workload.prefers_nodes(node_label!("example.com/disk", "fast")),
            2 => workload.tolerates(Taint::no_schedule(node_label!("example.com/edge", "yes"))),
            3 => workload.spread(Spread::OnePerNode),
            4 => workload.user_namespace(),
            5 => workload.host_alias(ip!("192.168.1.7"), host!("printer.example.org")).ndots(2),
            6 => workload.also_in_group(gid!(44)).grace_period(seconds!(90)),
            _ => workload.spread(Spread::ZonesStrictly),
        };
    }
    reaching(workload, plan, service)
}
