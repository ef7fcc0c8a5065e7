//! What is asked of namespaces: that they keep what tells Kubernetes, Kyverno and Linkerd what to hold their pods to.
//!
//! Labels can be changed through `namespaces/status` and `namespaces/finalize`, too. Kubernetes' own controllers use both when a
//! namespace goes, and must not wait for Kyverno: so the API server is asked first whether a label changes at all.

use super::super::exemption;
use super::super::object::Named;
use super::super::question::{Question, named, texts, written};
use super::super::tier::{SERVICES, TIER, Tier};
use super::Known;
use crate::mesh::SETTINGS;
use crate::model::Rule;

const NAMESPACES: &[&str] = &["namespaces", "namespaces/finalize", "namespaces/status"];

const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

/// The one setting of the mesh whose value is a permission.
const INBOUND: &str = "config.linkerd.io/default-inbound-policy";

/// Whether a pod or a namespace is to have a proxy.
const INJECT: &str = "variables.said[?'linkerd.io/inject'].orValue('enabled')";

pub(super) fn questions(known: &Known, tier: Tier) -> Vec<Question> {
    let mut questions = vec![labels(tier)];
    match tier {
        Tier::Services => questions.extend([keeps_tier(known), mesh(known)]),
        Tier::Platform => questions.push(stays()),
    }
    questions
}

/// A label of the namespace as it will be.
fn now(label: &str) -> String {
    format!("object.metadata.?labels[?'{label}'].orValue('')")
}

/// A label of the namespace as it was.
fn before(label: &str) -> String {
    format!("(request.operation == 'UPDATE' ? oldObject.metadata.?labels[?'{label}'].orValue('') : '')")
}

fn question(rule: Rule, tier: Tier, when: Vec<Named>, holds: String) -> Question {
    Question {
        rule,
        about: vec![written("", "v1", NAMESPACES)],
        when,
        variables: Vec::new(),
        exempt: Vec::new(),
        holds,
        background: false,
        everywhere: tier == Tier::Services,
    }
}

/// Only Argo CD's controller, which holds namespaces to the tree, moves one among services or away from them.
fn keeps_tier(known: &Known) -> Question {
    let (now, before) = (now(TIER), before(TIER));
    let moves = format!("{now} != {before} && '{SERVICES}' in [{now}, {before}]");
    let holds = format!("request.userInfo.?username.orValue('') == '{}'", known.argocd);
    question(Rule::NamespacesKeepTier, Tier::Services, vec![named("the-tier-changes", moves)], holds)
}

/// Every namespace says its level; one of services says `restricted`, in a version that has all of it.
fn labels(tier: Tier) -> Question {
    let level = |mode: &str| format!("object.metadata.?labels[?'pod-security.kubernetes.io/' + {mode}].orValue('')");
    let changes = "request.operation == 'CREATE' \
                   || object.metadata.?labels.orValue({}) != oldObject.metadata.?labels.orValue({})";
    let is_service = format!("'{SERVICES}' in [{}, {}]", now(TIER), before(TIER));
    let (whose, holds) = match tier {
        Tier::Services => (
            is_service,
            format!(
                "['enforce', 'audit', 'warn'].all(mode, {} == 'restricted' \
                 && {}.matches('^(latest|v1[.](2[5-9]|[3-9][0-9]))$'))",
                level("mode"),
                level("mode + '-version'")
            ),
        ),
        Tier::Platform => (format!("!({is_service})"), format!("{} != ''", now(ENFORCE))),
    };
    let when = vec![named("whose-it-is", whose), named("its-labels-change", changes)];
    question(Rule::PodSecurityLabels, tier, when, holds)
}

/// A level that was said once is said for ever.
fn stays() -> Question {
    let goes = format!("{} != '' && {} == ''", before(ENFORCE), now(ENFORCE));
    question(Rule::PodSecurityLabelsStay, Tier::Platform, vec![named("the-level-goes", goes)], "false".to_owned())
}

/// Nothing that the injector or the proxy reads is said but what Casemate says: no port passes the mesh by, nobody without identity is
/// let in. Pods of declared databases may keep out of the mesh.
fn mesh(known: &Known) -> Question {
    let free = SETTINGS.iter().filter(|key| **key != INBOUND);
    let databases = exemption::databases(Rule::OurMeshSettings, known, Tier::Services);
    let holds = format!(
        "variables.settled || variables.said.all(key, \
         key == '{INBOUND}' ? variables.said[key] == 'deny' \
         : key in {} || !key.matches('^config[.].*linkerd[.]io/')) && ({INJECT} == 'enabled'{})",
        texts(free),
        // They may leave the mesh, and are held to everything else.
        databases.as_ref().map_or_else(String::new, |exempt| {
            format!(" || variables.{} && {INJECT} == 'disabled'", exempt.variable)
        })
    );
    let mut question = Question {
        rule: Rule::OurMeshSettings,
        about: vec![written("", "v1", &["namespaces", "pods"])],
        when: Vec::new(),
        variables: vec![
            named("said", "object.metadata.?annotations.orValue({})"),
            named(
                "settled",
                "request.operation == 'UPDATE' \
                 && object.metadata.?annotations.orValue({}) == oldObject.metadata.?annotations.orValue({})",
            ),
        ],
        exempt: Vec::new(),
        holds,
        background: true,
        everywhere: false,
    };
    if let Some(exempt) = databases {
        question.exempt(exempt);
    }
    question
}
