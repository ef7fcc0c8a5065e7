// The proxy's group is the proxy's (security model, layer 2: automatic mTLS).

use casemate_dsl::prelude::*;

fn main() {
    let _ = gid!(2103);
}
