//! Plans: what a random catalogue says, before it is said in the language.

use std::collections::BTreeSet;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

/// How many identities there are to choose from, four in each of four namespaces.
pub(crate) const IDENTITIES: usize = 16;

/// The ports that an identity can serve: number, and whether it speaks HTTP.
pub(crate) const PORTS: [u16; 4] = [8080, 8000, 9090, 7000];

/// The peers that there are.
pub(crate) const PEERS: usize = 3;

/// The external hosts that there are.
pub(crate) const EXTERNALS: usize = 6;

/// A catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) services: Vec<ServicePlan>,
    /// The order in which they are declared.
    pub(crate) order: Vec<usize>,
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
}

/// One service.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a service says or does not say")]
pub(crate) struct ServicePlan {
    pub(crate) identity: usize,
    pub(crate) kind: Kind,
    /// Which other containers its pods have.
    pub(crate) containers: BTreeSet<usize>,
    /// What [`kinds::placed`](super::kinds) says about nodes and neighbours.
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
    pub(crate) replicas: u16,
    pub(crate) autoscaled: bool,
    /// Indices into [`PORTS`]; the first one is always served, since probes ask it.
    pub(crate) ports: BTreeSet<usize>,
    /// Whom it calls, as indices into the plan's services and [`PORTS`].
    pub(crate) calls: BTreeSet<(usize, usize)>,
    pub(crate) peers: BTreeSet<usize>,
    pub(crate) externals: BTreeSet<usize>,
    /// Whether it is exposed, and to everybody.
    pub(crate) exposed: Option<bool>,
    pub(crate) secret: bool,
    pub(crate) secret_file: bool,
    pub(crate) shared_claim: bool,
    pub(crate) own_claim: bool,
    pub(crate) disposable: bool,
    pub(crate) reads_config_maps: bool,
    pub(crate) by_variable: bool,
    pub(crate) texts: Vec<String>,
    pub(crate) config: Option<String>,
    /// What [`volumes::with`](super::volumes::with) adds.
    pub(crate) features: BTreeSet<usize>,
}

/// Arbitrary plans. Some of them say what cannot be: those are counted, and have to be refused.
pub(crate) fn plans() -> impl Strategy<Value = Plan> {
    btree_set(0..IDENTITIES, 2..12)
        .prop_flat_map(|identities| {
            let count = identities.len();
            let identities: Vec<usize> = identities.into_iter().collect();
            (Just(identities), vec(service(count), count), Just((0..count).collect::<Vec<_>>()).prop_shuffle())
        })
        .prop_map(|(identities, mut services, order)| {
            for (service, identity) in services.iter_mut().zip(identities) {
                service.identity = identity;
            }
            Plan { services, order }
        })
}

fn service(count: usize) -> impl Strategy<Value = ServicePlan> {
    let kind = prop_oneof![
        6 => Just(Kind::Deployment),
        2 => Just(Kind::StatefulSet),
        1 => Just(Kind::DaemonSet),
        1 => Just(Kind::Job),
        1 => Just(Kind::CronJob),
    ];
    let shape = (
        kind,
        1..5_u16,
        prop::bool::weighted(0.2),
        btree_set(1..PORTS.len(), 0..3),
        btree_set((0..count, 0..PORTS.len()), 0..5),
        btree_set(0..PEERS, 0..3),
        btree_set(0..EXTERNALS, 0..3),
        prop::option::weighted(0.3, any::<bool>()),
    );
    let needs = (
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        (prop::bool::weighted(0.2), any::<bool>()),
        prop::bool::weighted(0.3),
        any::<bool>(),
        vec(text(), 0..3),
        (prop::option::of(text()), btree_set(0..super::volumes::FEATURES, 0..4)),
    );
    let wide = (
        btree_set(0..super::kinds::CONTAINERS, 0..3),
        btree_set(0..super::kinds::PLACEMENTS, 0..3),
        any::<bool>(),
        prop::bool::weighted(0.3),
        btree_set(0..count, 0..3),
        (prop::bool::weighted(0.2), prop::bool::weighted(0.2)),
        prop::bool::weighted(0.2),
    );
    (shape, needs, wide).prop_map(
        |((kind, replicas, autoscaled, mut ports, calls, peers, externals, exposed), needs, wide)| {
            let (
                secret,
                secret_file,
                shared_claim,
                (own_claim, disposable),
                reads_config_maps,
                by_variable,
                texts,
                (config, features),
            ) = needs;
            let (containers, placement, template, datagrams, sends, scraped, reads_nodes) = wide;
            ports.insert(0);
            ServicePlan {
                identity: 0,
                kind,
                containers,
                placement,
                template,
                datagrams,
                sends,
                scraped,
                reads_nodes,
                replicas,
                autoscaled,
                ports,
                calls,
                peers,
                externals,
                exposed: exposed.filter(|_| !kind.ends()),
                secret,
                secret_file,
                shared_claim,
                own_claim,
                disposable,
                reads_config_maps,
                by_variable,
                texts,
                config,
                features,
            }
        },
    )
}

