// A service offers what it defines itself (ARCHITECTURE.md, invariants: needs become grants).

use casemate_dsl::prelude::*;

identity!(pub Cacher = "cacher" in namespace!("caches"));
identity!(pub Ledger = "ledger" in namespace!("payments"));

const CACHES: api::Offered<Cacher> = api::own!("caches.example.com", "modelcaches").offered();
const BOOKS: api::Offered<Ledger> = api::own!("books.example.com", "books").offered();
const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");

fn running<W: Workload>() -> Deployment<W> {
    let probes = Probes::only_alive(exec(["/serve", "check"]));
    Deployment::new(W::container(IMAGE).resources(cpu!("250m"), memory!("256Mi")).probes(probes))
}

fn main() {
    let _ = running::<Cacher>().offers(CACHES);
    let _ = running::<Ledger>().offers(BOOKS);
}
