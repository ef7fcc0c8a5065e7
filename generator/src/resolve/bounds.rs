//! Bounds: what a namespace may use, and whether what is declared fits in.

use std::collections::BTreeMap;

use casemate_dsl::said::{Place, Said, Setting};
use casemate_dsl::view::{self, Bound, BoundNamespace};
use casemate_dsl::word::{Memory, Namespace};

use super::Namespaces;
use super::finding::Findings;
use crate::graph::{ClaimNode, Container, Facts, Id, InitContainer, Kind, Pod, Quota, Service};

/// Adds the bounds that a cluster says to its namespaces.
pub(super) fn bound(
    findings: &mut Findings,
    facts: &Facts,
    whose: &str,
    namespaces: &mut Namespaces,
    services: &BTreeMap<Id, Service>,
    said: Vec<Said<BoundNamespace>>,
) {
    let mut quotas: BTreeMap<Namespace, Place> = BTreeMap::new();
    let mut limits: BTreeMap<Namespace, Place> = BTreeMap::new();
    for Said { what: BoundNamespace { namespace, bound, seal: _ }, at } in said {
        let Some(node) = namespaces.get_mut(&namespace) else {
            let wrong = format!("bounds namespace {namespace}, in which nothing runs");
            findings.add(whose, at, wrong, "bound a namespace in which a service runs, or leave it out");
            continue;
        };
        let said_before = match &bound {
            Bound::Quota(_) => quotas.insert(namespace, at),
            Bound::Containers(_) => limits.insert(namespace, at),
        };
        if let Some(first) = said_before {
            let wrong = format!("namespace {namespace} is bounded twice, first at {}:{}", first.file(), first.line());
            findings.add(whose, at, wrong, "say everything in one `Quota::new()`, or one `ContainerLimits::new()`");
        }
        match bound {
            Bound::Quota(declared) => node.quota = Some(quota(findings, whose, at, declared)),
            Bound::Containers(view::ContainerLimits { memory, seal: _ }) => {
                node.container_memory = findings.once(whose, "the memory of a container", memory).map(|said| said.what);
                if node.container_memory.is_none() {
                    findings.add(whose, at, "these limits bound nothing", "say `.memory(memory!(\"8Gi\"))`");
                }
            }
        }
    }
    for (namespace, at) in &quotas {
        let Some(node) = namespaces.get(namespace) else { continue };
        if let Some(quota) = node.quota {
            let used = || services.values().filter(|service| service.id.namespace == *namespace);
            check_quota(findings, facts, *namespace, at, quota, used());
            check_claims(findings, *namespace, at, quota, node.claims.values().copied(), used());
        }
    }
    for (namespace, at) in &limits {
        if let Some(most) = namespaces.get(namespace).and_then(|node| node.container_memory) {
            let used = services.values().filter(|service| service.id.namespace == *namespace);
            check_containers(findings, facts, *namespace, at, most, used);
        }
    }
}

fn quota(findings: &mut Findings, whose: &str, at: Place, declared: view::Quota) -> Quota {
    let view::Quota { pods, cpu, memory, memory_limit, storage, claims, seal: _ } = declared;
    let quota = Quota {
        pods: once(findings, whose, "the quota's number of pods", pods),
        cpu: once(findings, whose, "the quota's cpu", cpu),
        memory: once(findings, whose, "the quota's memory", memory),
        memory_limit: once(findings, whose, "the quota's memory limit", memory_limit),
        storage: once(findings, whose, "the quota's storage", storage),
        claims: once(findings, whose, "the quota's number of claims", claims),
    };
    let Quota { pods, cpu, memory, memory_limit, storage, claims } = quota;
    if pods.is_none()
        && cpu.is_none()
        && memory.is_none()
        && memory_limit.is_none()
        && storage.is_none()
        && claims.is_none()
    {
        findings.add(whose, at, "this quota bounds nothing", "say `.pods(15)`, for instance");
    }
    quota
}

fn once<T>(findings: &mut Findings, whose: &str, what: &str, said: Setting<T>) -> Option<T> {
    findings.once(whose, what, said).map(|said| said.what)
}

/// What the pods of a service request together while all of them run.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    pods: u64,
    cpu: u64,
    memory: u64,
    memory_limit: u64,
}

