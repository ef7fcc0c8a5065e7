//! The notation of the closed world: a table of paths, each with a rule.
//!
//! `must(path, rule)` is required, `may(path, rule)` may be absent, everything else is forbidden. A path is dotted; a key
//! that holds dots itself stands in `<…>`. What lies on the way to a required path is required, too. Lists and maps are
//! never empty unless the rule says so: in Kubernetes the empty list often means everyone.

/// One line of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entry {
    /// The path has to be there.
    Must(&'static str, Rule),
    /// The path may be there.
    May(&'static str, Rule),
    /// Of these keys of the object itself exactly one has to be there.
    ExactlyOneOf(&'static [&'static str]),
    /// One of these keys, or none of them.
    AtMostOneOf(&'static [&'static str]),
    /// Any other key of this pattern may be there, with a value of the rule.
    Others(Pattern, Rule),
}

/// A table of paths.
pub(crate) type Table = &'static [Entry];

/// What is allowed at a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// This string.
    Exactly(&'static str),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A string of this pattern.
    Fits(Pattern),
    /// The boolean `true`.
    True,
    /// The boolean `false`.
    False,
    /// A boolean.
    Bool,
    /// This number.
    Number(i64),
    /// A whole number, both ends included.
    Within(i64, i64),
    /// A list of at least one string, each of the rule, none twice.
    Each(&'static Rule),
    /// A list of exactly one string, of the rule.
    Alone(&'static Rule),
    /// A list of at least one whole number, both ends included, none twice.
    Numbers(i64, i64),
    /// A list of nothing, where that means none and not all.
    Nothing,
    /// A list of strings that holds all of the first and otherwise only some of the second, none twice.
    Holds(&'static [&'static str], &'static [&'static str]),
    /// A list of at least one string of any kind, repetition allowed (arguments).
    Words,
    /// A map with keys of the pattern and values of the rule.
    Map(Pattern, &'static Rule),
    /// An object of these tables together.
    Object(&'static [Table]),
    /// `{}`, or an object of these tables.
    EmptyOr(&'static [Table]),
    /// A list of at least one object.
    Objects(&'static [Table]),
    /// A list of exactly one object.
    OneObject(&'static [Table]),
    /// Whatever somebody else's program reads; rules across documents look into it.
    Foreign,
}

/// A set of strings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    /// What such a string is.
    pub(crate) says: &'static str,
    /// Whether a string is one.
    pub(crate) holds: fn(&str) -> bool,
}

/// A required path.
pub(crate) const fn must(path: &'static str, rule: Rule) -> Entry {
    Entry::Must(path, rule)
}

/// An optional path.
pub(crate) const fn may(path: &'static str, rule: Rule) -> Entry {
    Entry::May(path, rule)
}

/// Exactly one of the keys of this object.
pub(crate) const fn exactly_one_of(keys: &'static [&'static str]) -> Entry {
    Entry::ExactlyOneOf(keys)
}

/// One of the keys of this object, or none of them.
pub(crate) const fn at_most_one_of(keys: &'static [&'static str]) -> Entry {
    Entry::AtMostOneOf(keys)
}

/// Any other keys of a pattern, each with a value of the rule.
pub(crate) const fn others(keys: Pattern, rule: Rule) -> Entry {
    Entry::Others(keys, rule)
}

/// Everything that an object of one kind may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// `apiVersion`.
    pub(crate) api_version: &'static str,
    /// `kind`.
    pub(crate) kind: &'static str,
    /// The paths, `apiVersion` and `kind` aside.
    pub(crate) tables: &'static [Table],
}
