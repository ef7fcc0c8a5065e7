//! Looking into an object: what stands at a place that is named by its keys.

use super::{Node, Object, Part};

/// The step to every item of a list, where a key would stand.
pub(crate) const EACH: &str = "*";

/// Before a key: it leads nowhere where there is none of it, instead of to a place with nothing in it.
pub(crate) const IF_ANY: char = '?';

impl Object {
    /// What stands at the places to which keys lead. [`EACH`] leads to every item of a list, and nowhere where there is no list;
    /// where another key leads nowhere, there is a place with nothing in it, unless [`IF_ANY`] stands before the key.
    pub(crate) fn places(&self, keys: &[&str]) -> Vec<Option<Part<'_>>> {
        let mut places = vec![Some(self.at(self.root))];
        for key in keys {
            places = if *key == EACH {
                places.iter().flatten().flat_map(Part::items).map(Some).collect()
            } else if let Some(key) = key.strip_prefix(IF_ANY) {
                places.iter().flatten().filter_map(|part| part.under(key)).map(Some).collect()
            } else {
                places.iter().map(|place| place.as_ref().and_then(|part| part.under(key))).collect()
            };
        }
        places
    }
}

impl<'o> Part<'o> {
    /// What a key of a map leads to.
    pub(crate) fn under(&self, key: &str) -> Option<Self> {
        let Node::Map(piece) = self.node else { return None };
        let entry = self.object.entries(piece).iter().find(|entry| self.object.str(entry.key) == key)?;
        Some(self.object.at(entry.value))
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> Vec<Self> {
        match self.node {
            Node::List(piece) => self.object.entries(piece).iter().map(|entry| self.object.at(entry.value)).collect(),
            _ => Vec::new(),
        }
    }

    /// A string.
    pub(crate) fn text(&self) -> Option<&'o str> {
        match self.node {
            Node::Text(text) => Some(self.object.str(text)),
            _ => None,
        }
    }

    /// A truth value.
    pub(crate) const fn truth(&self) -> Option<bool> {
        match self.node {
            Node::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// A whole number that is not negative.
    pub(crate) fn number(&self) -> Option<u64> {
        match self.node {
            Node::Unsigned(number) => Some(number),
            Node::Signed(number) => u64::try_from(number).ok(),
            _ => None,
        }
    }

    /// Whether it is a list or a map with nothing in it.
    pub(crate) const fn is_empty(&self) -> bool {
        match self.node {
            Node::List(piece) | Node::Map(piece) => piece.start == piece.end,
            _ => false,
        }
    }

    /// Whether it says nothing: an explicit `null`, or a text without a character.
    pub(crate) fn is_blank(&self) -> bool {
        matches!(self.node, Node::Null) || self.text().is_some_and(str::is_empty)
    }
}
