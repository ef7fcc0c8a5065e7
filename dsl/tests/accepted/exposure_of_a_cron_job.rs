// What runs to its end is not exposed (security model, anti-patterns: direct internet exposure).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = port!(8080);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
const FINANCE: Audience = audience!("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");

fn reconciliation() -> CronJob<Ledger> {
    CronJob::new(cron!("0 */6 * * *"), Ledger::container(IMAGE).resources(cpu!("250m"), memory!("256Mi")))
}

fn main() {
    let _ = reconciliation().deadline(seconds!(600));
    let _ = (API, FINANCE);
}
