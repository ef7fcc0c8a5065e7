// The repository is read over HTTPS (Argo CD, Private Repositories).

use casemate_dsl::prelude::*;

fn main() {
    let _ = repository!("git@git.example.com:platform/gitops.git"); // refused
}
