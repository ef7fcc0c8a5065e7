//! Which part of a tree a directory is. Its path says so, and the path is what Argo CD reads: no file in it has a say.

use std::path::Path;

use crate::{gitops, policy};

/// A directory that one Application reads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    /// `<cluster>/services/<namespace>/<service>`.
    Service {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// `<cluster>/services/<namespace>/_namespace`.
    Namespace(String),
    /// `<cluster>/platform/_policies`, with the cluster.
    Policies(String),
    /// `<cluster>/platform/<namespace>/_namespace`.
    PlatformNamespace(String),
    /// `<cluster>/platform/<namespace>/<chart>`: what lies beside a chart.
    Chart {
        /// Its namespace.
        namespace: String,
        /// Its name in the cluster.
        release: String,
    },
    /// Projects and Applications: `<cluster>/argocd/platform`, `<cluster>/argocd/services`, `<cluster>/argocd/root`, `<cluster>/bootstrap`.
    Applications {
        /// The Application that owns them.
        owner: &'static str,
        /// The cluster that they are of.
        cluster: String,
    },
}

impl Part {
    /// The part that a path is, its last names told apart from those above the tree.
    pub(crate) fn of(directory: &Path) -> Option<Self> {
        let mut names = directory.components().rev().map(|name| name.as_os_str().to_str());
        let mut next = || names.next().flatten();
        match (next()?, next()?, next(), next()) {
            ("_policies", "platform", Some(cluster), _) => is_name(cluster).then(|| Self::Policies(cluster.to_owned())),
            (name, namespace, Some(tier @ ("services" | "platform")), Some(_)) if is_name(namespace) => {
                let is_platform = tier == "platform";
                let (namespace, name) = (namespace.to_owned(), name.to_owned());
                match name.as_str() {
                    "_namespace" if is_platform => Some(Self::PlatformNamespace(namespace)),
                    "_namespace" => Some(Self::Namespace(namespace)),
                    text if !is_name(text) => None,
                    _ if is_platform => Some(Self::Chart { namespace, release: name }),
                    _ => Some(Self::Service { namespace, name }),
                }
            }
            ("platform", "argocd", Some(cluster), _) => Self::applications("platform", cluster),
            ("services", "argocd", Some(cluster), _) => Self::applications("services", cluster),
            // A person applies what is in `bootstrap`; nobody owns it but the Application that it is.
            ("root", "argocd", Some(cluster), _) | ("bootstrap", cluster, ..) => Self::applications("root", cluster),
            _ => None,
        }
    }

    /// Its directory, within that of a cluster.
    pub(super) fn directory(&self) -> String {
        match self {
            Self::Service { namespace, name } => format!("services/{namespace}/{name}"),
            Self::Namespace(namespace) => format!("services/{namespace}/_namespace"),
            Self::PlatformNamespace(namespace) => format!("platform/{namespace}/_namespace"),
            Self::Chart { namespace, release } => format!("platform/{namespace}/{release}"),
            Self::Policies(_) => policy::DIRECTORY.to_owned(),
            Self::Applications { owner, .. } => format!("argocd/{owner}"),
        }
    }

    fn applications(owner: &'static str, cluster: &str) -> Option<Self> {
        is_name(cluster).then(|| Self::Applications { owner, cluster: cluster.to_owned() })
    }

    /// The Application that reads it.
    pub(super) fn application(&self) -> String {
        match self {
            Self::Service { namespace, name } => format!("{namespace}.{name}"),
            Self::Namespace(namespace) | Self::PlatformNamespace(namespace) => format!("namespace.{namespace}"),
            Self::Chart { release, .. } => format!("chart.{release}"),
            Self::Policies(_) => gitops::POLICIES.to_owned(),
            Self::Applications { owner, .. } => (*owner).to_owned(),
        }
    }

    /// The project of that Application.
    pub(super) fn project(&self) -> String {
        match self {
            Self::Service { namespace, .. } => namespace.clone(),
            Self::Namespace(_) | Self::PlatformNamespace(_) | Self::Chart { .. } => self.application(),
            Self::Policies(_) => gitops::POLICIES.to_owned(),
            Self::Applications { .. } => "root".to_owned(),
        }
    }

    /// The namespace of its objects, where the path says it.
    pub(super) fn namespace(&self) -> Option<&str> {
        match self {
            Self::Service { namespace, .. }
            | Self::Namespace(namespace)
            | Self::PlatformNamespace(namespace)
            | Self::Chart { namespace, .. } => Some(namespace),
            Self::Policies(_) | Self::Applications { .. } => None,
        }
    }

    /// What the first line of its files says has to be edited instead.
    pub(super) fn declared_by(&self) -> String {
        match self {
            Self::Service { namespace, name } => format!("{namespace}/{name}"),
            Self::Namespace(namespace) | Self::PlatformNamespace(namespace) => format!("namespace {namespace}"),
            Self::Chart { release, .. } => format!("chart {release}"),
            Self::Policies(cluster) | Self::Applications { cluster, .. } => format!("cluster {cluster}"),
        }
    }

