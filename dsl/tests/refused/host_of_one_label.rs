// A hostname has two labels or more (Cloudflare, Tunnel: ingress rules).

use casemate_dsl::prelude::*;

fn main() {
    let _ = host!("localhost"); // refused
}
