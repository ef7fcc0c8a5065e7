// What tolerates an empty key tolerates every taint, the control plane's too (Kubernetes, Taints and Tolerations).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = port!(8080);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn ledger() -> Deployment<Ledger> {
    Deployment::new(
        Ledger::container(IMAGE)
            .resources(cpu!("250m"), memory!("256Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz"))),
    )
}

fn main() {
    let _ = ledger().tolerates(Taint::no_schedule(node_label!("node-role.kubernetes.io/control-plane", Exists)));
}
