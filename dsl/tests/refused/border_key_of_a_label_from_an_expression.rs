// No string of the writer's becomes a key: a label is two literals (design, section 2, invariant 1).

use casemate_dsl::prelude::*;

const APP: Label = label!(concat!("linkerd.io/", "inject"), "disabled"); // refused

fn main() {
    let _ = APP;
}
