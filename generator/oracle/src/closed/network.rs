//! NetworkPolicy. Peers are one item that names a namespace *and* pods, or an address block; what else a rule may say is
//! for the rules across documents.

use super::metadata::{NAMESPACED, OF_SERVICE_OR_NAMESPACE, WAVED};
use super::notation::Rule::{Each, EmptyOr, Fits, Map, Object, Objects, OneOf, Within};
use super::notation::{Shape, Table, exactly_one_of, may, must};
use super::words::{CIDR, LABEL, LABEL_KEY, LABEL_VALUE};

/// The kinds of this family.
pub(crate) const SHAPES: &[Shape] = &[Shape {
    api_version: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    tables: &[NAMESPACED, OF_SERVICE_OR_NAMESPACE, WAVED, POLICY],
}];

const POLICY: Table = &[
    must("spec.podSelector", EmptyOr(&[OWN_PODS])),
    must("spec.policyTypes", Each(&OneOf(&["Ingress", "Egress"]))),
    may("spec.ingress", Objects(&[INGRESS])),
    may("spec.egress", Objects(&[EGRESS])),
];

/// Those of a service, of a database that an operator runs, or all that have a proxy: `proxies-watched` holds which opens what.
const OWN_PODS: Table = &[must("matchLabels", Object(&[BY_NAME]))];

const BY_NAME: Table = &[
    may("<app.kubernetes.io/name>", Fits(LABEL)),
    may("<cnpg.io/cluster>", Fits(LABEL)),
    may("<linkerd.io/control-plane-ns>", Fits(LABEL)),
    exactly_one_of(&["app.kubernetes.io/name", "cnpg.io/cluster", "linkerd.io/control-plane-ns"]),
];

const INGRESS: Table = &[must("from", Objects(&[CALLER])), must("ports", Objects(&[PORT]))];

const EGRESS: Table = &[must("to", Objects(&[PEER])), must("ports", Objects(&[PORT]))];

/// Nobody is let in by a namespace alone, and by address only the API server, to a webhook: `ingress-block`.
const CALLER: Table = &[
    may("ipBlock.cidr", Fits(CIDR)),
    may("namespaceSelector", Object(&[NAMESPACE_BY_NAME])),
    may("podSelector", Object(&[PODS])),
    exactly_one_of(&["ipBlock", "namespaceSelector"]),
    exactly_one_of(&["ipBlock", "podSelector"]),
];

const PEER: Table = &[
    may("ipBlock", Object(&[BLOCK])),
    may("namespaceSelector", Object(&[NAMESPACE_BY_NAME])),
    may("podSelector", Object(&[PODS])),
    exactly_one_of(&["ipBlock", "namespaceSelector"]),
];

const BLOCK: Table = &[must("cidr", Fits(CIDR)), may("except", Each(&Fits(CIDR)))];

const NAMESPACE_BY_NAME: Table = &[must("matchLabels.<kubernetes.io/metadata.name>", Fits(LABEL))];

const PODS: Table = &[must("matchLabels", Map(LABEL_KEY, &Fits(LABEL_VALUE)))];

const PORT: Table = &[must("protocol", OneOf(&["TCP", "UDP"])), must("port", Within(1, 65535))];
