//! Pods that services create while they run: each with an identity of its own, in the namespace of its creator.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::Said;
use casemate_dsl::view::{Protocol, RuntimePods, ServedPort};

use super::finding::Findings;
use super::outside;
use super::service::{Resolved, check_name};
use crate::graph::{Id, Kind, Placement, Pod, ServedPort as Port, Service};

/// Adds the pods that services create to them.
pub(super) fn add(findings: &mut Findings, services: &mut BTreeMap<Id, Resolved>) {
    let declared: Vec<(Id, Said<RuntimePods>)> = services
        .iter_mut()
        .flat_map(|(id, resolved)| std::mem::take(&mut resolved.creates).into_iter().map(|pods| (*id, pods)))
        .collect();
    for (by, Said { what, at }) in declared {
        let identity = what.identity.what;
        let id = Id { namespace: identity.namespace(), name: identity.name() };
        if id.namespace != by.namespace {
            let wrong = format!("creates pods as {id}, and a service creates pods in its own namespace only");
            findings.add(by, at, wrong, "give them its `NAMESPACE`");
        }
        if let Some(other) = services.get(&id) {
            let place = format!("{}:{}", other.declared.file(), other.declared.line());
            let wrong = format!("creates pods as {id}, which is declared at {place}");
            findings.add(by, at, wrong, "give the pods an identity of their own");
            continue;
        }
        check_name(findings, id, what.identity.at);
        services.insert(id, pods(findings, id, by, what));
    }
}

fn pods(findings: &mut Findings, id: Id, by: Id, declared: RuntimePods) -> Resolved {
    let RuntimePods { identity, ports: declared_ports, calls, callers, reaches, seal: _ } = declared;
    let mut ports = BTreeMap::new();
    let mut udp = BTreeSet::new();
    for Said { what: ServedPort { number, protocol }, at } in declared_ports {
        let number = number.number();
        let is_new = if protocol == Protocol::Udp {
            udp.insert(number)
        } else {
            ports.insert(number, Port { protocol, published: true }).is_none()
        };
        if !is_new {
            findings.add(id, at, format!("port {number} is served twice"), "serve it once");
        }
    }
    let reached: Vec<_> = reaches.into_iter().map(outside::reached).collect();
    let service = Service {
        id,
        kind: Kind::Created { by },
        revisions: None,
        placement: Placement::default(),
        pod: Pod::default(),
        ports,
        udp,
        claims: BTreeMap::new(),
        templates: BTreeMap::new(),
        items: BTreeSet::new(),
        webhooks: BTreeSet::new(),
        made: BTreeSet::new(),
        config: None,
        metrics: None,
        grants: BTreeSet::new(),
        offers: BTreeMap::new(),
        outside: reached.iter().map(|reached| reached.what).collect(),
    };
    Resolved {
        service,
        declared: identity.at,
        called: calls,
        callers,
        webhooks: Vec::new(),
        creates: Vec::new(),
        exposures: Vec::new(),
        namespace_claims: Vec::new(),
        reached,
        images: Vec::new(),
        needs: Vec::new(),
        metrics: None,
        offers: Vec::new(),
        neighbours: Vec::new(),
    }
}
