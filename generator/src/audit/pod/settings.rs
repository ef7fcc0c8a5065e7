//! What the model asks of a container's settings beyond Pod Security's `restricted`.

use super::{Container, ContainerKind, Pod, rule_for};
use crate::audit::judge::Judge;
use crate::audit::yaml::Field;
use crate::model::Rule;

/// The user of Linkerd's proxy: what runs as it is let past the proxy.
const PROXY: i64 = 2102;

pub(super) fn judge(judge: &mut Judge, pod: &Pod<'_>) {
    localhost_profile(judge, Rule::RuntimeDefaultSeccomp, &pod.setting("seccompProfile"), "the pod has");
    for container in &pod.containers {
        let rule = |rule| rule_for(container.kind, rule);
        let at = container.setting("readOnlyRootFilesystem");
        if !at.is(true) {
            let wrong = container.says("has no `readOnlyRootFilesystem: true`");
            judge.add(rule(Rule::ReadOnlyRootFilesystem), &at, wrong);
        }
        for at in container.setting("capabilities").get("add").items() {
            let wrong = container.says("adds a capability");
            judge.add(rule(Rule::DropAllCapabilities), &at, wrong);
        }
        let profile = container.setting("seccompProfile");
        localhost_profile(judge, rule(Rule::RuntimeDefaultSeccomp), &profile, &container.says("has"));
        user(judge, pod, container);
    }
    groups(judge, pod);
}

/// A profile of the node's disk, which only the node's owner can read.
fn localhost_profile(judge: &mut Judge, rule: Rule, profile: &Field<'_>, who: &str) {
    let at = profile.get("type");
    if at.text() == Some("Localhost") {
        judge.add(rule, &at, format!("{who} a seccomp profile of the node instead of `RuntimeDefault`"));
    }
}

fn user(judge: &mut Judge, pod: &Pod<'_>, container: &Container<'_>) {
    let own = container.setting("runAsUser");
    let at = if own.is_absent() { pod.setting("runAsUser") } else { own.clone() };
    match at.integer() {
        // A container for debugging may be given the user of what it looks into.
        None if at.is_absent() && container.kind == ContainerKind::Ephemeral => {}
        None if at.is_absent() => {
            let wrong = container.says("has no `runAsUser`, and neither has its pod: the image decides");
            judge.add(Rule::NumericUser, &own, wrong);
        }
        None => judge.add(Rule::NumericUser, &at, container.says("runs as a user that is no number")),
        Some(0) => judge.add(Rule::NumericUser, &at, container.says("runs as root")),
        Some(PROXY) => {
            let wrong = container.says("runs as 2102, the user of the mesh's proxy, and so past it");
            judge.add(Rule::NumericUser, &at, wrong);
        }
        Some(_) => {}
    }
    let at = container.setting("runAsGroup");
    if at.integer() == Some(0) {
        judge.add(Rule::NumericUser, &at, container.says("runs in root's group"));
    }
}

fn groups(judge: &mut Judge, pod: &Pod<'_>) {
    let named = [pod.setting("runAsGroup"), pod.setting("fsGroup")];
    for at in named.into_iter().chain(pod.setting("supplementalGroups").items()) {
        if at.integer() == Some(0) {
            judge.add(Rule::NumericUser, &at, "the pod is in root's group");
        }
    }
}
