// Only custom resources are offered, never what Kubernetes itself acts on (ARCHITECTURE.md, invariants: needs become grants).

use casemate_dsl::prelude::*;

identity!(pub Cacher = "cacher" in namespace!("caches"));
identity!(pub Ledger = "ledger" in namespace!("payments"));

const CACHES: api::Offered<Cacher> = api::own!("caches.example.com", "modelcaches").offered();
const IMAGE: Image = image_awaiting_digest!("registry.example.com/cacher:1.4.2");

fn cacher() -> Deployment<Cacher> {
    let probes = Probes::only_alive(exec(["/serve", "check"]));
    Deployment::new(Cacher::container(IMAGE).resources(cpu!("250m"), memory!("256Mi")).probes(probes))
}

fn main() {
    let _ = cacher().offers(api::PODS); // refused
}
