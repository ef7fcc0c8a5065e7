//! Requests put to the API server itself, each as the account that makes it. The requests are dry runs: webhooks are asked and nothing
//! is stored but what was there before.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::super::foreign;
use super::super::request::{Cluster, ELSEWHERE, Question};
use super::super::twins::{self, Asked};
use super::before::BackDoor;
use crate::api::{Answer, Api};
use crate::fields;
use crate::pods::each;
use crate::table::Findings;
use crate::tree::{Tree, text};

const DRY: &str = "?dryRun=All";

/// Twins that Kubernetes itself refuses, whoever judges: the start of their names, and its words. The engine alone judges these.
const IMPOSSIBLE: &[(&str, &str)] = &[(
    "own-service-account: has none, an old one lets go",
    "serviceAccountToken: Forbidden: must not be specified when serviceAccountName is not set",
)];

/// What came of a request.
#[derive(Debug)]
enum Outcome {
    Answered(Answer),
    /// Kubernetes takes no such object, in its words; no webhook was asked.
    Impossible(String),
}

/// Who is asked, and who brings about what was there before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doors<'a> {
    pub(super) front: &'a Api,
    pub(super) back: &'a BackDoor,
}

/// Every broken twin is refused by a policy that may refuse, by its name, and what is only reported is admitted.
pub(super) fn refused(doors: Doors<'_>, cluster: &Cluster, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let denying = denying(tree, |_| true);
    let mut refusing = BTreeSet::new();
    possible_ones(doors, twins::questions(cluster, tree, findings)?, findings, |asked, answer| {
        let expected: Vec<&str> =
            asked.refusing.iter().map(String::as_str).filter(|name| denying.contains(name)).collect();
        let by: Vec<&str> = expected.iter().copied().filter(|policy| names(answer, policy)).collect();
        refusing.extend(by.iter().map(|policy| (*policy).to_owned()));
        if admitted(answer) == expected.is_empty() && by.is_empty() == expected.is_empty() {
            Ok(())
        } else {
            Err(format!("{expected:?} should refuse, and the answer was {}", answer.message()))
        }
    })?;
    for policy in denying {
        findings
            .check(&format!("{policy} refuses at admission"), refusing.contains(policy), || "it never did".to_owned());
    }
    Ok(())
}

/// While nobody judges, whatever a policy has something against waits among services, as does what moves a namespace among them;
/// everywhere else it comes in.
pub(super) fn unjudged(doors: Doors<'_>, cluster: &Cluster, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let shut = denying(tree, |policy| policy["spec"]["failurePolicy"] == "Fail");
    let mut questions = twins::questions(cluster, tree, findings)?;
    // What all policies pass says nothing about whether one of them was asked.
    questions.retain(|asked| !asked.refusing.is_empty());
    possible_ones(doors, questions, findings, |asked, answer| {
        let home = text(&asked.question.object["metadata"]["namespace"]);
        let waits = cluster.all_of_services().any(|services| services == home)
            || asked.refusing.iter().any(|policy| shut.contains(policy.as_str()));
        let holds = if waits { is_away(&answer.message()) } else { admitted(answer) };
        if holds { Ok(()) } else { Err(format!("{:?}: {}", asked.refusing, answer.message())) }
    })
}

/// Whether a webhook of Kyverno's is asked and does not answer.
pub(super) fn is_away(message: &str) -> bool {
    message.contains("failed calling webhook") && message.contains("kyverno")
}

/// The names of the policies that refuse, and of which this is true.
fn denying(tree: &Tree, is_meant: impl Fn(&Value) -> bool) -> BTreeSet<&str> {
    tree.of_kind("ValidatingPolicy")
        .filter(|policy| policy.object["spec"]["validationActions"][0] == "Deny" && is_meant(&policy.object))
        .map(crate::tree::Manifest::name)
        .collect()
}

/// Asks, and judges each answer. What Kubernetes itself refuses has to be known here, and has to be refused by it.
fn possible_ones(
    doors: Doors<'_>,
    questions: Vec<Asked>,
    findings: &mut Findings,
    mut judge: impl FnMut(&Asked, &Answer) -> Result<(), String>,
) -> Result<()> {
    for asked in questions {
        let known = IMPOSSIBLE.iter().find(|(name, _)| asked.name.starts_with(name));
        let outcome = ask(doors, &asked.question).with_context(|| asked.name.clone())?;
        let verdict = match (outcome, known) {
            (Outcome::Answered(answer), None) => judge(&asked, &answer),
            (Outcome::Impossible(message), Some((_, words))) if message.contains(words) => {
                eprintln!(
                    "  no webhook is asked about {:?}, since Kubernetes refuses it; the engine judges it",
                    asked.name
                );
                continue;
            }
            (Outcome::Impossible(message), _) => Err(format!("Kubernetes itself refuses it: {message}")),
            (Outcome::Answered(answer), Some((_, words))) => {
                Err(format!("Kubernetes does not say {words:?} of it, but {}", answer.message()))
            }
        };
        findings.case(&asked.name, verdict);
    }
    Ok(())
}

