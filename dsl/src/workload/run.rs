//! Runs: of workloads that end.

use super::Service;
use super::kind::{Ending, Scheduled};
use crate::said::Setting;
use crate::seal::Seal;
use crate::view;
use crate::word::{Seconds, TimeZone};

/// What a CronJob does when a run is due while the last one has not ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Concurrency {
    /// Lets the last run go on, and starts no other: what holds unless another is said.
    Forbid,
    /// Ends the last run, and starts the new one.
    Replace,
    /// Runs both.
    Allow,
}

pub(super) const fn unsaid() -> view::Run {
    view::Run {
        deadline: Setting::unsaid(),
        retries: Setting::unsaid(),
        completions: Setting::unsaid(),
        parallelism: Setting::unsaid(),
        time_zone: Setting::unsaid(),
        concurrency: Setting::unsaid(),
        starting_deadline: Setting::unsaid(),
        history: Setting::unsaid(),
        seal: Seal::new(),
    }
}

impl<W, K> Service<W, K> {
    /// Ends a run that takes longer than this.
    #[track_caller]
    pub fn deadline(mut self, deadline: Seconds) -> Self
    where
        K: Ending,
    {
        self.view.run.deadline.say(deadline);
        self
    }

    /// Tries a run that failed this often again, instead of Kubernetes' six times.
    #[track_caller]
    pub fn retries(mut self, retries: u16) -> Self
    where
        K: Ending,
    {
        self.view.run.retries.say(retries);
        self
    }

    /// Has ended when this many pods have succeeded; at least 1.
    #[track_caller]
    pub fn completions(mut self, completions: u16) -> Self
    where
        K: Ending,
    {
        self.view.run.completions.say(completions);
        self
    }

    /// Runs this many of its pods beside each other; at least 1, at most its completions.
    #[track_caller]
    pub fn parallelism(mut self, parallelism: u16) -> Self
    where
        K: Ending,
    {
        self.view.run.parallelism.say(parallelism);
        self
    }
}

impl<W, K> Service<W, K> {
    /// Reads the schedule in this time zone, instead of the controller manager's.
    #[track_caller]
    pub fn time_zone(mut self, zone: TimeZone) -> Self
    where
        K: Scheduled,
    {
        self.view.run.time_zone.say(zone);
        self
    }

    /// What to do when a run is due and the last one has not ended.
    #[track_caller]
    pub fn concurrency(mut self, concurrency: Concurrency) -> Self
    where
        K: Scheduled,
    {
        self.view.run.concurrency.say(concurrency);
        self
    }

    /// Leaves a run out that could not be started within this time; at least 10 seconds, as often as the controller looks.
    #[track_caller]
    pub fn starting_deadline(mut self, deadline: Seconds) -> Self
    where
        K: Scheduled,
    {
        self.view.run.starting_deadline.say(deadline);
        self
    }

    /// Keeps this many runs that succeeded, and this many that failed, instead of 3 and 1.
    #[track_caller]
    pub fn keeps_runs(mut self, succeeded: u16, failed: u16) -> Self
    where
        K: Scheduled,
    {
        self.view.run.history.say(view::History { succeeded, failed });
        self
    }
}
