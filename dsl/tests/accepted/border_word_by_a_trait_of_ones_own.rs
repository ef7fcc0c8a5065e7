// A deserializer of the writer's own makes no word (design, section 4: words).

use casemate_dsl::prelude::*;

/// What reads values from a file.
pub trait Deserialize {
    /// The value that `text` means.
    fn read(text: &'static str) -> Self;
}

impl Deserialize for Name {
    fn read(text: &'static str) -> Self {
        Name::checked(text)
    }
}

fn main() {
    let _ = Name::read("ledger");
}