/// What is declared has to fit: Kubernetes would leave pods out without a word.
fn check_quota<'a>(
    findings: &mut Findings,
    facts: &Facts,
    namespace: Namespace,
    at: Place,
    quota: Quota,
    services: impl Iterator<Item = &'a Service>,
) {
    let mut sum = Sum::default();
    for service in services {
        let pods = u64::from(match service.kind {
            Kind::Deployment { scale, .. } | Kind::StatefulSet { scale, .. } => scale.most(),
            Kind::DaemonSet { .. } => facts.kubernetes.nodes,
            Kind::Job { run } | Kind::CronJob { run, .. } => run.parallelism.unwrap_or(1),
            // How many, and how large, nobody knows.
            Kind::Created { by: _ } => 0,
        });
        let Sum { pods: _, cpu, memory, memory_limit } = of_pod(facts, &service.pod);
        sum.pods += pods;
        sum.cpu += pods * cpu;
        sum.memory += pods * memory;
        sum.memory_limit += pods * memory_limit;
    }
    let Quota { pods, cpu, memory, memory_limit, storage: _, claims: _ } = quota;
    let whose = format!("namespace {namespace}");
    let mut over = |what: &str, used: u64, most: Option<u64>, text: fn(u64) -> String| {
        if let Some(most) = most.filter(|most| used > *most) {
            let wrong = format!(
                "its services take {} {what} when all of them run, with their proxies, and the quota is {}",
                text(used),
                text(most)
            );
            findings.add(&whose, at, wrong, "raise the quota, or lower what the services request");
        }
    };
    let millis = |millis: u64| format!("{millis}m");
    over("pods", sum.pods, pods.map(u64::from), |pods| pods.to_string());
    over("of cpu", sum.cpu, cpu.map(casemate_dsl::word::Cpu::millis), millis);
    over("of memory", sum.memory, memory.map(Memory::bytes), mebibytes);
    over("of memory limits", sum.memory_limit, memory_limit.map(Memory::bytes), mebibytes);
}

/// Claims have to fit, too: one that does not is never bound, and its pod waits for it.
fn check_claims<'a>(
    findings: &mut Findings,
    namespace: Namespace,
    at: Place,
    quota: Quota,
    shared: impl Iterator<Item = ClaimNode>,
    services: impl Iterator<Item = &'a Service>,
) {
    let mut sizes: Vec<u64> = shared.map(|claim| claim.size.bytes()).collect();
    for service in services {
        let pods = match service.kind {
            Kind::StatefulSet { scale, .. } => usize::from(scale.most()),
            // Only the pods of a StatefulSet have claims of their own.
            Kind::Deployment { .. }
            | Kind::DaemonSet { .. }
            | Kind::Job { .. }
            | Kind::CronJob { .. }
            | Kind::Created { by: _ } => 0,
        };
        sizes.extend(service.claims.values().map(|claim| claim.size.bytes()));
        for template in service.templates.values() {
            sizes.extend(std::iter::repeat_n(template.size.bytes(), pods));
        }
    }
    let Quota { pods: _, cpu: _, memory: _, memory_limit: _, storage, claims } = quota;
    let whose = format!("namespace {namespace}");
    let mut over = |what: &str, used: String, most: String| {
        let wrong = format!("its services claim {used}{what}, and the quota is {most}");
        findings.add(&whose, at, wrong, "raise the quota, or lower what the services claim");
    };
    if let Some(most) = claims.filter(|most| sizes.len() > usize::from(*most)) {
        over(" volumes", sizes.len().to_string(), most.to_string());
    }
    let sum: u64 = sizes.iter().sum();
    if let Some(most) = storage.filter(|most| sum > most.bytes()) {
        over(" of storage", mebibytes(sum), most.to_string());
    }
}

/// As a declaration would say it, where it could.
fn mebibytes(bytes: u64) -> String {
    const MEBIBYTE: u64 = 1024 * 1024;
    if bytes.is_multiple_of(MEBIBYTE) { format!("{}Mi", bytes / MEBIBYTE) } else { format!("{bytes} bytes") }
}

/// What one pod requests: its containers, its sidecars and the proxy together, or an init container that takes more.
fn of_pod(facts: &Facts, pod: &Pod) -> Sum {
    let proxy = facts.linkerd.proxy_resources;
    let mut staying = Sum {
        pods: 1,
        cpu: proxy.cpu.millis(),
        memory: proxy.memory.bytes(),
        memory_limit: proxy.memory_limit.bytes(),
    };
    let mut add = |container: &Container| {
        staying.cpu += container.cpu.millis();
        staying.memory += container.memory.bytes();
        staying.memory_limit += container.memory_limit.bytes();
    };
    pod.containers.iter().for_each(&mut add);
    for init in &pod.init_containers {
        if let InitContainer::Sidecar(container) = init {
            add(container);
        }
    }
    for init in &pod.init_containers {
        if let InitContainer::RunsToItsEnd(container) = init {
            staying.cpu = staying.cpu.max(container.cpu.millis());
            staying.memory = staying.memory.max(container.memory.bytes());
            staying.memory_limit = staying.memory_limit.max(container.memory_limit.bytes());
        }
    }
    staying
}

fn check_containers<'a>(
    findings: &mut Findings,
    facts: &Facts,
    namespace: Namespace,
    at: Place,
    most: Memory,
    services: impl Iterator<Item = &'a Service>,
) {
    let whose = format!("namespace {namespace}");
    let instead = "raise the limit of the namespace, or lower the container's";
    if facts.linkerd.proxy_resources.memory_limit.bytes() > most.bytes() {
        findings.add(
            &whose,
            at,
            format!("Linkerd's proxy may use more memory than the {most} of a container"),
            instead,
        );
    }
    for service in services {
        for container in service.pod.each_container() {
            if container.memory_limit.bytes() > most.bytes() {
                let wrong = format!(
                    "container {} of {} may use {} of memory, and a container at most {most}",
                    container.name, service.id.name, container.memory_limit
                );
                findings.add(&whose, at, wrong, instead);
            }
        }
    }
}
