//! Webhooks that the API server calls, and the certificates that they show it.

use serde_json::Value;

use super::CrossRule;
use crate::field::{at, list, number, pairs, text, texts};
use crate::scene::{Findings, Scene};
use crate::selector::selects;
use crate::traffic::{Direction, items};
use crate::workload::Workload;
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "webhook-service",
        sentence: "a webhook is port 443 of a Service of the workload whose labels its configuration bears, which speaks TLS",
        check: webhook_service,
    },
    CrossRule {
        name: "webhook-certificate",
        sentence: "a webhook's authority is injected from a Certificate for its Service, which its pods mount",
        check: webhook_certificate,
    },
    CrossRule {
        name: "webhook-reached",
        sentence: "the API server, and no more than that, is let in to every webhook",
        check: webhook_reached,
    },
    CrossRule {
        name: "webhook-lock-out",
        sentence: "a webhook is asked about namespaces of the tree, or about those that bear a label of its own",
        check: webhook_lock_out,
    },
    CrossRule {
        name: "certificate-issuer",
        sentence: "every Certificate is from an Issuer of its namespace, and every Issuer has one",
        check: certificate_issuer,
    },
    CrossRule {
        name: "certificate-used",
        sentence: "every Certificate is one that a webhook's authority is injected from",
        check: certificate_used,
    },
];

const KINDS: [&str; 2] = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

fn configurations<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Document> {
    let found: Vec<_> = KINDS.iter().flat_map(|kind| scene.of_kind(kind).iter().copied()).collect();
    found.into_iter()
}

/// The pods and their port that answer one webhook, where there is exactly one workload of them.
fn behind<'s, 'a>(scene: &'s Scene<'a>, webhook: &Value) -> Option<(&'s Workload<'a>, i64)> {
    let service = at(webhook, "clientConfig.service");
    let wanted = number(service, "port").unwrap_or(443);
    let service = scene.find("Service", text(service, "namespace"), text(service, "name"))?;
    let port = list(&service.value, "spec.ports").iter().find(|port| number(port, "port") == Some(wanted))?;
    let target = number(port, "targetPort")?;
    let selector = pairs(&service.value, "spec.selector");
    let is_selected = |own: &&Workload<'_>| selector.iter().all(|(key, value)| own.labels.get(key) == Some(value));
    let own = scene.workloads_in(service.space()).find(is_selected)?;
    own.ports().contains(&target).then_some((own, target))
}

/// Whether a port is a webhook's.
pub(super) fn is_called(scene: &Scene<'_>, callee: &Workload<'_>, port: i64) -> bool {
    configurations(scene)
        .flat_map(|configuration| list(&configuration.value, "webhooks"))
        .any(|webhook| behind(scene, webhook).is_some_and(|(own, target)| own.is(callee) && target == port))
}

fn webhook_service(scene: &Scene<'_>, findings: &mut Findings) {
    for configuration in configurations(scene) {
        let labels = pairs(&configuration.value, "metadata.labels");
        for webhook in list(&configuration.value, "webhooks") {
            let speaks_tls = |(own, port): (&Workload<'_>, i64)| {
                let servers = scene.servers_on(own, port);
                servers.iter().all(|server| ["TLS", "opaque"].contains(&text(&server.value, "spec.proxyProtocol")))
                    && labels.contains(&("app.kubernetes.io/name", own.name()))
                    && labels.contains(&("app.kubernetes.io/part-of", own.namespace()))
            };
            if !behind(scene, webhook).is_some_and(speaks_tls) {
                let sentence = format!("no workload of its labels answers `{}` by TLS", text(webhook, "name"));
                findings.push(configuration.finding("webhook-service", sentence));
            }
        }
    }
}

/// The Certificate that a configuration's authority is injected from.
fn certificate_of<'a>(scene: &Scene<'a>, configuration: &Document) -> Option<&'a Document> {
    let named = at(&configuration.value, "metadata.annotations").get("cert-manager.io/inject-ca-from")?;
    let (namespace, name) = named.as_str()?.split_once('/')?;
    scene.find("Certificate", namespace, name)
}

