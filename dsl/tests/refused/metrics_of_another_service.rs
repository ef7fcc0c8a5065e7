// A service tells its own metrics: a port belongs to the service that declares it (security model, layer 2).

use casemate_dsl::prelude::*;

identity!(pub Ledger = "ledger" in namespace!("payments"));
identity!(pub Audit = "audit" in namespace!("payments"));

const METRICS: Port<Audit, Http> = port!(9090);

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let container = Ledger::container(IMAGE);
    let _ = container.metrics(METRICS, path!("/metrics")); // refused
    let _ = Audit::NAME;
}
