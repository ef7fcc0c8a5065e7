//! What the evaluator has to answer, from what was declared alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use super::declared::{Declared, Edge, Service};
use super::ends::{End, Ends, Role};
use super::evaluator::{Answer, Question, ask};

/// The mesh's port, on which all traffic between meshed pods comes.
const MESH: (u16, &str) = (4143, "TCP");
/// Where proxies serve their metrics.
const PROXY_METRICS: (u16, &str) = (4191, "TCP");
const DATABASE: (u16, &str) = (5432, "TCP");

/// Open ports.
type Ports = BTreeSet<(u16, &'static str)>;

/// A pair at one of its ends, or peers that are judged together, and what is not as it was declared.
pub(super) type Verdict = (String, Result<(), String>);

/// How the open ports of a pair are judged.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Rule {
    /// Exactly these.
    Exactly(Ports),
    /// One, whichever it is: the declaration does not name it.
    AnyOne,
    /// With all others of the same key: as many, of these protocols. A peer's Service port is not its container's.
    AsMany { key: String, protocols: Vec<&'static str> },
}

struct Pair {
    from: usize,
    to: usize,
    /// Whether the policies at the end that is called, and at the one that calls, are ours. Each has to hold without the other.
    shut: (bool, bool),
    rule: Rule,
    ports: Vec<(u16, &'static str)>,
}

/// The pairs, each with the ports to ask about and the rule for the answers.
pub(super) struct Expected(Vec<Pair>);

impl Expected {
    pub(super) fn new(ends: &Ends, declared: &Declared) -> Self {
        let mut pairs = Vec::new();
        let ours: BTreeSet<&str> =
            ends.iter().filter(|end| end.role == Role::Service).map(|end| end.namespace.as_str()).collect();
        let is_shut = |end: &End| match end.role {
            Role::Service | Role::Database => true,
            Role::Stranger => ours.contains(end.namespace.as_str()),
            _ => false,
        };
        for (from, source) in ends.iter().enumerate() {
            for (to, target) in ends.iter().enumerate() {
                let shut = (is_shut(target), is_shut(source));
                if shut.0 || shut.1 {
                    let rule = rule(source, target, is_shut(source), ends, declared);
                    pairs.push(Pair { from, to, shut, rule, ports: ports(source, target, ends) });
                }
            }
        }
        Self(pairs)
    }

    /// A verdict for each pair, and one for each group of peers.
    pub(super) fn verdicts(&self, program: &Path, ends: &Ends, policies: &[Value]) -> Result<Vec<Verdict>> {
        let questions: Vec<Question> = self
            .0
            .iter()
            .flat_map(|pair| pair.ports.iter().map(|&(port, protocol)| (pair.from, pair.to, port, protocol)))
            .collect();
        let mut answers = ask(program, policies, ends, &questions)?.into_iter();
        let names: Vec<&str> = ends.iter().map(|end| end.name.as_str()).collect();
        let mut verdicts = Vec::new();
        let mut groups = BTreeMap::new();
        for pair in &self.0 {
            let answers: Vec<((u16, &'static str), Answer)> =
                pair.ports.iter().copied().zip(answers.by_ref()).collect();
            let open = |is_open: fn(&Answer) -> bool| -> Ports {
                answers.iter().filter(|(_, answer)| is_open(answer)).map(|(port, _)| *port).collect()
            };
            let (from, to) = (names[pair.from], names[pair.to]);
            if pair.shut.0 {
                judge(&pair.rule, format!("{to} lets in {from}"), &open(|answer| answer.0), &mut verdicts, &mut groups);
            }
            if pair.shut.1 {
                judge(
                    &pair.rule,
                    format!("{from} lets out to {to}"),
                    &open(|answer| answer.1),
                    &mut verdicts,
                    &mut groups,
                );
            }
        }
        for (key, Group { declared, mut found, who }) in groups {
            found.sort_unstable();
            let verdict = if *declared == found {
                Ok(())
            } else {
                Err(format!("{} edges were declared; {}", declared.len(), who.join(", ")))
            };
            verdicts.push((key.to_owned(), verdict));
        }
        Ok(verdicts)
    }
}

/// What was found of peers that are judged together.
struct Group<'a> {
    declared: &'a [&'static str],
    found: Vec<&'static str>,
    who: Vec<String>,
}

fn judge<'a>(
    rule: &'a Rule,
    name: String,
    open: &Ports,
    verdicts: &mut Vec<Verdict>,
    groups: &mut BTreeMap<&'a str, Group<'a>>,
) {
    match rule {
        Rule::Exactly(declared) if declared == open => verdicts.push((name, Ok(()))),
        Rule::Exactly(declared) => {
            verdicts.push((name, Err(format!("open is {}, declared {}", list(open), list(declared)))));
        }
        Rule::AnyOne if open.len() == 1 => verdicts.push((name, Ok(()))),
        Rule::AnyOne => verdicts.push((name, Err(format!("open is {}, and one port was declared", list(open))))),
        Rule::AsMany { key, protocols } => {
            let group =
                groups.entry(key).or_insert_with(|| Group { declared: protocols, found: Vec::new(), who: Vec::new() });
            group.found.extend(open.iter().map(|(_, protocol)| *protocol));
            group.who.extend(open.iter().map(|(port, protocol)| format!("{name} on {port}/{protocol}")));
        }
    }
}

fn rule(from: &End, to: &End, from_is_shut: bool, ends: &Ends, declared: &Declared) -> Rule {
    let exactly = |ports: &[(u16, &'static str)]| Rule::Exactly(ports.iter().copied().collect());
    match (from.role, to.role) {
        (_, Role::Dns) if from_is_shut => exactly(&[(53, "TCP"), (53, "UDP")]),
        (_, Role::Linkerd) if from_is_shut => exactly(&[MESH, (8080, "TCP"), (8086, "TCP"), (8090, "TCP")]),
        (Role::Service, Role::Service) => Rule::Exactly(
            declared.service(&from.name).calls.iter().filter(|edge| edge.other == to.name).map(network_port).collect(),
        ),
        (Role::Service, Role::Database) => Rule::Exactly(
            declared.service(&from.name).calls.iter().filter(|edge| is_of(&edge.other, to)).map(network_port).collect(),
        ),
        (Role::Database, Role::Database) if from.name == to.name => exactly(&[DATABASE]),
        (Role::Service, Role::Watcher) => {
            let calls = declared.service(&from.name).calls.into_iter().filter(|edge| edge.other == to.name);
            Rule::Exactly(calls.map(|edge| network_port(&edge)).chain(to.ports.iter().copied()).collect())
        }
        (Role::Watcher, Role::Service) => exactly(&[MESH, PROXY_METRICS]),
        (Role::Service, Role::Peer) => as_many(from, to, "→", &declared.service(&from.name).calls, ends),
        (Role::Peer, Role::Service) => as_many(to, from, "←", &declared.service(&to.name).called, ends),
        (Role::Peer, Role::Database) => {
            let there = format!("{}/", from.namespace);
            let called = declared.callers_of(&to.name).iter().filter(|edge| edge.other.starts_with(&there));
            Rule::Exactly(called.map(|edge| (edge.port, edge.protocol)).collect())
        }
        (Role::Service, Role::ApiServer) if declared.service(&from.name).uses_api => Rule::AnyOne,
        (Role::Database, Role::ApiServer) => Rule::AnyOne,
        (Role::ApiServer, Role::Service) if declared.service(&to.name).is_asked => Rule::AnyOne,
        (Role::Service, Role::Address | Role::ApiServer) => outside(&declared.service(&from.name), to, ends),
        _ => exactly(&[]),
    }
}

/// The port that the network sees: the mesh's own, when it carries the edge.
fn network_port(edge: &Edge) -> (u16, &'static str) {
    if edge.meshed { MESH } else { (edge.port, edge.protocol) }
}

/// Whether a declared edge leads to a database: its operator makes Services `<name>-rw`, `-ro` and `-r`.
fn is_of(other: &str, database: &End) -> bool {
    ["-rw", "-ro", "-r"].iter().any(|suffix| other.strip_suffix(suffix) == Some(&database.name))
}

fn as_many(service: &End, peer: &End, arrow: &str, edges: &[Edge], ends: &Ends) -> Rule {
    let is_elsewhere = |edge: &Edge| {
        ends.iter().any(|end| {
            matches!(end.role, Role::Service | Role::Watcher) && end.name == edge.other
                || end.role == Role::Database && is_of(&edge.other, end)
        })
    };
    let there = format!("{}/", peer.namespace);
    let edges = edges.iter().filter(|edge| edge.other.starts_with(&there) && !is_elsewhere(edge));
    let mut protocols: Vec<&'static str> = edges.map(|edge| network_port(edge).1).collect();
    protocols.sort_unstable();
    Rule::AsMany { key: format!("{} {arrow} peers in {}", service.name, peer.namespace), protocols }
}

fn outside(service: &Service, to: &End, ends: &Ends) -> Rule {
    let Ok(address) = to.name.parse() else { return Rule::Exactly(BTreeSet::new()) };
    let is_reached = |on: &(u16, &'static str)| service.reaches.iter().any(|reach| reach.is(address, *on));
    Rule::Exactly(ends.ports.iter().copied().filter(is_reached).collect())
}

/// What is worth asking: all ports where a policy could open any, and what is served otherwise.
fn ports(from: &End, to: &End, ends: &Ends) -> Vec<(u16, &'static str)> {
    let nobodys = [(31337, "TCP"), (31337, "UDP")];
    let proxies = [MESH, PROXY_METRICS, (4190, "TCP"), (4140, "TCP")];
    let wide = match to.role {
        Role::Dns | Role::Linkerd => true,
        Role::Service | Role::Database | Role::Stranger => false,
        Role::Peer | Role::Watcher | Role::ApiServer | Role::Address => from.role != Role::Stranger,
    };
    let asked: Ports = if wide {
        ends.ports.iter().copied().chain(nobodys).collect()
    } else {
        to.ports.iter().copied().chain(proxies).chain(nobodys).collect()
    };
    asked.into_iter().collect()
}

fn list(ports: &Ports) -> String {
    if ports.is_empty() {
        return "nothing".to_owned();
    }
    ports.iter().map(|(port, protocol)| format!("{port}/{protocol}")).collect::<Vec<_>>().join(" and ")
}
