//! The Atlas operator, which brings databases up to date.

use casemate_dsl::prelude::*;

const PODS: Peer = Peer::unmeshed(
    name!("atlas-operator-system"),
    label!("app.kubernetes.io/name", "atlas-operator"),
    because!("the chart runs outside of the mesh, and PostgreSQL speaks TLS itself"),
);

/// Runs migrations.
pub const OPERATOR: Caller = PODS.caller(name!("atlas-operator"));
