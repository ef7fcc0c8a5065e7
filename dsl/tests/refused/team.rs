// A team is one label of a hostname (Cloudflare, Access: team name).

use casemate_dsl::prelude::*;

fn main() {
    let _ = team!("example.cloudflareaccess.com"); // refused
}
