//! What differs from cluster to cluster, for the services that need it.

use casemate_dsl::prelude::*;

/// The values of one cluster.
#[derive(Debug)]
pub struct Site {
    /// The zone of the public hostnames.
    pub zone: Zone,
    /// How many pods a service has that is to outlive a node.
    pub replicas: u16,
    /// Who may give jobs to agents.
    pub agents: Audience,
    /// Who may see the private home page.
    pub private: Audience,
    /// Who may see the ships.
    pub ships: Audience,
    /// Who may see the photos.
    pub photos: Audience,
    /// Who lives here: everybody of the household.
    pub household: Audience,
    /// Who runs the cluster.
    pub operators: Audience,
}
