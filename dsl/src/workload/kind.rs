//! The kinds of workload, and what only some of them have.

use crate::seal::Sealed;

/// Pods that run for ever and are alike.
#[derive(Debug)]
pub enum Deployment {}

/// Pods that run for ever, each with a number and storage of its own.
#[derive(Debug)]
pub enum StatefulSet {}

/// One pod on every node.
#[derive(Debug)]
pub enum DaemonSet {}

/// A pod that runs to its end, once.
#[derive(Debug)]
pub enum Job {}

/// Pods that run to their end, again and again.
#[derive(Debug)]
pub enum CronJob {}

impl Sealed for Deployment {}
impl Sealed for StatefulSet {}
impl Sealed for DaemonSet {}
impl Sealed for Job {}
impl Sealed for CronJob {}

/// A kind that has replicas.
#[diagnostic::on_unimplemented(
    message = "only a Deployment or a StatefulSet has replicas",
    label = "this kind of workload has none",
    note = "a DaemonSet runs one pod on every node, a Job and a CronJob run to their end; \
            parts of one Job run beside each other with `.completions(..)` and `.parallelism(..)`"
)]
pub trait Replicated: Sealed {}

#[diagnostic::do_not_recommend]
impl Replicated for Deployment {}
#[diagnostic::do_not_recommend]
impl Replicated for StatefulSet {}

/// A kind that serves.
#[diagnostic::on_unimplemented(
    message = "a workload that runs to its end is not exposed",
    label = "nobody would answer here most of the time",
    note = "expose a Deployment's port; what a CronJob makes, a Deployment can serve from a shared claim"
)]
pub trait Serving: Sealed {}

#[diagnostic::do_not_recommend]
impl Serving for Deployment {}
#[diagnostic::do_not_recommend]
impl Serving for StatefulSet {}
#[diagnostic::do_not_recommend]
impl Serving for DaemonSet {}

/// A kind that runs to its end.
#[diagnostic::on_unimplemented(
    message = "this workload runs for ever: it has no deadline, no retries and no completions",
    label = "only a Job or a CronJob ends",
    note = "what hangs in a Deployment is restarted by its liveness probe"
)]
pub trait Ending: Sealed {}

#[diagnostic::do_not_recommend]
impl Ending for Job {}
#[diagnostic::do_not_recommend]
impl Ending for CronJob {}

/// A kind that runs again and again.
#[diagnostic::on_unimplemented(
    message = "only a CronJob has a schedule",
    label = "this workload is started once",
    note = "declare a `CronJob::new(cron!(\"0 4 * * *\"), ..)` for what runs again and again"
)]
pub trait Scheduled: Sealed {}

#[diagnostic::do_not_recommend]
impl Scheduled for CronJob {}

/// A kind whose new pods can start before the old ones end.
#[diagnostic::on_unimplemented(
    message = "only a Deployment chooses between `.recreate()` and `.rolling(..)`",
    label = "this kind of workload replaces its pods in one way",
    note = "a StatefulSet replaces one pod after the other, in the order of their numbers; a DaemonSet says `.max_unavailable(2)`"
)]
pub trait Replacing: Sealed {}

#[diagnostic::do_not_recommend]
impl Replacing for Deployment {}

/// A kind that keeps its revisions.
#[diagnostic::on_unimplemented(
    message = "a workload that runs to its end has no revisions",
    label = "nothing to roll back to",
    note = "a CronJob keeps its last runs: `.keeps_runs(3, 1)`"
)]
pub trait Revised: Sealed {}

#[diagnostic::do_not_recommend]
impl Revised for Deployment {}
#[diagnostic::do_not_recommend]
impl Revised for StatefulSet {}
#[diagnostic::do_not_recommend]
impl Revised for DaemonSet {}

/// A kind whose pods are numbered.
#[diagnostic::on_unimplemented(
    message = "only a StatefulSet starts its pods in an order",
    label = "this workload's pods have none",
    note = "a Deployment's pods start beside each other already"
)]
pub trait Ordered: Sealed {}

#[diagnostic::do_not_recommend]
impl Ordered for StatefulSet {}

/// A kind with one pod on every node.
#[diagnostic::on_unimplemented(
    message = "only a DaemonSet says how many nodes may be without its pod",
    label = "this workload has replicas",
    note = "a Deployment says `.rolling(1, 0)`: how many pods more, and how many fewer, while it is replaced"
)]
pub trait OnEveryNode: Sealed {}

#[diagnostic::do_not_recommend]
impl OnEveryNode for DaemonSet {}
