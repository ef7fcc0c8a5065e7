//! Charts that the cluster's guarantees stand on: Casemate sets their values itself, and knows in which order they come.

use crate::secret::SecretField;
use crate::view;
use crate::word::{ChartVersion, Zone};

/// A chart whose values Casemate sets: nothing can be said of it but its version.
#[derive(Debug)]
#[must_use = "a chart is installed only in a cluster that says so: `.installs(chart::kyverno(..))`"]
pub struct OurChart(view::OurChart);

impl OurChart {
    pub(super) const fn into_view(self) -> view::OurChart {
        self.0
    }
}

/// cert-manager, in the namespace that [`Cluster::cert_manager`](crate::Cluster::cert_manager) names.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let chart = chart::cert_manager(chart_version!("v1.21.1"));
/// ```
pub const fn cert_manager(version: ChartVersion) -> OurChart {
    OurChart(view::OurChart::CertManager { version })
}

/// trust-manager, beside cert-manager.
///
/// With [`linkerd`] it has the mesh's trust anchor, which cert-manager makes, and hands its certificate to Linkerd.
pub const fn trust_manager(version: ChartVersion) -> OurChart {
    OurChart(view::OurChart::TrustManager { version })
}

/// Linkerd: definitions, network plugin and control plane, in the release of the proxy that
/// [`Linkerd`](crate::Linkerd) names. It has its identity from cert-manager through trust-manager.
pub const fn linkerd() -> OurChart {
    OurChart(view::OurChart::Linkerd)
}

/// Kyverno, without exceptions from its policies, which come with it: they hold all pods of the cluster to the rules of services, and
/// refuse among services whatever breaks one. Its namespace is `kyverno`, unless [`Cluster::kyverno`](crate::Cluster::kyverno) says another.
pub const fn kyverno(version: ChartVersion) -> OurChart {
    OurChart(view::OurChart::Kyverno { version })
}

/// external-dns, in the namespace `external-dns`: it writes the records of this zone that the tunnel declares, and no others.
///
/// `token` is Cloudflare's, with the right to edit the zone.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const TOKEN: Item = item!("cloudflare-dns");
/// let chart = chart::external_dns(chart_version!("1.21.1"), zone!("example.com"), TOKEN.field(field!("token")));
/// ```
pub const fn external_dns(version: ChartVersion, zone: Zone, token: SecretField) -> OurChart {
    OurChart(view::OurChart::ExternalDns { version, zone, token })
}

/// Argo CD, in the namespace that [`ArgoCd`](crate::ArgoCd) names: it keeps itself as it was declared.
pub const fn argo_cd(version: ChartVersion) -> OurChart {
    OurChart(view::OurChart::ArgoCd { version })
}
