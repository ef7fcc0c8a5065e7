//! Scale: a number of replicas, or the range in which it is found.

use crate::said::Setting;
use crate::seal::{Seal, Sealed};
use crate::view;

/// A range of replicas, held by a HorizontalPodAutoscaler.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let scale = between(2, 6).at_cpu_percent(80);
/// ```
#[derive(Debug)]
#[must_use = "a range scales nothing until a workload has it as its `.replicas(..)`"]
pub struct Between {
    least: u16,
    most: u16,
    cpu_percent: Setting<u16>,
}

/// From `least` to `most` replicas, as many as keep the cpu at 80 percent of what they request.
pub const fn between(least: u16, most: u16) -> Between {
    Between { least, most, cpu_percent: Setting::unsaid() }
}

impl Between {
    /// Keeps the cpu at this percentage of what the pods request.
    #[track_caller]
    pub fn at_cpu_percent(mut self, percent: u16) -> Self {
        self.cpu_percent.say(percent);
        self
    }
}

/// How many pods: a number, or [`between`] two.
#[diagnostic::on_unimplemented(
    message = "replicas are a number or a range",
    label = "neither of them",
    note = "write `.replicas(3)` or `.replicas(between(2, 6))`"
)]
pub trait Replicas: Sealed {
    #[doc(hidden)]
    fn scale(self) -> view::Replicas;
}

impl Sealed for Between {}

#[diagnostic::do_not_recommend]
impl Replicas for Between {
    fn scale(self) -> view::Replicas {
        let Self { least, most, cpu_percent } = self;
        view::Replicas::Between { least, most, cpu_percent, seal: Seal::new() }
    }
}

#[diagnostic::do_not_recommend]
impl Replicas for u16 {
    fn scale(self) -> view::Replicas {
        view::Replicas::Fixed(self)
    }
}

/// Nothing: autoscaling is said where the number of replicas is.
#[diagnostic::on_unimplemented(
    message = "replicas and autoscaling are one setting: a number of replicas would fight the autoscaler",
    label = "say `.replicas(between(2, 6))` instead, once",
    note = "`.replicas(3)` fixes the number, `.replicas(between(2, 6).at_cpu_percent(80))` renders a HorizontalPodAutoscaler"
)]
pub trait SaidBesideReplicas: Sealed {
    #[doc(hidden)]
    fn never(self) -> view::Replicas;
}
