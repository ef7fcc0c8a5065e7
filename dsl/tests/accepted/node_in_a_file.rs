// Some fields of the pod are for variables only (Kubernetes, Downward API: information available via fieldRef).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let files = Files::new().pod(file_name!("node"), PodField::Name).pod(file_name!("labels"), PodField::Labels);
    let _ = Ledger::container(IMAGE).directory(path!("/etc/pod"), files);
}
