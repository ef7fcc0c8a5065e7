//! Charts: what each may create, where it is installed, and whether its values hold what has no place in Git.

mod kinds;
mod ours;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{Chart, Installed, OurChart, PodSecurity};
use casemate_dsl::word::Name;

use super::finding::Findings;
use super::peer::Peers;
use crate::graph::{ChartNode, Facts, MeshPart, Platform, PlatformNamespace, Stage, Values};

/// A chart as it is resolved, with what is said of its namespace.
#[derive(Debug)]
struct Resolved {
    chart: ChartNode,
    level: PodSecurity,
    mesh: MeshPart,
    at: Place,
}

/// The namespace of Kyverno, in a cluster that installs its chart.
pub(super) fn engine(installed: &[Said<Installed>]) -> Option<Name> {
    let is_kyverno = |said: &Said<Installed>| matches!(said.what, Installed::Ours(OurChart::Kyverno { version: _ }));
    installed.iter().any(is_kyverno).then_some(ours::KYVERNO_NAMESPACE)
}

/// The platform of a cluster.
pub(super) fn platform(
    findings: &mut Findings,
    facts: &Facts,
    peers: &Peers,
    installed: Vec<Said<Installed>>,
) -> Platform {
    let whose = format!("cluster {}", facts.name);
    let mut resolved = Vec::new();
    let mut ours = Vec::new();
    for Said { what, at } in installed {
        match what {
            Installed::Ours(chart) => {
                resolved.extend(ours::charts(findings, facts, &whose, &chart, at));
                ours.push((chart, at));
            }
            Installed::Theirs(chart) => resolved.push(theirs(findings, chart, at)),
        }
    }
    check_neighbours(findings, facts, &whose, &ours);
    let mut platform = Platform::default();
    let mut first: BTreeMap<Name, Place> = BTreeMap::new();
    for Resolved { chart, level, mesh, at } in resolved {
        let whose = format!("chart {}", chart.release);
        check_namespace(findings, &whose, chart.namespace, peers, at);
        let wanted = PlatformNamespace { level, mesh };
        let namespace = *platform.namespaces.entry(chart.namespace).or_insert(wanted);
        if namespace != wanted {
            let wrong = format!("another chart in namespace {} asks for another Pod Security level", chart.namespace);
            let instead = "a namespace has one: give the chart that needs more a namespace of its own, or say the same level at all \
                           charts of this one";
            findings.add(&whose, at, wrong, instead);
        }
        if let Some(first) = first.insert(chart.release, at) {
            let wrong = format!("is installed twice, first at {}:{}", first.file(), first.line());
            findings.add(
                &whose,
                at,
                wrong,
                "install it once, or give one of them another name: `.release(name!(\"agent-nats\"))`",
            );
        }
        platform.charts.insert(chart.release, chart);
    }
    check_items(findings, &platform, &first);
    platform
}

/// A chart of somebody else's.
fn theirs(findings: &mut Findings, chart: Chart, at: Place) -> Resolved {
    let Chart {
        name,
        release,
        repository,
        version,
        namespace,
        level,
        values,
        creates,
        creates_in_no_namespace,
        creates_secrets,
        items,
        seal: _,
    } = chart;
    let whose = format!("chart {name}");
    let release = findings.once(&whose, "the name in the cluster", release).map_or(name, |said| said.what);
    let whose = format!("chart {release}");
    let level =
        findings.once(&whose, "the Pod Security level", level).map_or(PodSecurity::Restricted, |said| said.what);
    let values = findings.once(&whose, "the values", values).map_or(Values::Unsaid, |said| {
        values::check(findings, &whose, said.what, said.at);
        Values::Theirs(said.what)
    });
    let secrets = findings.once(&whose, "the reason for Secrets", creates_secrets).map(|said| said.what);
    let mut kinds: BTreeSet<_> = kinds::ORDINARY.iter().copied().collect();
    kinds.extend(creates.iter().map(|said| (said.what.group(), said.what.kind())));
    let cluster_kinds = creates_in_no_namespace
        .iter()
        .map(|said| (said.what.0.group(), said.what.0.kind(), said.what.1.as_str()))
        .collect();
    let chart = ChartNode {
        name,
        release,
        repository: repository.as_argocd_has_it(),
        version: version.to_string(),
        namespace,
        stage: Stage::Rest,
        values,
        kinds: kinds::with_secrets(kinds, secrets),
        cluster_kinds,
        secrets,
        items: items.iter().map(|said| said.what).collect(),
    };
    Resolved { chart, level, mesh: MeshPart::None, at }
}

/// What the charts that Casemate knows need of one another.
fn check_neighbours(findings: &mut Findings, facts: &Facts, whose: &str, ours: &[(OurChart, Place)]) {
    let has = |wanted: fn(&OurChart) -> bool| ours.iter().any(|(chart, _)| wanted(chart));
    let cert_manager = has(|chart| matches!(chart, OurChart::CertManager { version: _ }));
    let trust_manager = has(|chart| matches!(chart, OurChart::TrustManager { version: _ }));
    for &(ref chart, at) in ours {
        match chart {
            OurChart::TrustManager { version: _ } if !cert_manager => {
                let wrong = "trust-manager is installed without cert-manager, whose certificates it hands out";
                findings.add(whose, at, wrong, "install that, too: `.installs(chart::cert_manager(..))`");
            }
            OurChart::Linkerd if !(cert_manager && trust_manager) => {
                let wrong = "Linkerd is installed without what its identity comes from";
                let instead = "install both, too: `.installs(chart::cert_manager(..))` makes the trust anchor, \
                               `.installs(chart::trust_manager(..))` hands it out";
                findings.add(whose, at, wrong, instead);
            }
            OurChart::CertManager { version: _ } if facts.cert_manager.is_none() => {
                let wrong = "cert-manager is installed into a namespace that is not named";
                findings.add(whose, at, wrong, "name it: `.cert_manager(name!(\"cert-manager\"))`");
            }
            _ => {}
        }
    }
}

/// A chart lives in a namespace of the platform: none of a service's, and none of Kubernetes' own.
fn check_namespace(findings: &mut Findings, whose: &str, namespace: Name, peers: &Peers, at: Place) {
    if let Some(owner) = peers.owner(namespace) {
        let wrong = format!("would be installed into namespace {namespace}, which belongs to {owner}");
        findings.add(
            whose,
            at,
            wrong,
            "give it a namespace of its own: what runs beside services could be taken for one",
        );
    }
    if namespace.as_str() == "default" || namespace.as_str().starts_with("kube-") {
        let wrong = format!("would be installed into namespace {namespace}, which is Kubernetes' own");
        findings.add(whose, at, wrong, "give it a namespace of its own: that one is out of reach of policies");
    }
}

/// Charts of a namespace that read an item of one name mean the same one.
fn check_items(findings: &mut Findings, platform: &Platform, places: &BTreeMap<Name, Place>) {
    let mut named = BTreeMap::new();
    for chart in platform.charts.values() {
        for item in &chart.items {
            let Some((owner, other)) = named.insert((chart.namespace, item.name()), (chart.release, *item)) else {
                continue;
            };
            let Some(&at) = places.get(&chart.release) else { continue };
            let wrong = if other == *item {
                format!("reads the item {}, as {owner} in the same namespace does", item.name())
            } else {
                format!("reads another item of the name {} than {owner} in the same namespace", item.name())
            };
            findings.add(
                format!("chart {}", chart.release),
                at,
                wrong,
                "say it at one of them, or give the item another name",
            );
        }
    }
}
