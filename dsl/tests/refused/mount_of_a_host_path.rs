// No path of the node is mounted (Pod Security Standards, restricted: volume types).

use casemate_dsl::prelude::*;

/// The ledger's identity.
pub enum Ledger {}

impl Workload for Ledger {
    const NAME: Name = name!("ledger");
    const NAMESPACE: Namespace = namespace!("payments");
}

const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
const BOOKS: Claim = Claim::own(name!("books"), storage!("5Gi"));

fn main() {
    let _ = Ledger::container(IMAGE)
        .mounts("/srv/books", path!("/books")) // refused
        .scratch(path!("/tmp"));
}
