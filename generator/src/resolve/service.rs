//! Services: each by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{self, CalledPort, Endpoint, ExposedPort};
use casemate_dsl::word::{Image, StorageClass};
use sha2::{Digest, Sha256};

use super::claim::MountedClaim;
use super::finding::Findings;
use super::mount::{Context, Gathered};
use super::{container, mount, outside, settings};
use crate::graph::{Config, Facts, Grant, Id, Kind, Outside, Pod, ServedPort, Service, Strategy};

/// Kubernetes appends eleven characters to a CronJob's name for its Jobs, *CronJob: Writing a CronJob spec*.
const CRON_JOB_NAME_LIMIT: usize = 52;

/// Names of services that mean something else already: what, and to whom.
const RESERVED: &[(&str, &str)] = &[
    ("default", "the account of every pod that names none"),
    ("default-deny", "the policy that shuts the namespace"),
    ("dns", "the policy that lets the namespace ask the cluster's DNS"),
    ("linkerd", "the policy that lets the namespace reach the mesh's control plane"),
    // *linkerd2, pkg/healthcheck/sidecar.go*: Linkerd's injector passes over a pod with a container of such a name.
    ("contour", "a proxy to Linkerd, which would leave its pods outside of the mesh"),
    ("envoy", "a proxy to Linkerd, which would leave its pods outside of the mesh"),
    ("istio-proxy", "a proxy to Linkerd, which would leave its pods outside of the mesh"),
    ("linkerd-proxy", "a proxy to Linkerd, which would leave its pods outside of the mesh"),
    // The names of the other containers that the injector adds.
    ("linkerd-init", "a container that Linkerd adds to the pods"),
    ("linkerd-network-validator", "a container that Linkerd adds to the pods"),
];

/// Images by which Linkerd's injector knows a proxy: it passes over a pod that runs one. *linkerd2, pkg/healthcheck/sidecar.go*.
const PROXIES: &[&str] = &[
    "cr.l5d.io/linkerd/proxy:",
    "docker.io/envoyproxy/envoy-alpine:",
    "gcr.io/heptio-images/contour:",
    "gcr.io/istio-release/proxyv2:",
    "gcr.io/linkerd-io/proxy:",
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
    pub(super) exposures: Vec<Said<ExposedPort>>,
    pub(super) namespace_claims: Vec<MountedClaim>,
    pub(super) reached: Vec<Said<Outside>>,
    pub(super) images: Vec<Said<Image>>,
    pub(super) needs: Vec<Said<Grant>>,
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
    id: Id,
    declared: view::Service,
) -> Resolved {
    let view::Service {
        identity,
        kind,
        containers,
        replicas,
        deadline,
        retries,
        volume_group,
        calls,
        callers,
        reaches,
        exposures,
        seal: _,
    } = declared;
    let context = Context {
        id,
        domain: facts.kubernetes.domain,
        default_class: storage.default_class,
        classes: &storage.classes,
    };

    if let Some((name, meaning)) = RESERVED.iter().find(|(name, _)| *name == id.name.as_str()) {
        findings.add(id, identity.at, format!("`{name}` names {meaning}"), "choose another `NAME`");
    }
    let mut gathered = Gathered::default();
    let mut needs = Vec::new();
    let mut ports: BTreeMap<u16, ServedPort> = BTreeMap::new();
    let mut udp = BTreeSet::new();
    let mut images = Vec::new();
    let mut pods = Vec::new();
    for declared in containers {
        let resolved = container::container(findings, context, declared, &mut gathered);
        for (number, protocol, at) in resolved.ports {
            if matches!(kind, view::Kind::CronJob { .. }) {
                let wrong = format!("a CronJob serves port {number}, and is not there most of the time");
                let instead = "serve it from a Deployment; what the CronJob makes can lie in a shared claim";
                findings.add(id, at, wrong, instead);
            }
            if protocol == view::Protocol::Udp {
                udp.insert(number);
            } else {
                ports.insert(number, ServedPort { protocol, published: true });
            }
        }
        needs.extend(resolved.grants);
        let image = resolved.image.what;
        if PROXIES.iter().any(|proxy| image.as_str().starts_with(proxy)) {
            let wrong =
                format!("Linkerd takes {} for a proxy, and would leave its pods outside of the mesh", image.as_str());
            findings.add(id, resolved.image.at, wrong, "run it under another repository, or another image");
        }
        images.push(resolved.image);
        pods.push(resolved.container);
    }

    let scale = settings::scale(findings, id, replicas);
    if gathered.exclusive && scale.most() > 1 {
        let instead = "one pod holds such a claim: say `.replicas(1)`, or `.read_write_many()` at the claim if its class offers that";
        findings.add(id, identity.at, "several replicas mount a claim that only one pod can have", instead);
    }
    let kind = match kind {
        view::Kind::Deployment => {
            let strategy = if gathered.exclusive { Strategy::Recreate } else { Strategy::Rolling };
            Kind::Deployment { scale, strategy }
        }
        view::Kind::CronJob { schedule } => {
            if id.name.as_str().len() > CRON_JOB_NAME_LIMIT {
                let wrong = format!(
                    "a CronJob's name has at most {CRON_JOB_NAME_LIMIT} characters, since its Jobs are named after it"
                );
                findings.add(id, identity.at, wrong, "choose a shorter `NAME`");
            }
            Kind::CronJob {
                schedule,
                deadline: findings.once(id, "the deadline", deadline).map(|said| said.what.number()),
                retries: findings.once(id, "the number of retries", retries).map(|said| said.what),
            }
        }
    };
    let group =
        findings.once(id, "the volumes' group", volume_group).map_or(settings::DEFAULT_ID, |said| said.what.number());

    let reached: Vec<Said<Outside>> = reaches.into_iter().map(outside::reached).collect();
    let outside = reached.iter().map(|reached| reached.what).collect();

    let Gathered {
        volumes,
        scratches: _,
        files,
        items,
        own_claims,
        templates,
        namespace_claims,
        mut called,
        exclusive: _,
    } = gathered;
    let templates = mount::templates(findings, id, has_numbered_pods(kind), &volumes, templates);
    called.extend(calls);
    let config = (!files.is_empty()).then(|| Config { name: config_name(id, &files), files });
    let pod = Pod { containers: pods, volumes, group, pull_secrets: BTreeSet::new() };
    let grants = needs.iter().map(|need| need.what).collect();
    let service = Service { id, kind, pod, ports, udp, claims: own_claims, templates, items, config, grants, outside };
    Resolved { service, declared: identity.at, called, callers, exposures, namespace_claims, reached, images, needs }
}

/// Whether a claim can belong to one of its pods.
const fn has_numbered_pods(kind: Kind) -> bool {
    match kind {
        Kind::Deployment { .. } | Kind::CronJob { .. } => false,
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
    let mut name = format!("{}-config-", id.name);
    for byte in hash.finalize().iter().take(5) {
        let _ = write!(name, "{byte:02x}");
    }
    name
}
