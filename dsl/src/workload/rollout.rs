//! Rollouts: how new pods take the place of old ones.

use super::Service;
use super::kind::{OnEveryNode, Ordered, Replacing, Revised};
use crate::view;

impl<W, K> Service<W, K> {
    /// Ends the old pods before it starts new ones, as a claim or a device needs that only one pod can have.
    ///
    /// A Deployment with a claim of its own does so without saying it.
    #[track_caller]
    pub fn recreate(mut self) -> Self
    where
        K: Replacing,
    {
        self.view.rollout.say(view::Rollout::Recreate);
        self
    }

    /// Replaces pods with at most this many more, and this many fewer, than its replicas; one of them is at least 1.
    ///
    /// Unless it is said, Kubernetes takes a quarter of each.
    #[track_caller]
    pub fn rolling(mut self, surge: u16, unavailable: u16) -> Self
    where
        K: Replacing,
    {
        self.view.rollout.say(view::Rollout::Rolling { surge, unavailable });
        self
    }
}

impl<W, K> Service<W, K> {
    /// Replaces the pods of at most this many nodes at a time, instead of one; at least 1.
    #[track_caller]
    pub fn max_unavailable(mut self, nodes: u16) -> Self
    where
        K: OnEveryNode,
    {
        self.view.max_unavailable.say(nodes);
        self
    }
}

impl<W, K> Service<W, K> {
    /// Starts all of its pods at once, instead of one after the other.
    #[track_caller]
    pub fn parallel(mut self) -> Self
    where
        K: Ordered,
    {
        self.view.parallel.say(());
        self
    }
}

impl<W, K> Service<W, K> {
    /// Keeps this many old revisions to go back to, instead of 10.
    #[track_caller]
    pub fn keeps_revisions(mut self, revisions: u16) -> Self
    where
        K: Revised,
    {
        self.view.revisions.say(revisions);
        self
    }
}
