// A hostname is written in lower case (Cloudflare, Tunnel: ingress rules).

use casemate_dsl::prelude::*;

fn main() {
    let _ = host!("img.example.com");
}
