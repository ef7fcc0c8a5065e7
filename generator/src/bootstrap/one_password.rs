//! The 1Password operator: the one component outside of GitOps.

use casemate_dsl::word::Name;
use serde_json::{Value, json};

/// The chart of the operator and of the Connect server that it asks.
pub(super) const CHART: &str = "connect";

/// Where it is published.
pub(super) const REPOSITORY: &str = "https://1password.github.io/connect-helm-charts";

/// Its version, with operator 1.12.0. Before 2.3.0 the credentials had to be base64 within the Secret, and pods did not meet
/// `restricted`: *charts/connect/CHANGELOG.md* of 1Password/connect-helm-charts.
pub(super) const VERSION: &str = "2.4.1";

/// A Secret that a person makes, and the key that the chart reads in it.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub(super) struct Given {
    pub(super) name: &'static str,
    pub(super) key: &'static str,
}

/// The file that 1Password makes for a Connect server.
pub(super) const CREDENTIALS: Given = Given { name: "op-credentials", key: "1password-credentials.json" };

/// The operator's access token for it.
pub(super) const TOKEN: Given = Given { name: "onepassword-token", key: "token" };

/// The chart's values. What our rules stand on is said outright, where it is the chart's default, too: a default may change. Keys are in
/// the order in which Helm prints them, so that a script can compare them. The account is the one that policies let write Secrets.
pub(super) fn values(account: Name) -> Value {
    let resources = |cpu: &str| json!({"limits": {"memory": "128Mi"}, "requests": {"cpu": cpu, "memory": "64Mi"}});
    json!({
        "connect": {
            "api": {"resources": resources("50m")},
            "create": true,
            "credentialsKey": CREDENTIALS.key,
            "credentialsName": CREDENTIALS.name,
            "ingress": {"enabled": false},
            "serviceAccount": {"create": true, "name": "onepassword-connect"},
            "serviceType": "ClusterIP",
            "sync": {"resources": resources("20m")},
        },
        "operator": {
            // A field without a value would be a key without one: an application would find it and read nothing.
            "allowEmptyValues": false,
            "authMethod": "connect",
            // Items say themselves whether their Deployments restart.
            "autoRestart": false,
            "create": true,
            // It would copy Argo CD's tracking annotation to Secrets, and Argo CD would prune them.
            "enableAnnotations": false,
            "resources": resources("20m"),
            "serviceAccount": {"name": account.as_str()},
            "token": {"key": TOKEN.key, "name": TOKEN.name},
        },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::values;

    /// Helm prints a release's values as Go's `encoding/json` does: keys in order, no blanks, and some characters as escapes.
    #[test]
    fn values_are_as_helm_prints_them() {
        fn check(value: &Value) {
            match value {
                Value::Object(fields) => {
                    let keys: Vec<&String> = fields.keys().collect();
                    assert!(keys.is_sorted(), "{keys:?}");
                    fields.values().for_each(check);
                }
                Value::String(text) => assert!(!text.contains(['<', '>', '&']), "{text}"),
                Value::Bool(_) => {}
                other => panic!("{other} has more than one form"),
            }
        }
        check(&values(casemate_dsl::OnePassword::CHART.account));
    }
}
