//! Holding a value to a tree of rules.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::compiled::{Fields, Holds};
use super::notation::Rule;

/// One breach: the name of the rule and a sentence with the path.
pub(crate) type Breach = (&'static str, String);

/// Collects breaches and counts what was looked at.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    pub(crate) breaches: Vec<Breach>,
    pub(crate) fields: usize,
}

impl Walk {
    fn breach(&mut self, rule: &'static str, sentence: String) {
        self.breaches.push((rule, sentence));
    }

    /// Holds an object to its fields.
    pub(crate) fn object(&mut self, path: &str, map: &Map<String, Value>, fields: &Fields) {
        for (key, node) in &fields.nodes {
            if node.required && !map.contains_key(*key) {
                self.breach("missing-path", format!("`{}` is missing", join(path, key)));
            }
        }
        for (least, keys) in &fields.choices {
            let there: Vec<_> = keys.iter().filter(|key| map.contains_key(**key)).collect();
            if there.len() > 1 || there.len() < *least {
                self.breach("choice", format!("`{path}` has {there:?}, not one of {keys:?}"));
            }
        }
        for (key, value) in map {
            let here = join(path, key);
            match fields.nodes.get(key.as_str()) {
                Some(node) => self.value(&here, value, &node.holds),
                None => match fields.others {
                    Some((keys, rule)) if (keys.holds)(key) => self.leaf(&here, value, rule),
                    _ => self.breach("unknown-path", format!("`{here}` was not foreseen")),
                },
            }
        }
    }

    fn value(&mut self, path: &str, value: &Value, holds: &Holds) {
        match (holds, value) {
            (Holds::Leaf(rule), _) => self.leaf(path, value, *rule),
            (Holds::Object { may_be_empty: true, .. }, Value::Object(map)) if map.is_empty() => self.fields += 1,
            (Holds::Object { fields, .. }, Value::Object(map)) => {
                if map.is_empty() {
                    self.breach("empty", format!("`{path}` is empty"));
                }
                self.object(path, map, fields);
            }
            (Holds::Objects { most, fields }, Value::Array(items)) => {
                if items.is_empty() {
                    self.breach("empty", format!("`{path}` is empty"));
                }
                if items.len() > *most {
                    self.breach("value", format!("`{path}` has {} items, not {most}", items.len()));
                }
                for (index, item) in items.iter().enumerate() {
                    let here = format!("{path}[{index}]");
                    match item.as_object() {
                        Some(map) => self.object(&here, map, fields),
                        None => self.breach("value", format!("`{here}` is no object")),
                    }
                }
            }
            (Holds::Object { .. }, _) => self.breach("value", format!("`{path}` is no object")),
            (Holds::Objects { .. }, _) => self.breach("value", format!("`{path}` is no list")),
        }
    }

    fn leaf(&mut self, path: &str, value: &Value, rule: Rule) {
        self.fields += 1;
        match (rule, value) {
            (Rule::Foreign, Value::Object(map)) if !map.is_empty() => {}
            (Rule::Each(of), Value::Array(items)) => self.strings(path, items, Some(*of)),
            (Rule::Alone(of), Value::Array(items)) => {
                if items.len() > 1 {
                    self.breach("value", format!("`{path}` has {} items, not one", items.len()));
                }
                self.strings(path, items, Some(*of));
            }
            (Rule::Numbers(least, most), Value::Array(items)) => self.numbers(path, items, Rule::Within(least, most)),
            (Rule::Words, Value::Array(items)) => {
                if items.is_empty() {
                    self.breach("empty", format!("`{path}` is empty"));
                }
                if !items.iter().all(Value::is_string) {
                    self.breach("value", format!("`{path}` holds something else than strings"));
                }
            }
            (Rule::Holds(required, allowed), Value::Array(items)) => {
                self.strings(path, items, None);
                let there: BTreeSet<_> = items.iter().filter_map(Value::as_str).collect();
                for word in required.iter().filter(|word| !there.contains(**word)) {
                    self.breach("value", format!("`{path}` does not hold `{word}`"));
                }
                for word in there.iter().filter(|word| !required.contains(word) && !allowed.contains(word)) {
                    self.breach("value", format!("`{path}` holds `{word}`"));
                }
            }
            (Rule::Map(pattern, of), Value::Object(map)) => {
                if map.is_empty() {
                    self.breach("empty", format!("`{path}` is empty"));
                }
                for (key, item) in map {
                    let here = join(path, key);
                    if !(pattern.holds)(key) {
                        self.breach("value", format!("the key of `{here}` is not {}", pattern.says));
                    }
                    self.leaf(&here, item, *of);
                }
            }
            _ => {
                if !scalar_holds(rule, value) {
                    self.breach("value", format!("`{path}` is {value}, not {}", says(rule)));
                }
            }
        }
    }

    fn numbers(&mut self, path: &str, items: &[Value], of: Rule) {
        if items.is_empty() {
            self.breach("empty", format!("`{path}` is empty"));
        }
        let distinct: BTreeSet<_> = items.iter().filter_map(Value::as_i64).collect();
        if distinct.len() != items.len() {
            self.breach("value", format!("`{path}` holds a number twice, or something else than numbers"));
        }
        for (index, item) in items.iter().enumerate() {
            self.leaf(&format!("{path}[{index}]"), item, of);
        }
    }

    fn strings(&mut self, path: &str, items: &[Value], of: Option<Rule>) {
        if items.is_empty() {
            self.breach("empty", format!("`{path}` is empty"));
        }
        let mut seen = BTreeSet::new();
        for (index, item) in items.iter().enumerate() {
            match item.as_str() {
                None => self.breach("value", format!("`{path}[{index}]` is no string")),
                Some(word) if !seen.insert(word) => self.breach("value", format!("`{path}` holds `{word}` twice")),
                Some(_) => {}
            }
            if let Some(rule) = of {
                self.leaf(&format!("{path}[{index}]"), item, rule);
            }
        }
    }
}

fn scalar_holds(rule: Rule, value: &Value) -> bool {
    match rule {
        Rule::Exactly(word) => value.as_str() == Some(word),
        Rule::OneOf(words) => value.as_str().is_some_and(|found| words.contains(&found)),
        Rule::Fits(pattern) => value.as_str().is_some_and(pattern.holds),
        Rule::True => value == &Value::Bool(true),
        Rule::False => value == &Value::Bool(false),
        Rule::Bool => value.is_boolean(),
        Rule::Number(number) => value.as_i64() == Some(number),
        Rule::Nothing => value.as_array().is_some_and(Vec::is_empty),
        Rule::Within(least, most) => value.as_i64().is_some_and(|found| (least..=most).contains(&found)),
        _ => false,
    }
}

fn says(rule: Rule) -> String {
    match rule {
        Rule::Exactly(word) => format!("`{word}`"),
        Rule::OneOf(words) => format!("one of {words:?}"),
        Rule::Fits(pattern) => pattern.says.to_owned(),
        Rule::True => "true".to_owned(),
        Rule::False => "false".to_owned(),
        Rule::Bool => "a boolean".to_owned(),
        Rule::Number(number) => number.to_string(),
        Rule::Within(least, most) => format!("a whole number from {least} to {most}"),
        Rule::Map(..) => "a map".to_owned(),
        Rule::Nothing => "an empty list".to_owned(),
        _ => "a list".to_owned(),
    }
}

fn join(path: &str, key: &str) -> String {
    let key = if key.contains('.') { format!("<{key}>") } else { key.to_owned() };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}
