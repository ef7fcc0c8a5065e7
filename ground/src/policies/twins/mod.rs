//! Broken twins for Kyverno: our own objects with one thing made insecure, each of which exactly the policy of that thing refuses. Its
//! whole twin passes first. The same among nobody's pods is what the platform's policy of that name reports.

mod borders;
mod objects;
mod pods;

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::{Value, json};

use super::engine::Engine;
use super::request::{Cluster, ELSEWHERE, Question};
use super::validating;
use crate::table::Findings;
use crate::tree::{Tree, text};
use crate::{injector, pods as templates};

/// An object of ours, and how it is broken.
#[derive(Debug)]
pub(super) struct Twin {
    /// The policy that refuses it.
    pub(super) policy: &'static str,
    of: Of,
    broken: &'static str,
    /// Breaks the object, or says that this one has nothing to break.
    change: fn(&mut Value) -> bool,
}

/// Where the whole object comes from.
#[derive(Debug)]
enum Of {
    /// The injected pod of a template of the tree.
    Pod,
    /// Such a pod, as a person debugs it.
    Debugged,
    /// An object of a kind of the tree.
    Kind(&'static str),
    /// One that no tree of ours has: there is only the broken one.
    Made(fn() -> Value),
}

const fn twin(policy: &'static str, of: Of, broken: &'static str, change: fn(&mut Value) -> bool) -> Twin {
    Twin { policy, of, broken, change }
}

const FAMILIES: [&[Twin]; 2] = [pods::TWINS, objects::TWINS];

/// All of them.
pub(super) fn all() -> impl Iterator<Item = &'static Twin> {
    FAMILIES.into_iter().flatten()
}

impl Twin {
    pub(super) fn name(&self) -> String {
        format!("{}: {}", self.policy, self.broken)
    }

    /// Whether another name makes it another object, so that the command can be shown many at once; it knows no parts of objects.
    pub(super) const fn can_be_renamed(&self) -> bool {
        matches!(self.of, Of::Pod | Of::Kind(_) | Of::Made(_)) && !self.is_fence()
    }

    /// Whether it is about what the mesh lets out, which is something else on the platform.
    const fn is_fence(&self) -> bool {
        matches!(self.policy.as_bytes(), b"egress-fence")
    }

    /// The whole object and the broken one, of the first that can be broken so.
    pub(super) fn pair(&self, tree: &Tree, home: &str) -> Option<(Option<Value>, Value)> {
        let wholes: Vec<Value> = match self.of {
            Of::Pod => pods(tree),
            Of::Debugged => pods(tree).into_iter().map(pods::debugged).collect(),
            Of::Kind(kind) => {
                let ours = tree.of_kind(kind).map(|manifest| manifest.object.clone());
                // A small cluster may have nobody who has rights.
                ours.chain(objects::rights(home).into_iter().filter(|one| one["kind"] == kind)).collect()
            }
            Of::Made(make) => {
                let mut broken = make();
                broken["metadata"]["namespace"] = json!(home);
                return Some((None, broken));
            }
        };
        wholes.into_iter().find_map(|whole| {
            let mut broken = whole.clone();
            (self.change)(&mut broken).then_some((Some(whole), broken))
        })
    }

    fn asked(&self, cluster: &Cluster, object: Value) -> Question {
        match self.of {
            Of::Debugged => {
                let mut before = object.clone();
                let _debugger = pods::remove(&mut before["spec"], "ephemeralContainers");
                cluster.updated(object, before).through("ephemeralcontainers")
            }
            Of::Pod | Of::Kind(_) | Of::Made(_) => cluster.created(object),
        }
    }
}

/// The injected pods of a tree.
fn pods(tree: &Tree) -> Vec<Value> {
    let injected = |(manifest, pod): (&crate::tree::Manifest, Value)| injector::injected(&pod, manifest.namespace());
    templates::templates(tree).into_iter().filter_map(|it| injected(it).ok().flatten()).collect()
}

/// A request, and the policies that find something wrong with it.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) name: String,
    pub(super) question: Question,
    pub(super) refusing: Vec<String>,
}

/// Everything that is asked.
pub(super) fn questions(cluster: &Cluster, tree: &Tree, findings: &mut Findings) -> Result<Vec<Asked>> {
    let home = text(&cluster.of_services()?["metadata"]["name"]);
    let everywhere: BTreeSet<&str> = validating(tree).collect();
    let mut asked = Vec::new();
    let mut ask = |name: String, question: Question, refusing: Vec<String>| {
        asked.push(Asked { name, question, refusing });
    };
    for twin in all() {
        let Some((whole, broken)) = twin.pair(tree, home) else {
            findings
                .check(&twin.name(), false, || "the tree has nothing of which such a twin could be made".to_owned());
            continue;
        };
        if let Some(whole) = whole {
            ask(format!("{}, whole", twin.name()), twin.asked(cluster, whole), Vec::new());
        }
        ask(twin.name(), twin.asked(cluster, broken.clone()), vec![twin.policy.to_owned()]);
        // Whoever takes a finalizer off from what is there already is not held up.
        if broken["kind"] == "Pod" && !matches!(twin.of, Of::Debugged) {
            let mut held = broken.clone();
            held["metadata"]["finalizers"] = json!(["batch.kubernetes.io/job-tracking"]);
            let name = format!("{}, an old one lets go", twin.name());
            ask(name, cluster.updated(broken.clone(), held), Vec::new());
        }
        let on_the_platform = format!("{}-platform", twin.policy);
        if everywhere.contains(on_the_platform.as_str()) && !twin.is_fence() {
            let mut moved = broken;
            moved["metadata"]["namespace"] = json!(ELSEWHERE);
            ask(format!("{}, elsewhere", twin.name()), twin.asked(cluster, moved), vec![on_the_platform]);
        }
    }
    let twins = asked.len();
    for (question, name, policies) in borders::questions(cluster, tree)? {
        asked.push(Asked { name, question, refusing: policies.into_iter().map(str::to_owned).collect() });
    }
    findings.check("there are questions at the border", asked.len() > twins, || "there are none".to_owned());
    Ok(asked)
}

/// Asks about every twin.
pub(super) fn refuse_all(engine: &Engine, cluster: &Cluster, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let asked = questions(cluster, tree, findings)?;
    let questions: Vec<Question> = asked.iter().map(|one| one.question.clone()).collect();
    for (Asked { name, question: _, refusing: expected }, answer) in asked.iter().zip(engine.ask(&questions)?) {
        let refusing = answer.refusing();
        findings.check(name, refusing == *expected, || {
            let said: Vec<String> = answer
                .verdicts
                .iter()
                .filter(|verdict| refusing.contains(&verdict.policy.as_str()))
                .map(ToString::to_string)
                .collect();
            format!("{expected:?} should refuse, and it was {said:?}")
        });
    }
    let tried: BTreeSet<&str> = asked.iter().flat_map(|one| &one.refusing).map(String::as_str).collect();
    for policy in validating(tree) {
        findings.check(&format!("{policy} says no"), tried.contains(policy), || "no twin is made for it".to_owned());
    }
    Ok(())
}
