//! Who watches random catalogues: what is read of their services and proxies, and what both tell.

use std::collections::BTreeSet;

use casemate_dsl::prelude::*;
use casemate_oracle::{Document, World};
use serde_json::Value;

use crate::agreement::{Disagreement, compare, found, port, text};
use crate::databases::owner;
use crate::edges::CLOUDFLARED;
use crate::identities::id;
use crate::plan::{NAMESPACES, Plan, ServicePlan, WatchPlan};

/// Where services serve their metrics: a port that nobody else calls, since a scraper without a proxy proves no identity.
pub(crate) const METRICS: u16 = 9464;

/// Where proxies serve theirs.
pub(crate) const PROXY_METRICS: u16 = 4191;

const SCRAPER: &str = "monitoring";
const COLLECTOR: &str = "telemetry";

/// What the pods of proxies bear, as the selector of a policy says it.
const PROXIES: &str = r#"{"matchLabels":{"linkerd.io/control-plane-ns":"linkerd"}}"#;

/// The cluster with whoever watches it.
pub(crate) fn with(cluster: Cluster, plan: &Plan) -> Cluster {
    let Some(WatchPlan { meshed, access_logs, proxy_traces }) = plan.watched else { return cluster };
    let label = label!("app", "prometheus");
    let scraper = if meshed {
        Peer::meshed(name!("monitoring"), label, name!("prometheus"))
    } else {
        Peer::unmeshed(name!("monitoring"), label, because!("the chart is not meshed"))
    };
    let collector = Peer::meshed(name!("telemetry"), label!("app", "collector"), name!("collector"));
    cluster.observed(Observability {
        scraper: scraper.caller(name!("prometheus")),
        collector: collector.port(name!("collector"), port_number!(4317)),
        collector_http: collector.port(name!("collector"), port_number!(4318)),
        access_logs,
        proxy_traces,
    })
}

/// Whether the scraper reads the metrics of a service.
pub(crate) fn is_read(plan: &Plan, service: &ServicePlan) -> bool {
    plan.watched.is_some() && service.tells_metrics()
}

/// Whether a service sends its telemetry to the collector.
pub(crate) fn sends(plan: &Plan, service: &ServicePlan) -> bool {
    plan.watched.is_some() && service.telemetry.is_some()
}

/// The namespace of the scraper, and the port at which it comes to a service on the wire.
pub(crate) fn scraper(plan: &Plan, service: &ServicePlan) -> Option<(&'static str, u16)> {
    let meshed = plan.watched.as_ref()?.meshed;
    is_read(plan, service).then_some((SCRAPER, if meshed { 4143 } else { METRICS }))
}

/// The namespace of the collector, and the port of its proxy.
pub(crate) const fn collector() -> (&'static str, u16) {
    (COLLECTOR, 4143)
}

/// Who is let in to metrics: an identity, or every pod.
pub(crate) fn granted(plan: &Plan) -> Option<&'static str> {
    let watched = plan.watched.as_ref()?;
    Some(if watched.meshed { "monitoring/prometheus" } else { "10.42.0.0/16" })
}

/// The proxies of each namespace in which there are some, where they are watched.
pub(crate) fn proxies(plan: &Plan) -> Vec<String> {
    if plan.watched.is_none() {
        return Vec::new();
    }
    let namespaces = plan.namespaces().into_iter().map(|namespace| NAMESPACES[namespace]).chain(["cloudflared"]);
    namespaces.map(|namespace| format!("{namespace} {PROXIES}")).collect()
}

/// What the oracle is told: who watches, and whom services call for it.
pub(crate) fn told(
    plan: &Plan,
    caller: impl Fn(Option<&str>) -> casemate_oracle::Caller,
    collector: impl Fn(u16) -> casemate_oracle::Peer,
) -> Option<(casemate_oracle::Watch, [casemate_oracle::Peer; 2])> {
    let WatchPlan { meshed, access_logs: _, proxy_traces } = plan.watched?;
    let scraper = caller(meshed.then_some("prometheus"));
    let traces = proxy_traces.then(|| collector(4317));
    Some((casemate_oracle::Watch { scraper, traces }, [4317, 4318].map(collector)))
}

