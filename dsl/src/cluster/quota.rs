//! What a namespace may use at most.

use crate::said::Setting;
use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Cpu, Memory, Storage};

/// What all pods of a namespace may use together (Kubernetes, *Resource Quotas*). Linkerd's proxies count, too.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let quota = Quota::new().pods(15).cpu(cpu!("16")).memory(memory!("32Gi"));
/// ```
#[derive(Debug)]
#[must_use = "a quota bounds the namespace for which a cluster says it"]
pub struct Quota(view::Quota);

impl Default for Quota {
    fn default() -> Self {
        Self::new()
    }
}

impl Quota {
    /// A quota that bounds nothing yet.
    pub const fn new() -> Self {
        Self(view::Quota {
            pods: Setting::unsaid(),
            cpu: Setting::unsaid(),
            memory: Setting::unsaid(),
            memory_limit: Setting::unsaid(),
            storage: Setting::unsaid(),
            claims: Setting::unsaid(),
            seal: Seal::new(),
        })
    }

    /// At most this many pods that have not ended.
    #[track_caller]
    pub fn pods(mut self, pods: u16) -> Self {
        self.0.pods.say(pods);
        self
    }

    /// At most this much requested cpu.
    #[track_caller]
    pub fn cpu(mut self, cpu: Cpu) -> Self {
        self.0.cpu.say(cpu);
        self
    }

    /// At most this much requested memory.
    #[track_caller]
    pub fn memory(mut self, memory: Memory) -> Self {
        self.0.memory.say(memory);
        self
    }

    /// Memory limits of at most this much together.
    #[track_caller]
    pub fn memory_limit(mut self, memory: Memory) -> Self {
        self.0.memory_limit.say(memory);
        self
    }

    /// Claims of at most this size together.
    #[track_caller]
    pub fn storage(mut self, storage: Storage) -> Self {
        self.0.storage.say(storage);
        self
    }

    /// At most this many claims.
    #[track_caller]
    pub fn claims(mut self, claims: u16) -> Self {
        self.0.claims.say(claims);
        self
    }
}

/// What one container of a namespace may use at most (Kubernetes, *Limit Ranges*). It gives no defaults: every container of ours
/// says what it needs.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let limits = ContainerLimits::new().memory(memory!("8Gi"));
/// ```
#[derive(Debug)]
#[must_use = "limits bound the namespace for which a cluster says them"]
pub struct ContainerLimits(view::ContainerLimits);

impl Default for ContainerLimits {
    fn default() -> Self {
        Self::new()
    }
}

impl ContainerLimits {
    /// Limits that bound nothing yet.
    pub const fn new() -> Self {
        Self(view::ContainerLimits { memory: Setting::unsaid(), seal: Seal::new() })
    }

    /// A memory limit of at most this much.
    #[track_caller]
    pub fn memory(mut self, memory: Memory) -> Self {
        self.0.memory.say(memory);
        self
    }
}

/// Something that bounds a namespace.
#[diagnostic::on_unimplemented(
    message = "a namespace is bounded by a quota or by limits of its containers",
    label = "neither of them",
    note = "write `.bounds(namespaces::TRIPS, Quota::new().pods(15))` or `.bounds(namespaces::TRIPS, ContainerLimits::new().memory(memory!(\"8Gi\")))`"
)]
pub trait Bound: Sealed {
    #[doc(hidden)]
    fn bound(self) -> view::Bound;
}

impl Sealed for Quota {}
impl Sealed for ContainerLimits {}

#[diagnostic::do_not_recommend]
impl Bound for Quota {
    fn bound(self) -> view::Bound {
        view::Bound::Quota(self.0)
    }
}

#[diagnostic::do_not_recommend]
impl Bound for ContainerLimits {
    fn bound(self) -> view::Bound {
        view::Bound::Containers(self.0)
    }
}
