//! Webhooks that the API server calls, and the certificates that they show it.

use super::metadata::{CLUSTER_WIDE, CUSTOM, NAMESPACED, OF_SERVICE, WAVED};
use super::notation::Rule::{Each, EmptyOr, Exactly, Fits, Map, Number, Objects, OneOf, Within};
use super::notation::{Shape, Table, may, must};
use super::words::{
    API_GROUP, API_VERSION, CERTIFICATE, GO_DURATION, HOST, LABEL, LABEL_KEY, LABEL_VALUE, NAME, RESOURCE, URL_PATH,
    WEBHOOK_NAME,
};

/// The kinds of this family.
pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        api_version: "admissionregistration.k8s.io/v1",
        kind: "MutatingWebhookConfiguration",
        tables: &[CLUSTER_WIDE, OF_SERVICE, WAVED, INJECTED, MUTATING],
    },
    Shape {
        api_version: "admissionregistration.k8s.io/v1",
        kind: "ValidatingWebhookConfiguration",
        tables: &[CLUSTER_WIDE, OF_SERVICE, WAVED, INJECTED, VALIDATING],
    },
    Shape {
        api_version: "cert-manager.io/v1",
        kind: "Certificate",
        tables: &[NAMESPACED, OF_SERVICE, CUSTOM, OF_WEBHOOK],
    },
    Shape { api_version: "cert-manager.io/v1", kind: "Issuer", tables: &[NAMESPACED, OF_SERVICE, CUSTOM, SELF_SIGNED] },
];

/// The authority comes from the certificate: none stands in the tree, where it would be another one after each renewal.
const INJECTED: Table = &[must("metadata.annotations.<cert-manager.io/inject-ca-from>", Fits(CERTIFICATE))];

const MUTATING: Table = &[must("webhooks", Objects(&[WEBHOOK, ONCE]))];

const VALIDATING: Table = &[must("webhooks", Objects(&[WEBHOOK]))];

const ONCE: Table = &[may("reinvocationPolicy", Exactly("Never"))];

/// The selector of namespaces is never empty: it would be all of them, those of the platform, too.
const WEBHOOK: Table = &[
    must("name", Fits(WEBHOOK_NAME)),
    must("admissionReviewVersions", Each(&Exactly("v1"))),
    must("clientConfig.service.name", Fits(LABEL)),
    must("clientConfig.service.namespace", Fits(LABEL)),
    must("clientConfig.service.path", Fits(URL_PATH)),
    may("clientConfig.service.port", Number(443)),
    must("failurePolicy", OneOf(&["Ignore", "Fail"])),
    must("sideEffects", Exactly("None")),
    must("timeoutSeconds", Within(1, 30)),
    may("matchPolicy", Exactly("Equivalent")),
    must("namespaceSelector.matchLabels", Map(LABEL_KEY, &Fits(LABEL_VALUE))),
    must("rules", Objects(&[RULE])),
];

/// Whoever is shown a Secret has read it.
const RULE: Table = &[
    must("apiGroups", Each(&Fits(API_GROUP))),
    must("apiVersions", Each(&Fits(API_VERSION))),
    must("resources", Each(&Fits(RESOURCE))),
    must("operations", Each(&OneOf(&["CREATE", "UPDATE", "DELETE"]))),
    may("scope", Exactly("Namespaced")),
];

const OF_WEBHOOK: Table = &[
    must("spec.secretName", Fits(NAME)),
    must("spec.dnsNames", Each(&Fits(HOST))),
    may("spec.duration", Fits(GO_DURATION)),
    may("spec.renewBefore", Fits(GO_DURATION)),
    must("spec.privateKey.algorithm", OneOf(&["ECDSA", "Ed25519"])),
    may("spec.privateKey.size", Within(256, 521)),
    // Its default has changed; a key that is never changed outlives every certificate.
    must("spec.privateKey.rotationPolicy", Exactly("Always")),
    may("spec.usages", Each(&OneOf(&["server auth", "digital signature", "key encipherment"]))),
    must("spec.issuerRef.name", Fits(NAME)),
    must("spec.issuerRef.kind", Exactly("Issuer")),
    may("spec.issuerRef.group", Exactly("cert-manager.io")),
];

const SELF_SIGNED: Table = &[must("spec.selfSigned", EmptyOr(&[]))];
