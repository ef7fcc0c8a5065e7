//! Random catalogues before the oracle: what is accepted is safe, foreseen field by field, and allows the declared calls and no other.

#![expect(clippy::expect_used, reason = "a test that cannot begin stops")]

mod catalogue;
mod kinds;
mod plan;
mod volumes;

use std::collections::{BTreeMap, BTreeSet};

use casemate_oracle::{
    Beyond, Caller, Peer, Peers, World, allowed_beyond, allowed_callers, allowed_datagrams, allowed_pairs,
    allowed_peers, judge,
};
use plan::{PORTS, Plan};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How many worlds are tried. `PROPTEST_CASES` asks for more.
const WORLDS: u32 = 200;

fn runner() -> TestRunner {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(WORLDS);
    TestRunner::new_with_rng(Config::with_cases(cases), TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn worlds() -> impl Iterator<Item = Plan> {
    let mut runner = runner();
    let cases = runner.config().cases;
    let plans = plan::plans();
    (0..cases).map(move |_| plans.new_tree(&mut runner).expect("the strategy rejects nothing").current())
}

fn rendered(plan: &Plan, order: &[usize]) -> Result<Vec<(String, String)>, casemate::Findings> {
    let rendered = casemate::render(catalogue::cluster(plan, order))?;
    Ok(rendered.files().map(|(path, text)| (format!("out/{path}"), text.to_owned())).collect())
}

fn peers(plan: &Plan) -> Peers {
    let peer = |namespace: &str, labels: &[(&str, &str)], service: (&str, u16), port, meshed| Peer {
        namespace: namespace.to_owned(),
        labels: labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        port,
        tcp: true,
        meshed,
        service: Some((service.0.to_owned(), service.1)),
    };
    let caller = |namespace: &str, label: &str, account: Option<&str>| Caller {
        namespace: namespace.to_owned(),
        labels: BTreeMap::from([("app".to_owned(), label.to_owned())]),
        account: account.map(str::to_owned),
    };
    Peers {
        callers: vec![caller("metrics", "scraper", None), caller("watch", "watcher", Some("watcher"))],
        pod_networks: BTreeSet::from(["10.42.0.0/16".to_owned()]),
        called: vec![
            peer("nats", &[("app", "nats")], ("nats", 4222), 4222, false),
            peer("storage", &[("app", "s3"), ("part", "gateway")], ("s3", 80), 8333, false),
            peer("mail", &[("app", "relay")], ("relay", 25), 25, true),
        ],
        api_servers: BTreeSet::from([("192.168.1.10/32".to_owned(), 6443)]),
        public_hosts: plan
            .services
            .iter()
            .filter(|service| service.exposed == Some(true))
            .map(|service| {
                let (namespace, name) = catalogue::id(service.identity).split_once('/').expect("an id has a slash");
                format!("{name}.{namespace}.example.com")
            })
            .collect(),
        claims: ["blue", "red", "green", "grey"]
            .map(|namespace| (namespace.to_owned(), volumes::FILMS.to_string()))
            .into_iter()
            .collect(),
        ..Peers::default()
    }
}

/// The calls that a plan declares: caller, callee, port. A port that lets somebody without a proxy in knows its callers by their addresses
/// alone: whoever may call another port of the same pods may call it, too.
fn declared_pairs(plan: &Plan) -> BTreeSet<(String, String, u16)> {
    let id = |index: usize| catalogue::id(plan.services[index].identity).to_owned();
    let mut pairs = BTreeSet::new();
    for (caller, service) in plan.services.iter().enumerate() {
        pairs.extend(service.calls.iter().map(|(callee, port)| (id(caller), id(*callee), PORTS[*port])));
        if service.exposed.is_some() {
            pairs.insert(("cloudflared/cloudflared".to_owned(), id(caller), PORTS[0]));
        }
    }
    for (callee, _) in plan.services.iter().enumerate().filter(|(_, service)| service.scrapers().0) {
        let callers: Vec<_> =
            pairs.iter().filter(|(_, called, _)| *called == id(callee)).map(|(caller, ..)| caller.clone()).collect();
        pairs.extend(callers.into_iter().map(|caller| (caller, id(callee), PORTS[0])));
    }
    pairs
}

/// To whom a plan lets datagrams be sent: caller, callee, port.
fn declared_datagrams(plan: &Plan) -> BTreeSet<(String, String, u16)> {
    let id = |index: usize| catalogue::id(plan.services[index].identity).to_owned();
    let of_one = |(caller, service): (usize, &plan::ServicePlan)| {
        service.sends.iter().map(|callee| (id(caller), id(*callee), 53)).collect::<Vec<_>>()
    };
    plan.services.iter().enumerate().flat_map(of_one).collect()
}

/// Who else a plan lets in: namespace, callee, port on the wire.
fn declared_callers(plan: &Plan) -> BTreeSet<(&'static str, String, u16)> {
    let of_one = |service: &plan::ServicePlan| {
        let (unmeshed, meshed) = service.scrapers();
        let id = catalogue::id(service.identity);
        let unmeshed = unmeshed.then(|| ("metrics", id.to_owned(), PORTS[0]));
        unmeshed.into_iter().chain(meshed.then(|| ("watch", id.to_owned(), 4143)))
    };
    plan.services.iter().flat_map(of_one).collect()
}

/// The peers that a plan declares: caller, namespace, port on the wire.
fn declared_peers(plan: &Plan) -> BTreeSet<(String, &'static str, u16)> {
    let mut peers = BTreeSet::new();
    for service in &plan.services {
        let id = catalogue::id(service.identity);
        peers.extend(service.peers.iter().map(|peer| match peer {
            0 => (id.to_owned(), "nats", 4222),
            1 => (id.to_owned(), "storage", 8333),
            // A meshed peer is reached at its proxy.
            _ => (id.to_owned(), "mail", 4143),
        }));
    }
    peers
}

/// The hosts that a plan lets each caller reach, by caller, host and port. In a namespace hosts are shared on a port; ports are not.
fn declared_hosts(plan: &Plan) -> BTreeSet<(String, String, u16)> {
    let host = |external: usize| match external {
        0 => ("api.example.org", 443),
        1 => ("files.example.org", 443),
        2 => ("queue.example.net", 443),
        3 => ("any address", 443),
        4 => ("archive.example.org", 80),
        _ => ("any address", 587),
    };
    let mut hosts = BTreeSet::new();
    for service in &plan.services {
        let ports: BTreeSet<u16> = service.externals.iter().map(|external| host(*external).1).collect();
        let neighbours = plan.services.iter().filter(|other| other.identity / 4 == service.identity / 4);
        for external in neighbours.flat_map(|other| &other.externals) {
            let (host, port) = host(*external);
            if ports.contains(&port) {
                hosts.insert((catalogue::id(service.identity).to_owned(), host.to_owned(), port));
            }
        }
    }
    hosts
}

#[test]
fn whatever_is_accepted_is_foreseen_and_allows_exactly_what_was_declared() {
    let (mut accepted, mut rich, mut refused) = (0_u32, 0_u32, 0_u32);
    let mut said: BTreeMap<&str, u32> = BTreeMap::new();
    for plan in worlds().map(Plan::mended) {
        let files = match rendered(&plan, &plan.order) {
            Ok(files) => files,
            Err(findings) => {
                // What is left to refuse in a mended plan are texts.
                assert!(
                    findings.iter().all(|finding| finding.contains("stand in Git") || finding.contains("zero byte")),
                    "a plan that says what can be was refused: {findings}\n{plan:#?}"
                );
                refused += 1;
                continue;
            }
        };
        accepted += 1;
        rich += u32::from(plan.is_rich());
        for what in plan.says() {
            *said.entry(what).or_default() += 1;
        }
        let world = World::from_texts(files);
        let verdict = judge(&world, &peers(&plan));
        assert!(verdict.is_clean(), "{verdict}\n{plan:#?}");
        assert_eq!(allowed_pairs(&world), declared_pairs(&plan), "{plan:#?}");
        assert_eq!(allowed_datagrams(&world), declared_datagrams(&plan), "{plan:#?}");
        let let_in: BTreeSet<_> =
            allowed_callers(&world).into_iter().map(|from| (from.caller, from.callee, from.port)).collect();
        let declared: BTreeSet<_> = declared_callers(&plan)
            .into_iter()
            .map(|(caller, callee, port)| (caller.to_owned(), callee, port))
            .collect();
        assert_eq!(let_in, declared, "{plan:#?}");

        let opened: BTreeSet<_> =
            allowed_peers(&world).into_iter().map(|peer| (peer.caller, peer.namespace, peer.port)).collect();
        let declared: BTreeSet<_> = declared_peers(&plan)
            .into_iter()
            .map(|(caller, namespace, port)| (caller, namespace.to_owned(), port))
            .collect();
        assert_eq!(opened, declared, "{plan:#?}");

        let reached: BTreeSet<_> = allowed_beyond(&world)
            .into_iter()
            .filter(|(caller, beyond, ..)| {
                caller != "cloudflared/cloudflared" && *beyond != Beyond::Block("192.168.1.10/32".to_owned())
            })
            .map(|(caller, beyond, _, port)| match beyond {
                Beyond::Host(host) => (caller, host, port),
                Beyond::Block(block) => (caller, block, port),
                Beyond::Any => (caller, "any address".to_owned(), port),
            })
            .collect();
        assert_eq!(reached, declared_hosts(&plan), "{plan:#?}");
    }
    println!("{accepted} worlds accepted, {rich} of them rich; {refused} refused for their texts; {said:#?}");
    assert_eq!(said.len(), 14, "{said:#?}");
    assert!(said.values().all(|worlds| worlds * 10 >= accepted), "each is said in a tenth of the worlds: {said:#?}");
    assert!(accepted * 10 >= (accepted + refused) * 8, "a strategy that is mostly refused tests little");
    assert!(
        rich * 2 >= accepted,
        "half of the worlds have to be such that policies could get in one another's way: {rich} of {accepted}"
    );
}

#[test]
fn the_order_of_declarations_does_not_change_a_byte() {
    for plan in worlds().map(Plan::mended).take(40) {
        let sorted: Vec<usize> = (0..plan.services.len()).collect();
        let reversed: Vec<usize> = sorted.iter().rev().copied().collect();
        let (Ok(one), Ok(two), Ok(three)) =
            (rendered(&plan, &plan.order), rendered(&plan, &sorted), rendered(&plan, &reversed))
        else {
            continue;
        };
        assert_eq!(one, two);
        assert_eq!(two, three);
    }
}

#[test]
fn whatever_is_said_the_answer_is_a_tree_or_findings() {
    let (mut trees, mut refusals) = (0_u32, 0_u32);
    // Every second one says whatever it likes.
    for plan in worlds().enumerate().map(|(index, plan)| if index % 2 == 0 { plan } else { plan.mended() }).take(80) {
        match rendered(&plan, &plan.order) {
            Ok(files) => {
                trees += 1;
                let verdict = judge(&World::from_texts(files), &peers(&plan));
                assert!(verdict.is_clean(), "{verdict}\n{plan:#?}");
            }
            Err(findings) => {
                refusals += 1;
                assert!(findings.iter().all(|finding| finding.contains("instead:")), "{findings}");
            }
        }
    }
    println!("{trees} trees, {refusals} refusals");
    assert!(trees > 0 && refusals > 0, "both answers have to be seen: {trees} trees, {refusals} refusals");
}
