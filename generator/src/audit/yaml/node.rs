//! A value of a document, and where it stands.

use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value as Json;

/// A place in a file. Both numbers begin at 1; the column counts characters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(in crate::audit) struct Mark {
    pub(in crate::audit) line: usize,
    pub(in crate::audit) column: usize,
}

/// A value and its place.
///
/// What an alias repeats is shared, not copied: an alias costs nothing but its share of the document's limit.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Node {
    pub(in crate::audit) mark: Mark,
    pub(in crate::audit) value: Value,
    /// How many values it consists of, those of aliases counted each time.
    pub(super) size: usize,
    /// How many levels there are below it.
    pub(super) height: usize,
}

/// What a value is to a Kubernetes reader.
#[derive(Clone, Debug)]
pub(in crate::audit) enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    /// A number with a fraction, or one that is too large for the other kind.
    Float(f64),
    Text(Rc<str>),
    Sequence(Rc<[Node]>),
    Mapping(Rc<Mapping>),
}

/// The entries of a mapping in their order, each with the place of its key.
pub(in crate::audit) type Mapping = IndexMap<Rc<str>, (Mark, Node)>;

impl Node {
    /// An object that somebody else has read, so that nothing in it has a place of its own.
    pub(in crate::audit) fn of(object: &Json) -> Self {
        let mark = Mark { line: 1, column: 1 };
        let value = match object {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => {
                number.as_i64().map_or_else(|| number.as_f64().map_or(Value::Null, Value::Float), Value::Integer)
            }
            Json::String(text) => Value::Text(text.as_str().into()),
            Json::Array(items) => return Self::sequence(mark, items.iter().map(Self::of).collect()),
            Json::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| (key.as_str().into(), (mark, Self::of(value))));
                return Self::mapping(mark, entries.collect());
            }
        };
        Self::scalar(mark, value)
    }

    pub(super) fn scalar(mark: Mark, value: Value) -> Self {
        Self { mark, value, size: 1, height: 0 }
    }

    pub(super) fn sequence(mark: Mark, items: Vec<Self>) -> Self {
        let (size, height) = bounds(items.iter());
        Self { mark, value: Value::Sequence(items.into()), size, height }
    }

    pub(super) fn mapping(mark: Mark, entries: Mapping) -> Self {
        let (size, height) = bounds(entries.values().map(|(_, node)| node));
        Self { mark, value: Value::Mapping(Rc::new(entries)), size, height }
    }
}

fn bounds<'a>(below: impl Iterator<Item = &'a Node>) -> (usize, usize) {
    below.fold((1, 0), |(size, height), node| (size.saturating_add(node.size), height.max(node.height + 1)))
}
