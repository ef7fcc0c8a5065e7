//! Rights in the Kubernetes API (security model, anti-patterns).

use crate::audit::judge::Judge;
use crate::audit::yaml::Field;
use crate::model::Rule;
use crate::review::quote::quotation;

/// Verbs that turn rights into more rights.
const RISING: [&str; 3] = ["escalate", "bind", "impersonate"];

/// What runs commands in pods, by whatever door.
const SHELLS: [&str; 5] = ["pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers", "nodes/proxy"];

/// Roles that every cluster has, and that hold more than any service needs.
const BUILT_IN: [&str; 3] = ["cluster-admin", "admin", "edit"];

/// Groups that hold everybody, or every account.
const EVERYBODY: [&str; 4] =
    ["system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts"];

pub(super) fn role(judge: &mut Judge, object: &Field<'_>) {
    let aggregated = object.get("aggregationRule");
    if !aggregated.is_absent() {
        let wrong = "the role's rights are gathered from other roles: nobody can read them here";
        judge.add(Rule::NoWildcardRights, &aggregated, wrong);
    }
    for rule in judge.mappings(&object.get("rules")) {
        for name in ["apiGroups", "resources", "verbs", "nonResourceURLs"] {
            for at in judge.list(&rule.get(name)) {
                let text = at.text_or_empty();
                // `pods/*` and `/healthz/*` are wildcards, too.
                if text.contains('*') {
                    let wrong = format!("`{}` in `{name}` gives more than anybody listed", quotation(text));
                    judge.add(Rule::NoWildcardRights, &at, wrong);
                } else if name == "verbs" && RISING.contains(&text) {
                    judge.add(Rule::NoWildcardRights, &at, format!("`{text}` turns these rights into any other"));
                }
            }
        }
        resources(judge, &rule);
    }
}

fn resources(judge: &mut Judge, rule: &Field<'_>) {
    let verbs: Vec<&str> = rule.get("verbs").items().filter_map(|verb| verb.text()).collect();
    let is_core = rule.get("apiGroups").items().any(|group| group.text() == Some("") || group.text() == Some("*"));
    if !is_core {
        return;
    }
    let does = |wanted: &[&str]| verbs.iter().any(|verb| *verb == "*" || wanted.contains(verb));
    for at in rule.get("resources").items() {
        let text = at.text_or_empty();
        if text == "secrets" && does(&["get", "list", "watch"]) {
            judge.add(Rule::NoWildcardRights, &at, "the role reads Secrets");
        } else if SHELLS.contains(&text) && does(&["get", "create", "update", "patch"]) {
            judge.add(Rule::NoWildcardRights, &at, format!("`{text}` runs commands in pods"));
        } else if text == "serviceaccounts/token" && does(&["create"]) {
            judge.add(Rule::NoWildcardRights, &at, "the role makes tokens of other accounts");
        }
    }
}

pub(super) fn binding(judge: &mut Judge, object: &Field<'_>) {
    let role = object.at(["roleRef", "name"]);
    let is_of_cluster = object.at(["roleRef", "kind"]).text() == Some("ClusterRole");
    if is_of_cluster && BUILT_IN.contains(&role.text_or_empty()) {
        let wrong = format!("the binding gives the rights of `{}`", role.text_or_empty());
        judge.add(Rule::NoWildcardRights, &role, wrong);
    }
    for subject in judge.mappings(&object.get("subjects")) {
        let at = subject.get("name");
        let name = at.text_or_empty();
        if EVERYBODY.contains(&name) || name.starts_with("system:serviceaccounts:") {
            judge.add(Rule::NoWildcardRights, &at, format!("the binding gives rights to all of `{}`", quotation(name)));
        } else if subject.get("kind").text() == Some("ServiceAccount") && name == "default" {
            judge.add(Rule::OwnServiceAccount, &at, "the binding gives rights to an account `default`");
        }
    }
}

pub(super) fn account(judge: &mut Judge, object: &Field<'_>) {
    let at = object.get("automountServiceAccountToken");
    if at.is(true) {
        judge.add(Rule::NoUnaskedToken, &at, "the account gives its token to every pod that does not refuse it");
    }
}
