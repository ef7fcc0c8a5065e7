//! What was said, and where: every statement of a declaration keeps its place in the source.

/// A place in the source of a declaration.
///
/// It stands in messages only, never in rendered bytes: it differs from machine to machine.
pub type Place = &'static core::panic::Location<'static>;

/// A statement with its place.
#[derive(Debug)]
pub struct Said<T> {
    /// What was said.
    pub what: T,
    /// Where it was said.
    pub at: Place,
}

impl<T> Said<T> {
    #[track_caller]
    pub(crate) const fn here(what: T) -> Self {
        Self { what, at: core::panic::Location::caller() }
    }
}

/// A setting that may be said once: everything that was said about it, in order. Two statements are an error of `resolve`.
#[derive(Debug)]
pub struct Setting<T>(pub Vec<Said<T>>);

impl<T> Setting<T> {
    pub(crate) const fn unsaid() -> Self {
        Self(Vec::new())
    }

    #[track_caller]
    pub(crate) fn say(&mut self, what: T) {
        self.0.push(Said::here(what));
    }
}
