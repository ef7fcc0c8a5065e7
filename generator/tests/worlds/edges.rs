//! Who talks to whom: between services, with what they create, and with peers.

use std::collections::BTreeSet;

use casemate_oracle::{World, allowed_callers, allowed_datagrams, allowed_pairs, allowed_peers};

use crate::agreement::{Disagreement, compare};
use crate::identities::{created_id, id};
use crate::plan::{PORTS, Plan, ServicePlan};
use crate::{created, databases, perimeter, told, watched, webhooks};

/// The tunnel.
pub(crate) const CLOUDFLARED: &str = "cloudflared/cloudflared";

/// A call: caller, callee, port.
pub(crate) type Call = (String, String, u16);

/// The calls of services that a plan declares.
pub(crate) fn calls(plan: &Plan) -> BTreeSet<Call> {
    let of = |index: usize| id(plan.services[index].identity).to_owned();
    let mut calls = BTreeSet::new();
    for (caller, service) in plan.services.iter().enumerate() {
        calls.extend(service.calls.iter().map(|(callee, port)| (of(caller), of(*callee), PORTS[*port])));
        calls.extend(service.calls_created.iter().map(|callee| {
            let callee = created_id(plan.services[*callee].identity).to_owned();
            (of(caller), callee, created::PORT)
        }));
        if let Some(created) = &service.creates {
            let pods = created_id(service.identity);
            calls.extend(created.calls.iter().map(|callee| (pods.to_owned(), of(*callee), PORTS[0])));
        }
        calls.extend(perimeter::ports(service).into_iter().map(|port| (CLOUDFLARED.to_owned(), of(caller), port)));
    }
    calls
}

/// The ports that somebody without a proxy may call: whose, and which.
pub(crate) fn scraped(plan: &Plan) -> BTreeSet<(String, u16)> {
    let of_one = |service: &ServicePlan| {
        let own = service.scrapers().0.then(|| (id(service.identity).to_owned(), PORTS[0]));
        let created = service.creates.as_ref().filter(|created| created.scraped);
        let watched = watched::is_read(plan, service) && plan.watched.is_some_and(|watch| !watch.meshed);
        let metrics = watched.then(|| (id(service.identity).to_owned(), watched::METRICS));
        own.into_iter().chain(metrics).chain(created.map(|_| (created_id(service.identity).to_owned(), created::PORT)))
    };
    plan.services.iter().flat_map(of_one).collect()
}

/// The pairs that can talk. A port that lets somebody without a proxy in knows its callers by their addresses alone: whoever may call
/// another port of the same pods may call it, too.
fn declared_pairs(plan: &Plan) -> BTreeSet<Call> {
    let mut pairs = calls(plan);
    for (callee, port) in scraped(plan) {
        let callers = pairs.iter().filter(|(_, called, _)| *called == callee);
        let callers: Vec<_> = callers.map(|(caller, ..)| caller.clone()).collect();
        pairs.extend(callers.into_iter().map(|caller| (caller, callee.clone(), port)));
    }
    pairs
}

/// To whom a plan lets datagrams be sent.
fn declared_datagrams(plan: &Plan) -> BTreeSet<Call> {
    let of = |index: usize| id(plan.services[index].identity).to_owned();
    let of_one = |(caller, service): (usize, &ServicePlan)| {
        service.sends.iter().map(|callee| (of(caller), of(*callee), 53)).collect::<Vec<_>>()
    };
    plan.services.iter().enumerate().flat_map(of_one).collect()
}

/// Who else a plan lets in: namespace or address, callee, port on the wire.
fn declared_callers(plan: &Plan) -> BTreeSet<Call> {
    // The scraper that watches comes from elsewhere.
    let unmeshed = scraped(plan).into_iter().filter(|(_, port)| *port != watched::METRICS);
    let mut callers: BTreeSet<Call> = unmeshed.map(|(callee, port)| ("metrics".to_owned(), callee, port)).collect();
    for service in &plan.services {
        let id = id(service.identity);
        if service.scrapers().1 {
            callers.insert(("watch".to_owned(), id.to_owned(), 4143));
        }
        callers.extend(watched::scraper(plan, service).map(|(from, port)| (from.to_owned(), id.to_owned(), port)));
        if service.webhook.is_some() {
            callers.insert(("192.168.1.10/32".to_owned(), id.to_owned(), webhooks::PORT));
        }
    }
    callers
}

/// The peers that a plan declares, databases among them: caller, namespace, port on the wire.
fn declared_peers(plan: &Plan) -> BTreeSet<Call> {
    let mut peers = BTreeSet::new();
    let mut call = |caller: &str, peer: usize| {
        let (namespace, port) = told::reached(peer);
        peers.insert((caller.to_owned(), namespace.to_owned(), port));
    };
    for service in &plan.services {
        for peer in &service.peers {
            call(id(service.identity), *peer);
        }
        for peer in service.creates.iter().flat_map(|created| &created.peers) {
            call(created_id(service.identity), *peer);
        }
    }
    for peer in perimeter::exposed_peers(plan) {
        call(CLOUDFLARED, peer);
    }
    let telling = plan.services.iter().filter(|service| watched::sends(plan, service));
    let (namespace, port) = watched::collector();
    peers.extend(telling.map(|service| (id(service.identity).to_owned(), namespace.to_owned(), port)));
    peers.extend(databases::calls(plan).into_iter().map(|(caller, home)| (caller, home.to_owned(), 5432)));
    peers
}

/// Where the tree and the plan disagree.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    let callers = allowed_callers(world).into_iter().map(|from| (from.caller, from.callee, from.port)).collect();
    let peers = allowed_peers(world).into_iter().map(|peer| (peer.caller, peer.namespace, peer.port)).collect();
    [
        compare("pairs", &allowed_pairs(world), &declared_pairs(plan)),
        compare("datagrams", &allowed_datagrams(world), &declared_datagrams(plan)),
        compare("callers", &callers, &declared_callers(plan)),
        compare("peers", &peers, &declared_peers(plan)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
