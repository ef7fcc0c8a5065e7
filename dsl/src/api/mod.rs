//! Needs of the Kubernetes API: nouns with verbs, in the service's own namespace unless a reason says why it takes more.
//!
//! What is granted stands in the noun and the verb; there is no wildcard, and no noun for what would hand out more rights
//! (security model, anti-patterns: overprivileged service accounts).
//!
//! ```
//! # use casemate_dsl::prelude::*;
//! let neighbours = api::PODS.read();
//! let election = api::LEASES.manage();
//! let inventory = api::NODES.read_everywhere(because!("the page shows every node"));
//! let rollouts = api::custom!("argoproj.io", "applications").read();
//! let caches = api::own!("caches.example.com", "modelcaches").manage();
//! ```

mod custom;
mod offered;
mod refused;

pub use crate::{custom_resource as custom, own_resource as own};
pub use custom::{Custom, Own};
pub use offered::{Offerable, Offered};
pub use refused::{
    CommandsPods, Excused, GrantsRights, LiesInNoNamespace, Nobody, ReachesSecrets, Refused, RunsOthers,
    WritesEveryConfigMap, WritesPlatform, why,
};

use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Name, Reason};

/// A kind of objects of the API: its group, empty for the core group, and its plural.
#[derive(Clone, Copy, Debug)]
struct Resource {
    group: &'static str,
    plural: &'static str,
}

impl Resource {
    const fn need(self, verbs: view::Verbs, within: view::Within) -> ApiNeed {
        let Self { group, plural } = self;
        ApiNeed(view::ApiNeed { group, resource: plural, verbs, within, seal: Seal::new() })
    }

    const fn read(self) -> ApiNeed {
        self.need(view::Verbs::Read, view::Within::Namespace)
    }

    const fn read_everywhere(self, reason: Reason) -> ApiNeed {
        self.need(view::Verbs::Read, view::Within::Cluster(reason))
    }
}

/// Objects of one kind in the service's namespace, which it may write.
#[derive(Clone, Copy, Debug)]
pub struct Noun(Resource);

impl Noun {
    /// May get, list and watch them.
    #[must_use]
    pub const fn read(self) -> ApiNeed {
        self.0.read()
    }

    /// May get, list, watch, create, update, patch and delete them.
    #[must_use]
    pub const fn manage(self) -> ApiNeed {
        self.0.need(view::Verbs::Manage, view::Within::Namespace)
    }

    /// May get, list and watch those of all namespaces, and why: every report shows it.
    #[must_use]
    pub const fn read_everywhere(self, reason: Reason) -> ApiNeed {
        self.0.read_everywhere(reason)
    }
}

/// Objects that a service may read but never write: writing them would run code of its choice with another's rights, or take
/// what is another's away.
///
/// ```compile_fail,E0277
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// let container = Ledger::container(IMAGE).may(api::PODS.manage());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ReadOnlyNoun<const RUNS: bool = false>(Resource);

impl ReadOnlyNoun<true> {
    /// May create and delete them, beside reading them, and why: every report shows it.
    ///
    /// The service says as whom they run, [`creates`](crate::Service::creates), and lives alone in its namespace.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// let jobs = api::JOBS.run(because!("each model is copied by a job"));
    /// ```
    #[must_use]
    pub const fn run(self, reason: Reason) -> ApiNeed {
        self.0.need(view::Verbs::Run(reason), view::Within::Namespace)
    }
}

impl<const RUNS: bool> ReadOnlyNoun<RUNS> {
    /// May get, list and watch them.
    #[must_use]
    pub const fn read(self) -> ApiNeed {
        self.0.read()
    }

    /// May get, list and watch those of all namespaces, and why: every report shows it.
    #[must_use]
    pub const fn read_everywhere(self, reason: Reason) -> ApiNeed {
        self.0.read_everywhere(reason)
    }

    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn manage(self) -> Refused<why::RunsOthers> {
        Refused::new()
    }

    /// One that is created, for a [`Webhook`](crate::Webhook) that is asked about it.
    #[must_use]
    pub const fn created(self) -> Admission {
        self.admission(view::Operation::Create)
    }

    /// One that is updated, for a [`Webhook`](crate::Webhook) that is asked about it.
    #[must_use]
    pub const fn updated(self) -> Admission {
        self.admission(view::Operation::Update)
    }

