//! What identities of random catalogues may do with the Kubernetes API.

use std::collections::BTreeSet;

use casemate_dsl::prelude::*;
use casemate_oracle::{Right, World, allowed_rights};

use crate::agreement::{Disagreement, compare};
use crate::identities::id;
use crate::plan::{Plan, ServicePlan};

/// How many rights there are to choose from.
pub(crate) const RIGHTS: usize = 8;

/// Those that a world has to have said: resources of one's own, which only one service has, and an object by its name.
pub(crate) const OWN: usize = 5;
pub(crate) const NAMED: usize = 2;

/// The container with its needs of the API.
pub(crate) fn with<W: Workload>(mut container: EndingContainer<W>, service: &ServicePlan) -> EndingContainer<W> {
    if service.reads_nodes {
        container = container.may(api::NODES.read_everywhere(because!("it shows the nodes of the cluster")));
    }
    if service.reads_config_maps {
        container = container.may(api::CONFIG_MAPS.read()).may(api::LEASES.manage());
    }
    if service.creates.as_ref().is_some_and(|created| created.runs) {
        container = container.may(api::JOBS.run(because!("each copy is a job of its own")));
    }
    for right in &service.rights {
        container = match *right {
            0 => container.may(api::PODS.read()),
            1 => container.may(api::EVENTS.manage()),
            NAMED => container.may(api::CONFIG_MAPS.named(name!("state")).manage()),
            3 => container.may(
                api::custom!("argoproj.io", "applications").read_everywhere(because!("it lists what is deployed")),
            ),
            4 => container.may(
                api::custom!("caches.example.com", "modelcaches").manage(because!("it asks for caches of models")),
            ),
            OWN => container.may(api::own!("widgets.example.org", "widgets").manage()),
            6 => container.may(api::NODE_METRICS.read_everywhere(because!("it shows how busy the nodes are"))),
            _ => container.may(api::DEPLOYMENTS.read()),
        };
    }
    container
}

const READ: &[&str] = &["get", "list", "watch"];
const MANAGE: &[&str] = &["get", "list", "watch", "create", "update", "patch", "delete"];
const RUN: &[&str] = &["get", "list", "watch", "create", "delete"];
const KEEP: &[&str] = &["get", "update", "patch"];

/// What is granted: whether in the whole cluster, API group, resource, the name of one object, and verbs.
type Granted = (bool, &'static str, &'static str, Option<&'static str>, &'static [&'static str]);

fn granted(service: &ServicePlan) -> Vec<Granted> {
    let mut granted: Vec<Granted> = Vec::new();
    if service.reads_nodes {
        granted.push((true, "", "nodes", None, READ));
    }
    if service.reads_config_maps {
        granted.extend([(false, "", "configmaps", None, READ), (false, "coordination.k8s.io", "leases", None, MANAGE)]);
    }
    if service.creates.as_ref().is_some_and(|created| created.runs) {
        granted.push((false, "batch", "jobs", None, RUN));
    }
    for right in &service.rights {
        match *right {
            0 => granted.push((false, "", "pods", None, READ)),
            1 => granted.push((false, "events.k8s.io", "events", None, MANAGE)),
            // What does not exist yet has no name by which a right could be confined.
            NAMED => granted.extend([
                (false, "", "configmaps", None, &["create"][..]),
                (false, "", "configmaps", Some("state"), KEEP),
            ]),
            3 => granted.push((true, "argoproj.io", "applications", None, READ)),
            4 => granted.push((false, "caches.example.com", "modelcaches", None, MANAGE)),
            OWN => granted.extend([
                (false, "widgets.example.org", "widgets", None, MANAGE),
                (false, "widgets.example.org", "widgets/status", None, KEEP),
                (false, "widgets.example.org", "widgets/finalizers", None, &["update"][..]),
            ]),
            6 => granted.push((true, "metrics.k8s.io", "nodes", None, READ)),
            _ => granted.push((false, "apps", "deployments", None, READ)),
        }
    }
    granted
}

fn declared(plan: &Plan) -> BTreeSet<Right> {
    let mut rights = BTreeSet::new();
    for service in &plan.services {
        let subject = id(service.identity);
        let home = subject.split_once('/').map(|(namespace, _)| namespace.to_owned());
        for (everywhere, group, resource, name, verbs) in granted(service) {
            rights.extend(verbs.iter().map(|verb| Right {
                subject: subject.to_owned(),
                within: home.clone().filter(|_| !everywhere),
                group: group.to_owned(),
                resource: resource.to_owned(),
                name: name.map(str::to_owned),
                verb: (*verb).to_owned(),
            }));
        }
    }
    rights
}

/// Where the tree and the plan disagree.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    compare("rights", &allowed_rights(world), &declared(plan)).into_iter().collect()
}
