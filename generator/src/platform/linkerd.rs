//! The values of Linkerd's charts.

use casemate_dsl::view::PeerMesh;
use casemate_dsl::{ClusterNetworks, GatewayApi};
use serde_json::{Map, Value, json};

use super::identity;
use crate::graph::{Facts, PeerNode};
use crate::mesh;

/// What `ClusterNetworks::AllPrivate` means: the chart's own default, said outright.
const ALL_PRIVATE: &str = "10.0.0.0/8,100.64.0.0/10,172.16.0.0/12,192.168.0.0/16,fd00::/8";

pub(super) fn definitions(facts: &Facts) -> Value {
    match facts.linkerd.gateway_api {
        GatewayApi::LinkerdChart => json!({"installGatewayAPI": true}),
        GatewayApi::Experimental => json!({"installGatewayAPI": false}),
        GatewayApi::StandardWithChartRoutes => json!({
            "enableHttpRoutes": false,
            "enableTcpRoutes": true,
            "enableTlsRoutes": true,
            "installGatewayAPI": false,
        }),
    }
}

/// A pod that starts before the plugin is ready is stopped by its network validator; this controller starts it again.
pub(super) fn network_plugin() -> Value {
    json!({"repairController": {"enabled": true}})
}

pub(super) fn control_plane(facts: &Facts) -> Value {
    let networks = &facts.kubernetes.networks;
    let cluster_networks = match facts.linkerd.cluster_networks {
        ClusterNetworks::AllPrivate => ALL_PRIVATE.to_owned(),
        ClusterNetworks::PodsAndServices => format!("{},{}", networks.pods, networks.services),
    };
    let resources = &facts.linkerd.proxy_resources;
    let mut values = json!({
        "clusterDomain": facts.kubernetes.domain.as_str(),
        "clusterNetworks": cluster_networks,
        "cniEnabled": true,
        // It reports to Linkerd's authors which version runs where.
        "disableHeartBeat": true,
        // cert-manager makes the issuer, trust-manager hands out the anchor: no key stands in values.
        "identity": {"externalCA": true, "issuer": {"scheme": "kubernetes.io/tls"}},
        "identityTrustDomain": facts.kubernetes.domain.as_str(),
        // Probes come from the node that a pod runs on.
        "policyController": {"probeNetworks": [networks.nodes.as_str(), networks.pods.as_str()]},
        "proxy": {
            // What asks for nothing else answers nobody. The control plane asks for something else, itself.
            "defaultInboundPolicy": "deny",
            "image": {"version": mesh::proxy_version(facts)},
            "resources": {
                "cpu": {"request": resources.cpu.as_str()},
                "memory": {"limit": resources.memory_limit.as_str(), "request": resources.memory.as_str()},
            },
        },
        // Refusing pods while the injector is away would refuse those of cert-manager, without which it does not come back. That no
        // pod of a service runs without its proxy is Kyverno's to say.
        "webhookFailurePolicy": "Ignore",
    });
    if let Some(values) = values.as_object_mut() {
        values.extend(webhooks(facts));
    }
    if let Some(tracing) =
        facts.observability.as_ref().and_then(|watched| tracing(facts, watched.proxy_traces.as_ref()?))
    {
        values["proxy"]["tracing"] = tracing;
    }
    values
}

/// Proxies tell their spans to whom they know by identity (Linkerd, *Distributed tracing with Linkerd*).
fn tracing(facts: &Facts, collector: &PeerNode) -> Option<Value> {
    let PeerNode { namespace, service, port, pod_port: _, protocol: _, labels: _, mesh } = collector;
    let PeerMesh::Meshed { account } = mesh else { return None };
    let endpoint = format!("{service}.{namespace}.svc.{}:{port}", facts.kubernetes.domain);
    let identity = json!({"namespace": namespace.as_str(), "serviceAccountName": account.as_str()});
    Some(json!({"collector": {"endpoint": endpoint, "meshIdentity": identity}, "enabled": true}))
}

/// The chart would make new certificates for its webhooks each time that it is rendered; cert-manager makes them instead.
fn webhooks(facts: &Facts) -> Map<String, Value> {
    let injected = |certificate: &str| json!({"externalSecret": true, "injectCaFrom": format!("{}/{certificate}", facts.linkerd.namespace)});
    identity::WEBHOOKS.iter().map(|webhook| (webhook.values.to_owned(), injected(webhook.certificate))).collect()
}
