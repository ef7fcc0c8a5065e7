// A CronJob's container says its resources, too (security model, checklist: resource limits defined).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn main() {
    let _ = CronJob::new(
        cron!("0 */6 * * *"),
        Ledger::container(IMAGE)
            .resources(cpu!("250m"), memory!("256Mi"))
            .args(["--from=yesterday", "--to=today"])
            .scratch(path!("/tmp")),
    );
}
