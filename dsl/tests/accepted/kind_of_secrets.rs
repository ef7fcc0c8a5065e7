// Who makes Secrets says why (security model, layer 5: secrets come from 1Password).

use casemate_dsl::prelude::*;

fn main() {
    let _ = api_kind!("ConfigMap");
}
