//! Views of charts.

use crate::said::{Said, Setting};
use crate::seal::Seal;
use crate::secret::{Item, SecretField};
use crate::word::{ApiKind, ChartRepository, ChartVersion, Name, ObjectNames, Reason, Zone};

/// What a cluster installs.
#[derive(Debug)]
pub enum Installed {
    /// A chart whose values Casemate sets.
    Ours(OurChart),
    /// Any other.
    Theirs(Chart),
}

/// A chart whose values Casemate sets.
#[derive(Debug)]
pub enum OurChart {
    /// Argo CD.
    ArgoCd {
        /// The chart's version.
        version: ChartVersion,
    },
    /// cert-manager.
    CertManager {
        /// The chart's version.
        version: ChartVersion,
    },
    /// external-dns.
    ExternalDns {
        /// The chart's version.
        version: ChartVersion,
        /// Whose records it writes.
        zone: Zone,
        /// The token of the zone's provider.
        token: SecretField,
    },
    /// Kyverno.
    Kyverno {
        /// The chart's version.
        version: ChartVersion,
    },
    /// Linkerd, three charts of one version.
    Linkerd,
    /// trust-manager.
    TrustManager {
        /// The chart's version.
        version: ChartVersion,
    },
}

/// A chart of somebody else's.
#[derive(Debug)]
pub struct Chart {
    /// Its name in the repository.
    pub name: Name,
    /// Its name in the cluster.
    pub release: Setting<Name>,
    /// Where it is published.
    pub repository: ChartRepository,
    /// Its version.
    pub version: ChartVersion,
    /// Where it is installed.
    pub namespace: Name,
    /// What its pods are held to.
    pub level: Setting<PodSecurity>,
    /// The text of its values.
    pub values: Setting<&'static str>,
    /// Kinds that it may create in its namespace.
    pub creates: Vec<Said<ApiKind>>,
    /// Kinds that it may create in none, with their names.
    pub creates_in_no_namespace: Vec<Said<(ApiKind, ObjectNames)>>,
    /// Why it makes Secrets, if it does.
    pub creates_secrets: Setting<Reason>,
    /// Items of which its namespace has a Secret.
    pub items: Vec<Said<Item>>,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What the pods of a namespace of the platform are held to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PodSecurity {
    /// Pod Security's `restricted`.
    Restricted,
    /// Pod Security's `baseline`.
    Baseline,
    /// Nothing, for a reason.
    Privileged(Reason),
}
