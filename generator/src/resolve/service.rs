//! Services: each by itself.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::{Place, Said, Setting};
use casemate_dsl::view::{self, CalledPort, Endpoint, ExposedPort, WebhookAt};
use casemate_dsl::word::{Gid, Image, StorageClass};
use sha2::{Digest, Sha256};

use super::claim::MountedClaim;
use super::finding::Findings;
use super::mount::{Context, Gathered};
use super::{containers, mount, observability, outside, placement, settings, workload};
use crate::graph::{Config, Container, Facts, Grant, Id, Kind, Metrics, Outside, Pod, Service};
use crate::meta;

/// Names of services that mean something else already: what, and to whom.
const RESERVED: &[(&str, &str)] = &[
    ("default", "the account of every pod that names none"),
    ("default-deny", "the policy that shuts the namespace"),
    ("dns", "the policy that lets the namespace ask the cluster's DNS"),
    ("linkerd", "the policy that lets the namespace reach the mesh's control plane"),
    ("proxy-metrics", "the policy that lets the scraper read the proxies' metrics"),
    ("proxy-traces", "the policy that lets proxies send their traces"),
];

/// The storage classes of the cluster.
#[derive(Debug)]
pub(super) struct Storage {
    pub(super) default_class: Option<StorageClass>,
    pub(super) classes: BTreeSet<StorageClass>,
}

/// A service by itself, with what concerns others.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) service: Service,
    pub(super) declared: Place,
    pub(super) called: Vec<Said<Endpoint>>,
    pub(super) callers: Vec<Said<CalledPort>>,
    pub(super) webhooks: Vec<Said<WebhookAt>>,
    pub(super) creates: Vec<Said<view::RuntimePods>>,
    pub(super) exposures: Vec<Said<ExposedPort>>,
    pub(super) namespace_claims: Vec<MountedClaim>,
    pub(super) reached: Vec<Said<Outside>>,
    pub(super) images: Vec<Said<Image>>,
    pub(super) needs: Vec<Said<Grant>>,
    pub(super) metrics: Option<Said<Metrics>>,
    pub(super) offers: Vec<Said<view::Offer>>,
    /// Whom it stands by.
    pub(super) neighbours: Vec<(Id, Place)>,
}

/// The services by identity, with a finding for each identity that two of them claim.
pub(super) fn distinct(
    findings: &mut Findings,
    services: Vec<Said<view::Service>>,
) -> BTreeMap<Id, Said<view::Service>> {
    let mut distinct: BTreeMap<Id, Said<view::Service>> = BTreeMap::new();
    for service in services {
        let identity = &service.what.identity;
        let id = Id { namespace: identity.what.namespace(), name: identity.what.name() };
        let Some(first) = distinct.get(&id) else {
            distinct.insert(id, service);
            continue;
        };
        let other = &first.what.identity;
        let place = format!("{}:{}", other.at.file(), other.at.line());
        if other.what == identity.what {
            findings.add(
                id,
                service.at,
                format!("the cluster runs this service twice, the other is declared at {place}"),
                "run it once",
            );
        } else {
            let wrong = format!("two identities have this name, the other is declared at {place}");
            findings.add(id, identity.at, wrong, "give one of them another `NAME` or `NAMESPACE`");
        }
    }
    distinct
}