    /// Whether objects of a kind that lie in a namespace may be in it.
    pub(super) fn may_hold(&self, group: &str, kind: &str) -> bool {
        match self {
            Self::Service { .. } => gitops::kinds::of_services(group, kind),
            Self::Namespace(_) => gitops::kinds::of_namespaces(group, kind),
            Self::PlatformNamespace(_) | Self::Policies(_) => false,
            Self::Chart { .. } => BESIDE_CHARTS.contains(&(group, kind)),
            Self::Applications { .. } => gitops::kinds::of_applications(group, kind),
        }
    }

    /// Whether an object that lies in no namespace may be in it.
    pub(super) fn may_hold_in_no_namespace(&self, group: &str, kind: &str, name: &str) -> bool {
        match self {
            Self::Service { namespace, .. } => {
                let is_of_this_namespace = name.strip_prefix(namespace).is_some_and(|rest| rest.starts_with('.'));
                gitops::kinds::of_services_in_no_namespace(group, kind) && is_of_this_namespace
            }
            Self::Namespace(namespace) | Self::PlatformNamespace(namespace) => {
                group.is_empty() && kind == "Namespace" && name == namespace
            }
            Self::Chart { .. } => BESIDE_CHARTS_IN_NO_NAMESPACE.contains(&(group, kind, name)),
            Self::Policies(_) => policy::is_named(group, kind, name),
            Self::Applications { .. } => false,
        }
    }
}

/// What can lie beside a chart, in its namespace.
const BESIDE_CHARTS: [(&str, &str); 3] =
    [("cert-manager.io", "Certificate"), ("cert-manager.io", "Issuer"), ("onepassword.com", "OnePasswordItem")];

/// What can lie beside a chart, in no namespace, by its name: the mesh's trust.
const BESIDE_CHARTS_IN_NO_NAMESPACE: [(&str, &str, &str); 2] = [
    ("cert-manager.io", "ClusterIssuer", "linkerd-identity-issuer"),
    ("trust.cert-manager.io", "Bundle", "linkerd-identity-trust-roots"),
];

/// Whether a text is a name of Kubernetes.
fn is_name(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.len() <= 63 && !text.is_empty() && !text.starts_with('-') && !text.ends_with('-') && text.bytes().all(is_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str) -> Option<Part> {
        Part::of(Path::new(path))
    }

    #[test]
    fn the_end_of_a_path_says_what_it_is() {
        let service =
            |namespace: &str, name: &str| Some(Part::Service { namespace: namespace.into(), name: name.into() });
        let cluster = "homelab".to_owned();
        assert_eq!(of("/tmp/0/out/homelab/services/trips/trips-api"), service("trips", "trips-api"));
        assert_eq!(of("homelab/services/trips/_namespace"), Some(Part::Namespace("trips".to_owned())));
        assert_eq!(
            of("out/homelab/argocd/services"),
            Some(Part::Applications { owner: "services", cluster: cluster.clone() })
        );
        assert_eq!(of("out/homelab/argocd/root"), Some(Part::Applications { owner: "root", cluster: cluster.clone() }));
        assert_eq!(of("out/homelab/platform/_policies"), Some(Part::Policies(cluster.clone())));
        assert_eq!(
            of("out/homelab/argocd/platform"),
            Some(Part::Applications { owner: "platform", cluster: cluster.clone() })
        );
        assert_eq!(of("out/homelab/bootstrap"), Some(Part::Applications { owner: "root", cluster }));
        assert_eq!(of("out/homelab/platform/linkerd/_namespace"), Some(Part::PlatformNamespace("linkerd".to_owned())));
        let chart = Part::Chart { namespace: "linkerd".into(), release: "linkerd-control-plane".into() };
        assert_eq!(of("out/homelab/platform/linkerd/linkerd-control-plane"), Some(chart));
        assert_eq!(of("out/homelab/services/argocd/services"), service("argocd", "services"), "a service of that name");
    }

    #[test]
    fn everything_else_is_no_part() {
        for path in [
            "",
            "/",
            "out",
            "out/homelab",
            "out/homelab/services",
            "out/homelab/services/trips",
            "services/trips/trips-api",
            "out/homelab/services/trips/_other",
            "out/homelab/services/Trips/trips-api",
            "out/homelab/services/trips/trips-api/below",
            "out/homelab/argocd",
            "platform/_policies",
            "out/homelab/argocd/other",
            "argocd/services",
            "argocd/platform",
            "out/homelab/argocd/plugin",
            "out/homelab/platform",
            "out/homelab/platform/linkerd",
            "out/homelab/platform/linkerd/_other",
            "platform/linkerd/_namespace",
        ] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}
