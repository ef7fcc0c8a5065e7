//! Layer 3 of the security model, policy enforcement: what is not rendered here meets the same rules.
//!
//! Each rule of the model is a `ValidatingPolicy` of its name among services, and another one, `NAME-platform`, everywhere else but in
//! `kube-system` and in Kyverno's own namespace, which no policy sees. Where each may refuse, and why, is a table: `decision`.
//!
//! - Among services policies fail closed: with Kyverno away nothing enters unjudged. Everywhere else they fail open, so that the
//!   platform can be mended.
//! - There are no exceptions of Kyverno's own, `PolicyException`: whom a policy lets pass is in the policy itself, and in `exemption`.
//! - Pods of the platform get what they leave unsaid and no image can miss; services say everything themselves.
//! - A new namespace of nobody's is shut, but for DNS.

mod decision;
mod exemption;
mod generating;
mod mutating;
mod object;
mod question;
mod questions;
mod read_back;
mod tier;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

pub(crate) use self::decision::{Decision, decide};
pub(crate) use self::exemption::{Exemption, PREFIX as EXEMPTS};
pub(crate) use self::generating::LEAVES_OUT;
use self::object::{
    Action, Autogen, FailurePolicy, MatchConstraints, POLICIES, Switch, Validating, ValidatingEvaluation, Validation,
};
use self::question::Question;
use self::questions::Known;
pub(crate) use self::read_back::rendered_again;
pub(crate) use self::tier::Tier;
pub(crate) use self::tier::{NAME as NAMESPACE_NAME, why_out_of_sight};
use crate::graph::Graph;
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Custom, Treatment, Wave};
use crate::model::Rule;

/// The directory of the policies.
pub(crate) const DIRECTORY: &str = "platform/_policies";

/// The policies of a cluster that has Kyverno.
pub(crate) fn of_cluster(graph: &Graph) -> Vec<Manifest> {
    let place = Place::of_cluster(graph.cluster.name, DIRECTORY);
    Known::of(graph).map_or_else(Vec::new, |known| each(&known, &place, &|_, _| true))
}

/// The policies of a cluster of which this is known, as far as their kind and name are wanted.
fn each(known: &Known, place: &Place, is_wanted: &dyn Fn(&str, &str) -> bool) -> Vec<Manifest> {
    let mut manifests = Vec::new();
    for tier in Tier::ALL {
        // Whoever wants one policy need not wait for all expressions.
        if !Rule::ALL.iter().any(|rule| is_wanted("ValidatingPolicy", &name(*rule, tier))) {
            continue;
        }
        let questions = questions::of_tier(known, tier).into_iter();
        let wanted = questions.filter(|question| is_wanted("ValidatingPolicy", &name(question.rule, tier)));
        manifests.extend(wanted.filter_map(|question| validating(known, tier, question)).map(|it| place.manifest(&it)));
    }
    let mutating = mutating::NAMES.into_iter().zip(mutating::policies(known));
    manifests.extend(
        mutating.filter(|(name, _)| is_wanted("MutatingPolicy", name)).map(|(_, policy)| place.manifest(&policy)),
    );
    if is_wanted("GeneratingPolicy", generating::NAME) {
        manifests.push(place.manifest(&generating::policy(known)));
    }
    manifests
}

/// Whom the policies of a cluster exempt: what they are rendered from.
pub(crate) fn exemptions(graph: &Graph) -> Vec<Exemption> {
    let Some(known) = Known::of(graph) else { return Vec::new() };
    let questions = Tier::ALL.into_iter().flat_map(|tier| {
        let looks =
            move |question: &Question| !matches!(decide(question.rule, tier), Decision::Leave(_) | Decision::Held(_));
        let asked = questions::of_tier(&known, tier).into_iter().filter(looks);
        asked.map(move |question| (name(question.rule, tier), question.exempt))
    });
    questions
        .flat_map(|(policy, exempt)| exempt.into_iter().map(move |exempt| (policy.clone(), exempt)))
        .map(|(policy, exempt)| exempt.of(policy, &known, graph))
        .collect()
}

/// Every kind and name that a policy of ours can have, whether it is rendered today or not.
pub(crate) fn names() -> Vec<(&'static str, String)> {
    let validating = Tier::ALL.iter().flat_map(|tier| Rule::ALL.iter().map(|rule| name(*rule, *tier)));
    let mut names: Vec<_> = validating.map(|name| ("ValidatingPolicy", name)).collect();
    names.extend(mutating::NAMES.iter().map(|name| ("MutatingPolicy", (*name).to_owned())));
    names.push(("GeneratingPolicy", generating::NAME.to_owned()));
    names.sort();
    names
}

/// The group of all policies.
pub(crate) const GROUP: &str = "policies.kyverno.io";

/// Whether a kind is one of the policies that are rendered.
pub(crate) fn is_kind(group: &str, kind: &str) -> bool {
    group == GROUP && ["GeneratingPolicy", "MutatingPolicy", "ValidatingPolicy"].contains(&kind)
}

/// Whether a policy of this kind and name is one of ours.
pub(crate) fn is_named(group: &str, kind: &str, name: &str) -> bool {
    is_kind(group, kind) && names().iter().any(|(of, own)| *of == kind && own == name)
}

/// The name of the policy of a rule.
pub(crate) fn name(rule: Rule, tier: Tier) -> String {
    match tier {
        Tier::Services => rule.name().to_owned(),
        Tier::Platform => format!("{}-platform", rule.name()),
    }
}

/// The policy of a question in a tier; none where nothing is decided to look.
fn validating(known: &Known, tier: Tier, question: Question) -> Option<Custom<Validating>> {
    let Question { rule, about, when, variables, exempt: _, holds, background, everywhere } = question;
    let (action, reason) = match decide(rule, tier) {
        Decision::Deny => (Action::Deny, None),
        Decision::Audit(reason) => (Action::Audit, Some(reason)),
        Decision::Leave(_) | Decision::Held(_) => return None,
    };
    let failure_policy = match (tier, action) {
        (Tier::Services, Action::Deny) => FailurePolicy::Fail,
        (Tier::Services, Action::Audit) | (Tier::Platform, Action::Deny | Action::Audit) => FailurePolicy::Ignore,
    };
    Some(policy(
        "ValidatingPolicy",
        name(rule, tier),
        reason,
        Validating {
            failure_policy,
            validation_actions: [action],
            evaluation: ValidatingEvaluation {
                admission: Switch { enabled: true },
                background: Switch { enabled: background },
            },
            autogen: Autogen::default(),
            match_constraints: MatchConstraints {
                namespace_selector: (!everywhere).then(|| tier.selector(known)),
                resource_rules: about,
            },
            match_conditions: when,
            variables,
            validations: [Validation {
                message: format!("{}; instead: {}", rule.must(), rule.instead()),
                expression: holds,
            }],
        },
    ))
}

/// A policy, which bears why it does no more than it does, where that has a reason.
fn policy<S>(kind: &'static str, name: impl Into<String>, reason: Option<&str>, spec: S) -> Custom<S> {
    let mut annotations = meta::annotations(Wave::Foundation, Treatment::Custom);
    annotations.extend(reason.map(|reason| (meta::DESCRIPTION.to_owned(), reason.to_owned())));
    Custom {
        api_version: POLICIES,
        kind,
        metadata: ObjectMeta {
            name: Some(name.into()),
            labels: Some(meta::managed_by_casemate()),
            annotations: Some(annotations),
            ..ObjectMeta::default()
        },
        spec,
    }
}

#[cfg(test)]
mod tests;