/// One service.
pub(super) fn service(
    findings: &mut Findings,
    facts: &Facts,
    storage: &Storage,
    classes: &placement::Classes,
    id: Id,
    declared: view::Service,
) -> Resolved {
    let view::Service {
        identity,
        kind,
        containers,
        init_containers,
        replicas,
        rollout,
        parallel,
        max_unavailable,
        revisions,
        run,
        grace_period,
        volume_group,
        groups,
        placement,
        calls,
        callers,
        creates,
        offers,
        webhooks,
        reaches,
        exposures,
        seal: _,
    } = declared;
    let context = context(facts, storage, id);

    check_name(findings, id, identity.at);
    let mut gathered = Gathered::beside(mount::template_names(&containers, &init_containers));
    let ends = matches!(kind, view::Kind::Job | view::Kind::CronJob { .. });
    let containers::Gathered { containers: pods, init_containers, ports, udp, needs, mut images, metrics } =
        containers::containers(findings, context, identity.at, ends, (containers, init_containers), &mut gathered);

    let declared = workload::Declared { kind, replicas, rollout, parallel, max_unavailable, run };
    let kind = workload::kind(findings, id, identity.at, gathered.exclusive, declared);
    let revisions = findings.once(id, "the number of kept revisions", revisions).map(|said| said.what);
    let (placement, neighbours) = placement::placement(findings, facts, classes, id, kind, placement);
    let group = own_group(findings, id, &pods, volume_group);
    let reached: Vec<Said<Outside>> = reaches.into_iter().map(outside::reached).collect();

    let Gathered {
        volumes,
        scratches: _,
        files,
        items,
        made,
        images: of_volumes,
        own_claims,
        templates,
        template_names: _,
        namespace_claims,
        mut called,
        exclusive: _,
    } = gathered;
    let templates = mount::templates(findings, id, has_numbered_pods(kind), templates);
    called.extend(calls);
    images.extend(of_volumes);
    let config = (!files.is_empty()).then(|| Config { name: config_name(id, &files), files });
    let metrics = observability::once(findings, id, metrics);
    let mut pod = Pod {
        containers: pods,
        init_containers,
        volumes,
        group,
        groups: groups.into_iter().map(|said| said.what.number()).collect(),
        grace_period: None,
        pull_secrets: BTreeSet::new(),
    };
    pod.grace_period = workload::grace_period(findings, id, identity.at, grace_period, &pod);
    let service = Service {
        id,
        kind,
        revisions,
        placement,
        pod,
        ports,
        udp,
        claims: own_claims,
        templates,
        items,
        webhooks: BTreeSet::new(),
        made,
        config,
        metrics: metrics.as_ref().map(|said| said.what),
        grants: needs.iter().map(|need| need.what).collect(),
        offers: BTreeMap::new(),
        outside: reached.iter().map(|reached| reached.what).collect(),
    };
    Resolved {
        service,
        declared: identity.at,
        called,
        callers,
        webhooks,
        creates,
        exposures,
        namespace_claims,
        reached,
        images,
        needs,
        metrics,
        offers,
        neighbours,
    }
}

/// The group of its volumes.
fn own_group(findings: &mut Findings, id: Id, containers: &[Container], said: Setting<Gid>) -> u32 {
    // The group of the service's own container: what it writes is its own, and what lay there before it can read.
    let own = containers.first().map_or(settings::DEFAULT_ID, |own| own.group);
    findings.once(id, "the volumes' group", said).map_or(own, |said| said.what.number())
}

/// A service's name means nothing else already.
pub(super) fn check_name(findings: &mut Findings, id: Id, at: Place) {
    if let Some((name, meaning)) = RESERVED.iter().find(|(name, _)| *name == id.name.as_str()) {
        findings.add(id, at, format!("`{name}` names {meaning}"), "choose another `NAME`");
    }
}

/// What its containers are resolved with.
fn context<'a>(facts: &'a Facts, storage: &'a Storage, id: Id) -> Context<'a> {
    Context {
        id,
        container: None,
        cluster: facts.name,
        domain: facts.kubernetes.domain,
        kubernetes: facts.kubernetes.version,
        default_class: storage.default_class,
        classes: &storage.classes,
        observability: facts.observability.as_ref(),
    }
}

/// Whether a claim can belong to one of its pods.
const fn has_numbered_pods(kind: Kind) -> bool {
    match kind {
        Kind::StatefulSet { .. } => true,
        Kind::Deployment { .. }
        | Kind::DaemonSet { .. }
        | Kind::Job { .. }
        | Kind::CronJob { .. }
        | Kind::Created { .. } => false,
    }
}

/// The name of the ConfigMap: ten digits of a hash of its contents at its end, so that a change rolls the pods.
pub(crate) fn config_name(id: Id, files: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for (key, text) in files {
        for part in [key, text] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
    }
    format!("{}-config-{}", id.name, meta::digits(hash))
}
