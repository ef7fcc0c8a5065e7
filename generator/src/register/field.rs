//! The fields of the rendered tree that are evidence: in which objects, at which place, with which value, and of whom.

use super::held::Held;
use super::markdown::{code, codes};
use super::owner::Owners;
use crate::object::{EACH, IF_ANY};

/// The objects that a field is looked up in.
#[derive(Clone, Copy, Debug)]
pub(super) enum On {
    /// The pod template of every workload. Paths begin at the template.
    Template,
    /// Every object of one of these kinds.
    Kinds(&'static [&'static str]),
    /// The object of this kind and name.
    Named(&'static str, &'static str),
    /// The object of this kind that bears the name of its directory, which is a service's.
    OfTheService(&'static str),
}

/// What has to be in the objects.
#[derive(Clone, Copy, Debug)]
pub(super) enum Must {
    /// At all places to which one of these paths leads, and at one at least.
    Hold(&'static [&'static [&'static str]], Held),
    /// There must be no such object.
    BeAbsent,
}

macro_rules! fields {
    ($($field:ident: $owners:ident, $on:expr, $must:expr;)+) => {
        /// A field that is evidence.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub(super) enum Field {
            $($field,)+
        }

        impl Field {
            /// All of them.
            pub(super) const ALL: &[Self] = &[$(Self::$field,)+];

            /// Who has to have it.
            pub(super) const fn owners(self) -> Owners {
                match self {
                    $(Self::$field => Owners::$owners,)+
                }
            }

            /// The objects that it is looked up in.
            pub(super) const fn on(self) -> On {
                match self {
                    $(Self::$field => $on,)+
                }
            }

            /// What has to be in them.
            pub(super) const fn must(self) -> Must {
                match self {
                    $(Self::$field => $must,)+
                }
            }
        }
    };
}

/// A field of every container of a pod, however long it runs.
macro_rules! of_containers {
    ($held:expr, $($key:literal),+) => {
        Must::Hold(&[&["spec", "containers", EACH, $($key),+], &["spec", "initContainers", EACH, $($key),+]], $held)
    };
}

macro_rules! at {
    ($held:expr, $($key:expr),+) => {
        Must::Hold(&[&[$($key),+]], $held)
    };
}

use Held::{End, NoneOf, Nothing, Only, Something, Text, Truth, User, Within};
use On::{Kinds, Named, OfTheService, Template};

const BOTH_WAYS: Held = Only(&["Ingress", "Egress"]);
const RIGHTS: On = Kinds(&["Role", "ClusterRole"]);

fields! {
    // Layer 4 of the model, and what it says of every container.
    ReadOnlyRoot: Workloads, Template, of_containers!(Truth(true), "securityContext", "readOnlyRootFilesystem");
    NonRoot: Workloads, Template, of_containers!(Truth(true), "securityContext", "runAsNonRoot");
    User: Workloads, Template, of_containers!(User, "securityContext", "runAsUser");
    NoEscalation: Workloads, Template, of_containers!(Truth(false), "securityContext", "allowPrivilegeEscalation");
    NoCapabilities: Workloads, Template, of_containers!(Only(&["ALL"]), "securityContext", "capabilities", "drop");
    Seccomp: Workloads, Template, of_containers!(Text("RuntimeDefault"), "securityContext", "seccompProfile", "type");
    PodNonRoot: Workloads, Template, at!(Truth(true), "spec", "securityContext", "runAsNonRoot");
    PodSeccomp: Workloads, Template, at!(Text("RuntimeDefault"), "spec", "securityContext", "seccompProfile", "type");
    CpuRequest: Workloads, Template, of_containers!(Something, "resources", "requests", "cpu");
    MemoryRequest: Workloads, Template, of_containers!(Something, "resources", "requests", "memory");
    MemoryLimit: Workloads, Template, of_containers!(Something, "resources", "limits", "memory");
    Digest: Workloads, Template, of_containers!(Held::Digest, "image");
    VolumeDigest: ImageVolumes, Template, at!(Held::Digest, "spec", "volumes", EACH, "?image", "reference");
    OwnAccount: Workloads, Template, at!(NoneOf(&["default"]), "spec", "serviceAccountName");
    NoToken: Workloads, Template, at!(Truth(false), "spec", "automountServiceAccountToken");
    NoServiceLinks: Workloads, Template, at!(Truth(false), "spec", "enableServiceLinks");

    // The mesh.
    Injected: Workloads, Template, at!(Text("enabled"), "metadata", "annotations", "linkerd.io/inject");
    DeniedByDefault: Workloads, Template, at!(Text("deny"), "metadata", "annotations", "config.linkerd.io/default-inbound-policy");
    ProxyDigest: Workloads, Template, at!(Held::Digest, "metadata", "annotations", "config.linkerd.io/proxy-version");
    AccessLog: LoggedWorkloads, Template, at!(Text("json"), "metadata", "annotations", "config.linkerd.io/access-log");
    ServerDenies: Servers, Kinds(&["Server"]), at!(Text("deny"), "spec", "accessPolicy");
    CallersAreNamed: Wherever, Kinds(&["AuthorizationPolicy"]), at!(Something, "spec", "requiredAuthenticationRefs");
    ProxyMetrics: WatchedNamespaces, Named("NetworkPolicy", "proxy-metrics"), at!(Something, "spec", "ingress");
    ProxyTraces: TracedNamespaces, Named("NetworkPolicy", "proxy-traces"), at!(Something, "spec", "egress");

    // Namespaces.
    Restricted: Namespaces, Kinds(&["Namespace"]), at!(Text("restricted"), "metadata", "labels", "pod-security.kubernetes.io/enforce");
    RestrictedAsOf: Namespaces, Kinds(&["Namespace"]), at!(Something, "metadata", "labels", "pod-security.kubernetes.io/enforce-version");
    PlatformLevel: PlatformNamespaces, Kinds(&["Namespace"]), at!(Something, "metadata", "labels", "pod-security.kubernetes.io/enforce");

    // The network.
    DefaultDeny: Namespaces, Named("NetworkPolicy", "default-deny"), at!(Nothing, "spec", "podSelector");
    DefaultDenyBothWays: Namespaces, Named("NetworkPolicy", "default-deny"), at!(BOTH_WAYS, "spec", "policyTypes");
    Isolated: Services, OfTheService("NetworkPolicy"), at!(BOTH_WAYS, "spec", "policyTypes");
    EgressDenies: Namespaces, Kinds(&["EgressNetwork"]), at!(Text("Deny"), "spec", "trafficPolicy");

    // The way in.
    ClusterIp: Published, Kinds(&["Service"]), at!(Text("ClusterIP"), "spec", "type");
    Selector: Published, Kinds(&["Service"]), at!(Something, "spec", "selector");
    CatchAll: Tunnel, Kinds(&["ConfigMap"]), at!(End("- service: http_status:404\n"), "data", "config.yaml");
    TunnelEncrypts: Tunnel, Kinds(&["ConfigMap"]), at!(Within("protocol: quic"), "data", "config.yaml");
    Proxied: Wherever, Kinds(&["DNSEndpoint"]), at!(Text("true"), "spec", "endpoints", EACH, "providerSpecific", EACH, "value");
    NoIngress: Wherever, Kinds(&["Ingress"]), Must::BeAbsent;

    // Secrets.
    NoSecret: Wherever, Kinds(&["Secret"]), Must::BeAbsent;
    ItemPath: WithItems, Kinds(&["OnePasswordItem"]), at!(Within("vaults/"), "spec", "itemPath");
    Restarts: DeploymentsWithItems, Kinds(&["OnePasswordItem"]), at!(Text("true"), "metadata", "annotations", "operator.1password.io/auto-restart");

    // Rights, in the cluster and in Argo CD.
    Verbs: Wherever, RIGHTS, at!(NoneOf(&["*", "escalate", "bind", "impersonate"]), "rules", EACH, "verbs", EACH);
    Resources: Wherever, RIGHTS, at!(NoneOf(&["*", "secrets", "pods/exec"]), "rules", EACH, "resources", EACH);
    ProjectKinds: Projects, Kinds(&["AppProject"]), at!(NoneOf(&["*", "Secret"]), "spec", "namespaceResourceWhitelist", EACH, "kind");
    ProjectSources: Projects, Kinds(&["AppProject"]), at!(NoneOf(&["*"]), "spec", "sourceRepos", EACH);
}

impl Field {
    /// The field with its value as people write them, in Markdown. The path of one in a pod template begins at `template`. Containers that
    /// start before the others are named if there are such.
    pub(super) fn spelled(self, template: &[&str], has_init_containers: bool) -> String {
        let Must::Hold([path, others @ ..], held) = self.must() else { return String::new() };
        let template = if matches!(self.on(), On::Template) { template } else { &[] };
        let keys: Vec<&str> = template.iter().chain(*path).copied().collect();
        let (path, value) = (spelled(&keys), held.words());
        let field = if held.is_code() { code(&format!("{path}{value}")) } else { format!("{}{value}", code(&path)) };
        if has_init_containers && !others.is_empty() {
            format!("{field}; the same of `initContainers[*]`")
        } else {
            field
        }
    }

    /// What it is looked up in, in words.
    pub(super) fn objects(self) -> String {
        match self.on() {
            On::Template => "the pod template".to_owned(),
            On::Kinds(kinds) => codes(kinds),
            On::Named(kind, name) => format!("{} {}", code(kind), code(name)),
            On::OfTheService(kind) => format!("the own {}", code(kind)),
        }
    }
}

/// A path as people write it: `spec.containers[*].image`.
fn spelled(keys: &[&str]) -> String {
    let mut path = String::new();
    for key in keys {
        let key = key.strip_prefix(IF_ANY).unwrap_or(key);
        if key == EACH {
            path.push_str("[*]");
        } else if key.contains(['.', '/']) {
            path.extend(["[\"", key, "\"]"]);
        } else {
            path.extend([if path.is_empty() { "" } else { "." }, key]);
        }
    }
    path
}
