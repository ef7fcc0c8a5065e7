// A tunnel is identified by its UUID (Cloudflare, Tunnel: useful terms).

use casemate_dsl::prelude::*;

fn main() {
    let _ = tunnel_id!("11111111-2222-3333-4444-555555555555");
}
