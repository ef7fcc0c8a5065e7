//! The Kubernetes API: rights from declared needs, and a token in the container that has them.

use casemate_dsl::prelude::*;

use crate::example::{cluster, ledger};
use crate::means;

#[test]
fn api_permission() {
    let ledger = Deployment::new(
        ledger()
            .may(api::LEASES.manage())
            .may(api::CONFIG_MAPS.read())
            .may(api::PODS.read())
            .may(api::CONFIG_MAPS.manage()),
    );
    means!("api-permission", cluster().runs(ledger), ["services/payments/ledger"]);
}
