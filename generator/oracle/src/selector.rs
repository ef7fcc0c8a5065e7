//! Label selectors, as Kubernetes evaluates them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::field::{list, pairs, text, texts};

/// Labels of an object.
pub(crate) type Labels<'a> = BTreeMap<&'a str, &'a str>;

/// Whether a `LabelSelector` selects an object with these labels. The empty one selects everything.
pub(crate) fn selects(selector: &Value, labels: &Labels<'_>) -> bool {
    let equal = pairs(selector, "matchLabels").iter().all(|(key, value)| labels.get(key) == Some(value));
    equal && list(selector, "matchExpressions").iter().all(|expression| holds(expression, labels))
}

/// Whether a selector is the empty one.
pub(crate) fn selects_everything(selector: &Value) -> bool {
    list(selector, "matchExpressions").is_empty() && pairs(selector, "matchLabels").is_empty()
}

fn holds(expression: &Value, labels: &Labels<'_>) -> bool {
    let value = labels.get(text(expression, "key"));
    let values = texts(expression, "values");
    match text(expression, "operator") {
        "In" => value.is_some_and(|value| values.contains(value)),
        "NotIn" => value.is_none_or(|value| !values.contains(value)),
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn selectors() {
        let labels = Labels::from([("app", "a")]);
        for (selector, expected) in [
            (json!({}), true),
            (json!({"matchLabels": {"app": "a"}}), true),
            (json!({"matchLabels": {"app": "b"}}), false),
            (json!({"matchLabels": {"app": "a", "x": "y"}}), false),
            (json!({"matchExpressions": [{"key": "app", "operator": "In", "values": ["a", "b"]}]}), true),
            (json!({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["a"]}]}), false),
            (json!({"matchExpressions": [{"key": "x", "operator": "Exists"}]}), false),
            (json!({"matchExpressions": [{"key": "x", "operator": "DoesNotExist"}]}), true),
        ] {
            assert_eq!(selects(&selector, &labels), expected, "{selector}");
        }
    }
}
