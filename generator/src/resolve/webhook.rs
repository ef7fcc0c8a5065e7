//! Webhooks: each answered by a container that has its certificate, and asked about namespaces of this cluster.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::Said;
use casemate_dsl::view::{Operation, Protocol, ServedPort, Webhook, WebhookAt};

use super::finding::Findings;
use super::inbound;
use super::service::Resolved;
use crate::graph::{Facts, Id, WEBHOOK, WebhookNode, certificate_secret};

/// The longest time that the API server waits, and how long it does unless told otherwise. *Dynamic Admission Control: Timeouts*.
const LONGEST: u32 = 30;
const USUAL: u16 = 10;

/// The webhooks of all services, which get them.
pub(super) fn webhooks(findings: &mut Findings, facts: &Facts, services: &mut BTreeMap<Id, Resolved>) {
    let namespaces: BTreeSet<_> = services.keys().map(|id| id.namespace).collect();
    for (id, resolved) in services {
        let webhooks = std::mem::take(&mut resolved.webhooks);
        let first = webhooks.first().map(|said| said.at);
        let asked_at = webhooks.first().map(|said| said.what.port.number.number());
        if let Some(at) = first.filter(|_| resolved.service.ports.contains_key(&WEBHOOK)) {
            let wrong =
                format!("answers a webhook, which takes port {WEBHOOK} of its Service, and serves that port itself");
            findings.add(*id, at, wrong, "serve another port, `port!(9443)`: the API server asks for 443 all the same");
        }
        for Said { what: WebhookAt { port, webhook, seal: _ }, at } in webhooks {
            let ServedPort { number, protocol } = port;
            let port = number.number();
            if inbound::served(&resolved.service, port, protocol) != Some(Protocol::Tls) {
                let wrong = format!("answers a webhook on port {port}, which no container of it serves with TLS");
                findings.add(*id, at, wrong, "add `.serves(..)` of that port to the container that answers");
            }
            if asked_at != Some(port) {
                let wrong = "answers webhooks on two ports, and its Service has one for them";
                findings.add(*id, at, wrong, "answer them on one port, each on a path of its own");
            }
            let Webhook { mutates, path, about, namespaces: asked, refuses, timeout, seal: _ } = webhook;
            let timeout = findings
                .once(*id, "the timeout of a webhook", timeout)
                .map_or(u32::from(USUAL), |said| said.what.number());
            if timeout > LONGEST {
                let wrong =
                    format!("a webhook cannot answer within {timeout} seconds: the API server waits for {LONGEST}");
                findings.add(*id, at, wrong, "say at most 30: `.within(seconds!(10))`");
            }
            for namespace in asked.iter().filter(|namespace| !namespaces.contains(*namespace)) {
                let wrong = format!("answers a webhook about namespace {namespace}, in which no service runs");
                findings.add(*id, at, wrong, "name namespaces of services that this cluster runs");
            }
            let creates = about.iter().any(|about| about.operation == Operation::Create);
            if refuses && creates && asked.contains(&id.namespace) {
                let wrong = "refuses what is created in its own namespace while it is away, its own pods among it";
                findings.add(*id, at, wrong, "leave `.or_refused()` out, or run it in a namespace of its own");
            }
            resolved.service.webhooks.insert(WebhookNode {
                mutates,
                port,
                path,
                about: about.into_iter().collect(),
                namespaces: asked.into_iter().collect(),
                refuses,
                timeout,
            });
        }
        let shown = resolved.service.made.contains(&certificate_secret(*id));
        match first {
            Some(at) if facts.cert_manager.is_none() => {
                let wrong = "answers a webhook, and this cluster declares no cert-manager, which makes its certificate";
                let instead = "say where it runs, at the cluster: `.cert_manager(name!(\"cert-manager\"))`";
                findings.add(*id, at, wrong, instead);
            }
            Some(at) if !shown => {
                let instead = "mount it into the container that answers: `.webhook_certificate(path!(\"/certs\"))`";
                findings.add(*id, at, "answers a webhook, and no container of it has the certificate", instead);
            }
            None if shown => {
                let instead = "say what it is asked: `.webhook(PORT, Webhook::mutating(..))`";
                findings.add(*id, resolved.declared, "mounts the certificate of a webhook, and answers none", instead);
            }
            _ => {}
        }
    }
}