    /// One that is deleted, for a [`Webhook`](crate::Webhook) that is asked about it.
    #[must_use]
    pub const fn deleted(self) -> Admission {
        self.admission(view::Operation::Delete)
    }

    const fn admission(self, operation: view::Operation) -> Admission {
        let Resource { group, plural } = self.0;
        // All of these kinds are served as `v1`.
        Admission(view::Admission { group, version: "v1", resource: plural, operation })
    }
}

/// What a [`Webhook`](crate::Webhook) is asked about: a kind of objects, and what is done with one.
#[derive(Clone, Copy, Debug)]
pub struct Admission(view::Admission);

impl Admission {
    pub(crate) const fn into_view(self) -> view::Admission {
        self.0
    }
}

/// What the metrics server measures in the service's namespace.
#[derive(Clone, Copy, Debug)]
pub struct MeasuredNoun(Resource);

impl MeasuredNoun {
    /// May get, list and watch them.
    #[must_use]
    pub const fn read(self) -> ApiNeed {
        self.0.read()
    }

    /// May get, list and watch those of all namespaces, and why: every report shows it.
    #[must_use]
    pub const fn read_everywhere(self, reason: Reason) -> ApiNeed {
        self.0.read_everywhere(reason)
    }
}

/// ConfigMaps, of which a service may write those that it names.
///
/// Who could write every ConfigMap of a namespace could give its neighbours another configuration.
#[derive(Clone, Copy, Debug)]
pub struct ConfigMaps(Resource);

impl ConfigMaps {
    /// May get, list and watch them.
    #[must_use]
    pub const fn read(self) -> ApiNeed {
        self.0.read()
    }

    /// May get, list and watch those of all namespaces, and why: every report shows it.
    ///
    /// Casemate keeps credentials out of its own; whatever else puts some into a ConfigMap, shows it to this service.
    #[must_use]
    pub const fn read_everywhere(self, reason: Reason) -> ApiNeed {
        self.0.read_everywhere(reason)
    }

    /// The one of this name, which the service makes itself.
    #[must_use]
    pub const fn named(self, name: Name) -> NamedConfigMap {
        NamedConfigMap { resource: self.0, name }
    }

    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn manage(self) -> Refused<why::WritesEveryConfigMap> {
        Refused::new()
    }
}

/// One ConfigMap, by its name.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let state = api::CONFIG_MAPS.named(name!("state")).manage();
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NamedConfigMap {
    resource: Resource,
    name: Name,
}

impl NamedConfigMap {
    /// May create ConfigMaps, and get, update and patch this one.
    ///
    /// Kubernetes grants creation for no single name (*Using RBAC Authorization: Referring to resources*): what is there already,
    /// creation does not touch.
    #[must_use]
    pub const fn manage(self) -> ApiNeed {
        self.resource.need(view::Verbs::ManageNamed(self.name), view::Within::Namespace)
    }
}

/// Objects that lie in no namespace.
#[derive(Clone, Copy, Debug)]
pub struct ClusterNoun(Resource);

impl ClusterNoun {
    /// May get, list and watch them, and why: every report shows it.
    #[must_use]
    pub const fn read_everywhere(self, reason: Reason) -> ApiNeed {
        self.0.read_everywhere(reason)
    }

    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn read(self) -> Refused<why::LiesInNoNamespace> {
        Refused::new()
    }

    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn manage(self) -> Refused<why::RunsOthers> {
        Refused::new()
    }
}

