//! The containers of one pod: their names, their ports, and what the injector would take them for.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{self, Protocol};
use casemate_dsl::word::Image;

use super::container;
use super::finding::Findings;
use super::mount::{self, Context};
use crate::graph::{Container, Grant, Id, InitContainer, Metrics, ServedPort};

/// Names of containers that mean something else to Linkerd's injector: what.
const RESERVED: &[(&str, &str)] = &[
    // *linkerd2, pkg/healthcheck/sidecar.go*: the injector passes over a pod with a container of such a name.
    ("contour", "a proxy to Linkerd, which would leave its pods outside of the mesh"),
    ("envoy", "a proxy to Linkerd, which would leave its pods outside of the mesh"),
    ("istio-proxy", "a proxy to Linkerd, which would leave its pods outside of the mesh"),
    ("linkerd-proxy", "a proxy to Linkerd, which would leave its pods outside of the mesh"),
    // The names of the other containers that the injector adds.
    ("linkerd-init", "a container that Linkerd adds to the pods"),
    ("linkerd-network-validator", "a container that Linkerd adds to the pods"),
];

/// Images by which Linkerd's injector knows a proxy: it passes over a pod that runs one. *linkerd2, pkg/healthcheck/sidecar.go*.
const PROXIES: &[&str] = &[
    "cr.l5d.io/linkerd/proxy:",
    "docker.io/envoyproxy/envoy-alpine:",
    "gcr.io/heptio-images/contour:",
    "gcr.io/istio-release/proxyv2:",
    "gcr.io/linkerd-io/proxy:",
];

/// All containers of a pod, with what they serve and may do.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) containers: Vec<Container>,
    pub(super) init_containers: Vec<InitContainer>,
    pub(super) ports: BTreeMap<u16, ServedPort>,
    pub(super) udp: BTreeSet<u16>,
    pub(super) needs: Vec<Said<Grant>>,
    pub(super) images: Vec<Said<Image>>,
    pub(super) metrics: Vec<Said<Metrics>>,
}

/// How long a container runs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Life {
    /// As long as its pod.
    Stays,
    /// To its end, which is the pod's, too.
    Ends,
    /// To its end, before the others start.
    Begins,
}

/// The containers of a service. `ends` says whether its pods run to their end.
pub(super) fn containers(
    findings: &mut Findings,
    context: Context<'_>,
    declared_at: Place,
    ends: bool,
    (containers, init_containers): (Vec<view::Container>, Vec<view::InitContainer>),
    mounts: &mut mount::Gathered,
) -> Gathered {
    // A vector that grows by itself has room for four, and containers are large.
    let gathered = Gathered { containers: Vec::with_capacity(containers.len()), ..Gathered::default() };
    let mut walk = Walk { findings, context, declared_at, names: BTreeMap::new(), mounts, gathered };
    let life = if ends { Life::Ends } else { Life::Stays };
    for declared in containers {
        let container = walk.container(life, declared);
        walk.gathered.containers.push(container);
    }
    for declared in init_containers {
        let init = match declared {
            view::InitContainer::RunsToItsEnd(declared) => {
                InitContainer::RunsToItsEnd(walk.container(Life::Begins, declared))
            }
            view::InitContainer::Sidecar(declared) => InitContainer::Sidecar(walk.container(Life::Stays, declared)),
        };
        walk.gathered.init_containers.push(init);
    }
    walk.gathered
}

/// A walk over the containers of a pod, with what it has gathered.
struct Walk<'a> {
    findings: &'a mut Findings,
    context: Context<'a>,
    declared_at: Place,
    names: BTreeMap<String, Place>,
    mounts: &'a mut mount::Gathered,
    gathered: Gathered,
}

impl Walk<'_> {
    fn container(&mut self, life: Life, declared: view::Container) -> Container {
        let Self { findings, context, declared_at, names, mounts, gathered } = self;
        let (context, declared_at) = (*context, *declared_at);
        let id = context.id;
        let named_at = declared.name.as_ref().map(|said| said.at);
        let image_at = declared.image.at;
        let pre_stop_at = declared.pre_stop.0.first().map(|said| said.at);
        let container::Resolved { container, ports, grants, image, metrics } =
            container::container(findings, context, declared, mounts);

        check_name(findings, id, &container.name, named_at, declared_at);
        if let Some(first) = names.insert(container.name.clone(), named_at.unwrap_or(image_at)) {
            let wrong = format!(
                "two containers are named `{}`, the other at {}:{}",
                container.name,
                first.file(),
                first.line()
            );
            let instead =
                "begin the second one with a name of its own: `Ledger::container_named(name!(\"exporter\"), IMAGE)`";
            findings.add(id, named_at.unwrap_or(image_at), wrong, instead);
        }
        if let (Life::Begins, Some(at)) = (life, pre_stop_at) {
            let wrong = "an init container ends before the others start, and is not told to end";
            findings.add(id, at, wrong, "leave it out, or let the container stay: `.sidecar(..)`");
        }
        for (number, protocol, at) in ports {
            match life {
                Life::Stays => {}
                Life::Ends => {
                    let wrong = format!(
                        "a workload that runs to its end serves port {number}, and is not there most of the time"
                    );
                    let instead = "serve it from a Deployment; what the run makes can lie in a shared claim";
                    findings.add(id, at, wrong, instead);
                }
                Life::Begins => {
                    let wrong =
                        format!("an init container serves port {number}, and has ended when its pod takes calls");
                    findings.add(
                        id,
                        at,
                        wrong,
                        "serve it from a container that stays, or make this one a `.sidecar(..)`",
                    );
                }
            }
            let taken = if protocol == Protocol::Udp {
                !gathered.udp.insert(number)
            } else {
                gathered.ports.insert(number, ServedPort { protocol, published: true }).is_some()
            };
            if taken {
                let wrong = format!("two containers of one pod serve port {number}, which only one of them can have");
                findings.add(id, at, wrong, "give one of them another port");
            }
        }
        gathered.needs.extend(grants);
        gathered.metrics.extend(metrics);
        if PROXIES.iter().any(|proxy| image.what.as_str().starts_with(proxy)) {
            let wrong = format!(
                "Linkerd takes {} for a proxy, and would leave its pods outside of the mesh",
                image.what.as_str()
            );
            findings.add(id, image.at, wrong, "run it under another repository, or another image");
        }
        gathered.images.push(image);
        container
    }
}

fn check_name(findings: &mut Findings, id: Id, name: &str, named_at: Option<Place>, declared_at: Place) {
    let Some((_, meaning)) = RESERVED.iter().find(|(reserved, _)| *reserved == name) else { return };
    match named_at {
        Some(at) => findings.add(id, at, format!("`{name}` names {meaning}"), "give the container another name"),
        None => findings.add(id, declared_at, format!("`{name}` names {meaning}"), "choose another `NAME`"),
    }
}