/// What is told: by whom, what it is called, and itself.
type Told = (String, String, String);

fn declared(plan: &Plan) -> BTreeSet<Told> {
    let mut declared = BTreeSet::new();
    let Some(WatchPlan { meshed: _, access_logs, proxy_traces }) = plan.watched else { return declared };
    let mut tell = |who: &str, what: &str, value: &str| {
        declared.insert((who.to_owned(), what.to_owned(), value.to_owned()));
    };
    for service in &plan.services {
        let own = id(service.identity);
        let (namespace, name) = own.split_once('/').expect("an id has a slash");
        if access_logs {
            tell(own, "config.linkerd.io/access-log", "json");
        }
        if is_read(plan, service) {
            for (what, value) in [("scrape", "true"), ("port", "9464"), ("path", "/metrics")] {
                tell(own, &format!("prometheus.io/{what}"), value);
            }
        }
        if let Some(over_http) = service.telemetry {
            let (port, protocol) = if over_http { (4318, "http/protobuf") } else { (4317, "grpc") };
            tell(own, "OTEL_SERVICE_NAME", name);
            tell(own, "OTEL_EXPORTER_OTLP_ENDPOINT", &format!("http://collector.{COLLECTOR}.svc.cluster.local:{port}"));
            tell(own, "OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
            let attributes =
                format!("k8s.cluster.name=world,k8s.namespace.name={namespace},k8s.pod.name=$(OTEL_POD_NAME)");
            tell(own, "OTEL_RESOURCE_ATTRIBUTES", &attributes);
        }
    }
    if access_logs {
        tell(CLOUDFLARED, "config.linkerd.io/access-log", "json");
    }
    if proxy_traces {
        for proxies in proxies(plan) {
            tell(&proxies, "traces", "telemetry:4317");
        }
    }
    declared
}

fn rendered(world: &World) -> BTreeSet<Told> {
    let mut told = BTreeSet::new();
    for document in world.documents() {
        let spec = &document.value["spec"];
        for template in [&spec["template"], &spec["jobTemplate"]["spec"]["template"]] {
            told.extend(of_template(template).map(|(what, value)| (owner(document), what, value)));
        }
    }
    let traces = found(world, "NetworkPolicy").filter(|policy| policy.name == "proxy-traces");
    told.extend(traces.flat_map(taken));
    told
}

/// What the annotations of a pod and the variables of its containers tell.
fn of_template(template: &Value) -> impl Iterator<Item = (String, String)> {
    let annotations = template["metadata"]["annotations"].as_object().into_iter().flatten();
    let annotations = annotations.map(|(key, value)| (key.clone(), text(value)));
    let containers = template["spec"]["containers"].as_array().into_iter().flatten();
    let variables = containers.flat_map(|container| container["env"].as_array().into_iter().flatten());
    let variables = variables.map(|variable| (text(&variable["name"]), text(&variable["value"])));
    let is_meant = |what: &str| what.starts_with("prometheus.io/") || what.ends_with("/access-log");
    let is_variable = |what: &str| what.starts_with("OTEL_") && what != "OTEL_POD_NAME";
    annotations.filter(move |(key, _)| is_meant(key)).chain(variables.filter(move |(name, _)| is_variable(name)))
}

/// To whom a policy lets proxies send.
fn taken(policy: &Document) -> Vec<Told> {
    let spec = &policy.value["spec"];
    let who = format!("{} {}", policy.namespace.as_deref().unwrap_or_default(), spec["podSelector"]);
    let rules = spec["egress"].as_array().into_iter().flatten();
    rules
        .map(|rule| {
            let to = text(&rule["to"][0]["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]);
            (who.clone(), "traces".to_owned(), format!("{to}:{}", port(&rule["ports"][0]["port"])))
        })
        .collect()
}

/// Where the tree and the plan disagree.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    compare("what is told", &rendered(world), &declared(plan)).into_iter().collect()
}
