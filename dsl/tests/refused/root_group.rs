// Nothing runs in root's group (security model, network security: least privilege).

use casemate_dsl::prelude::*;

fn main() {
    let _ = gid!(0); // refused
}
