// The door behind a macro has the macro's check (design, section 4: words).

use casemate_dsl::prelude::*;

fn main() {
    const ROOT: Uid = Uid::checked(0); // refused
    let _ = ROOT;
}
