//! Plans: what a random catalogue says, before it is said in the language.

mod mended;
mod random;
mod says;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use random::plans;
pub(crate) use says::EVERYTHING;

/// How many identities there are to choose from: four in each of four namespaces, and one that has a fifth for itself.
pub(crate) const IDENTITIES: usize = 17;

/// The namespaces, by their numbers.
pub(crate) const NAMESPACES: [&str; 5] = ["blue", "red", "green", "grey", "labs"];

/// The ports that an identity can serve: two that speak HTTP, one gRPC, and one something else.
pub(crate) const PORTS: [u16; 4] = [8080, 8000, 9090, 7000];

/// A catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) services: Vec<ServicePlan>,
    /// The order in which they are declared.
    pub(crate) order: Vec<usize>,
    /// Which peers the cluster itself exposes, as [`perimeter`](super::perimeter) numbers them.
    pub(crate) exposed_peers: BTreeSet<usize>,
    /// The namespaces whose database a peer calls, too.
    pub(crate) migrated: BTreeSet<usize>,
    /// What some namespaces may use at most.
    pub(crate) bounds: BTreeMap<usize, BoundPlan>,
    /// Who watches, if anybody does.
    pub(crate) watched: Option<WatchPlan>,
    /// Whether the last two namespaces are those in which any web page may be read.
    pub(crate) web: bool,
}

/// Who watches the cluster.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WatchPlan {
    /// Whether the scraper is in the mesh.
    pub(crate) meshed: bool,
    pub(crate) access_logs: bool,
    pub(crate) proxy_traces: bool,
}

/// What a namespace may use at most.
#[derive(Clone, Debug)]
pub(crate) struct BoundPlan {
    /// How many pods and claims its services may have together.
    pub(crate) quota: Option<(u16, u16)>,
    /// Whether the memory of each container is limited.
    pub(crate) limits: bool,
}

/// What kind of workload a service is. Those that run to their end serve nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Deployment,
    StatefulSet,
    DaemonSet,
    Job,
    CronJob,
}

impl Kind {
    pub(crate) fn ends(self) -> bool {
        matches!(self, Self::Job | Self::CronJob)
    }

    pub(crate) fn is_replicated(self) -> bool {
        matches!(self, Self::Deployment | Self::StatefulSet)
    }
}

/// One service.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a service says or does not say")]
pub(crate) struct ServicePlan {
    pub(crate) identity: usize,
    pub(crate) kind: Kind,
    /// Which other containers its pods have.
    pub(crate) containers: BTreeSet<usize>,
    /// What [`kinds::run`](super::kinds::run) says about nodes and neighbours.
    pub(crate) placement: BTreeSet<usize>,
    /// Whether each pod has a claim of its own.
    pub(crate) template: bool,
    /// Whether it takes datagrams.
    pub(crate) datagrams: bool,
    /// To whom it sends datagrams, as indices into the plan's services.
    pub(crate) sends: BTreeSet<usize>,
    /// Whether a scraper outside of the mesh, and one in it, calls its first port.
    pub(crate) scraped: (bool, bool),
    pub(crate) reads_nodes: bool,
    /// Whether its second container serves metrics.
    pub(crate) metrics: bool,
    /// Whether it sends telemetry, and then whether over HTTP.
    pub(crate) telemetry: Option<bool>,
    pub(crate) replicas: u16,
    pub(crate) autoscaled: bool,
    /// Indices into [`PORTS`]; the first one is always served, since probes ask it.
    pub(crate) ports: BTreeSet<usize>,
    /// Whom it calls, as indices into the plan's services and [`PORTS`].
    pub(crate) calls: BTreeSet<(usize, usize)>,
    /// Of whose pods that are created at run time it calls the port, as indices into the plan's services.
    pub(crate) calls_created: BTreeSet<usize>,
    pub(crate) peers: BTreeSet<usize>,
    /// What it reaches outside of the cluster, as [`outside`](super::outside) numbers it.
    pub(crate) externals: BTreeSet<usize>,
    pub(crate) exposed: Option<ExposurePlan>,
    pub(crate) secret: bool,
    pub(crate) secret_file: bool,
    pub(crate) shared_claim: bool,
    pub(crate) own_claim: bool,
    pub(crate) disposable: bool,
    pub(crate) reads_config_maps: bool,
    /// What it may do with the API beside that, as [`rights`](super::rights) numbers it.
    pub(crate) rights: BTreeSet<usize>,
    /// Whether the peers that it calls stand in variables.
    pub(crate) by_variable: bool,
    /// Whether the services that it calls stand in a config file, and not in variables.
    pub(crate) by_template: bool,
    pub(crate) texts: Vec<String>,
    pub(crate) config: Option<String>,
    /// What [`volumes::with`](super::volumes::with) adds.
    pub(crate) features: BTreeSet<usize>,
    /// The namespaces whose databases it calls: its own one's with credentials.
    pub(crate) databases: BTreeSet<usize>,
    /// Whether the credentials are one URL, and not their parts.
    pub(crate) by_uri: bool,
    pub(crate) webhook: Option<WebhookPlan>,
    pub(crate) creates: Option<CreatedPlan>,
}

