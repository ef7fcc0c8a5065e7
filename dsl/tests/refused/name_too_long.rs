// A name has at most 63 characters (Kubernetes, Object Names and IDs).

use casemate_dsl::prelude::*;

fn main() {
    let _ = name!("a-name-that-is-longer-than-the-sixty-three-characters-of-a-label"); // refused
}
