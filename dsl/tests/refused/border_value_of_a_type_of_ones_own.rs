// A type of the writer's own is no value of a variable (design, section 1: the border).

use casemate_dsl::prelude::*;

/// A text that nobody checks.
pub struct Raw(pub &'static str);

/// Something that the writer's own trait says.
#[allow(dead_code, reason = "it shows what the writer wants")]
pub trait Shows {
    /// Where.
    type Shown;

    /// What.
    fn value(self) -> casemate_dsl::view::EnvValue;
}

#[rustfmt::skip]
impl casemate_dsl::EnvValue for Raw { // refused
    type Shown = ();

    fn value(self) -> casemate_dsl::view::EnvValue {
        casemate_dsl::view::EnvValue::Literal(self.0.to_owned())
    }
}

fn main() {
    let _ = (name!("ledger"), Raw("text").0);
}
