//! The parts of rules: pods, addresses and ports.

use std::collections::BTreeMap;

use casemate_dsl::word::Label;
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

/// Where a proxy takes traffic of other proxies.
pub(super) const PROXY_INBOUND: u16 = 4143;

pub(super) fn both() -> Vec<String> {
    vec!["Ingress".to_owned(), "Egress".to_owned()]
}

pub(super) fn egress(pod_selector: Option<LabelSelector>, rules: Vec<NetworkPolicyEgressRule>) -> NetworkPolicySpec {
    NetworkPolicySpec {
        pod_selector,
        policy_types: Some(vec!["Egress".to_owned()]),
        egress: Some(rules),
        ingress: None,
    }
}

pub(super) fn ingress(pod_selector: Option<LabelSelector>, rules: Vec<NetworkPolicyIngressRule>) -> NetworkPolicySpec {
    NetworkPolicySpec {
        pod_selector,
        policy_types: Some(vec!["Ingress".to_owned()]),
        ingress: Some(rules),
        egress: None,
    }
}

fn port(number: u16, protocol: &str) -> NetworkPolicyPort {
    NetworkPolicyPort {
        port: Some(IntOrString::Int(i32::from(number))),
        protocol: Some(protocol.to_owned()),
        end_port: None,
    }
}

pub(super) fn tcp(number: u16) -> NetworkPolicyPort {
    port(number, "TCP")
}

pub(super) fn udp(number: u16) -> NetworkPolicyPort {
    port(number, "UDP")
}

/// Namespace *and* pods in one peer: two peers would mean the whole namespace, or such pods anywhere.
pub(super) fn pods_of(namespace: &str, labels: BTreeMap<String, String>) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        namespace_selector: Some(named(namespace)),
        pod_selector: Some(LabelSelector { match_labels: Some(labels), ..LabelSelector::default() }),
        ip_block: None,
    }
}

/// A namespace by the label that Kubernetes sets itself: any other could be forged.
pub(super) fn named(namespace: &str) -> LabelSelector {
    LabelSelector {
        match_labels: Some(BTreeMap::from([("kubernetes.io/metadata.name".to_owned(), namespace.to_owned())])),
        ..LabelSelector::default()
    }
}

pub(super) fn addresses(cidr: String, except: &[&str]) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        ip_block: Some(IPBlock {
            cidr,
            except: Some(except.iter().map(ToString::to_string).collect()).filter(|list: &Vec<_>| !list.is_empty()),
        }),
        ..NetworkPolicyPeer::default()
    }
}

pub(super) fn label(label: Label) -> (String, String) {
    (label.key().to_owned(), label.value().to_owned())
}
