//! The kinds that rules are about, beside pods; one module each.

mod access;
mod config;
mod mesh;
mod namespace;
mod network;
mod service;

use super::judge::Judge;
use super::yaml::Field;

/// What the rules have to say about a kind.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// It makes pods: the template lies at the end of these names.
    Pods(&'static [&'static str]),
    /// A function judges it.
    Judged(fn(&mut Judge, &Field<'_>)),
    /// It is known, and no rule is about it.
    WithoutRule,
    /// What it does is not known here.
    Unknown,
}

/// Looks a kind up by its group, `""` for the core, and its name.
pub(super) fn of(group: &str, kind: &str) -> Kind {
    match (group, kind) {
        ("", "Pod") => Kind::Pods(&[]),
        ("", "PodTemplate") => Kind::Pods(&["template"]),
        ("", "ReplicationController")
        | ("apps" | "extensions", "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet")
        | ("batch", "Job") => Kind::Pods(&["spec", "template"]),
        ("batch", "CronJob") => Kind::Pods(&["spec", "jobTemplate", "spec", "template"]),
        ("", "Namespace") => Kind::Judged(namespace::judge),
        ("", "Secret") => Kind::Judged(config::secret),
        ("", "ConfigMap") => Kind::Judged(config::config_map),
        ("", "Service") => Kind::Judged(service::service),
        ("", "Endpoints") | ("discovery.k8s.io", "EndpointSlice") => Kind::Judged(service::addresses),
        ("networking.k8s.io" | "extensions", "Ingress") | ("gateway.networking.k8s.io", "Gateway") => {
            Kind::Judged(service::way_in)
        }
        ("", "ServiceAccount") => Kind::Judged(access::account),
        ("", "PersistentVolume") => Kind::Judged(config::volume),
        ("networking.k8s.io" | "extensions", "NetworkPolicy") => Kind::Judged(network::judge),
        ("rbac.authorization.k8s.io", "Role" | "ClusterRole") => Kind::Judged(access::role),
        ("rbac.authorization.k8s.io", "RoleBinding" | "ClusterRoleBinding") => Kind::Judged(access::binding),
        ("policy.linkerd.io", "Server") => Kind::Judged(mesh::server),
        ("policy.linkerd.io", "AuthorizationPolicy") => Kind::Judged(mesh::authorization),
        ("policy.linkerd.io", "ServerAuthorization") => Kind::Judged(mesh::server_authorization),
        ("policy.linkerd.io", "MeshTLSAuthentication") => Kind::Judged(mesh::identities),
        ("policy.linkerd.io", "NetworkAuthentication") => Kind::Judged(mesh::networks),
        ("policy.linkerd.io", "EgressNetwork") => Kind::Judged(mesh::egress),
        _ if is_without_rule(group, kind) => Kind::WithoutRule,
        _ => Kind::Unknown,
    }
}

fn is_without_rule(group: &str, kind: &str) -> bool {
    match group {
        "" => matches!(kind, "PersistentVolumeClaim" | "LimitRange" | "ResourceQuota" | "Event" | "Node"),
        "admissionregistration.k8s.io"
        | "apiregistration.k8s.io"
        | "autoscaling"
        | "policy"
        | "scheduling.k8s.io"
        | "coordination.k8s.io"
        | "storage.k8s.io"
        | "node.k8s.io"
        | "events.k8s.io"
        | "policies.kyverno.io" => true,
        "apiextensions.k8s.io" => kind == "CustomResourceDefinition",
        "networking.k8s.io" => kind == "IngressClass",
        "gateway.networking.k8s.io" => {
            matches!(
                kind,
                "GatewayClass" | "HTTPRoute" | "GRPCRoute" | "TLSRoute" | "TCPRoute" | "UDPRoute" | "ReferenceGrant"
            )
        }
        "policy.linkerd.io" => matches!(kind, "HTTPRoute" | "HTTPLocalRateLimitPolicy"),
        "onepassword.com" => kind == "OnePasswordItem",
        "externaldns.k8s.io" => kind == "DNSEndpoint",
        "cert-manager.io" => matches!(kind, "Certificate" | "Issuer" | "ClusterIssuer"),
        "trust.cert-manager.io" => kind == "Bundle",
        // What an Application deploys is audited where it is rendered.
        "argoproj.io" => matches!(kind, "Application" | "AppProject"),
        _ => false,
    }
}
