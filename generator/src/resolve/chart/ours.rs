//! The charts that the cluster's guarantees stand on: where they are published, where they are installed, and what each creates.

use casemate_dsl::said::Place;
use casemate_dsl::view::{OurChart, PodSecurity};
use casemate_dsl::word::{ChartVersion, Name, Reason};
use casemate_dsl::{GatewayApi, because, name};

use super::Resolved;
use super::kinds::{
    CLUSTER_ROLE, CLUSTER_ROLE_BINDING, DEFINITION, Kind, MUTATING_WEBHOOKS, ORDINARY, VALIDATING_WEBHOOKS,
    with_secrets,
};
use crate::graph::{ChartNode, Facts, MeshPart, OurValues, Stage, Values};
use crate::resolve::finding::Findings;

const ARGO: &str = "https://argoproj.github.io/argo-helm";
const EXTERNAL_DNS: &str = "https://kubernetes-sigs.github.io/external-dns";
const JETSTACK: &str = "https://charts.jetstack.io";
const KYVERNO: &str = "https://kyverno.github.io/kyverno";

/// Where its chart is installed, if nobody says otherwise.
pub(super) const KYVERNO_NAMESPACE: Name = name!("kyverno");
const LINKERD: &str = "https://helm.linkerd.io/edge";

/// What a chart may create in no namespace: kinds, each with its names.
type InNoNamespace = &'static [(Kind, &'static str)];

/// What differs from one of our charts to the next.
struct Ours {
    name: Name,
    release: Name,
    repository: &'static str,
    version: String,
    namespace: Name,
    stage: Stage,
    values: OurValues,
    /// Beside the ordinary ones.
    kinds: &'static [Kind],
    in_no_namespace: InNoNamespace,
    secrets: Option<Reason>,
}

impl Ours {
    fn resolved(self, level: PodSecurity, mesh: MeshPart, at: Place) -> Resolved {
        let Self { name, release, repository, version, namespace, stage, values, kinds, in_no_namespace, secrets } =
            self;
        let items = match values {
            OurValues::ExternalDns { zone: _, token } => [token.item()].into(),
            _ => std::collections::BTreeSet::new(),
        };
        let chart = ChartNode {
            name,
            release,
            repository,
            version,
            namespace,
            stage,
            values: Values::Ours(values),
            kinds: with_secrets(ORDINARY.iter().chain(kinds).copied().collect(), secrets),
            cluster_kinds: in_no_namespace.iter().map(|((group, kind), names)| (*group, *kind, *names)).collect(),
            secrets,
            items,
        };
        Resolved { chart, level, mesh, at }
    }
}

/// The charts that a statement of the declaration installs.
pub(super) fn charts(
    findings: &mut Findings,
    facts: &Facts,
    whose: &str,
    chart: &OurChart,
    at: Place,
) -> Vec<Resolved> {
    let cert_manager = facts.cert_manager.unwrap_or(name!("cert-manager"));
    let engine = facts.kyverno.unwrap_or(KYVERNO_NAMESPACE);
    let one = |ours: Ours| vec![ours.resolved(PodSecurity::Restricted, MeshPart::None, at)];
    match *chart {
        OurChart::ArgoCd { version } => one(argo_cd(facts, version)),
        OurChart::CertManager { version } => one(cert_manager_chart(cert_manager, version)),
        OurChart::TrustManager { version } => one(trust_manager(cert_manager, version)),
        OurChart::Kyverno { version } => one(kyverno(engine, version)),
        OurChart::ExternalDns { version, zone, token } => one(Ours {
            name: name!("external-dns"),
            release: name!("external-dns"),
            repository: EXTERNAL_DNS,
            version: version.to_string(),
            namespace: name!("external-dns"),
            stage: Stage::Rest,
            values: OurValues::ExternalDns { zone, token },
            kinds: &[],
            in_no_namespace: &[
                (DEFINITION, "*.externaldns.k8s.io"),
                (CLUSTER_ROLE, "external-dns"),
                (CLUSTER_ROLE_BINDING, "external-dns-viewer"),
            ],
            secrets: None,
        }),
        OurChart::Linkerd => {
            let release = facts.linkerd.proxy.as_str();
            let Some(version) = linkerd_version(release) else {
                let wrong = format!("the release {release} of Linkerd's proxy has no chart of its own");
                findings.add(whose, at, wrong, "name an edge release: `linkerd_image!(\"edge-26.8.3@sha256:…\")`");
                return Vec::new();
            };
            linkerd(facts, &version, at)
        }
    }
}

/// The version of the charts of a release: `2026.8.3` of `edge-26.8.3`.
fn linkerd_version(release: &str) -> Option<String> {
    let release = release.split('@').next()?.strip_prefix("edge-")?;
    Some(format!("20{release}"))
}

fn argo_cd(facts: &Facts, version: ChartVersion) -> Ours {
    Ours {
        name: name!("argo-cd"),
        // Its Services are named after it: `argocd-server`.
        release: name!("argocd"),
        repository: ARGO,
        version: version.to_string(),
        namespace: facts.argocd.namespace,
        stage: Stage::Rest,
        values: OurValues::ArgoCd,
        kinds: &[],
        in_no_namespace: &[
            (DEFINITION, "*.argoproj.io"),
            (CLUSTER_ROLE, "argocd-*"),
            (CLUSTER_ROLE_BINDING, "argocd-*"),
        ],
        secrets: Some(because!("it keeps its session key and its cache's password in Secrets of its own")),
    }
}

