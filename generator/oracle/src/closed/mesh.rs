//! Linkerd's policy resources and the routes that attach to an EgressNetwork.

use super::metadata::{CUSTOM, NAMESPACED, OF_SERVICE_OR_NAMESPACE};
use super::notation::Rule::{Each, Exactly, Fits, Number, Object, Objects, OneObject, OneOf, Within};
use super::notation::{Shape, Table, exactly_one_of, may, must};
use super::words::{CIDR, HOST_OR_WILDCARD, LABEL, NAME};

/// The kinds of this family.
pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        api_version: "policy.linkerd.io/v1beta3",
        kind: "Server",
        tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, CUSTOM, SERVER],
    },
    Shape {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "AuthorizationPolicy",
        tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, CUSTOM, AUTHORIZATION],
    },
    Shape {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "MeshTLSAuthentication",
        tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, CUSTOM, AUTHENTICATION],
    },
    Shape {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "NetworkAuthentication",
        tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, CUSTOM, NETWORKS],
    },
    Shape {
        api_version: "policy.linkerd.io/v1alpha1",
        kind: "EgressNetwork",
        tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, CUSTOM, EGRESS_NETWORK],
    },
    Shape {
        api_version: "gateway.networking.k8s.io/v1alpha2",
        kind: "TLSRoute",
        tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, CUSTOM, ROUTE, HOSTS, FORWARD],
    },
    Shape {
        api_version: "gateway.networking.k8s.io/v1alpha2",
        kind: "TCPRoute",
        tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, CUSTOM, ROUTE, FORWARD],
    },
    Shape {
        api_version: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, CUSTOM, ROUTE, HOSTS, EVERY_PATH],
    },
];

const SERVER: Table = &[
    must("spec.podSelector.matchLabels", Object(&[OF_WHAT])),
    must("spec.port", Within(1, 65535)),
    must("spec.proxyProtocol", OneOf(&["HTTP/1", "HTTP/2", "gRPC", "opaque", "TLS"])),
    must("spec.accessPolicy", Exactly("deny")),
];

/// Of a service, or all that have a proxy.
const OF_WHAT: Table = &[
    may("<app.kubernetes.io/name>", Fits(LABEL)),
    may("<linkerd.io/control-plane-ns>", Fits(LABEL)),
    exactly_one_of(&["app.kubernetes.io/name", "linkerd.io/control-plane-ns"]),
];

const AUTHORIZATION: Table = &[
    must("spec.targetRef.group", Exactly("policy.linkerd.io")),
    must("spec.targetRef.kind", Exactly("Server")),
    must("spec.targetRef.name", Fits(NAME)),
    must("spec.requiredAuthenticationRefs", OneObject(&[REQUIRED])),
];

const REQUIRED: Table = &[
    must("group", Exactly("policy.linkerd.io")),
    must("kind", OneOf(&["MeshTLSAuthentication", "NetworkAuthentication"])),
    must("name", Fits(NAME)),
    may("namespace", Fits(LABEL)),
];

const AUTHENTICATION: Table = &[must("spec.identityRefs", Objects(&[IDENTITY]))];

/// Which networks they are, `network-authentication` holds.
const NETWORKS: Table = &[must("spec.networks", Objects(&[BLOCK]))];

const BLOCK: Table = &[must("cidr", Fits(CIDR))];

const IDENTITY: Table =
    &[must("kind", Exactly("ServiceAccount")), must("name", Fits(NAME)), must("namespace", Fits(LABEL))];

/// No `networks`: everything outside of the cluster, and none of it allowed.
const EGRESS_NETWORK: Table = &[must("spec.trafficPolicy", Exactly("Deny"))];

const ROUTE: Table = &[must("spec.parentRefs", OneObject(&[NETWORK, PORT_OF_NETWORK]))];

const HOSTS: Table = &[must("spec.hostnames", Each(&Fits(HOST_OR_WILDCARD)))];

const NETWORK: Table = &[
    must("group", Exactly("policy.linkerd.io")),
    must("kind", Exactly("EgressNetwork")),
    must("name", Fits(NAME)),
    must("namespace", Fits(LABEL)),
];

const PORT_OF_NETWORK: Table = &[must("port", Within(1, 65535))];

const FORWARD: Table = &[must("spec.rules", OneObject(&[FORWARD_RULE]))];

const FORWARD_RULE: Table = &[must("backendRefs", OneObject(&[NETWORK, WEIGHT]))];

const WEIGHT: Table = &[must("weight", Number(1))];

const EVERY_PATH: Table = &[must("spec.rules", OneObject(&[MATCHES]))];

const MATCHES: Table = &[must("matches", OneObject(&[ROOT_PATH]))];

const ROOT_PATH: Table = &[must("path.type", Exactly("PathPrefix")), must("path.value", Exactly("/"))];
