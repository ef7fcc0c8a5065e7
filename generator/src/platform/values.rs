//! The values of our charts, of which the cluster's guarantees are made.

use casemate_dsl::SecretField;
use casemate_dsl::word::Zone;
use serde_json::{Value, json};

use super::{argo_cd, linkerd};
use crate::graph::{ChartNode, Facts, OurValues};

/// The values of a chart whose values are ours.
pub(crate) fn values(facts: &Facts, chart: &ChartNode, ours: OurValues) -> Value {
    match ours {
        OurValues::ArgoCd => argo_cd::values(facts),
        OurValues::CertManager => cert_manager(chart),
        OurValues::ExternalDns { zone, token } => external_dns(facts, zone, token),
        OurValues::Kyverno => kyverno(facts),
        OurValues::Linkerd => linkerd::control_plane(facts),
        OurValues::LinkerdCni => linkerd::network_plugin(),
        OurValues::LinkerdCrds => linkerd::definitions(facts),
        OurValues::TrustManager => trust_manager(chart),
    }
}

/// Definitions stay when the chart goes: with them would go every certificate.
fn cert_manager(chart: &ChartNode) -> Value {
    json!({
        "crds": {"enabled": true, "keep": true},
        // By default it elects its leader in kube-system, where no project of ours reaches.
        "global": {"leaderElection": {"namespace": chart.namespace.as_str()}},
    })
}

fn trust_manager(chart: &ChartNode) -> Value {
    json!({
        "app": {"trust": {"namespace": chart.namespace.as_str()}},
        "crds": {"enabled": true, "keep": true},
        // Certificates that a distribution trusts are nobody's root here.
        "defaultPackage": {"enabled": false},
        // It writes ConfigMaps: what a Secret holds is nothing that it may read of others.
        "secretTargets": {"enabled": false},
    })
}

/// It reads what the tunnel declares, `DNSEndpoint`, and no Service or Ingress: those would be hostnames that nobody decided on.
fn external_dns(facts: &Facts, zone: Zone, token: SecretField) -> Value {
    json!({
        "domainFilters": [zone.as_str()],
        "env": [{
            "name": "CF_API_TOKEN",
            "valueFrom": {"secretKeyRef": {"name": token.item().name().as_str(), "key": token.field().as_str()}},
        }],
        "managedRecordTypes": ["CNAME"],
        // Records that are no longer declared go, and of others' none: the owner stands beside each in a TXT record.
        "policy": "sync",
        "provider": {"name": "cloudflare"},
        "registry": "txt",
        "sources": ["crd"],
        "txtOwnerId": facts.name.as_str(),
    })
}

/// What policies report beside what everybody may view. Without it a policy is never ready.
fn reported() -> Value {
    let read = |group: &str, resources: &[&str]| json!({"apiGroups": [group], "resources": resources, "verbs": ["get", "list", "watch"]});
    json!([
        read("gateway.networking.k8s.io", &["grpcroutes", "httproutes", "tcproutes", "tlsroutes"]),
        read("policy.linkerd.io", &["egressnetworks", "httproutes"]),
        read("rbac.authorization.k8s.io", &["clusterrolebindings", "clusterroles", "rolebindings", "roles"]),
    ])
}

/// A webhook that is away refuses everything that it is asked about: it runs as often as the nodes allow.
fn kyverno(facts: &Facts) -> Value {
    let replicas = facts.kubernetes.nodes.clamp(1, 3);
    json!({
        "admissionController": {"replicas": replicas},
        "backgroundController": {"replicas": 1},
        "cleanupController": {"replicas": 1},
        "config": {
            // Kyverno and Kubernetes' own namespace are out of its webhooks' reach, so that both start without it.
            "excludeKyvernoNamespace": true,
            "webhooks": {"namespaceSelector": {"matchExpressions": [{
                "key": "kubernetes.io/metadata.name",
                "operator": "NotIn",
                "values": ["kube-system"],
            }]}},
        },
        // An exception would be a rule that nobody finds among the rules.
        "features": {"policyExceptions": {"enabled": false}},
        "reportsController": {"rbac": {"clusterRole": {"extraResources": reported()}}, "replicas": 1},
    })
}
