//! Kyverno: where its policies act, and what happens when it does not answer.

use serde_json::Value;

use super::CrossRule;
use super::gitops::owner;
use crate::field::{at, list, text, texts};
use crate::scene::{Findings, Scene};
use crate::world::Document;

/// The group of all policies.
pub(super) const GROUP: &str = "policies.kyverno.io";

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "policy-fails-closed",
        sentence: "what is refused among services is refused without Kyverno, too, and nothing else is",
        check: fails_closed,
    },
    CrossRule {
        name: "policy-out-of-sight",
        sentence: "no policy that selects namespaces sees `kube-system` or Kyverno's own",
        check: out_of_sight,
    },
    CrossRule {
        name: "policy-mutates-platform",
        sentence: "pods of services are changed by no policy, and others by none that can keep them away",
        check: mutates_platform,
    },
    CrossRule { name: "policy-says-why", sentence: "a policy that only reports says why", check: says_why },
];

/// Whether a document is a policy.
pub(super) fn is_policy(document: &Document) -> bool {
    document.group() == GROUP
}

/// Whom a policy is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whom {
    /// Namespaces of services, by their label.
    Services,
    /// All others, by the same label.
    Others,
    /// Namespaces, whose own conditions say which.
    Conditions,
    /// Everybody.
    Everybody,
}

const TIER: &str = "casemate.dev/tier";

fn whom(policy: &Document) -> Whom {
    let selector = at(&policy.value, "spec.matchConstraints.namespaceSelector");
    let without = |key: &str| -> Vec<&str> {
        let about = list(selector, "matchExpressions").iter().filter(|one| text(one, "key") == key);
        about.flat_map(|one| texts(one, "values")).collect()
    };
    if at(selector, "matchLabels").get(TIER) == Some(&Value::from("services")) {
        Whom::Services
    } else if without(TIER) == ["services"] {
        Whom::Others
    } else if of_services(policy) {
        Whom::Conditions
    } else {
        Whom::Everybody
    }
}

/// Whether it is about namespaces only, and a condition, which the API server reads, asks for the tier of services.
fn of_services(policy: &Document) -> bool {
    let resources = list(&policy.value, "spec.matchConstraints.resourceRules");
    let mut resources = resources.iter().flat_map(|rule| texts(rule, "resources"));
    let conditions = list(&policy.value, "spec.matchConditions").iter().map(|one| text(one, "expression"));
    let asks = |condition: &str| {
        let is_in = format!("'services' in [object.metadata.?labels[?'{TIER}']");
        condition.starts_with(&is_in) || condition.contains(&format!("&& {is_in}"))
    };
    resources.all(|resource| resource.split('/').next() == Some("namespaces")) && conditions.into_iter().any(asks)
}

fn fails_closed(scene: &Scene<'_>, findings: &mut Findings) {
    for policy in scene.of_kind("ValidatingPolicy").iter().copied() {
        let closed = text(&policy.value, "spec.failurePolicy") == "Fail";
        let denies = texts(&policy.value, "spec.validationActions").contains(&"Deny");
        let among_services = matches!(whom(policy), Whom::Services | Whom::Conditions);
        if closed != (denies && among_services) {
            let sentence = format!("it fails {}, about {:?}", if closed { "closed" } else { "open" }, whom(policy));
            findings.push(policy.finding("policy-fails-closed", sentence));
        }
    }
}

fn out_of_sight(scene: &Scene<'_>, findings: &mut Findings) {
    for policy in scene.documents.iter().filter(|document| is_policy(document)) {
        let selector = at(&policy.value, "spec.matchConstraints.namespaceSelector");
        let home =
            owner(scene, policy).map_or("", |application| text(&application.value, "spec.destination.namespace"));
        let unseen: Vec<_> = list(selector, "matchExpressions")
            .iter()
            .filter(|one| text(one, "key") == "kubernetes.io/metadata.name")
            .flat_map(|one| texts(one, "values"))
            .collect();
        if selector.is_object() && !["kube-system", home].iter().all(|name| unseen.contains(name)) {
            findings.push(policy.finding("policy-out-of-sight", format!("it leaves out {unseen:?} only")));
        }
    }
}

fn mutates_platform(scene: &Scene<'_>, findings: &mut Findings) {
    for policy in scene.of_kind("MutatingPolicy").iter().copied() {
        let resources = list(&policy.value, "spec.matchConstraints.resourceRules");
        let resources: Vec<_> = resources.iter().flat_map(|rule| texts(rule, "resources")).collect();
        let open = text(&policy.value, "spec.failurePolicy") == "Ignore";
        if whom(policy) != Whom::Others || !open || resources != ["pods"] {
            let sentence = format!("it changes {resources:?} of {:?}", whom(policy));
            findings.push(policy.finding("policy-mutates-platform", sentence));
        }
    }
}

fn says_why(scene: &Scene<'_>, findings: &mut Findings) {
    for policy in scene.of_kind("ValidatingPolicy").iter().copied() {
        let audits = texts(&policy.value, "spec.validationActions").contains(&"Audit");
        let says = at(&policy.value, "metadata.annotations").get("kubernetes.io/description").is_some();
        if audits != says {
            findings.push(policy.finding("policy-says-why", "its reason is missing, or it refuses and has one"));
        }
    }
}
