//! Databases that an operator runs among services: their credentials, and the network around them.

use casemate_dsl::prelude::*;

use crate::example::{PAYMENTS, cluster, ledger};
use crate::means;

const ATLAS: Peer = Peer::unmeshed(
    name!("atlas-operator-system"),
    label!("app.kubernetes.io/name", "atlas-operator"),
    because!("the chart runs outside of the mesh"),
);

const DB: Database = CloudNativePg::cluster(name!("ledger-pg"), PAYMENTS).called_by(ATLAS.caller(name!("atlas")));

#[test]
fn credentials_of_a_database() {
    let ledger = Deployment::new(
        ledger()
            .env(var!("DATABASE_URL"), DB.uri())
            .env(var!("DB_HOST"), DB.host())
            .env(var!("DB_PASSWORD"), DB.password()),
    );
    means!(
        "credentials-of-a-database",
        cluster().cloud_native_pg(name!("cnpg-system")).runs(ledger),
        ["services/payments/ledger", "services/payments/_namespace"]
    );
}
