// A tunnel is identified by its UUID (Cloudflare, Tunnel: useful terms).

use casemate_dsl::prelude::*;

fn main() {
    let _ = tunnel_id!("homelab"); // refused
}
