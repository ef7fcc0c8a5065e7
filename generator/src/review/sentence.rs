//! Sentences, whose words are ours and whose quotations are not.

use std::fmt::Write as _;

use super::quote;

/// A sentence. Only [`Sentence::code`] takes a text from outside.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Sentence(Vec<Piece>);

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Piece {
    Words(&'static str),
    Number(usize),
    Code(String),
}

impl Sentence {
    /// A sentence that starts like this.
    pub(super) fn new(words: &'static str) -> Self {
        Self(vec![Piece::Words(words)])
    }

    /// Goes on.
    pub(super) fn words(mut self, words: &'static str) -> Self {
        self.0.push(Piece::Words(words));
        self
    }

    /// Counts.
    pub(super) fn number(mut self, number: usize) -> Self {
        self.0.push(Piece::Number(number));
        self
    }

    /// Quotes.
    pub(super) fn code(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Code(text.into()));
        self
    }

    /// Quotes several, with commas.
    pub(super) fn codes<'a>(mut self, texts: impl IntoIterator<Item = &'a String>) -> Self {
        for (number, text) in texts.into_iter().enumerate() {
            if number > 0 {
                self = self.words(", ");
            }
            self = self.code(text);
        }
        self
    }

    /// For a comment.
    pub(super) fn markdown(&self) -> String {
        self.write(quote::code)
    }

    /// For a terminal.
    pub(super) fn plain(&self) -> String {
        self.write(quote::quotation)
    }

    fn write(&self, code: impl Fn(&str) -> String) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Number(number) => {
                    let _ = write!(text, "{number}");
                }
                Piece::Code(quoted) => text.push_str(&code(quoted)),
            }
        }
        text
    }
}
