// What runs as the proxy goes round the mesh (security model, layer 2: automatic mTLS).

use casemate_dsl::prelude::*;

fn main() {
    let _ = uid!(2102); // refused
}