macro_rules! nouns {
    ($($(#[$doc:meta])+ $name:ident: $noun:ident $(<$runs:literal>)? = $group:literal, $plural:literal;)+) => {$(
        $(#[$doc])+
        pub const $name: $noun $(<$runs>)? = $noun(Resource { group: $group, plural: $plural });
    )+};
}

nouns! {
    /// Leases, by which replicas elect a leader: [`manage`](Noun::manage) is all that leader election takes.
    LEASES: Noun = "coordination.k8s.io", "leases";
    /// Events, by which a controller tells what it did.
    EVENTS: Noun = "events.k8s.io", "events";
    /// Events of the core group, which older clients write.
    CORE_EVENTS: Noun = "", "events";

    /// ConfigMaps.
    CONFIG_MAPS: ConfigMaps = "", "configmaps";

    /// Pods.
    PODS: ReadOnlyNoun<true> = "", "pods";
    /// Services.
    SERVICES: ReadOnlyNoun = "", "services";
    /// EndpointSlices.
    ENDPOINT_SLICES: ReadOnlyNoun = "discovery.k8s.io", "endpointslices";
    /// PersistentVolumeClaims.
    PERSISTENT_VOLUME_CLAIMS: ReadOnlyNoun = "", "persistentvolumeclaims";
    /// Deployments.
    DEPLOYMENTS: ReadOnlyNoun = "apps", "deployments";
    /// ReplicaSets.
    REPLICA_SETS: ReadOnlyNoun = "apps", "replicasets";
    /// StatefulSets.
    STATEFUL_SETS: ReadOnlyNoun = "apps", "statefulsets";
    /// DaemonSets.
    DAEMON_SETS: ReadOnlyNoun = "apps", "daemonsets";
    /// Jobs.
    JOBS: ReadOnlyNoun<true> = "batch", "jobs";
    /// CronJobs.
    CRON_JOBS: ReadOnlyNoun = "batch", "cronjobs";
    /// What pods use of cpu and memory, as the metrics server tells.
    POD_METRICS: MeasuredNoun = "metrics.k8s.io", "pods";

    /// Nodes.
    NODES: ClusterNoun = "", "nodes";
    /// Namespaces.
    NAMESPACES: ClusterNoun = "", "namespaces";
    /// PersistentVolumes.
    PERSISTENT_VOLUMES: ClusterNoun = "", "persistentvolumes";
    /// StorageClasses.
    STORAGE_CLASSES: ClusterNoun = "storage.k8s.io", "storageclasses";
    /// What nodes use of cpu and memory, as the metrics server tells.
    NODE_METRICS: ClusterNoun = "metrics.k8s.io", "nodes";
}

/// Secrets, which nobody reads through the API: asking for them is refused while compiling, with the way that works.
pub const SECRETS: Refused<why::ReachesSecrets> = Refused::new();
/// Tokens of accounts, which nobody makes through the API.
pub const SERVICE_ACCOUNT_TOKENS: Refused<why::ReachesSecrets> = Refused::new();
/// Commands in pods, which nobody runs through the API.
pub const POD_EXEC: Refused<why::CommandsPods> = Refused::new();
/// Ways into pods, which nobody opens through the API.
pub const POD_PORT_FORWARD: Refused<why::CommandsPods> = Refused::new();
/// Pods behind the API server, through which nobody calls them.
pub const POD_PROXY: Refused<why::CommandsPods> = Refused::new();
/// The kubelets behind the API server, through which nobody calls them.
pub const NODE_PROXY: Refused<why::CommandsPods> = Refused::new();
/// Roles, which declared needs make, and nobody else.
pub const ROLES: Refused<why::GrantsRights> = Refused::new();
/// RoleBindings, which declared needs make, and nobody else.
pub const ROLE_BINDINGS: Refused<why::GrantsRights> = Refused::new();
/// ClusterRoles, which declared needs make, and nobody else.
pub const CLUSTER_ROLES: Refused<why::GrantsRights> = Refused::new();
/// ClusterRoleBindings, which declared needs make, and nobody else.
pub const CLUSTER_ROLE_BINDINGS: Refused<why::GrantsRights> = Refused::new();
/// Other users, as whom nobody acts.
pub const IMPERSONATION: Refused<why::GrantsRights> = Refused::new();

/// What a container may do through the Kubernetes API.
#[derive(Debug)]
pub struct ApiNeed(view::ApiNeed);

/// A need that can be granted.
#[diagnostic::on_unimplemented(
    message = "this may not be granted to a service",
    label = "no need that a service may have",
    note = "a need is a noun with its verb: `api::CONFIG_MAPS.read()`, `api::LEASES.manage()`, \
            `api::NODES.read_everywhere(because!(\"…\"))`"
)]
pub trait Grantable: Sealed {
    #[doc(hidden)]
    fn need(self) -> view::ApiNeed;
}

impl Sealed for ApiNeed {}

#[diagnostic::do_not_recommend]
impl Grantable for ApiNeed {
    fn need(self) -> view::ApiNeed {
        self.0
    }
}
