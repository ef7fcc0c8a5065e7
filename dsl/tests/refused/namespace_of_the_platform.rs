// The platform's namespaces are not the services' (security model, network security: least privilege).

use casemate_dsl::prelude::*;

fn main() {
    let _ = namespace!("kube-system"); // refused
}
