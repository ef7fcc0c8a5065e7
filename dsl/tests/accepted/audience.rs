// An audience tag is 64 hexadecimal digits (Cloudflare, Access: application token).

use casemate_dsl::prelude::*;

fn main() {
    let _ = audience!("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");
}
