//! Arbitrary plans. Some of them say what cannot be: those are counted, and have to be refused.

use std::collections::BTreeSet;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

use super::{
    BoundPlan, CreatedPlan, ExposurePlan, IDENTITIES, Kind, NAMESPACES, PORTS, Plan, ServicePlan, WatchPlan,
    WebhookPlan,
};
use crate::{kinds, outside, perimeter, rights, told, volumes, webhooks};

/// Arbitrary plans.
pub(crate) fn plans() -> impl Strategy<Value = Plan> {
    let whole = (
        btree_set(0..perimeter::EXPOSED_PEERS, 0..2),
        btree_set(0..NAMESPACES.len(), 0..4),
        btree_map(0..NAMESPACES.len(), bound(), 0..4),
        prop::bool::weighted(0.7),
        prop::option::weighted(0.7, watch()),
    );
    (btree_set(0..IDENTITIES, 2..12), whole)
        .prop_flat_map(|(identities, whole)| {
            let count = identities.len();
            let identities: Vec<usize> = identities.into_iter().collect();
            let order = Just((0..count).collect::<Vec<_>>()).prop_shuffle();
            (Just(identities), vec(service(count), count), order, Just(whole))
        })
        .prop_map(|(identities, mut services, order, (exposed_peers, migrated, bounds, web, watched))| {
            for (service, identity) in services.iter_mut().zip(identities) {
                service.identity = identity;
            }
            Plan { services, order, exposed_peers, migrated, bounds, watched, web }
        })
}

fn watch() -> impl Strategy<Value = WatchPlan> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(meshed, access_logs, proxy_traces)| WatchPlan {
        meshed,
        access_logs,
        proxy_traces,
    })
}

fn bound() -> impl Strategy<Value = BoundPlan> {
    (prop::option::weighted(0.7, (1..20_u16, 0..6_u16)), any::<bool>())
        .prop_map(|(quota, limits)| BoundPlan { limits: limits || quota.is_none(), quota })
}

fn exposure() -> impl Strategy<Value = ExposurePlan> {
    (any::<bool>(), prop::bool::weighted(0.7), btree_set(0..perimeter::PATHS.len(), 0..3))
        .prop_map(|(public, whole, paths)| ExposurePlan { public, whole, paths })
}

fn webhook() -> impl Strategy<Value = WebhookPlan> {
    (any::<bool>(), btree_set(0..webhooks::ABOUT, 1..3), btree_set(0..NAMESPACES.len(), 1..4), any::<bool>())
        .prop_map(|(mutates, about, asked, refuses)| WebhookPlan { mutates, about, asked, refuses })
}

fn created(count: usize) -> impl Strategy<Value = CreatedPlan> {
    (
        prop::bool::weighted(0.6),
        any::<bool>(),
        any::<bool>(),
        btree_set(0..count, 0..3),
        btree_set(0..told::PEERS, 0..3),
        btree_set(0..outside::EXTERNALS, 0..3),
        any::<bool>(),
    )
        .prop_map(|(runs, serves, scraped, calls, peers, externals, database)| CreatedPlan {
            runs,
            serves,
            scraped,
            calls,
            peers,
            externals,
            database,
        })
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        6 => Just(Kind::Deployment),
        2 => Just(Kind::StatefulSet),
        1 => Just(Kind::DaemonSet),
        1 => Just(Kind::Job),
        1 => Just(Kind::CronJob),
    ]
}

fn service(count: usize) -> impl Strategy<Value = ServicePlan> {
    let shape = (
        kind(),
        1..5_u16,
        prop::bool::weighted(0.2),
        btree_set(1..PORTS.len(), 0..3),
        btree_set((0..count, 0..PORTS.len()), 0..5),
        btree_set(0..told::PEERS, 0..3),
        btree_set(0..outside::EXTERNALS, 0..5),
        prop::option::weighted(0.4, exposure()),
    );
    let needs = (
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        (prop::bool::weighted(0.2), any::<bool>()),
        prop::bool::weighted(0.3),
        (any::<bool>(), any::<bool>()),
        vec(text(), 0..3),
        (prop::option::of(text()), btree_set(0..volumes::FEATURES, 0..4)),
    );
    let wide = (
        btree_set(0..kinds::CONTAINERS, 0..3),
        btree_set(0..kinds::PLACEMENTS, 0..3),
        any::<bool>(),
        prop::bool::weighted(0.3),
        btree_set(0..count, 0..3),
        (prop::bool::weighted(0.2), prop::bool::weighted(0.2)),
        prop::bool::weighted(0.2),
        any::<bool>(),
        prop::option::weighted(0.3, any::<bool>()),
    );
    let more = (
        btree_set(0..count, 0..3),
        prop_oneof![1 => Just(BTreeSet::new()), 1 => btree_set(0..rights::RIGHTS, 1..4)],
        prop_oneof![2 => Just(BTreeSet::new()), 1 => btree_set(0..NAMESPACES.len(), 1..3)],
        any::<bool>(),
        prop::option::weighted(0.2, webhook()),
        prop::option::weighted(0.3, created(count)),
    );
    (shape, needs, wide, more).prop_map(|(shape, needs, wide, more)| {
        let (kind, replicas, autoscaled, mut ports, calls, peers, externals, exposed) = shape;
        let (secret, secret_file, shared_claim, (own_claim, disposable), reads_config_maps, named, texts, files) =
            needs;
        let (containers, placement, template, datagrams, sends, scraped, reads_nodes, metrics, telemetry) = wide;
        let (calls_created, rights, databases, by_uri, webhook, creates) = more;
        let ((by_variable, by_template), (config, features)) = (named, files);
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
            metrics,
            telemetry,
            replicas,
            autoscaled,
            ports,
            calls,
            calls_created,
            peers,
            externals,
            exposed: exposed.filter(|_| !kind.ends()),
            secret,
            secret_file,
            shared_claim,
            own_claim,
            disposable,
            reads_config_maps,
            rights,
            by_variable,
            by_template,
            texts,
            config,
            features,
            databases,
            by_uri,
            webhook: webhook.filter(|_| !kind.ends()),
            creates,
        }
    })
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
