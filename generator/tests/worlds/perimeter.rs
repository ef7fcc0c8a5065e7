//! What of random catalogues is behind the tunnel: hostnames, their paths, and for whom.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::prelude::*;
use casemate_dsl::{Service, kind};
use casemate_oracle::{Document, World, parse};
use serde_json::Value;

use crate::addresses;
use crate::agreement::{Disagreement, compare, found, text};
use crate::catalogue::{api, web};
use crate::identities::id;
use crate::plan::{ExposurePlan, PORTS, Plan, ServicePlan};
use crate::told::{MAIL_PAGES, S3_API};

/// The paths of a hostname that can lead somewhere of their own: to another port, from there back to the first one, and to a peer.
pub(crate) const PATHS: [&str; 3] = ["/api", "/api/v1.0", "/files"];
pub(crate) const OF_API: usize = 0;
pub(crate) const WITHIN_API: usize = 1;
pub(crate) const OF_PEER: usize = 2;

/// How many peers the cluster can expose under hostnames of their own.
pub(crate) const EXPOSED_PEERS: usize = 2;

const AUDIENCE: Audience = audience!("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");

/// The hostname of a service: names repeat between namespaces, hostnames may not.
pub(crate) fn host(service: &ServicePlan) -> String {
    let (namespace, name) = id(service.identity).split_once('/').expect("an id has a slash");
    format!("{name}.{namespace}.example.com")
}

fn zone(namespace: &str) -> Zone {
    match namespace {
        "blue" => zone!("blue.example.com"),
        "red" => zone!("red.example.com"),
        "green" => zone!("green.example.com"),
        "grey" => zone!("grey.example.com"),
        _ => zone!("labs.example.com"),
    }
}

fn decided(host: Host, path: Option<Path>, public: bool) -> Exposure {
    let reason = because!("anybody may see it");
    match (path, public) {
        (None, true) => host.public(reason),
        (None, false) => host.for_audience(AUDIENCE),
        (Some(path), true) => host.under(path).public(reason),
        (Some(path), false) => host.under(path).for_audience(AUDIENCE),
    }
}

/// The service with what it exposes itself.
pub(crate) fn exposed<W: Workload, K: kind::Serving>(
    mut workload: Service<W, K>,
    service: &ServicePlan,
) -> Service<W, K> {
    let Some(ExposurePlan { public, whole, paths }) = &service.exposed else { return workload };
    let host = zone(W::NAMESPACE.as_str()).host(W::NAME);
    if *whole {
        workload = workload.exposed(web::<W>(), decided(host, None, *public));
    }
    for path in paths {
        workload = match *path {
            OF_API => workload.exposed(api::<W>(), decided(host, Some(path!("/api")), *public)),
            WITHIN_API => workload.exposed(web::<W>(), decided(host, Some(path!("/api/v1.0")), *public)),
            // The cluster says what leads to a peer.
            _ => workload,
        };
    }
    workload
}

/// The cluster with the peers that it exposes: below paths of services' hostnames, and under hostnames of their own.
pub(crate) fn with(mut cluster: Cluster, plan: &Plan) -> Cluster {
    for service in &plan.services {
        let Some(exposed) = &service.exposed else { continue };
        if exposed.paths.contains(&OF_PEER) {
            let (namespace, name) = id(service.identity).split_once('/').expect("an id has a slash");
            let host = zone(namespace).host(named(name));
            cluster = cluster.exposes(S3_API, decided(host, Some(path!("/files")), exposed.public));
        }
    }
    for peer in &plan.exposed_peers {
        cluster = match peer {
            0 => cluster.exposes(S3_API, host!("objects.example.com").for_audience(AUDIENCE)),
            _ => cluster.exposes(MAIL_PAGES, host!("mail.example.com").for_audience(AUDIENCE)),
        };
    }
    cluster
}

/// The name of an identity, as a word.
fn named(name: &str) -> Name {
    match name {
        "alpha" => name!("alpha"),
        "beta" => name!("beta"),
        "gamma" => name!("gamma"),
        "delta" => name!("delta"),
        "epsilon" => name!("epsilon"),
        "zeta" => name!("zeta"),
        "eta" => name!("eta"),
        "theta" => name!("theta"),
        "iota" => name!("iota"),
        "kappa" => name!("kappa"),
        "blue" => name!("blue"),
        _ => unreachable!("no identity has the name {name}"),
    }
}

/// The ports of a service to which the tunnel leads.
pub(crate) fn ports(service: &ServicePlan) -> BTreeSet<u16> {
    let Some(ExposurePlan { public: _, whole, paths }) = &service.exposed else { return BTreeSet::new() };
    let mut ports: BTreeSet<u16> = whole.then_some(PORTS[0]).into_iter().collect();
    ports.extend(paths.contains(&OF_API).then_some(PORTS[1]));
    ports.extend(paths.contains(&WITHIN_API).then_some(PORTS[0]));
    ports
}

/// The peers to which the tunnel leads.
pub(crate) fn exposed_peers(plan: &Plan) -> BTreeSet<usize> {
    let below = |service: &ServicePlan| service.exposed.as_ref().is_some_and(|it| it.paths.contains(&OF_PEER));
    let alone = plan.exposed_peers.iter().map(|peer| if *peer == 0 { 1 } else { 2 });
    alone.chain(plan.services.iter().any(below).then_some(1)).collect()
}

/// Who answers a request, and for whom: the audience of Access, or none for everybody.
type Answer = (String, Option<String>);

/// By path, the way from a hostname: the longest path decides, and none is the rest.
type Ways = BTreeMap<&'static str, Answer>;

