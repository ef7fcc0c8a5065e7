//! Addresses of what services of random catalogues call: in variables, or in a config file that holds one in each line.

use std::collections::BTreeSet;

use casemate_dsl::prelude::*;
use casemate_oracle::World;
use serde_json::Value;

use crate::agreement::{Disagreement, compare, text};
use crate::databases::owner;
use crate::identities::{called, called_created, id, sent};
use crate::plan::{PORTS, Plan, ServicePlan};
use crate::{created, identities};

/// The container with the addresses of all that its service calls and sends datagrams to.
pub(crate) fn with<W: Workload>(
    mut container: EndingContainer<W>,
    plan: &Plan,
    service: &ServicePlan,
) -> EndingContainer<W> {
    let identity = |index: &usize| plan.services[*index].identity;
    let mut calls: Vec<Address> = service.calls.iter().map(|(callee, port)| called(identity(callee), *port)).collect();
    if service.by_template && !calls.is_empty() {
        let names = ["callee_0", "callee_1", "callee_2", "callee_3", "callee_4"];
        let lines = (0..calls.len()).map(|number| format!("CALLS_{number}={{{{ callee_{number} }}}}"));
        let file = template(String::leak(lines.collect::<Vec<_>>().join("\n")));
        let file = names.into_iter().zip(calls.drain(..)).fold(file, |file, (name, call)| file.with(name, call));
        container = container.config(path!("/etc/service/calls.env"), file);
    }
    let variables = [var!("CALLS_0"), var!("CALLS_1"), var!("CALLS_2"), var!("CALLS_3"), var!("CALLS_4")];
    for (variable, call) in variables.into_iter().zip(calls) {
        container = container.env(variable, call);
    }
    for (variable, callee) in [var!("SENDS_0"), var!("SENDS_1")].into_iter().zip(&service.sends) {
        container = container.env(variable, sent(identity(callee)));
    }
    for (variable, callee) in [var!("CREATED_0"), var!("CREATED_1")].into_iter().zip(&service.calls_created) {
        container = container.env(variable, called_created(identity(callee)));
    }
    container
}

/// An address: who has it, whether in a config file, its name and itself.
type Held = (String, bool, String, String);

/// The host of an identity within the cluster.
pub(crate) fn host(id: &str) -> String {
    let (namespace, name) = id.split_once('/').expect("an id has a slash");
    format!("{name}.{namespace}.svc.cluster.local")
}

fn declared(plan: &Plan) -> BTreeSet<Held> {
    let mut held = BTreeSet::new();
    for service in &plan.services {
        let mut add = |in_file: bool, kind: &str, number: usize, address: String| {
            held.insert((id(service.identity).to_owned(), in_file, format!("{kind}_{number}"), address));
        };
        for (number, (callee, port)) in service.calls.iter().enumerate() {
            let scheme = match port {
                0 | 1 => "http://",
                2 => "",
                _ => "raw://",
            };
            let host = host(id(plan.services[*callee].identity));
            add(service.by_template, "CALLS", number, format!("{scheme}{host}:{}", PORTS[*port]));
        }
        for (number, callee) in service.sends.iter().enumerate() {
            add(false, "SENDS", number, format!("{}:53", host(id(plan.services[*callee].identity))));
        }
        for (number, callee) in service.calls_created.iter().enumerate() {
            let host = host(identities::created_id(plan.services[*callee].identity));
            add(false, "CREATED", number, format!("http://{host}:{}", created::PORT));
        }
    }
    held
}

fn rendered(world: &World) -> BTreeSet<Held> {
    let is_address = |name: &str| ["CALLS_", "SENDS_", "CREATED_"].iter().any(|kind| name.starts_with(kind));
    let mut held = BTreeSet::new();
    for document in world.documents() {
        let owner = owner(document);
        if document.kind == "ConfigMap" {
            let files = document.value["data"].as_object().into_iter().flatten();
            let lines = files.filter_map(|(_, file)| file.as_str()).flat_map(str::lines);
            let named = lines.filter_map(|line| line.split_once('=')).filter(|(name, _)| is_address(name));
            held.extend(named.map(|(name, address)| (owner.clone(), true, name.to_owned(), address.to_owned())));
            continue;
        }
        let spec = &document.value["spec"];
        for pod in [&spec["template"]["spec"], &spec["jobTemplate"]["spec"]["template"]["spec"]] {
            let containers = pod["containers"].as_array().into_iter().flatten();
            let variables = containers.flat_map(|container| container["env"].as_array().into_iter().flatten());
            let named = variables.filter(|variable| variable["name"].as_str().is_some_and(is_address));
            let of = |variable: &Value| (owner.clone(), false, text(&variable["name"]), text(&variable["value"]));
            held.extend(named.map(of));
        }
    }
    held
}

/// Where the tree and the plan disagree.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    compare("addresses", &rendered(world), &declared(plan)).into_iter().collect()
}
