// `latest` names no version (Kubernetes, Configuration Best Practices: latest).

use casemate_dsl::prelude::*;

fn main() {
    let _ = image_awaiting_digest!("registry.example.com/ledger:latest"); // refused
}