/// Texts as users and accidents write them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[ -~]{0,40}",
        2 => "\\PC{0,20}",
        1 => "(?s).{0,30}",
        1 => prop::sample::select(vec!["no", "on", "~", "1_000", "0x1f", "12:30:45", "2001-01-01", "null", "", " ", "- a", "a: b", "{}"])
            .prop_map(str::to_owned),
        1 => "([a-z]{1,8}( = |: )[a-z0-9/$]{1,8}\n){1,4}",
    ]
}

impl ServicePlan {
    pub(crate) fn takes_datagrams(&self) -> bool {
        self.datagrams && !self.kind.ends()
    }

    /// Whether somebody without a proxy, and whether somebody with one, is let in to its first port.
    pub(crate) fn scrapers(&self) -> (bool, bool) {
        if self.kind.ends() { (false, false) } else { self.scraped }
    }
}

impl Plan {
    /// Makes a plan that says what can be: whom it calls serves, and neighbours agree about external ports.
    pub(crate) fn mended(mut self) -> Self {
        let served: Vec<BTreeSet<usize>> = self
            .services
            .iter()
            .map(|service| if service.kind.ends() { BTreeSet::new() } else { service.ports.clone() })
            .collect();
        let takes: Vec<bool> = self.services.iter().map(ServicePlan::takes_datagrams).collect();
        for service in &mut self.services {
            service.sends.retain(|callee| takes.get(*callee).is_some_and(|takes| *takes));
            // One pod for each node cannot share what one pod alone can mount.
            service.own_claim &= service.kind != Kind::DaemonSet;
            service.template &= service.kind == Kind::StatefulSet;
            service.calls.retain(|(callee, port)| served.get(*callee).is_some_and(|ports| ports.contains(port)));
            // On port 443 hosts 0 to 2 are known by TLS and host 3 not at all: the fourth namespace has the latter, the others the former.
            let by_name = service.identity / 4 != 3;
            service.externals.retain(|external| if by_name { *external != 3 } else { *external > 2 });
            if service.own_claim {
                service.replicas = 1;
                service.autoscaled = false;
            }
            // Several pods are spread, in one way.
            let replicated = matches!(service.kind, Kind::Deployment | Kind::StatefulSet);
            let several = replicated && (service.autoscaled || service.replicas > 1);
            service.placement.retain(|placement| several || ![3, 7].contains(placement));
            if service.placement.contains(&3) {
                service.placement.remove(&7);
            }
        }
        self
    }

    /// What of the language the world says, among what a world can go without.
    pub(crate) fn says(&self) -> BTreeSet<&'static str> {
        let of_one = |service: &ServicePlan| {
            let kind = match service.kind {
                Kind::Deployment => "a Deployment",
                Kind::StatefulSet => "a StatefulSet",
                Kind::DaemonSet => "a DaemonSet",
                Kind::Job => "a Job",
                Kind::CronJob => "a CronJob",
            };
            let (unmeshed, meshed) = service.scrapers();
            let said = [
                (true, kind),
                (service.containers.contains(&0), "a second container"),
                (service.containers.contains(&1), "a sidecar"),
                (service.containers.contains(&2), "an init container"),
                (service.template, "a claim of each pod"),
                (service.takes_datagrams(), "datagrams taken"),
                (!service.sends.is_empty(), "datagrams sent"),
                (unmeshed, "a caller without a proxy"),
                (meshed, "a caller with a proxy"),
                (service.reads_nodes, "the whole cluster read"),
            ];
            said.into_iter().filter(|(says, _)| *says).map(|(_, what)| what).collect::<Vec<_>>()
        };
        self.services.iter().flat_map(of_one).collect()
    }

    /// Whether it is a world in which policies can get in one another's way: five services, three namespaces, a port number that
    /// several of them serve, an unmeshed peer and an external host.
    pub(crate) fn is_rich(&self) -> bool {
        let namespaces: BTreeSet<usize> = self.services.iter().map(|service| service.identity / 4).collect();
        let serving = self.services.iter().filter(|service| !service.kind.ends()).count();
        self.services.len() >= 5
            && namespaces.len() >= 3
            && serving >= 2
            && self.services.iter().any(|service| service.peers.iter().any(|peer| *peer < 2))
            && self.services.iter().any(|service| !service.externals.is_empty())
    }
}
