// A constant of a generic type is checked when it is used (design, section 4: words).

use casemate_dsl::prelude::*;

/// A name that somebody computes.
pub trait Named {
    /// The name.
    const TEXT: &'static str;
}

/// The identity of whatever has such a name.
pub struct Of<T>(T);

impl<T: Named> Of<T> {
    const NAME: Name = Name::checked(T::TEXT); // refused
}

/// The ledger.
pub struct Ledger;

impl Named for Ledger {
    const TEXT: &'static str = "The Ledger";
}

fn main() {
    const NAME: Name = Of::<Ledger>::NAME;
    let _ = NAME;
}
