//! A field of an object: its value, if it is there, its path, and the place to show for it.

use std::fmt::Write as _;
use std::rc::Rc;

use super::node::{Mark, Node, Value};
use crate::review::quote::quotation;

/// A field that may be absent: then its place is that of what should hold it.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Field<'a> {
    node: Option<&'a Node>,
    mark: Mark,
    trail: Option<Rc<Trail<'a>>>,
}

#[derive(Debug)]
struct Trail<'a> {
    parent: Option<Rc<Trail<'a>>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Field<'a> {
    /// The whole document.
    pub(in crate::audit) fn root(node: &'a Node) -> Self {
        Self { node: Some(node), mark: node.mark, trail: None }
    }

    fn below(&self, node: Option<&'a Node>, mark: Mark, step: Step<'a>) -> Self {
        Self { node, mark, trail: Some(Rc::new(Trail { parent: self.trail.clone(), step })) }
    }

    /// The field below this one that has this name.
    pub(in crate::audit) fn get(&self, key: &'a str) -> Self {
        let entry = match self.node.map(|node| &node.value) {
            Some(Value::Mapping(entries)) => entries.get(key),
            _ => None,
        };
        match entry {
            Some((mark, node)) => self.below(Some(node), *mark, Step::Key(key)),
            None => self.below(None, self.mark, Step::Key(key)),
        }
    }

    /// The field at the end of these names.
    pub(in crate::audit) fn at<const N: usize>(&self, keys: [&'a str; N]) -> Self {
        keys.into_iter().fold(self.clone(), |field, key| field.get(key))
    }

    /// The items of a list; none of anything else.
    pub(in crate::audit) fn items(&self) -> impl Iterator<Item = Self> {
        let items: &'a [Node] = match self.node.map(|node| &node.value) {
            Some(Value::Sequence(items)) => items,
            _ => &[],
        };
        items.iter().enumerate().map(|(index, node)| self.below(Some(node), node.mark, Step::Index(index)))
    }

    /// The entries of a mapping with their keys; none of anything else.
    pub(in crate::audit) fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> {
        let entries = match self.node.map(|node| &node.value) {
            Some(Value::Mapping(entries)) => Some(entries),
            _ => None,
        };
        entries.into_iter().flat_map(|entries| entries.iter()).map(|(key, (mark, node))| {
            let key: &'a str = key;
            (key, self.below(Some(node), *mark, Step::Key(key)))
        })
    }

    /// The value, unless it is absent or `null`, which is the same to the API server.
    pub(in crate::audit) fn value(&self) -> Option<&'a Value> {
        self.node.map(|node| &node.value).filter(|value| !matches!(value, Value::Null))
    }

    pub(in crate::audit) fn is_absent(&self) -> bool {
        self.value().is_none()
    }

    pub(in crate::audit) fn text(&self) -> Option<&'a str> {
        match self.value() {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The text, or `""` where there is none.
    pub(in crate::audit) fn text_or_empty(&self) -> &'a str {
        self.text().unwrap_or_default()
    }

    pub(in crate::audit) fn is(&self, value: bool) -> bool {
        matches!(self.value(), Some(Value::Bool(found)) if *found == value)
    }

    /// Whether it is absent or false. A word in quotes is neither: nobody knows what was meant.
    pub(in crate::audit) fn is_off(&self) -> bool {
        self.is_absent() || self.is(false)
    }

    /// A whole number, also one that is written as `0.0`, which the API server takes.
    pub(in crate::audit) fn integer(&self) -> Option<i64> {
        match self.value() {
            Some(Value::Integer(value)) => Some(*value),
            #[expect(clippy::cast_possible_truncation, reason = "it has no fraction and is small")]
            Some(Value::Float(value)) if value.fract() == 0.0 && value.abs() < 1e15 => Some(*value as i64),
            _ => None,
        }
    }

    pub(in crate::audit) fn is_list(&self) -> bool {
        matches!(self.value(), Some(Value::Sequence(_)))
    }

    pub(in crate::audit) fn is_mapping(&self) -> bool {
        matches!(self.value(), Some(Value::Mapping(_)))
    }

    /// Whether it is absent, or a list or mapping of nothing.
    pub(in crate::audit) fn is_empty(&self) -> bool {
        match self.value() {
            None => true,
            Some(Value::Sequence(items)) => items.is_empty(),
            Some(Value::Mapping(entries)) => entries.is_empty(),
            Some(_) => false,
        }
    }

    pub(in crate::audit) fn mark(&self) -> Mark {
        self.mark
    }

    /// `spec.containers[0].image`; a key that is no word stands in brackets.
    pub(in crate::audit) fn path(&self) -> String {
        let mut steps = Vec::new();
        let mut trail = self.trail.as_ref();
        while let Some(Trail { parent, step }) = trail.map(Rc::as_ref) {
            steps.push(*step);
            trail = parent.as_ref();
        }
        let mut path = String::new();
        for step in steps.into_iter().rev() {
            let _ = match step {
                Step::Index(index) => write!(path, "[{index}]"),
                Step::Key(key) if !is_word(key) => write!(path, "[\"{}\"]", quotation(key)),
                Step::Key(key) if path.is_empty() => write!(path, "{key}"),
                Step::Key(key) => write!(path, ".{key}"),
            };
        }
        path
    }
}

fn is_word(key: &str) -> bool {
    (1..=100).contains(&key.len()) && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}