fn declared(plan: &Plan) -> BTreeMap<String, Ways> {
    let private = || Some("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2".to_owned());
    let mut hosts: BTreeMap<String, Ways> = BTreeMap::new();
    for service in &plan.services {
        let Some(ExposurePlan { public, whole, paths }) = &service.exposed else { continue };
        let own = |port: u16| format!("http://{}:{port}", addresses::host(id(service.identity)));
        let ways = hosts.entry(host(service)).or_default();
        let mut lead = |path: &'static str, to: String| ways.insert(path, (to, private().filter(|_| !public)));
        if *whole {
            lead("", own(8080));
        }
        for path in paths {
            lead(
                PATHS[*path],
                match *path {
                    OF_API => own(8000),
                    WITHIN_API => own(8080),
                    _ => "http://s3.storage.svc.cluster.local:80".to_owned(),
                },
            );
        }
    }
    for peer in &plan.exposed_peers {
        let (host, to) = match peer {
            0 => ("objects.example.com", "http://s3.storage.svc.cluster.local:80"),
            _ => ("mail.example.com", "http://relay.mail.svc.cluster.local:8080"),
        };
        hosts.entry(host.to_owned()).or_default().insert("", (to.to_owned(), private()));
    }
    hosts
}

/// Requests that tell paths apart, and one of a hostname that nobody declared.
const REQUESTS: [&str; 9] =
    ["/", "/api", "/api/", "/apis", "/api/v1.0", "/api/v1.0/x", "/api/v1x0", "/x/api", "/files/a"];

/// Who answers each request of each hostname.
fn declared_answers(hosts: &BTreeMap<String, Ways>, asked: &BTreeSet<String>) -> BTreeSet<(String, Answer)> {
    let answer = |host: &String, request: &str| {
        let ways = hosts.get(host).into_iter().flatten();
        let below =
            |path: &str| request.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let found = ways.filter(|(path, _)| path.is_empty() || below(path)).max_by_key(|(path, _)| path.len());
        found.map_or_else(|| ("http_status:404".to_owned(), None), |(_, answer)| answer.clone())
    };
    let requests = asked.iter().flat_map(|host| REQUESTS.map(|request| (host, request)));
    requests.map(|(host, request)| (format!("{host}{request}"), answer(host, request))).collect()
}

/// The rules of the tunnel, in their order.
fn rules(world: &World) -> Vec<Value> {
    let config = found(world, "ConfigMap").filter_map(|it| it.value["data"]["config.yaml"].as_str());
    let parsed = config.map(|config| parse(config).expect("the tunnel's configuration is YAML"));
    parsed.flat_map(|config| config["ingress"].as_array().cloned().unwrap_or_default()).collect()
}

/// Who answers, as cloudflared tries one rule after the other.
fn rendered_answers(rules: &[Value], asked: &BTreeSet<String>) -> BTreeSet<(String, Answer)> {
    let answer = |host: &String, request: &str| {
        let matches = |rule: &&Value| {
            rule["hostname"].as_str().is_none_or(|named| named == host)
                && rule["path"].as_str().is_none_or(|expression| is_found(expression, request))
        };
        let Some(rule) = rules.iter().find(matches) else { return ("no rule".to_owned(), None) };
        let access = &rule["originRequest"]["access"];
        let audience = (access["required"] == true).then(|| text(&access["audTag"][0]));
        (text(&rule["service"]), audience)
    };
    let requests = asked.iter().flat_map(|host| REQUESTS.map(|request| (host, request)));
    requests.map(|(host, request)| (format!("{host}{request}"), answer(host, request))).collect()
}

/// Whether an expression of the form `^<path>(/|$)` is found in a path; any other form finds everything.
fn is_found(expression: &str, request: &str) -> bool {
    let Some(path) = expression.strip_prefix('^').and_then(|rest| rest.strip_suffix("(/|$)")) else { return true };
    let (mut pattern, mut rest) = (path.chars(), request.chars());
    while let Some(character) = pattern.next() {
        let (any, wanted) = match character {
            '\\' => (false, pattern.next()),
            '.' => (true, None),
            plain => (false, Some(plain)),
        };
        let Some(next) = rest.next() else { return false };
        if !any && wanted != Some(next) {
            return false;
        }
    }
    rest.next().is_none_or(|next| next == '/')
}

/// A name, the type of its record and where it leads.
type DnsRecord = (String, String, Vec<String>);

fn rendered_records(world: &World) -> BTreeSet<DnsRecord> {
    let endpoints = |it: &Document| it.value["spec"]["endpoints"].as_array().cloned().unwrap_or_default();
    let record = |it: Value| (text(&it["dnsName"]), text(&it["recordType"]), crate::agreement::texts(&it["targets"]));
    found(world, "DNSEndpoint").flat_map(endpoints).map(record).collect()
}

/// Where the tree and the plan disagree.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    let (hosts, rules) = (declared(plan), rules(world));
    let mut asked: BTreeSet<String> = hosts.keys().cloned().collect();
    asked.extend(rules.iter().filter_map(|rule| rule["hostname"].as_str()).map(str::to_owned));
    asked.insert("nobody.example.com".to_owned());
    let target = "11111111-2222-3333-4444-555555555555.cfargotunnel.com";
    let records = hosts.keys().map(|host| (host.clone(), "CNAME".to_owned(), vec![target.to_owned()])).collect();
    [
        compare("answers of the tunnel", &rendered_answers(&rules, &asked), &declared_answers(&hosts, &asked)),
        compare("records of DNS", &rendered_records(world), &records),
    ]
    .into_iter()
    .flatten()
    .collect()
}
