//! `plugin guard` over policies: they are what the program renders itself, but for names.

#![cfg(target_os = "linux")]

use std::fs;

use super::guard::{guard, refuses_edits};
use crate::Workplace;

const POLICIES: &str = "out/homelab/platform/_policies";

#[test]
fn no_policy_is_weakened() {
    let place = Workplace::rendered("guard-policies-edited");
    let (secrets, tag) = ("validatingpolicy-secrets-by-operators.yaml", "validatingpolicy-tag-and-digest.yaml");
    refuses_edits(
        &place,
        &[
            (POLICIES, tag, ["  - Deny", "  - Audit"], "`spec.validationActions[0]`"),
            (POLICIES, tag, ["failurePolicy: Fail", "failurePolicy: Ignore"], "`spec.failurePolicy`"),
            (
                POLICIES,
                tag,
                ["variables.exempt_databases ||", "true || variables.exempt_databases ||"],
                "`spec.validations[0].exp",
            ),
            (
                POLICIES,
                tag,
                ["'mealie/mealie-pg', ", "'mealie/mealie-pg', 'mealie/other', "],
                "`spec.variables[3].expression`",
            ),
            (
                POLICIES,
                tag,
                ["        - kyverno\n", "        - kyverno\n        - trips\n"],
                "namespaceSelector.matchExpressions",
            ),
            (
                POLICIES,
                tag,
                ["      operations:\n      - CREATE\n", "      operations:\n"],
                "resourceRules[0].operations`",
            ),
            (
                POLICIES,
                tag,
                ["  validations:", "  matchConditions:\n  - name: never\n    expression: \"false\"\n  validations:"],
                "`spec.match",
            ),
            (POLICIES, secrets, ["  - Deny", "  - Audit"], "it is not the policy that is rendered"),
            (
                POLICIES,
                secrets,
                ["variables.settled ||", "true || variables.settled ||"],
                "it is not the policy that is rendered",
            ),
            (
                POLICIES,
                "mutatingpolicy-no-service-links.yaml",
                ["value: false", "value: true"],
                "jsonPatch.expression`",
            ),
            (POLICIES, "generatingpolicy-shut-new-namespaces.yaml", ["dyn(53)", "dyn(80)"], "is not the policy"),
        ],
    );
}

/// No policy is taken away, whether others are told by it or not.
#[cfg(target_os = "linux")]
#[test]
fn policies_are_applied_all_of_them() {
    for file in ["validatingpolicy-no-host-path.yaml", "validatingpolicy-secrets-by-operators.yaml"] {
        let place = Workplace::rendered("guard-policies");
        fs::remove_file(place.path(&format!("{POLICIES}/{file}"))).expect("the file can be removed");
        let manifest = format!("{POLICIES}/.casemate");
        let lines = place.read(&manifest);
        let kept: Vec<&str> = lines.lines().filter(|line| !line.contains(file)).collect();
        place.write(&manifest, &(kept.join("\n") + "\n"));
        let ran = guard(&place, POLICIES);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.starts_with(&format!("error: {POLICIES}/{file}: was rendered and is gone")), "{}", ran.err);
    }
}
