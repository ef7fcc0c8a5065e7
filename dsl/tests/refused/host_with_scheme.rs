// A hostname stands without its scheme (Cloudflare, Tunnel: ingress rules).

use casemate_dsl::prelude::*;

fn main() {
    let _ = host!("https://img.example.com"); // refused
}
