// A service says itself whom it calls (security model, network policies: microsegmentation).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = port!(8080);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

const PROMETHEUS: Peer = Peer::meshed(name!("monitoring"), label!("app", "prometheus"), name!("prometheus"));
const SCRAPER: Caller = PROMETHEUS.caller(name!("prometheus"));

fn ledger() -> Deployment<Ledger> {
    Deployment::new(
        Ledger::container(IMAGE)
            .resources(cpu!("250m"), memory!("256Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz"))),
    )
}

fn main() {
    let _ = ledger().called_by(API, API); // refused
}
