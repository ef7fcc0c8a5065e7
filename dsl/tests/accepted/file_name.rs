// The name of a file is a key of a ConfigMap (Kubernetes, ConfigMaps).

use casemate_dsl::prelude::*;

fn main() {
    let _ = file_name!("ledger.toml");
}
