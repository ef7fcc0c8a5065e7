//! Objects between the typed structs and their text: a tree that has its keys where a reviewer looks for them.
//!
//! `serde_json::Value` could hold the same, at the price of most of a render's time: it hashes every key, copies the names of
//! fields, and cannot be sorted in its place. Here a map is a list that is in order from the start, the name of a field stays the
//! `&'static str` that it is in the program, and all strings and lists of a tree share two pieces of memory: a tree of boxes
//! would ask the allocator a hundred times for each object.

mod build;
mod look;
mod memory;
mod order;

use serde::{Serialize, Serializer};

pub(crate) use self::build::Unsupported;
pub(crate) use self::look::{EACH, IF_ANY};
use crate::yaml;

/// An object of Kubernetes.
#[derive(Debug)]
pub(crate) struct Object {
    root: Node,
    /// What is in its lists and maps, each list and map in one piece.
    entries: Vec<Entry>,
    /// The strings that are not the program's own, one behind the other.
    texts: String,
}

/// What an object of Kubernetes consists of. There are no floating-point numbers: quantities are strings.
#[derive(Clone, Copy, Debug)]
enum Node {
    /// An explicit `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number with a sign.
    Signed(i64),
    /// A number without one.
    Unsigned(u64),
    /// A string.
    Text(Text),
    /// A list: its entries, whose keys are empty.
    List(Piece),
    /// A map: its entries, in the order in which they are written.
    Map(Piece),
}

/// A string.
#[derive(Clone, Copy, Debug)]
enum Text {
    /// One that stands in the program.
    Fixed(&'static str),
    /// A piece of the object's texts.
    Given(Piece),
}

impl Text {
    fn among(self, texts: &str) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Given(piece) => &texts[piece.start..piece.end],
        }
    }
}

/// From where to where something is in the memory that a tree shares.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
}

/// Something in a list or a map.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: Text,
    /// The place of the key among its neighbours.
    rank: usize,
    value: Node,
}

impl Object {
    /// The tree of anything that consists of what an object can consist of. The keys that people look for first stand at the front
    /// of all maps, the others in the order in which they serialise, and so do all keys of maps whose keys are the user's.
    ///
    /// # Errors
    ///
    /// Everything else is unsupported: nothing is left out or replaced silently.
    pub(crate) fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, Unsupported> {
        build::object(value)
    }

    /// The string to which keys lead, if there is one.
    pub(crate) fn text(&self, keys: &[&str]) -> Option<&str> {
        let found = keys.iter().try_fold(self.root, |node, key| match node {
            Node::Map(piece) => {
                self.entries(piece).iter().find(|entry| self.str(entry.key) == *key).map(|entry| entry.value)
            }
            _ => None,
        })?;
        match found {
            Node::Text(text) => Some(self.str(text)),
            _ => None,
        }
    }

    fn entries(&self, piece: Piece) -> &[Entry] {
        &self.entries[piece.start..piece.end]
    }

    fn str(&self, text: Text) -> &str {
        text.among(&self.texts)
    }

    const fn at(&self, node: Node) -> Part<'_> {
        Part { object: self, node }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.at(self.root).serialize(serializer)
    }
}

/// A node, with the object that holds what is in it.
#[derive(Debug)]
pub(crate) struct Part<'o> {
    object: &'o Object,
    node: Node,
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let object = self.object;
        match self.node {
            Node::Null => serializer.serialize_unit(),
            Node::Bool(value) => serializer.serialize_bool(value),
            Node::Signed(number) => serializer.serialize_i64(number),
            Node::Unsigned(number) => serializer.serialize_u64(number),
            Node::Text(text) => yaml::serialize_text(object.str(text), serializer),
            Node::List(piece) => serializer.collect_seq(object.entries(piece).iter().map(|item| object.at(item.value))),
            Node::Map(piece) => {
                let entries = object.entries(piece).iter();
                serializer.collect_map(entries.map(|entry| (object.str(entry.key), object.at(entry.value))))
            }
        }
    }
}

#[cfg(test)]
mod tests;
