// A hostname stands without a port (Cloudflare, Tunnel: ingress rules).

use casemate_dsl::prelude::*;

fn main() {
    let _ = host!("img.example.com");
}