fn webhook_certificate(scene: &Scene<'_>, findings: &mut Findings) {
    for configuration in configurations(scene) {
        let certificate = certificate_of(scene, configuration);
        for webhook in list(&configuration.value, "webhooks") {
            let service = at(webhook, "clientConfig.service");
            let host = format!("{}.{}.svc", text(service, "name"), text(service, "namespace"));
            let holds = certificate.is_some_and(|certificate| {
                let secret = text(&certificate.value, "spec.secretName");
                texts(&certificate.value, "spec.dnsNames").contains(&host.as_str())
                    && behind(scene, webhook).is_some_and(|(own, _)| {
                        own.namespace() == certificate.space() && own.data_secrets().contains(&secret)
                    })
            });
            if !holds {
                let sentence = format!("the pods behind `{host}` show no certificate of that name");
                findings.push(configuration.finding("webhook-certificate", sentence));
            }
        }
    }
}

fn webhook_reached(scene: &Scene<'_>, findings: &mut Findings) {
    for configuration in configurations(scene) {
        for (own, port) in list(&configuration.value, "webhooks").iter().filter_map(|webhook| behind(scene, webhook)) {
            let own_policies = scene.of_kind("NetworkPolicy").iter().filter(|policy| {
                policy.space() == own.namespace() && selects(at(&policy.value, "spec.podSelector"), &own.labels)
            });
            let opened: Vec<_> = own_policies
                .flat_map(|policy| items(policy, Direction::Ingress))
                .filter(|item| (item.protocol, item.port) == ("TCP", port))
                .map(|item| text(item.peer, "ipBlock.cidr"))
                .collect();
            let from_all = scene.peers.api_servers.iter().all(|(block, _)| {
                opened.contains(&block.as_str())
                    || scene.peers.node_networks.iter().any(|network| opened.contains(&network.as_str()))
            });
            if opened.is_empty() || !from_all {
                let sentence = format!("the API server is not let in to port {port} of {}", own.id());
                findings.push(configuration.finding("webhook-reached", sentence));
            }
        }
    }
}

fn webhook_lock_out(scene: &Scene<'_>, findings: &mut Findings) {
    for configuration in configurations(scene) {
        for webhook in list(&configuration.value, "webhooks") {
            let labels = pairs(webhook, "namespaceSelector.matchLabels");
            let by_name = labels.iter().find(|(key, _)| *key == "kubernetes.io/metadata.name");
            let of_others = ["kubernetes.io", "k8s.io", "linkerd.io", "app.kubernetes.io"];
            let is_own = |key: &str| {
                key.split_once('/').is_some_and(|(domain, _)| {
                    !of_others.iter().any(|other| domain == *other || domain.ends_with(&format!(".{other}")))
                })
            };
            let holds = match by_name {
                Some((_, name)) => scene.namespaces().any(|namespace| namespace.name == *name),
                None => labels.iter().any(|(key, _)| is_own(key)),
            };
            if !holds {
                let sentence = format!("`{}` is asked about namespaces of the platform, too", text(webhook, "name"));
                findings.push(configuration.finding("webhook-lock-out", sentence));
            }
        }
    }
}

fn certificate_issuer(scene: &Scene<'_>, findings: &mut Findings) {
    let of = |certificate: &Document| text(&certificate.value, "spec.issuerRef.name").to_owned();
    for certificate in scene.of_kind("Certificate") {
        if scene.find("Issuer", certificate.space(), &of(certificate)).is_none() {
            findings.push(certificate.finding("certificate-issuer", "there is no such Issuer in its namespace"));
        }
    }
    for issuer in scene.of_kind("Issuer") {
        let mut certificates = scene.of_kind("Certificate").iter().filter(|found| found.space() == issuer.space());
        if !certificates.any(|certificate| of(certificate) == issuer.name) {
            findings.push(issuer.finding("certificate-issuer", "no Certificate is from it"));
        }
    }
}

fn certificate_used(scene: &Scene<'_>, findings: &mut Findings) {
    for certificate in scene.of_kind("Certificate") {
        let injected = |configuration: &Document| {
            certificate_of(scene, configuration).is_some_and(|found| std::ptr::eq(found, *certificate))
        };
        if !configurations(scene).any(injected) {
            findings.push(certificate.finding("certificate-used", "no webhook's authority is injected from it"));
        }
    }
}
