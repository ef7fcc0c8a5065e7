//! Random exposures: whatever is accepted leads where it was declared to lead, and nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::prelude::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::example::{Ledger, STAFF, TUNNEL, cluster, ledger};
use crate::matcher::rule_for;
use crate::{rendered, rules};

const HOSTS: [Host; 3] = [host!("a.example.com"), host!("b.example.com"), host!("a.b.example.com")];

/// Paths that begin alike, that hold what expressions read otherwise, and that lie below one another.
const PATHS: [Path; 12] = [
    path!("/api"),
    path!("/apis"),
    path!("/api/v1"),
    path!("/api/v1.2"),
    path!("/api/v1.2/books"),
    path!("/api-v1"),
    path!("/API"),
    path!("/a"),
    path!("/a/b/c"),
    path!("/.well-known"),
    path!("/~a"),
    path!("/v1_2"),
];

/// Three ports of the ledger, by number.
const PORTS: [Port<Ledger, Http>; 3] = [port!(8080), port!(9090), port!(9091)];

/// Hostname, path and port, as numbers of the lists above.
type Said = (usize, Option<usize>, usize);

/// Paths that are asked for: declared ones, with something before, within or behind them.
fn asked() -> impl Strategy<Value = String> {
    let path = select(PATHS.to_vec()).prop_map(|path| path.as_str().to_owned());
    let around = |text: &'static [&'static str]| select(text.to_vec());
    let near = (
        around(&["", "", "", "/x", "/", "/%2e"]),
        path,
        around(&["", "/", "/x", "x", "?/api", ".", "/../b", "%2Fx", "s/v1"]),
    )
        .prop_map(|(before, path, after)| format!("{before}{path}{after}"));
    let others = select(vec!["", "/", "/x/api", "/api/v1x2", "/api/v1.2.3"]).prop_map(str::to_owned);
    prop_oneof![4 => near, 1 => others]
}

/// The port of a request: of the longest path of its hostname that it is, or is below.
fn declared(said: &BTreeMap<(usize, Option<usize>), usize>, host: usize, path: &str) -> Option<usize> {
    let is_below = |prefix: &str| path == prefix || path.starts_with(&format!("{prefix}/"));
    let mut rules: Vec<_> = said.iter().filter(|((of, _), _)| *of == host).collect();
    rules.sort_by_key(|((_, prefix), _)| prefix.map_or(0, |prefix| PATHS[prefix].as_str().len()));
    let taken =
        rules.iter().rev().find(|((_, prefix), _)| prefix.is_none_or(|prefix| is_below(PATHS[prefix].as_str())));
    taken.map(|(_, port)| **port)
}

fn exposing(said: &[Said]) -> Cluster {
    let container = PORTS[1..].iter().fold(ledger(), |container, port| container.serves(*port));
    let service = said.iter().fold(Deployment::new(container), |service, (host, path, port)| match path {
        Some(path) => service.exposed(PORTS[*port], HOSTS[*host].under(PATHS[*path]).for_audience(STAFF)),
        None => service.exposed(PORTS[*port], HOSTS[*host].for_audience(STAFF)),
    });
    cluster().tunnel(TUNNEL).runs(service)
}

#[test]
fn each_url_reaches_the_declared_port() {
    let exposures = vec((0..HOSTS.len(), prop::option::weighted(0.8, 0..PATHS.len()), 0..PORTS.len()), 1..12);
    let urls = vec((0..HOSTS.len(), asked()), 40);
    let mut runner =
        TestRunner::new_with_rng(Config::with_cases(150), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (mut accepted, mut refused, mut reached, mut unmatched) = (0_u32, 0_u32, [0_u32; 3], 0_u32);
    let strategy = (exposures, urls);
    for _ in 0..150 {
        let (mut said, urls) = strategy.new_tree(&mut runner).expect("the strategy rejects nothing").current();
        let mut seen = BTreeSet::new();
        said.retain(|(host, path, _)| seen.insert((*host, *path)));
        let Ok(files) = rendered(exposing(&said)) else {
            refused += 1;
            continue;
        };
        accepted += 1;
        let rules = rules(&files);
        let said: BTreeMap<_, _> = said.into_iter().map(|(host, path, port)| ((host, path), port)).collect();
        for (host, path) in urls {
            let url = format!("https://{}{path}", HOSTS[host]);
            let service = rule_for(&rules, &url).map(|rule| rules[rule]["service"].as_str().expect("a text"));
            // What cloudflared compares is decoded, and is not resolved.
            let path = path.split('?').next().unwrap_or_default().replace("%2F", "/").replace("%2e", ".");
            let wanted = declared(&said, host, &path);
            let port = ["8080", "9090", "9091"];
            let origin = wanted.map_or_else(
                || "http_status:404".to_owned(),
                |wanted| format!("http://ledger.payments.svc.cluster.local:{}", port[wanted]),
            );
            assert_eq!(service, Some(origin.as_str()), "{url}\n{rules:#?}");
            match wanted {
                Some(wanted) => reached[wanted] += 1,
                None => unmatched += 1,
            }
        }
    }
    println!("{accepted} sets accepted, {refused} refused; {reached:?} URLs reached a port, {unmatched} none");
    assert!(accepted >= 50, "a strategy that is mostly refused tests little: {accepted}, {refused} refused");
    assert!(reached.iter().all(|reached| *reached > 100) && unmatched > 100, "{reached:?} {unmatched}");
}

#[test]
fn each_hostname_has_one_record() {
    let said = [(0, None, 0), (0, Some(0), 1), (0, Some(4), 2), (1, Some(3), 2)];
    let files = rendered(exposing(&said)).unwrap_or_else(|findings| panic!("{findings}"));
    let records: Vec<_> =
        files.iter().filter(|(path, _)| path.contains("dnsendpoint-")).map(|(path, _)| path).collect();
    let of = |host| format!("out/example/services/cloudflared/cloudflared/dnsendpoint-{host}.yaml");
    assert_eq!(records, [&of("a.example.com"), &of("b.example.com")]);
}
