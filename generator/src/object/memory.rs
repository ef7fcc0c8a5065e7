//! The memory of a tree while it is built.

use super::{Entry, Node, Object, Piece, Text};

/// The memory of a tree while it is built.
pub(super) struct Memory {
    /// The entries of lists and maps that are complete.
    entries: Vec<Entry>,
    /// The entries of those that are not, the innermost at the end.
    open: Vec<Entry>,
    texts: String,
}

impl Default for Memory {
    /// Enough for most objects, so that it seldom moves.
    fn default() -> Self {
        Self { entries: Vec::with_capacity(64), open: Vec::with_capacity(32), texts: String::with_capacity(1024) }
    }
}

impl Memory {
    /// Keeps a string.
    pub(super) fn text(&mut self, text: &str) -> Text {
        let start = self.texts.len();
        self.texts.push_str(text);
        Text::Given(Piece { start, end: self.texts.len() })
    }

    /// A string that was kept.
    pub(super) fn str(&self, text: Text) -> &str {
        text.among(&self.texts)
    }

    /// Where the entries of a list or map will be that is opened now.
    pub(super) fn open(&self) -> usize {
        self.open.len()
    }

    /// Adds an entry to the list or map that was opened last, behind all that do not come later.
    pub(super) fn add(&mut self, opened: usize, entry: Entry) {
        let later = self.open[opened..].iter().rev().take_while(|other| other.rank > entry.rank).count();
        self.open.insert(self.open.len() - later, entry);
    }

    /// Completes the list or map that was opened last.
    pub(super) fn close(&mut self, opened: usize) -> Piece {
        let start = self.entries.len();
        self.entries.extend(self.open.drain(opened..));
        Piece { start, end: self.entries.len() }
    }

    /// The tree, once everything is completed.
    pub(super) fn into_object(self, root: Node) -> Object {
        let Self { entries, open: _, texts } = self;
        Object { root, entries, texts }
    }
}
