// A zone is a domain (Cloudflare, Tunnel: ingress rules).

use casemate_dsl::prelude::*;

fn main() {
    let _ = zone!("example.com");
}
