//! What pods of the platform get when they leave it unsaid.
//!
//! Pods only: a controller whose template was changed would differ from its chart for ever. Nothing that is said is replaced, but for
//! `enableServiceLinks`, where Kubernetes says `true` itself before anybody sees the pod. A pod that asks for more (privilege, a
//! capability) keeps what it asks for.

use super::object::{
    Autogen, Expression, FailurePolicy, MatchConstraints, Mutating, MutatingEvaluation, Mutation, ResourceRule, Switch,
};
use super::policy;
use super::question::named;
use super::questions::Known;
use super::tier::Tier;
use crate::meta::Custom;
use crate::model::Rule;

const NO_SERVICE_LINKS: &str = "no-service-links";

/// Their names. Those of a rule are the rule's.
pub(super) const NAMES: [&str; 3] =
    [Rule::RuntimeDefaultSeccomp.name(), Rule::NoPrivilegeEscalation.name(), NO_SERVICE_LINKS];

/// A container that says nothing about escalation, and asks for nothing that it goes with.
const UNSAID: &str = "!c.?securityContext.?allowPrivilegeEscalation.hasValue() \
    && c.?securityContext.?privileged.orValue(false) == false \
    && size(c.?securityContext.?capabilities.?add.orValue([])) == 0";

pub(super) fn policies(known: &Known) -> [Custom<Mutating>; 3] {
    let [seccomp, escalation, links] = NAMES;
    [
        mutating(
            known,
            seccomp,
            "!object.spec.?securityContext.?seccompProfile.hasValue() && object.spec.?os.?name.orValue('linux') == 'linux'",
            "has(object.spec.securityContext) \
             ? [JSONPatch{op: 'add', path: '/spec/securityContext/seccompProfile', value: {'type': 'RuntimeDefault'}}] \
             : [JSONPatch{op: 'add', path: '/spec/securityContext', value: {'seccompProfile': {'type': 'RuntimeDefault'}}}]",
        ),
        mutating(
            known,
            escalation,
            &format!(
                "(object.spec.containers + object.spec.?initContainers.orValue([])).exists(c, {UNSAID}) \
                 && object.spec.?os.?name.orValue('linux') == 'linux'"
            ),
            &format!(
                "{} + {}",
                shut("containers", "object.spec.containers"),
                shut("initContainers", "object.spec.?initContainers.orValue([])")
            ),
        ),
        mutating(
            known,
            links,
            "object.spec.?enableServiceLinks.orValue(true) == true",
            "[JSONPatch{op: 'add', path: '/spec/enableServiceLinks', value: false}]",
        ),
    ]
}

/// One patch for each container of a list that says nothing.
fn shut(name: &str, list: &str) -> String {
    format!(
        "lists.range(size({list})).filter(i, [{list}[i]].exists(c, {UNSAID})).map(i, has({list}[i].securityContext) \
         ? JSONPatch{{op: 'add', path: '/spec/{name}/' + string(i) + '/securityContext/allowPrivilegeEscalation', value: false}} \
         : JSONPatch{{op: 'add', path: '/spec/{name}/' + string(i) + '/securityContext', \
         value: {{'allowPrivilegeEscalation': false}}}})"
    )
}

fn mutating(known: &Known, name: &'static str, unsaid: &str, patches: &str) -> Custom<Mutating> {
    let pods = ResourceRule {
        api_groups: [""],
        api_versions: vec!["v1"],
        operations: vec!["CREATE"],
        resources: vec!["pods"],
    };
    let spec = Mutating {
        failure_policy: FailurePolicy::Ignore,
        reinvocation_policy: "IfNeeded",
        evaluation: MutatingEvaluation {
            admission: Switch { enabled: true },
            background: Switch { enabled: false },
            mutate_existing: Switch { enabled: false },
            skip_background_requests: true,
        },
        autogen: Autogen::default(),
        match_constraints: MatchConstraints {
            namespace_selector: Some(Tier::Platform.selector(known)),
            resource_rules: vec![pods],
        },
        match_conditions: vec![named("it-is-unsaid", unsaid)],
        mutations: vec![Mutation {
            patch_type: "JSONPatch",
            json_patch: Expression { expression: patches.to_owned() },
        }],
    };
    policy("MutatingPolicy", name, None, spec)
}
