//! Pods that a service creates while it runs: an account and edges of their own, and no workload.

use casemate_dsl::prelude::*;

use crate::calls::{QUEUE, mailer};
use crate::example::{API, PAYMENTS, cluster, ledger};
use crate::means;

/// The identity of the jobs that close the books.
#[derive(Debug)]
enum Closing {}

impl Workload for Closing {
    const NAME: Name = name!("closing");
    const NAMESPACE: Namespace = PAYMENTS;
}

const PROGRESS: Port<Closing, Http> = port!(8081);

#[test]
fn created_pods() {
    let closing = RuntimePods::of::<Closing>()
        .serves(PROGRESS)
        .calls(API)
        .calls(QUEUE)
        .reaches(External::https(host!("bank.example.org")));
    let ledger = Deployment::new(ledger().may(api::JOBS.run(because!("each month is closed by a job"))))
        .creates(closing)
        .calls(PROGRESS);
    means!(
        "created-pods",
        cluster().runs(ledger).runs(mailer()),
        ["services/payments/ledger", "services/payments/closing", "argocd/services"]
    );
}