/// Webhooks are asked before it is seen that a name is taken.
fn admitted(answer: &Answer) -> bool {
    answer.granted() || answer.body["reason"] == "AlreadyExists"
}

/// Whether a refusal is a policy's, in its words.
fn names(answer: &Answer, policy: &str) -> bool {
    !answer.granted() && text(&answer.body["message"]).contains(&format!("Policy {policy} failed"))
}

fn ask(doors: Doors<'_>, question: &Question) -> Result<Outcome> {
    let groups: Vec<String> = each(&question.user["groups"]).map(|group| text(group).to_owned()).collect();
    let user = doors.front.acting_as(text(&question.user["username"]), &groups);
    let object = possible(question.object.clone());
    let answer = if question.old.is_null() {
        if object["kind"] == "Pod" && object["metadata"]["namespace"] == ELSEWHERE {
            give_account(doors.front, &object)?;
        }
        user.create(&object, DRY)?
    } else {
        let old = possible(question.old.clone());
        let before = match doors.back.bring(&old)? {
            Ok(before) => before,
            Err(message) => return Ok(Outcome::Impossible(message)),
        };
        let path = user.path(&old)?;
        let part = if question.part.is_empty() { path } else { format!("{path}/{}", question.part) };
        let answer = user.replace(&format!("{part}{DRY}"), &before.changed(&old, &object))?;
        doors.back.take_away(&before)?;
        answer
    };
    let is_impossible = answer.body["reason"] == "Invalid";
    Ok(if is_impossible { Outcome::Impossible(answer.message()) } else { Outcome::Answered(answer) })
}

/// Without the account that it runs as, a pod is refused before anybody is asked.
fn give_account(api: &Api, pod: &Value) -> Result<()> {
    let name = pod["spec"]["serviceAccountName"].as_str().unwrap_or("default");
    let account =
        json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": ELSEWHERE}});
    if api.get(&api.path(&account)?)?.is_none() {
        api.create(&account, "")?.object().context("an account for pods elsewhere")?;
    }
    Ok(())
}

/// Kubernetes refuses what contradicts itself: privilege without escalation.
fn possible(mut object: Value) -> Value {
    if object["kind"] != "Pod" {
        return object;
    }
    for list in ["containers", "initContainers"] {
        for container in object["spec"][list].as_array_mut().into_iter().flatten() {
            if container["securityContext"]["privileged"] == true
                && let Some(security) = container["securityContext"].as_object_mut()
            {
                security.remove("allowPrivilegeEscalation");
            }
        }
    }
    object
}

/// Pods of nobody's get what they leave unsaid, once; those that no policy sees get nothing.
pub(super) fn mutated(api: &Api, cluster: &Cluster, findings: &mut Findings) -> Result<()> {
    for pod in foreign::pods(cluster)? {
        let answer = api.create(&pod.before, DRY)?;
        let verdict = match text(&pod.before["metadata"]["namespace"]) {
            ELSEWHERE => changed(api, &pod.after, &answer)?,
            "kube-system" | "kyverno" => untouched(&answer),
            _ => {
                let refused = !answer.granted() && text(&answer.body["message"]).contains(" failed: ");
                if refused { Ok(()) } else { Err(answer.message()) }
            }
        };
        findings.case(pod.name, verdict);
    }
    Ok(())
}

fn changed(api: &Api, wanted: &Value, answer: &Answer) -> Result<Result<(), String>> {
    if !answer.granted() {
        return Ok(Err(answer.message()));
    }
    let lost = fields::lost(&wanted["spec"], &answer.body["spec"]);
    if !lost.is_empty() {
        return Ok(Err(lost.join("; ")));
    }
    let metadata = json!({"name": "again", "namespace": ELSEWHERE});
    let again = json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": answer.body["spec"]});
    let twice = api.create(&again, DRY)?.object()?;
    Ok(if twice["spec"] == answer.body["spec"] {
        Ok(())
    } else {
        Err(format!("the second time it became {}", twice["spec"]))
    })
}

fn untouched(answer: &Answer) -> Result<(), String> {
    if !answer.granted() {
        return Err(answer.message());
    }
    let spec = &answer.body["spec"];
    if spec["enableServiceLinks"] == true && spec["securityContext"]["seccompProfile"].is_null() {
        Ok(())
    } else {
        Err(format!("it became {spec}"))
    }
}
