//! The platform: charts that others publish, and the namespaces in which they are installed.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::Item;
use casemate_dsl::view::PodSecurity;
use casemate_dsl::word::{Name, Reason, Zone};

/// What a cluster installs.
#[derive(Debug, Default)]
pub(crate) struct Platform {
    /// The namespaces of charts.
    pub(crate) namespaces: BTreeMap<Name, PlatformNamespace>,
    /// The charts, by the names under which they are installed.
    pub(crate) charts: BTreeMap<Name, ChartNode>,
}

impl Platform {
    /// Whether the mesh is installed with the trust anchor that cert-manager makes.
    pub(crate) fn makes_identity(&self) -> bool {
        self.charts.values().any(|chart| matches!(chart.values, Values::Ours(OurValues::Linkerd)))
    }
}

/// A namespace of the platform.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct PlatformNamespace {
    /// What its pods are held to.
    pub(crate) level: PodSecurity,
    /// What it is to Linkerd.
    pub(crate) mesh: MeshPart,
}

/// What a namespace of the platform is to Linkerd. Its injector has to leave its own parts alone, or nothing would start it again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum MeshPart {
    /// None of its own.
    None,
    /// The network plugin.
    NetworkPlugin,
    /// The control plane.
    ControlPlane,
}

/// A chart.
#[derive(Debug)]
pub(crate) struct ChartNode {
    /// Its name in the repository.
    pub(crate) name: Name,
    /// Its name in the cluster.
    pub(crate) release: Name,
    /// The repository, as Argo CD names it.
    pub(crate) repository: &'static str,
    pub(crate) version: String,
    pub(crate) namespace: Name,
    pub(crate) stage: Stage,
    pub(crate) values: Values,
    /// Kinds that it may create in its namespace, as group and kind.
    pub(crate) kinds: BTreeSet<(&'static str, &'static str)>,
    /// Kinds that it may create in none, as group, kind and names.
    pub(crate) cluster_kinds: BTreeSet<(&'static str, &'static str, &'static str)>,
    /// Why it makes Secrets, if it does.
    pub(crate) secrets: Option<Reason>,
    /// Items of which its namespace has a Secret.
    pub(crate) items: BTreeSet<Item>,
}

/// When a chart comes. The next stage begins when all of this one is healthy.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Stage {
    /// Definitions, certificates and the network plugin: they need nothing.
    Ground,
    /// What hands out trust.
    Trust,
    /// The mesh.
    Mesh,
    /// What refuses the rest.
    Policy,
    /// Everything else.
    Rest,
}

/// The values of a chart.
#[derive(Debug)]
pub(crate) enum Values {
    /// The chart's own.
    Unsaid,
    /// Casemate's.
    Ours(OurValues),
    /// The text of the user's.
    Theirs(&'static str),
}

/// Values that Casemate sets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum OurValues {
    ArgoCd,
    CertManager,
    ExternalDns { zone: Zone, token: casemate_dsl::SecretField },
    Kyverno,
    Linkerd,
    LinkerdCni,
    LinkerdCrds,
    TrustManager,
}
