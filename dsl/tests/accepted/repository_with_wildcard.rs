// A project's repository is one repository (Argo CD, Projects: source repositories).

use casemate_dsl::prelude::*;

fn main() {
    let _ = repository!("https://git.example.com/gitops.git");
}
