//! Containers: ports, environment, command and what is mounted.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{self, Protocol, Resources, ServedPort};
use casemate_dsl::word::Image;

use super::finding::Findings;
use super::mount::{Context, Gathered};
use super::{access, credential, environment, mount, observability, probe, settings};
use crate::graph::{self, Container, Grant, Metrics};

/// The digest that no image has: it marks the ones whose digest is not known.
pub(crate) const PLACEHOLDER_DIGEST: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

/// An image with its digest, or with the marked placeholder.
pub(crate) fn pinned(image: Image) -> String {
    if image.awaits_digest() {
        format!("{image_text}@{PLACEHOLDER_DIGEST}", image_text = image.as_str())
    } else {
        image.as_str().to_owned()
    }
}

/// What resolving a container gives beside the container itself.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) container: Container,
    pub(super) ports: Vec<(u16, Protocol, Place)>,
    pub(super) grants: Vec<Said<Grant>>,
    pub(super) image: Said<Image>,
    pub(super) metrics: Vec<Said<Metrics>>,
}

/// One container of a service.
pub(super) fn container(
    findings: &mut Findings,
    context: Context<'_>,
    declared: view::Container,
    gathered: &mut Gathered,
) -> Resolved {
    let view::Container {
        name,
        image,
        resources,
        cpu_limit,
        memory_limit,
        probes,
        ports,
        env,
        command,
        args,
        working_dir,
        pre_stop,
        ephemeral_storage,
        devices,
        user,
        group,
        mounts,
        needs,
        metrics,
        telemetry,
        seal: _,
    } = declared;
    let context = Context { container: name.as_ref().map(|said| said.what), ..context };
    let id = context.id;
    let Resources { cpu, memory, seal: _ } = resources;

    let placed = served(findings, id, ports);
    let is_udp = |(_, protocol, _): &&(u16, Protocol, Place)| *protocol == Protocol::Udp;
    let udp: BTreeSet<u16> = placed.iter().filter(is_udp).map(|(number, ..)| *number).collect();
    let served: BTreeMap<u16, Protocol> =
        placed.iter().filter(|port| !is_udp(port)).map(|(number, protocol, _)| (*number, *protocol)).collect();

    let (probes, unprobed) =
        probes.map_or((None, None), |declared| probe::probes(findings, id, &served, !udp.is_empty(), declared));
    let telemetry = findings.once(id, "how it sends telemetry", telemetry);
    let env = environment::environment(findings, context, env, telemetry, !cpu_limit.0.is_empty(), gathered);
    let metrics = observability::metrics(findings, id, &served, metrics);
    let command = settings::words(findings, id, "the command", command);
    let args = settings::words(findings, id, "the list of arguments", args);
    if let Some((words, at)) = &command {
        if words.first().is_some_and(String::is_empty) {
            findings.add(id, at, "the command begins with an empty word", "name the program first");
        }
        check_arguments(findings, id, "the command", words, at);
    }
    if let Some((words, at)) = &args {
        check_arguments(findings, id, "the arguments", words, at);
    }
    let (user, group) = settings::ids(findings, id, user, group);
    let memory_limit = settings::memory_limit(findings, id, memory, memory_limit);
    let grants: Vec<Said<Grant>> = needs.into_iter().map(access::grant).collect();
    let mounts = mount::mounts(findings, context, mounts, memory_limit, !grants.is_empty(), gathered);

    let container = Container {
        name: name.map_or(id.name, |said| said.what).to_string(),
        image: pinned(image.what),
        command: command.map(|(words, _)| words),
        args: args.map(|(words, _)| words),
        working_dir: findings.once(id, "the working directory", working_dir).map(|said| said.what),
        pre_stop: settings::pre_stop(findings, id, pre_stop),
        env,
        ports: served,
        udp,
        cpu,
        memory,
        cpu_limit: settings::cpu_limit(findings, id, cpu, cpu_limit),
        memory_limit,
        ephemeral_storage: findings.once(id, "the ephemeral storage", ephemeral_storage).map(|said| said.what),
        devices: settings::devices(findings, id, devices),
        user,
        group,
        probes,
        unprobed,
        mounts,
    };
    Resolved { container, ports: placed, grants, image, metrics }
}

/// The ports in the order of the declaration, each once.
fn served(findings: &mut Findings, id: graph::Id, ports: Vec<Said<ServedPort>>) -> Vec<(u16, Protocol, Place)> {
    let mut served: Vec<(u16, Protocol, Place)> = Vec::new();
    for Said { what: ServedPort { number, protocol }, at } in ports {
        let number = number.number();
        let over = |protocol: Protocol| protocol == Protocol::Udp;
        match served.iter().find(|(other, with, _)| *other == number && over(*with) == over(protocol)) {
            None => served.push((number, protocol, at)),
            Some((_, other, first)) => {
                let place = format!("{}:{}", first.file(), first.line());
                let (wrong, instead) = if *other == protocol {
                    (format!("port {number} is served twice, first at {place}"), "serve it once")
                } else {
                    let wrong = format!("port {number} is served with two protocols, first at {place}");
                    (wrong, "give one of the two ports another number")
                };
                findings.add(id, at, wrong, instead);
            }
        }
    }
    served
}

/// No word of a command may hold a credential; `whose` says which command.
pub(super) fn check_arguments(findings: &mut Findings, id: graph::Id, whose: &str, words: &[String], at: Place) {
    let instead = "set a variable from 1Password, and name it here: `--password=$(DB_PASSWORD)`";
    for (index, word) in words.iter().enumerate() {
        if let Some(what) = credential::in_argument(word) {
            let wrong = format!("word {} of {whose} holds what looks like {what}, which would stand in Git", index + 1);
            findings.add(id, at, wrong, instead);
        }
        if credential::is_telling_flag(word)
            && let Some(next) = words.get(index + 1)
            && !next.starts_with('-')
            && credential::is_literal(next)
        {
            let wrong = format!("`{word}` in {whose} is followed by a literal, which would stand in Git");
            findings.add(id, at, wrong, instead);
        }
    }
}
