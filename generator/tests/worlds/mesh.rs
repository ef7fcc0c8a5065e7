//! What the mesh grants: a Server for each port, and who is let in to it, by identity or, without a proxy, by address.

use std::collections::BTreeSet;

use casemate_oracle::{Document, World};

use crate::agreement::{Disagreement, compare, found, port, text, texts, whose};
use crate::edges::{CLOUDFLARED, calls, scraped};
use crate::identities::{created_id, id};
use crate::plan::{PORTS, Plan};
use crate::{created, watched, webhooks};

/// A port of pods, what is spoken there, and who is let in unless somebody says more.
type Server = (String, u16, String, String);

fn declared_servers(plan: &Plan) -> BTreeSet<Server> {
    let mut servers = BTreeSet::new();
    let mut serve = |who: &str, port: u16, protocol: &str| {
        servers.insert((who.to_owned(), port, protocol.to_owned(), "deny".to_owned()));
    };
    for service in &plan.services {
        let own = id(service.identity);
        if !service.kind.ends() {
            for port in &service.ports {
                serve(own, PORTS[*port], ["HTTP/1", "HTTP/1", "gRPC", "opaque"][*port]);
            }
            if service.containers.contains(&0) {
                serve(own, 9464, "HTTP/1");
            }
        }
        if service.webhook.is_some() {
            serve(own, webhooks::PORT, "TLS");
        }
        if service.creates.as_ref().is_some_and(|created| created.serves) {
            serve(created_id(service.identity), created::PORT, "HTTP/1");
        }
    }
    // Where nothing is exposed, the tunnel waits for the first hostname.
    serve(CLOUDFLARED, 2000, "HTTP/1");
    for proxies in watched::proxies(plan) {
        serve(&proxies, watched::PROXY_METRICS, "HTTP/1");
    }
    servers
}

fn rendered_servers(world: &World) -> BTreeSet<Server> {
    let server = |server: &Document| {
        let spec = &server.value["spec"];
        (selected(server), port(&spec["port"]), text(&spec["proxyProtocol"]), text(&spec["accessPolicy"]))
    };
    found(world, "Server").map(server).collect()
}

/// `namespace/name` of the pods that a Server is for; all that it selects them by, where that is anything else.
fn selected(server: &Document) -> String {
    let namespace = server.namespace.as_deref().unwrap_or_default();
    let labels = server.value["spec"]["podSelector"]["matchLabels"].as_object();
    match labels {
        Some(labels) if labels.len() == 1 && labels.contains_key("app.kubernetes.io/name") => {
            format!("{namespace}/{}", text(&labels["app.kubernetes.io/name"]))
        }
        _ => format!("{namespace} {}", server.value["spec"]["podSelector"]),
    }
}

/// A grant: whose port, and the identity or the address block that is let in; none for everybody.
type Grant = (String, u16, Option<String>);

fn declared_grants(plan: &Plan) -> BTreeSet<Grant> {
    let mut grants: BTreeSet<Grant> =
        calls(plan).into_iter().map(|(caller, callee, port)| (callee, port, Some(caller))).collect();
    grants.extend(scraped(plan).into_iter().map(|(callee, port)| (callee, port, Some("10.42.0.0/16".to_owned()))));
    for service in &plan.services {
        let own = id(service.identity);
        if service.scrapers().1 {
            grants.insert((own.to_owned(), PORTS[0], Some("watch/watcher".to_owned())));
        }
        if service.webhook.is_some() {
            grants.insert((own.to_owned(), webhooks::PORT, Some("192.168.1.10/32".to_owned())));
        }
        if watched::is_read(plan, service) {
            grants.insert((own.to_owned(), watched::METRICS, watched::granted(plan).map(str::to_owned)));
        }
    }
    grants.extend(
        watched::proxies(plan)
            .into_iter()
            .map(|proxies| (proxies, watched::PROXY_METRICS, watched::granted(plan).map(str::to_owned))),
    );
    grants
}

fn rendered_grants(world: &World) -> BTreeSet<Grant> {
    let mut grants = BTreeSet::new();
    for policy in found(world, "AuthorizationPolicy") {
        let spec = &policy.value["spec"];
        let namespace = policy.namespace.as_deref().unwrap_or_default();
        let target = format!("{namespace}/{}", text(&spec["targetRef"]["name"]));
        let required = spec["requiredAuthenticationRefs"].as_array().into_iter().flatten();
        let mut admitted: BTreeSet<Option<String>> = BTreeSet::new();
        for reference in required {
            let name = format!("{namespace}/{}", text(&reference["name"]));
            let kind = text(&reference["kind"]);
            let authentication = world.documents().iter().find(|it| it.kind == kind && whose(it) == name);
            admitted.extend(authentication.map(admits).unwrap_or_default().into_iter().map(Some));
        }
        if spec["requiredAuthenticationRefs"].as_array().is_none_or(Vec::is_empty) {
            admitted.insert(None);
        }
        let servers = found(world, "Server").filter(|server| {
            whose(server) == target
                || (spec["targetRef"]["kind"] == "Namespace" && server.namespace == policy.namespace)
        });
        for server in servers {
            let number = port(&server.value["spec"]["port"]);
            grants.extend(admitted.iter().map(|who| (selected(server), number, who.clone())));
        }
    }
    grants
}

/// Whom an authentication is about.
fn admits(authentication: &Document) -> Vec<String> {
    let spec = &authentication.value["spec"];
    let accounts = spec["identityRefs"].as_array().into_iter().flatten();
    let accounts = accounts.map(|it| format!("{}/{}", text(&it["namespace"]), text(&it["name"])));
    let networks = spec["networks"].as_array().into_iter().flatten().map(|it| text(&it["cidr"]));
    accounts.chain(texts(&spec["identities"])).chain(networks).collect()
}

/// Where the tree and the plan disagree.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    [
        compare("Servers", &rendered_servers(world), &declared_servers(plan)),
        compare("grants of the mesh", &rendered_grants(world), &declared_grants(plan)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
