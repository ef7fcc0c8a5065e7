// A word is not converted from a text (design, section 4: words).

use casemate_dsl::prelude::*;

fn main() {
    let _ = Name::from("trips-api"); // refused
}
