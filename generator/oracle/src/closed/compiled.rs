//! The tables as trees, built once.

use std::collections::BTreeMap;

use super::notation::{Entry, Pattern, Rule, Table};

/// One key of an object.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) required: bool,
    pub(crate) holds: Holds,
}

/// What stands at a node.
#[derive(Debug)]
pub(crate) enum Holds {
    /// A value that the rule judges by itself.
    Leaf(Rule),
    /// An object.
    Object { may_be_empty: bool, fields: Fields },
    /// A list of objects, of at least one and at most so many.
    Objects { most: usize, fields: Fields },
}

/// The keys of an object and the choices between them.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    pub(crate) nodes: BTreeMap<&'static str, Node>,
    /// How many of these keys there have to be at least; there may never be two.
    pub(crate) choices: Vec<(usize, &'static [&'static str])>,
    /// What any other key may be, and hold.
    pub(crate) others: Option<(Pattern, Rule)>,
}

impl Fields {
    /// The tree of several tables together.
    pub(crate) fn of(tables: &'static [Table]) -> Self {
        let mut fields = Self::default();
        for entry in tables.iter().flat_map(|table| table.iter()) {
            match *entry {
                Entry::Must(path, rule) => fields.insert(&segments(path), true, rule),
                Entry::May(path, rule) => fields.insert(&segments(path), false, rule),
                Entry::ExactlyOneOf(keys) => fields.choices.push((1, keys)),
                Entry::AtMostOneOf(keys) => fields.choices.push((0, keys)),
                Entry::Others(keys, rule) => fields.others = Some((keys, rule)),
            }
        }
        fields
    }

    fn insert(&mut self, path: &[&'static str], required: bool, rule: Rule) {
        let Some((&first, rest)) = path.split_first() else { return };
        if rest.is_empty() {
            self.nodes.insert(first, Node { required, holds: holds(rule) });
            return;
        }
        let empty = Holds::Object { may_be_empty: false, fields: Self::default() };
        let node = self.nodes.entry(first).or_insert(Node { required: false, holds: empty });
        node.required |= required;
        if let Holds::Object { fields, .. } = &mut node.holds {
            fields.insert(rest, required, rule);
        }
    }

    /// Every path under these keys with what it allows, for a reader.
    pub(crate) fn paths(&self, prefix: &str, out: &mut Vec<String>) {
        if let Some((keys, rule)) = &self.others {
            out.push(format!("{prefix}.<{}> may {rule:?}", keys.says));
        }
        for (key, node) in &self.nodes {
            let key = if key.contains('.') { format!("<{key}>") } else { (*key).to_owned() };
            let path = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
            match &node.holds {
                Holds::Leaf(rule) => {
                    out.push(format!("{path} {} {rule:?}", if node.required { "must" } else { "may" }));
                }
                Holds::Object { fields, .. } => fields.paths(&path, out),
                Holds::Objects { fields, .. } => fields.paths(&format!("{path}[]"), out),
            }
        }
    }
}

fn holds(rule: Rule) -> Holds {
    match rule {
        Rule::Object(tables) => Holds::Object { may_be_empty: false, fields: Fields::of(tables) },
        Rule::EmptyOr(tables) => Holds::Object { may_be_empty: true, fields: Fields::of(tables) },
        Rule::Objects(tables) => Holds::Objects { most: usize::MAX, fields: Fields::of(tables) },
        Rule::OneObject(tables) => Holds::Objects { most: 1, fields: Fields::of(tables) },
        leaf => Holds::Leaf(leaf),
    }
}

/// `a.b.<c.d>` as `a`, `b`, `c.d`.
fn segments(path: &'static str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (segment, after) = match rest.strip_prefix('<').and_then(|inner| inner.split_once('>')) {
            Some((key, after)) => (key, after.strip_prefix('.').unwrap_or(after)),
            None => rest.split_once('.').unwrap_or((rest, "")),
        };
        found.push(segment);
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_with_dots_is_one_segment() {
        assert_eq!(segments("metadata.labels.<a.b/c>.d"), ["metadata", "labels", "a.b/c", "d"]);
        assert_eq!(segments("<a.b>"), ["a.b"]);
    }
}