fn cert_manager_chart(namespace: Name, version: ChartVersion) -> Ours {
    Ours {
        name: name!("cert-manager"),
        release: name!("cert-manager"),
        repository: JETSTACK,
        version: version.to_string(),
        namespace,
        stage: Stage::Ground,
        values: OurValues::CertManager,
        kinds: &[],
        in_no_namespace: &[
            (DEFINITION, "*.cert-manager.io"),
            (CLUSTER_ROLE, "cert-manager-*"),
            (CLUSTER_ROLE_BINDING, "cert-manager-*"),
            (MUTATING_WEBHOOKS, "cert-manager-webhook"),
            (VALIDATING_WEBHOOKS, "cert-manager-webhook"),
        ],
        secrets: None,
    }
}

fn trust_manager(namespace: Name, version: ChartVersion) -> Ours {
    Ours {
        name: name!("trust-manager"),
        release: name!("trust-manager"),
        repository: JETSTACK,
        version: version.to_string(),
        namespace,
        stage: Stage::Trust,
        values: OurValues::TrustManager,
        kinds: &[("cert-manager.io", "Certificate"), ("cert-manager.io", "Issuer")],
        in_no_namespace: &[
            (DEFINITION, "*.trust.cert-manager.io"),
            (CLUSTER_ROLE, "trust-manager"),
            (CLUSTER_ROLE, "trust-manager-*"),
            (CLUSTER_ROLE_BINDING, "trust-manager"),
            (VALIDATING_WEBHOOKS, "trust-manager"),
            // The mesh's trust anchor, which lies beside the chart.
            (("cert-manager.io", "ClusterIssuer"), "linkerd-identity-issuer"),
            (("trust.cert-manager.io", "Bundle"), "linkerd-identity-trust-roots"),
        ],
        secrets: None,
    }
}

fn kyverno(namespace: Name, version: ChartVersion) -> Ours {
    Ours {
        name: name!("kyverno"),
        release: name!("kyverno"),
        repository: KYVERNO,
        version: version.to_string(),
        namespace,
        stage: Stage::Policy,
        values: OurValues::Kyverno,
        kinds: &[],
        in_no_namespace: &[
            (DEFINITION, "*.kyverno.io"),
            (DEFINITION, "*.openreports.io"),
            (DEFINITION, "*.wgpolicyk8s.io"),
            (CLUSTER_ROLE, "kyverno:*"),
            (CLUSTER_ROLE_BINDING, "kyverno:*"),
        ],
        secrets: None,
    }
}

/// Definitions, network plugin and control plane.
fn linkerd(facts: &Facts, version: &str, at: Place) -> Vec<Resolved> {
    let control_plane = facts.linkerd.namespace;
    let chart = |name, namespace, stage, values, in_no_namespace| Ours {
        name,
        release: name,
        repository: LINKERD,
        version: version.to_owned(),
        namespace,
        stage,
        values,
        kinds: &[],
        in_no_namespace,
        secrets: None,
    };
    let definitions: InNoNamespace = match facts.linkerd.gateway_api {
        GatewayApi::LinkerdChart | GatewayApi::StandardWithChartRoutes => {
            &[(DEFINITION, "*.linkerd.io"), (DEFINITION, "*.gateway.networking.k8s.io")]
        }
        GatewayApi::Experimental => &[(DEFINITION, "*.linkerd.io")],
    };
    let plugin: InNoNamespace = &[(CLUSTER_ROLE, "linkerd-cni*"), (CLUSTER_ROLE_BINDING, "linkerd-cni*")];
    let mesh: InNoNamespace = &[
        (CLUSTER_ROLE, "linkerd-*"),
        (CLUSTER_ROLE_BINDING, "linkerd-*"),
        (MUTATING_WEBHOOKS, "linkerd-proxy-injector-webhook-config"),
        (VALIDATING_WEBHOOKS, "linkerd-*"),
    ];
    let crds = name!("linkerd-crds");
    let cni = name!("linkerd2-cni");
    let name = name!("linkerd-control-plane");
    let plugin_level = PodSecurity::Privileged(because!("it writes the network configuration of each node"));
    let plane = Ours {
        kinds: &[("cert-manager.io", "Certificate"), ("cert-manager.io", "Issuer")],
        ..chart(name, control_plane, Stage::Mesh, OurValues::Linkerd, mesh)
    };
    vec![
        chart(crds, control_plane, Stage::Ground, OurValues::LinkerdCrds, definitions).resolved(
            PodSecurity::Restricted,
            MeshPart::ControlPlane,
            at,
        ),
        chart(cni, name!("linkerd-cni"), Stage::Ground, OurValues::LinkerdCni, plugin).resolved(
            plugin_level,
            MeshPart::NetworkPlugin,
            at,
        ),
        plane.resolved(PodSecurity::Restricted, MeshPart::ControlPlane, at),
    ]
}
