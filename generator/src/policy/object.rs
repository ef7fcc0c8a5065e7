//! Kyverno's policies, `policies.kyverno.io/v1`, as far as Casemate writes them.
//!
//! What the definition would fill in is written out, so that the object that is read back is the one that was written.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use serde::Serialize;

/// A group's version.
pub(super) const POLICIES: &str = "policies.kyverno.io/v1";

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Validating {
    pub(super) failure_policy: FailurePolicy,
    pub(super) validation_actions: [Action; 1],
    pub(super) evaluation: ValidatingEvaluation,
    pub(super) autogen: Autogen,
    pub(super) match_constraints: MatchConstraints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) match_conditions: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) variables: Vec<Named>,
    pub(super) validations: [Validation; 1],
}

/// What the API server does when Kyverno does not answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub(super) enum FailurePolicy {
    /// It refuses.
    Fail,
    /// It goes on.
    Ignore,
}

/// What Kyverno does about an object that breaks a rule.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub(super) enum Action {
    /// It refuses it.
    Deny,
    /// It reports it.
    Audit,
}

#[derive(Debug, Serialize)]
pub(super) struct ValidatingEvaluation {
    pub(super) admission: Switch,
    pub(super) background: Switch,
}

#[derive(Debug, Serialize)]
pub(super) struct Switch {
    pub(super) enabled: bool,
}

/// No controllers: Kyverno would make the policies of Deployments and the like by replacing text in expressions, and what runs is the
/// pod, whoever made it, with everything that was injected into it.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Autogen {
    pod_controllers: PodControllers,
}

#[derive(Debug, Default, Serialize)]
struct PodControllers {
    controllers: [&'static str; 0],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MatchConstraints {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) namespace_selector: Option<LabelSelector>,
    pub(super) resource_rules: Vec<ResourceRule>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResourceRule {
    pub(super) api_groups: [&'static str; 1],
    pub(super) api_versions: Vec<&'static str>,
    pub(super) operations: Vec<&'static str>,
    pub(super) resources: Vec<&'static str>,
}

/// An expression with a name.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) expression: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Validation {
    pub(super) message: String,
    pub(super) expression: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Mutating {
    pub(super) failure_policy: FailurePolicy,
    pub(super) reinvocation_policy: &'static str,
    pub(super) evaluation: MutatingEvaluation,
    pub(super) autogen: Autogen,
    pub(super) match_constraints: MatchConstraints,
    pub(super) match_conditions: Vec<Named>,
    pub(super) mutations: Vec<Mutation>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MutatingEvaluation {
    pub(super) admission: Switch,
    pub(super) background: Switch,
    pub(super) mutate_existing: Switch,
    pub(super) skip_background_requests: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Mutation {
    pub(super) patch_type: &'static str,
    pub(super) json_patch: Expression,
}

#[derive(Debug, Serialize)]
pub(super) struct Expression {
    pub(super) expression: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Generating {
    pub(super) evaluation: GeneratingEvaluation,
    pub(super) match_constraints: MatchConstraints,
    pub(super) match_conditions: Vec<Named>,
    pub(super) variables: Vec<Named>,
    pub(super) generate: [Expression; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GeneratingEvaluation {
    pub(super) admission: Switch,
    pub(super) generate_existing: Switch,
    pub(super) orphan_downstream_on_policy_delete: Switch,
    pub(super) skip_background_requests: bool,
    pub(super) synchronize: Switch,
}
