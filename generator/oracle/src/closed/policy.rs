//! Kyverno: what the rest of the cluster is held to. Expressions are texts here: the engine itself is asked what they mean.

use super::metadata::{CLUSTER_WIDE, CUSTOM};
use super::notation::Rule::{
    Alone, Bool, Each, Exactly, False, Fits, Map, Nothing, Object, Objects, OneObject, OneOf, True,
};
use super::notation::{Shape, Table, may, must};
use super::words::{
    API_GROUP, API_VERSION_OR_ALL, EXPRESSION, EXPRESSION_NAME, LABEL, LABEL_KEY, LABEL_VALUE, NON_EMPTY, SUBRESOURCE,
    VARIABLE_NAME,
};

/// The kinds of this family.
pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        api_version: "policies.kyverno.io/v1",
        kind: "GeneratingPolicy",
        tables: &[CLUSTER_WIDE, OURS, CUSTOM, GENERATING],
    },
    Shape {
        api_version: "policies.kyverno.io/v1",
        kind: "MutatingPolicy",
        tables: &[CLUSTER_WIDE, OURS, CUSTOM, MATCHED, MUTATING],
    },
    Shape {
        api_version: "policies.kyverno.io/v1",
        kind: "ValidatingPolicy",
        tables: &[CLUSTER_WIDE, OURS, CUSTOM, MATCHED, VALIDATING],
    },
];

const OURS: Table = &[
    must("metadata.labels.<app.kubernetes.io/managed-by>", Exactly("casemate")),
    may("metadata.annotations.<kubernetes.io/description>", Fits(NON_EMPTY)),
];

/// What both kinds have that look at objects: which they see, and that Kyverno makes no further policies from them.
const MATCHED: Table = &[
    must("spec.failurePolicy", OneOf(&["Fail", "Ignore"])),
    must("spec.evaluation.admission.enabled", True),
    must("spec.autogen.podControllers.controllers", Nothing),
    may("spec.matchConstraints.namespaceSelector", Object(&[SELECTOR])),
    must("spec.matchConstraints.resourceRules", Objects(&[RESOURCES])),
    may("spec.matchConditions", Objects(&[NAMED])),
    may("spec.variables", Objects(&[VARIABLE])),
];

const VALIDATING: Table = &[
    must("spec.validationActions", Alone(&OneOf(&["Audit", "Deny"]))),
    must("spec.evaluation.background", Object(&[SWITCH])),
    must("spec.validations", OneObject(&[VALIDATION])),
];

/// Pods that exist already are nobody's to change.
const MUTATING: Table = &[
    must("spec.reinvocationPolicy", OneOf(&["IfNeeded", "Never"])),
    must("spec.evaluation.background.enabled", False),
    must("spec.evaluation.mutateExisting.enabled", False),
    must("spec.evaluation.skipBackgroundRequests", True),
    must("spec.mutations", OneObject(&[MUTATION])),
];

const GENERATING: Table = &[
    must("spec.evaluation.admission.enabled", True),
    must("spec.evaluation.generateExisting.enabled", False),
    must("spec.evaluation.orphanDownstreamOnPolicyDelete.enabled", True),
    must("spec.evaluation.skipBackgroundRequests", True),
    must("spec.evaluation.synchronize.enabled", False),
    must("spec.matchConstraints.resourceRules", OneObject(&[NEW_NAMESPACES])),
    must("spec.matchConditions", Objects(&[NAMED])),
    may("spec.variables", Objects(&[VARIABLE])),
    must("spec.generate", OneObject(&[WITHOUT_NAME])),
];

const SWITCH: Table = &[must("enabled", Bool)];

const SELECTOR: Table =
    &[may("matchLabels", Map(LABEL_KEY, &Fits(LABEL_VALUE))), must("matchExpressions", Objects(&[REQUIREMENT]))];

/// Namespaces are left out by name or tier, never picked by something that anybody can write.
const REQUIREMENT: Table = &[
    must("key", OneOf(&["casemate.dev/tier", "kubernetes.io/metadata.name"])),
    must("operator", Exactly("NotIn")),
    must("values", Each(&Fits(LABEL))),
];

const RESOURCES: Table = &[
    must("apiGroups", Alone(&Fits(API_GROUP))),
    must("apiVersions", Alone(&Fits(API_VERSION_OR_ALL))),
    must("operations", Each(&OneOf(&["CREATE", "UPDATE"]))),
    must("resources", Each(&Fits(SUBRESOURCE))),
];

const NEW_NAMESPACES: Table = &[
    must("apiGroups", Alone(&Exactly(""))),
    must("apiVersions", Alone(&Exactly("v1"))),
    must("operations", Alone(&Exactly("CREATE"))),
    must("resources", Alone(&Exactly("namespaces"))),
];

const NAMED: Table = &[must("name", Fits(EXPRESSION_NAME)), must("expression", Fits(EXPRESSION))];

const VARIABLE: Table = &[must("name", Fits(VARIABLE_NAME)), must("expression", Fits(EXPRESSION))];

const WITHOUT_NAME: Table = &[must("expression", Fits(EXPRESSION))];

const VALIDATION: Table = &[must("message", Fits(NON_EMPTY)), must("expression", Fits(EXPRESSION))];

const MUTATION: Table = &[must("patchType", Exactly("JSONPatch")), must("jsonPatch.expression", Fits(EXPRESSION))];
