// Injected proxies are pinned, too (security model, layer 2; Linkerd, proxy configuration).

use casemate_dsl::prelude::*;

fn main() {
    let _ = linkerd_awaiting_digest!("edge-26.8.3");
}
