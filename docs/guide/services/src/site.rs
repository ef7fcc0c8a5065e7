//! What differs from cluster to cluster, for the services that need it.

use casemate_dsl::prelude::*;

/// The values of one cluster.
#[derive(Debug)]
pub struct Site {
    /// The zone of the public hostnames.
    pub zone: Zone,
    /// Who may see what is exposed.
    pub staff: Audience,
    /// How many pods of the web page.
    pub pages: u16,
}