/// What of a service is behind the tunnel, and for whom.
#[derive(Clone, Debug)]
pub(crate) struct ExposurePlan {
    pub(crate) public: bool,
    /// Whether its first port answers for all paths that are not named.
    pub(crate) whole: bool,
    /// Which paths of the hostname lead somewhere of their own, as [`perimeter`](super::perimeter) numbers them.
    pub(crate) paths: BTreeSet<usize>,
}

/// What the API server asks a service.
#[derive(Clone, Debug)]
pub(crate) struct WebhookPlan {
    pub(crate) mutates: bool,
    /// About what, as [`webhooks`](super::webhooks) numbers it.
    pub(crate) about: BTreeSet<usize>,
    /// In which namespaces.
    pub(crate) asked: BTreeSet<usize>,
    pub(crate) refuses: bool,
}

/// Pods that a service creates while it runs.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is said of them or not")]
pub(crate) struct CreatedPlan {
    /// Whether it runs them itself, and does not have an operator create them.
    pub(crate) runs: bool,
    pub(crate) serves: bool,
    pub(crate) scraped: bool,
    /// Whose first port they call, as indices into the plan's services.
    pub(crate) calls: BTreeSet<usize>,
    pub(crate) peers: BTreeSet<usize>,
    pub(crate) externals: BTreeSet<usize>,
    /// Whether they call the database of their namespace.
    pub(crate) database: bool,
}

impl ServicePlan {
    /// The number of its namespace.
    pub(crate) fn namespace(&self) -> usize {
        self.identity / 4
    }

    pub(crate) fn takes_datagrams(&self) -> bool {
        self.datagrams && !self.kind.ends()
    }

    /// Whether somebody without a proxy, and whether somebody with one, is let in to its first port.
    pub(crate) fn scrapers(&self) -> (bool, bool) {
        if self.kind.ends() { (false, false) } else { self.scraped }
    }

    /// Whether it says where its metrics are: its second container serves them, where it serves at all.
    pub(crate) fn tells_metrics(&self) -> bool {
        self.metrics && self.containers.contains(&0) && !self.kind.ends()
    }

    /// Whether a token for the API server is in its pods.
    pub(crate) fn asks_api_server(&self) -> bool {
        self.reads_nodes
            || self.reads_config_maps
            || !self.rights.is_empty()
            || self.creates.as_ref().is_some_and(|created| created.runs)
    }

    /// How many pods it has at most, and how many claims then.
    pub(crate) fn most(&self) -> (u16, u16) {
        let pods = match self.kind {
            Kind::Deployment | Kind::StatefulSet if self.autoscaled => self.replicas + 2,
            Kind::Deployment | Kind::StatefulSet => self.replicas,
            Kind::DaemonSet => 3,
            Kind::Job | Kind::CronJob => 1,
        };
        let own = u16::from(self.own_claim) + u16::from(self.features.contains(&7));
        (pods, own + if self.template { pods } else { 0 })
    }
}

impl Plan {
    /// The numbers of the namespaces in which services run.
    pub(crate) fn namespaces(&self) -> BTreeSet<usize> {
        self.services.iter().map(ServicePlan::namespace).collect()
    }

    /// What the services of a namespace have at most together: pods, and claims.
    pub(crate) fn needed(&self, namespace: usize) -> (u16, u16) {
        let own = || self.services.iter().filter(|service| service.namespace() == namespace);
        let shared = u16::from(own().any(|service| service.shared_claim));
        own().map(ServicePlan::most).fold((0, shared), |(pods, claims), (more, own)| (pods + more, claims + own))
    }
}
