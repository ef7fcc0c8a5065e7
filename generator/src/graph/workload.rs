//! Workloads: their kinds, and what only some of them have.

use casemate_dsl::Concurrency;
use casemate_dsl::view::History;
use casemate_dsl::word::{Cron, TimeZone};

use super::Id;

/// The kind of a workload.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Deployment {
        scale: Scale,
        strategy: Strategy,
    },
    StatefulSet {
        scale: Scale,
        parallel: bool,
    },
    DaemonSet {
        max_unavailable: Option<u16>,
    },
    Job {
        run: Run,
    },
    CronJob {
        schedule: Schedule,
        run: Run,
    },
    /// Pods that another service creates while it runs: there is no workload of theirs.
    Created {
        by: Id,
    },
}

impl Kind {
    /// The scale of a kind that has replicas.
    pub(crate) const fn scale(&self) -> Option<Scale> {
        match self {
            Self::Deployment { scale, .. } | Self::StatefulSet { scale, .. } => Some(*scale),
            Self::DaemonSet { .. } | Self::Job { .. } | Self::CronJob { .. } | Self::Created { .. } => None,
        }
    }

    /// Whether its pods run to their end.
    pub(crate) const fn ends(&self) -> bool {
        matches!(self, Self::Job { .. } | Self::CronJob { .. })
    }
}

/// How many pods.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Scale {
    Fixed(u16),
    Between { least: u16, most: u16, cpu_percent: u16 },
}

impl Scale {
    /// The smallest number of pods.
    pub(crate) const fn least(self) -> u16 {
        match self {
            Self::Fixed(replicas) => replicas,
            Self::Between { least, .. } => least,
        }
    }

    /// The largest number of pods.
    pub(crate) const fn most(self) -> u16 {
        match self {
            Self::Fixed(replicas) => replicas,
            Self::Between { most, .. } => most,
        }
    }
}

/// How new pods replace old ones.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Strategy {
    /// One after the other, without a gap, as Kubernetes does it unless told otherwise.
    Default,
    /// With so many more, and so many fewer, pods.
    Rolling { surge: u16, unavailable: u16 },
    /// All old ones first: they hold a claim that only one pod can have.
    Recreate,
}

/// How a workload that ends is run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Run {
    pub(crate) deadline: Option<u32>,
    pub(crate) retries: Option<u16>,
    pub(crate) completions: Option<u16>,
    pub(crate) parallelism: Option<u16>,
}

/// When it is run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Schedule {
    pub(crate) cron: Cron,
    pub(crate) time_zone: Option<TimeZone>,
    pub(crate) concurrency: Concurrency,
    pub(crate) starting_deadline: Option<u32>,
    pub(crate) history: Option<History>,
}
