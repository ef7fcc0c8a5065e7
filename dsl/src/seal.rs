//! What nobody outside of this crate can make: it keeps views from being forged and traits from being implemented.

/// A field of this type makes a struct readable for everybody and writable for this crate alone.
#[derive(Debug)]
pub struct Seal(());

impl Seal {
    pub(crate) const fn new() -> Self {
        Self(())
    }
}

/// A trait with this supertrait is implemented by this crate alone.
pub trait Sealed {}
