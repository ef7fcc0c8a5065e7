//! Services and their kinds.

use super::{CalledPort, Container, Endpoint, ExposedPort, External};
use crate::identity::Identity;
use crate::said::{Said, Setting};
use crate::seal::Seal;
use crate::word::{Cron, Gid, Seconds};

/// How many pods.
#[derive(Debug)]
pub enum Replicas {
    /// This many.
    Fixed(u16),
    /// As many as are needed.
    Between {
        /// At least.
        least: u16,
        /// At most.
        most: u16,
        /// The cpu to hold, in percent of what is requested.
        cpu_percent: Setting<u16>,
        /// Keeps views from being forged.
        seal: Seal,
    },
}

/// The kind of a workload, with what only that kind has.
#[derive(Debug)]
pub enum Kind {
    /// A Deployment.
    Deployment,
    /// A CronJob.
    CronJob {
        /// When it runs.
        schedule: Cron,
    },
}

/// A service.
#[derive(Debug)]
pub struct Service {
    /// Who it is, and where it was declared.
    pub identity: Said<Identity>,
    /// Its kind.
    pub kind: Kind,
    /// Its containers.
    pub containers: Vec<Container>,
    /// How many pods.
    pub replicas: Setting<Replicas>,
    /// How long a run may take.
    pub deadline: Setting<Seconds>,
    /// How often a failed run is tried again.
    pub retries: Setting<u16>,
    /// The group that owns its volumes.
    pub volume_group: Setting<Gid>,
    /// What it calls without naming it in a text.
    pub calls: Vec<Said<Endpoint>>,
    /// Which of its ports peers call.
    pub callers: Vec<Said<CalledPort>>,
    /// What it reaches outside.
    pub reaches: Vec<Said<External>>,
    /// Under which hostnames it is exposed.
    pub exposures: Vec<Said<ExposedPort>>,
    /// Keeps views from being forged.
    pub seal: Seal,
}
