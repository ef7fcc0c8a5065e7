// A cluster states every fact that rendering depends on (design, section 4: the cluster value).

use casemate_dsl::prelude::*;

fn main() {
    let _ = Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns") }; // refused
}
