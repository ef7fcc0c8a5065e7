//! Config files: as they are, and as templates that name what they call.

use casemate_dsl::prelude::*;

use crate::calls::{Mailer, QUEUE, mailer};
use crate::example::{cluster, ledger};
use crate::means;

#[test]
fn config_file() {
    let ledger = Deployment::new(
        ledger().config(path!("/etc/ledger/ledger.toml"), "currency = \"NOK\"\n[books]\nopen = true\n"),
    );
    means!("config-file", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn config_file_that_calls() {
    let ledger = Deployment::new(ledger().config(
        path!("/etc/ledger/ledger.toml"),
        template("mail = \"{{ queue }}\"\nretries = {{ retries }}\n").with("queue", QUEUE.url()).with("retries", 3_u32),
    ));
    let mailer: Deployment<Mailer> = mailer();
    means!(
        "config-file-that-calls",
        cluster().runs(ledger).runs(mailer),
        ["services/payments/ledger", "services/office/mailer"]
    );
}
