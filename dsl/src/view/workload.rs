//! Services and their kinds.

use super::{CalledPort, Container, Endpoint, ExposedPort, External, Offer, Placement, RuntimePods, WebhookAt};
use crate::identity::Identity;
use crate::said::{Said, Setting};
use crate::seal::Seal;
use crate::word::{Cron, Gid, Seconds, TimeZone};
pub use crate::workload::Concurrency;

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
    /// A StatefulSet.
    StatefulSet,
    /// A DaemonSet.
    DaemonSet,
    /// A Job.
    Job,
    /// A CronJob.
    CronJob {
        /// When it runs.
        schedule: Cron,
    },
}

/// How new pods take the place of old ones.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rollout {
    /// The old ones end first.
    Recreate,
    /// One after the other.
    Rolling {
        /// How many more there may be.
        surge: u16,
        /// How many fewer there may be.
        unavailable: u16,
    },
}

/// How a workload that ends is run.
#[derive(Debug)]
pub struct Run {
    /// How long it may take.
    pub deadline: Setting<Seconds>,
    /// How often it is tried again after it failed.
    pub retries: Setting<u16>,
    /// How many pods have to succeed.
    pub completions: Setting<u16>,
    /// How many of them run beside each other.
    pub parallelism: Setting<u16>,
    /// The time zone of its schedule.
    pub time_zone: Setting<TimeZone>,
    /// What is done while the last run has not ended.
    pub concurrency: Setting<Concurrency>,
    /// How late it may start.
    pub starting_deadline: Setting<Seconds>,
    /// How many runs are kept.
    pub history: Setting<History>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// How many runs are kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct History {
    /// Of those that succeeded.
    pub succeeded: u16,
    /// Of those that failed.
    pub failed: u16,
}

/// A container that starts before the others.
#[derive(Debug)]
pub enum InitContainer {
    /// It has ended when they start.
    RunsToItsEnd(Container),
    /// It stays beside them.
    Sidecar(Container),
}

/// A service.
#[derive(Debug)]
pub struct Service {
    /// Who it is, and where it was declared.
    pub identity: Said<Identity>,
    /// Its kind.
    pub kind: Kind,
    /// Its containers, the one that bears its name first.
    pub containers: Vec<Container>,
    /// The containers that start before them, in this order.
    pub init_containers: Vec<InitContainer>,
    /// How many pods.
    pub replicas: Setting<Replicas>,
    /// How new pods take the place of old ones.
    pub rollout: Setting<Rollout>,
    /// That all pods of a StatefulSet start at once.
    pub parallel: Setting<()>,
    /// On how many nodes a DaemonSet's pod may be missing.
    pub max_unavailable: Setting<u16>,
    /// How many old revisions are kept.
    pub revisions: Setting<u16>,
    /// How it is run, if it ends.
    pub run: Run,
    /// How long its pods have to end by themselves.
    pub grace_period: Setting<Seconds>,
    /// The group that owns its volumes.
    pub volume_group: Setting<Gid>,
    /// The other groups that its processes belong to.
    pub groups: Vec<Said<Gid>>,
    /// Where its pods run.
    pub placement: Placement,
    /// What it calls without naming it in a text.
    pub calls: Vec<Said<Endpoint>>,
    /// Which of its ports peers call.
    pub callers: Vec<Said<CalledPort>>,
    /// The pods that it creates while it runs.
    pub creates: Vec<Said<RuntimePods>>,
    /// The custom resources that it offers to others.
    pub offers: Vec<Said<Offer>>,
    /// What the API server asks it.
    pub webhooks: Vec<Said<WebhookAt>>,
    /// What it reaches outside.
    pub reaches: Vec<Said<External>>,
    /// Under which hostnames it is exposed.
    pub exposures: Vec<Said<ExposedPort>>,
    /// Keeps views from being forged.
    pub seal: Seal,
}
