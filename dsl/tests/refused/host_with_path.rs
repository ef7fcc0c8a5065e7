// A hostname stands without a path (Cloudflare, Tunnel: ingress rules).

use casemate_dsl::prelude::*;

fn main() {
    let _ = host!("img.example.com/photos"); // refused
}
