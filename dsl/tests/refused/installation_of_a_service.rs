// A service is run, and held to what services are held to (security model, layer 4).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

/// The cluster.
fn cluster(cluster: Cluster) -> Cluster {
    let image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
    let ledger = Ledger::container(image).resources(cpu!("1"), memory!("1Gi"));
    let ledger = Deployment::new(ledger.probes(Probes::only_alive(exec(["/ledger", "check"]))));
    cluster.installs(ledger) // refused
}

fn main() {
    let _ = cluster;
}
