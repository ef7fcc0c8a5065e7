//! Records of exposed hosts, and the items that Secrets are made from.

use super::metadata::{CUSTOM, NAMESPACED, OF_SERVICE, OF_SERVICE_OR_NAMESPACE};
use super::notation::Rule::{Each, Exactly, Fits, OneObject, OneOf, Within};
use super::notation::{Shape, Table, may, must};
use super::words::{HOST_OR_WILDCARD, ITEM_PATH, TUNNEL_TARGET};

/// The kinds of this family.
pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        api_version: "externaldns.k8s.io/v1alpha1",
        kind: "DNSEndpoint",
        tables: &[NAMESPACED, OF_SERVICE, CUSTOM, RECORD],
    },
    Shape {
        api_version: "onepassword.com/v1",
        kind: "OnePasswordItem",
        tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, CUSTOM, ITEM],
    },
];

const RECORD: Table = &[must("spec.endpoints", OneObject(&[ENDPOINT]))];

const ENDPOINT: Table = &[
    must("dnsName", Fits(HOST_OR_WILDCARD)),
    must("recordType", Exactly("CNAME")),
    may("recordTTL", Within(1, 86_400)),
    must("targets", Each(&Fits(TUNNEL_TARGET))),
    must("providerSpecific", OneObject(&[PROXIED])),
];

/// A record that is not proxied shows the tunnel to the world and does not work.
const PROXIED: Table =
    &[must("name", Exactly("external-dns.alpha.kubernetes.io/cloudflare-proxied")), must("value", Exactly("true"))];

/// The type stands at the top, not under `spec`.
const ITEM: Table = &[
    may("metadata.annotations.<operator.1password.io/auto-restart>", Exactly("true")),
    must("type", OneOf(&["Opaque", "kubernetes.io/dockerconfigjson"])),
    must("spec.itemPath", Fits(ITEM_PATH)),
];
