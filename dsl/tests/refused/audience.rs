// An audience tag is 64 hexadecimal digits (Cloudflare, Access: application token).

use casemate_dsl::prelude::*;

fn main() {
    let _ = audience!("photos"); // refused
}
