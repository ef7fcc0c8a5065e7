//! What differs from cluster to cluster, for the services that need it.

use casemate_dsl::prelude::*;

/// The values of one cluster.
#[derive(Debug)]
pub struct Site {
    /// The zone of the public hostnames.
    pub zone: Zone,
    /// Who may see what is exposed: the audience of an application in Cloudflare Access.
    pub staff: Audience,
}
