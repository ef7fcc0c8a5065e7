//! Requests put to the API server itself, each as the account that makes it, as dry runs: webhooks are asked and nothing is stored.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::super::foreign;
use super::super::request::{Cluster, ELSEWHERE, Question};
use super::super::twins::{self, Asked};
use super::OPERATOR;
use crate::api::{Answer, Api};
use crate::fields;
use crate::pods::each;
use crate::table::Findings;
use crate::tree::{Tree, text};

const DRY: &str = "?dryRun=All";

/// Every broken twin is refused by a policy that may refuse, by its name, and what is only reported is admitted.
pub(super) fn refused(api: &Api, cluster: &Cluster, tree: &Tree, findings: &mut Findings) -> Result<()> {
    let denying: BTreeSet<&str> = tree
        .of_kind("ValidatingPolicy")
        .filter(|policy| policy.object["spec"]["validationActions"][0] == "Deny")
        .map(crate::tree::Manifest::name)
        .collect();
    let (mut refusing, mut impossible) = (BTreeSet::new(), 0);
    for Asked { name, question, refusing: expected } in twins::questions(cluster, tree, findings)? {
        let expected: Vec<&str> = expected.iter().map(String::as_str).filter(|name| denying.contains(name)).collect();
        let Some(answer) = ask(api, &question).with_context(|| name.clone())? else { continue };
        // What Kubernetes cannot mean never comes to a policy.
        if answer.body["reason"] == "Invalid" {
            impossible += 1;
            continue;
        }
        let by: Vec<&str> = expected.iter().copied().filter(|policy| names(&answer, policy)).collect();
        // Webhooks are asked before it is seen that the name is taken.
        let admitted = answer.granted() || answer.body["reason"] == "AlreadyExists";
        findings.check(&name, admitted == expected.is_empty() && by.is_empty() == expected.is_empty(), || {
            format!("{expected:?} should refuse, and the answer was {}", answer.message())
        });
        refusing.extend(by.into_iter().map(str::to_owned));
    }
    eprintln!(
        "  {impossible} twins are refused by Kubernetes itself, and no webhook is asked: the engine alone judges them"
    );
    for policy in denying {
        findings
            .check(&format!("{policy} refuses at admission"), refusing.contains(policy), || "it never did".to_owned());
    }
    Ok(())
}

/// Whether a refusal is a policy's, in its words.
fn names(answer: &Answer, policy: &str) -> bool {
    !answer.granted() && text(&answer.body["message"]).contains(&format!("Policy {policy} failed"))
}

/// The answer to a request; none where the object of before cannot be brought about, since policies refuse it.
fn ask(api: &Api, question: &Question) -> Result<Option<Answer>> {
    let groups: Vec<String> = each(&question.user["groups"]).map(|group| text(group).to_owned()).collect();
    let user = api.acting_as(text(&question.user["username"]), &groups);
    let object = possible(question.object.clone());
    if question.old.is_null() {
        if object["kind"] == "Pod" && object["metadata"]["namespace"] == ELSEWHERE {
            give_account(api, &object)?;
        }
        return user.create(&object, DRY).map(Some);
    }
    let path = api.path(&question.old)?;
    if api.get(&path)?.is_none() {
        let maker = if question.old["kind"] == "Secret" { api.acting_as(OPERATOR, &[]) } else { api.clone() };
        if !maker.create(&possible(question.old.clone()), "")?.granted() {
            return Ok(None);
        }
    }
    let part = if question.part.is_empty() { path } else { format!("{path}/{}", question.part) };
    user.replace(&format!("{part}{DRY}"), &object).map(Some)
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
