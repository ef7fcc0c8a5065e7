// A word cannot be changed (design, section 4: words).

use casemate_dsl::prelude::*;

fn main() {
    let mut user = uid!(101);
    assert_eq!(user.number(), 101);
    user.0 = 0; // refused
    assert_eq!(user.number(), 102);
}
