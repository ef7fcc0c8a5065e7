// A namespace has its Pod Security level from Casemate (security model, layer 4).

use casemate_dsl::prelude::*;

fn main() {
    let _ = api_kind!("Namespace"); // refused
}
