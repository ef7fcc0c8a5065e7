// The API server asks over TLS, with a certificate of the service (Kubernetes, dynamic admission control: contacting the webhook).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const API: Port<Ledger, Http> = port!(8080);
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

const HOOK: Port<Ledger, Tls> = port!(9443);

fn ledger() -> Deployment<Ledger> {
    Deployment::new(
        Ledger::container(IMAGE)
            .resources(cpu!("250m"), memory!("256Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz"))),
    )
}

fn main() {
    let _ = ledger().webhook(API, Webhook::mutating(path!("/mutate"), api::PODS.created(), namespace!("payments"))); // refused
}
