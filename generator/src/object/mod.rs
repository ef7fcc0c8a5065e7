//! Objects between the typed structs and their text: a tree that keeps its keys where a reviewer looks for them.
//!
//! `serde_json::Value` could hold the same, at the price of most of a render's time: it hashes every key, copies the names of
//! fields, and cannot be sorted in its place. Here a map is a list, the name of a field stays the `&'static str` that it is in the
//! program, and [sorting](Object::in_order) moves entries.

mod build;
mod order;

use std::borrow::Cow;

use serde::{Serialize, Serializer};

pub(crate) use self::build::Unsupported;
use crate::yaml;

/// What an object of Kubernetes consists of. There are no floating-point numbers: quantities are strings.
#[derive(Debug, PartialEq)]
pub(crate) enum Object {
    /// An explicit `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number with a sign.
    Signed(i64),
    /// A number without one.
    Unsigned(u64),
    /// A string.
    Text(Cow<'static, str>),
    /// A list.
    List(Vec<Object>),
    /// A map, in the order in which it is written.
    Map(Vec<Entry>),
}

/// A key and its value.
pub(crate) type Entry = (Cow<'static, str>, Object);

impl Object {
    /// The tree of anything that consists of what an object can consist of, in the order in which it serialises.
    ///
    /// # Errors
    ///
    /// Everything else is unsupported: nothing is left out or replaced silently.
    pub(crate) fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, Unsupported> {
        value.serialize(build::Builder)
    }

    /// The string to which keys lead, if there is one.
    pub(crate) fn text(&self, keys: &[&str]) -> Option<&str> {
        let found = keys.iter().try_fold(self, |object, key| match object {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        })?;
        match found {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Puts the keys that people look for first to the front of all maps; the others stay in their order. Maps whose keys are the
    /// user's stay as they are.
    pub(crate) fn in_order(&mut self) {
        match self {
            Self::Map(entries) => {
                entries.sort_by_key(|(key, _)| order::rank(key));
                entries.iter_mut().filter(|(key, _)| !order::is_free(key)).for_each(|(_, value)| value.in_order());
            }
            Self::List(items) => items.iter_mut().for_each(Self::in_order),
            Self::Null | Self::Bool(_) | Self::Signed(_) | Self::Unsigned(_) | Self::Text(_) => {}
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Signed(number) => serializer.serialize_i64(*number),
            Self::Unsigned(number) => serializer.serialize_u64(*number),
            Self::Text(text) => yaml::serialize_text(text, serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key.as_ref(), value))),
        }
    }
}

#[cfg(test)]
mod tests;
