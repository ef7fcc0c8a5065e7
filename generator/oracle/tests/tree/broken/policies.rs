//! Kyverno's policies.

use serde_json::json;

use crate::breach::{Twin, drop, remove, set};

const AMONG_SERVICES: &str = "ValidatingPolicy no-host-path";
const ELSEWHERE: &str = "ValidatingPolicy no-host-path-platform";
const BORDER: &str = "ValidatingPolicy tier";
const MUTATING: &str = "MutatingPolicy links";
const GENERATING: &str = "GeneratingPolicy shut";
const PROJECT: &str = "AppProject argocd/policies";

const SELECTOR: &str = "/spec/matchConstraints/namespaceSelector";

pub(crate) fn twins() -> Vec<Twin> {
    [validating(), mutating(), generating(), project()].concat()
}

fn validating() -> Vec<Twin> {
    vec![
        set(AMONG_SERVICES, "/spec/failurePolicy", json!("Ignore"), "policy-fails-closed"),
        set(AMONG_SERVICES, "/spec/validationActions", json!(["Audit"]), "policy-fails-closed"),
        remove(AMONG_SERVICES, SELECTOR, "policy-fails-closed"),
        remove(AMONG_SERVICES, "/spec/matchConstraints/namespaceSelector/matchLabels", "policy-fails-closed"),
        set(ELSEWHERE, "/spec/failurePolicy", json!("Fail"), "policy-fails-closed"),
        remove(BORDER, "/spec/matchConditions", "policy-fails-closed"),
        set(
            BORDER,
            "/spec/matchConditions/0/expression",
            json!("!('services' in [object.metadata.?labels[?'casemate.dev/tier'].orValue('')])"),
            "policy-fails-closed",
        ),
        set(BORDER, "/spec/matchConstraints/resourceRules/0/resources/-", json!("pods"), "policy-fails-closed"),
        set(
            AMONG_SERVICES,
            "/spec/matchConstraints/namespaceSelector/matchExpressions/0/values",
            json!(["kube-system"]),
            "policy-out-of-sight",
        ),
        set(
            ELSEWHERE,
            "/spec/matchConstraints/namespaceSelector/matchExpressions/1/values",
            json!(["kyverno"]),
            "policy-out-of-sight",
        ),
        set("Application argocd/policies", "/spec/destination/namespace", json!("policies"), "policy-out-of-sight"),
        remove(ELSEWHERE, "/metadata/annotations/kubernetes.io~1description", "policy-says-why"),
        set(AMONG_SERVICES, "/metadata/annotations/kubernetes.io~1description", json!("so"), "policy-says-why"),
        set(AMONG_SERVICES, "/spec/validationActions", json!(["Deny", "Audit"]), "value"),
        set(AMONG_SERVICES, "/spec/validationActions", json!(["Warn"]), "value"),
        set(AMONG_SERVICES, "/spec/evaluation/admission/enabled", json!(false), "value"),
        set(AMONG_SERVICES, "/spec/evaluation/mode", json!("JSON"), "unknown-path"),
        set(AMONG_SERVICES, "/spec/autogen/podControllers/controllers", json!(["deployments"]), "value"),
        remove(AMONG_SERVICES, "/spec/autogen", "missing-path"),
        set(
            AMONG_SERVICES,
            "/spec/matchConstraints/excludeResourceRules",
            json!([{"resources": ["pods"]}]),
            "unknown-path",
        ),
        set(AMONG_SERVICES, "/spec/matchConstraints/resourceRules/0/resources", json!(["*"]), "value"),
        set(AMONG_SERVICES, "/spec/matchConstraints/resourceRules/0/apiGroups", json!(["*"]), "value"),
        set(AMONG_SERVICES, "/spec/matchConstraints/objectSelector", json!({}), "unknown-path"),
        set(
            AMONG_SERVICES,
            "/spec/matchConstraints/namespaceSelector/matchExpressions/0/key",
            json!("example.com/anything"),
            "value",
        ),
        set(AMONG_SERVICES, "/spec/validations", json!([]), "empty"),
        remove(AMONG_SERVICES, "/spec/validations/0/message", "missing-path"),
    ]
}

fn mutating() -> Vec<Twin> {
    vec![
        set(MUTATING, "/spec/failurePolicy", json!("Fail"), "policy-mutates-platform"),
        remove(MUTATING, SELECTOR, "policy-mutates-platform"),
        set(
            MUTATING,
            "/spec/matchConstraints/resourceRules/0/resources",
            json!(["deployments"]),
            "policy-mutates-platform",
        ),
        set(MUTATING, "/spec/evaluation/mutateExisting/enabled", json!(true), "value"),
        set(MUTATING, "/spec/evaluation/background/enabled", json!(true), "value"),
        set(MUTATING, "/spec/mutations/0/patchType", json!("ApplyConfiguration"), "value"),
    ]
}

fn generating() -> Vec<Twin> {
    vec![
        set(GENERATING, "/spec/evaluation/generateExisting/enabled", json!(true), "value"),
        set(GENERATING, "/spec/evaluation/synchronize/enabled", json!(true), "value"),
        set(GENERATING, "/spec/matchConstraints/resourceRules/0/resources", json!(["pods"]), "value"),
        remove(GENERATING, "/spec/matchConditions", "missing-path"),
    ]
}

fn project() -> Vec<Twin> {
    vec![
        drop(PROJECT, "application-project"),
        remove(PROJECT, "/spec/clusterResourceWhitelist/0", "project-cluster-kinds"),
        set(PROJECT, "/spec/clusterResourceWhitelist/0/name", json!("policies.*"), "project-cluster-kinds"),
        set(
            PROJECT,
            "/spec/clusterResourceWhitelist/-",
            json!({"group": "", "kind": "Namespace", "name": "shop"}),
            "project-cluster-kinds",
        ),
    ]
}
