// A hostname has no blank: cloudflared takes one without a word, and no request ever matches (observed in 2026.8.2).

use casemate_dsl::prelude::*;

fn main() {
    let _ = host!("img.example.com");
}
