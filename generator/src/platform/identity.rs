//! The mesh's identity: a trust anchor that cert-manager makes and renews, the issuer below it, and the certificates of Linkerd's
//! webhooks. *Linkerd: Automatically Rotating Control Plane TLS Credentials*.

use std::collections::BTreeMap;

use serde::Serialize;

use super::of_chart;
use crate::graph::{ChartNode, Facts};
use crate::manifest::{Manifest, Place};
use crate::meta::{Custom, Wave};

/// The Certificate and Secret of the trust anchor.
const ANCHOR: &str = "linkerd-trust-anchor";

/// The Certificate, Secret and `ClusterIssuer` of what signs identities.
const ISSUER: &str = "linkerd-identity-issuer";

/// The ConfigMap that Linkerd reads the trust anchor from, and the Bundle that fills it.
const ROOTS: &str = "linkerd-identity-trust-roots";

/// The label of a copy of the anchor that was replaced: proxies that were started with it are trusted until they start again.
const PREVIOUS: &str = "casemate.dev/trust-anchor";

/// A webhook of Linkerd.
#[derive(Debug)]
pub(super) struct Webhook {
    /// Its block in the chart's values.
    pub(super) values: &'static str,
    /// Its Certificate.
    pub(super) certificate: &'static str,
    /// The Secret that its pods mount.
    secret: &'static str,
}

/// The webhooks of Linkerd; a Certificate is named after its Service.
pub(super) const WEBHOOKS: [Webhook; 3] = [
    Webhook {
        values: "policyValidator",
        certificate: "linkerd-policy-validator",
        secret: "linkerd-policy-validator-k8s-tls",
    },
    Webhook { values: "profileValidator", certificate: "linkerd-sp-validator", secret: "linkerd-sp-validator-k8s-tls" },
    Webhook {
        values: "proxyInjector",
        certificate: "linkerd-proxy-injector",
        secret: "linkerd-proxy-injector-k8s-tls",
    },
];

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SelfSignedSpec {
    self_signed: Nothing,
}

/// Nothing is to be said of it.
#[derive(Debug, Serialize)]
struct Nothing {}

#[derive(Debug, Serialize)]
struct AuthoritySpec {
    ca: Authority,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Authority {
    secret_name: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CertificateSpec {
    #[serde(rename = "isCA", skip_serializing_if = "Option::is_none")]
    is_ca: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    common_name: Option<String>,
    secret_name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    dns_names: Option<[String; 1]>,
    duration: &'static str,
    renew_before: &'static str,
    private_key: PrivateKey,
    #[serde(skip_serializing_if = "Option::is_none")]
    usages: Option<[&'static str; 2]>,
    issuer_ref: IssuerRef,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PrivateKey {
    algorithm: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    /// A key that is never changed would outlive every certificate.
    rotation_policy: &'static str,
}

#[derive(Debug, Serialize)]
struct IssuerRef {
    group: &'static str,
    kind: &'static str,
    name: &'static str,
}

#[derive(Debug, Serialize)]
struct BundleSpec {
    sources: [Source; 2],
    target: Target,
}

#[derive(Debug, Serialize)]
struct Source {
    secret: SecretSource,
}

/// By name, or by label; a label that nothing bears is no error, a name is.
#[derive(Debug, Serialize)]
struct SecretSource {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    selector: Option<Selector>,
    key: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    config_map: ConfigMapTarget,
    namespace_selector: Selector,
}

#[derive(Debug, Serialize)]
struct ConfigMapTarget {
    key: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Selector {
    match_labels: BTreeMap<&'static str, &'static str>,
}

const CERTIFICATES: &str = "cert-manager.io/v1";

const fn issued_by(kind: &'static str, name: &'static str) -> IssuerRef {
    IssuerRef { group: "cert-manager.io", kind, name }
}

/// What lies beside trust-manager: the trust anchor, what issues in its name, and what hands its certificate to Linkerd.
pub(super) fn trust(facts: &Facts, chart: &ChartNode, place: &Place) -> Vec<Manifest> {
    let trust_root = "linkerd-trust-root-issuer";
    let of_no_namespace = |name: &str, wave: Wave| {
        let mut metadata = of_chart(chart, name.to_owned(), wave);
        metadata.namespace = None;
        metadata
    };
    vec![
        place.manifest(&Custom {
            api_version: CERTIFICATES,
            kind: "Issuer",
            metadata: of_chart(chart, trust_root.to_owned(), Wave::Foundation),
            spec: SelfSignedSpec { self_signed: Nothing {} },
        }),
        place.manifest(&Custom {
            api_version: CERTIFICATES,
            kind: "Certificate",
            metadata: of_chart(chart, ANCHOR.to_owned(), Wave::Foundation),
            spec: CertificateSpec {
                is_ca: Some(true),
                common_name: Some(format!("root.linkerd.{}", facts.kubernetes.domain)),
                secret_name: ANCHOR,
                dns_names: None,
                // A year, renewed two months before its end: `docs/platform.md` says what a person does then.
                duration: "8760h0m0s",
                renew_before: "1440h0m0s",
                private_key: PrivateKey { algorithm: "ECDSA", encoding: None, rotation_policy: "Always" },
                usages: None,
                issuer_ref: issued_by("Issuer", trust_root),
            },
        }),
        place.manifest(&Custom {
            api_version: CERTIFICATES,
            kind: "ClusterIssuer",
            metadata: of_no_namespace(ISSUER, Wave::Foundation),
            spec: AuthoritySpec { ca: Authority { secret_name: ANCHOR } },
        }),
        // Its definition comes with the chart, so it comes after it.
        place.manifest(&Custom {
            api_version: "trust.cert-manager.io/v1alpha1",
            kind: "Bundle",
            metadata: of_no_namespace(ROOTS, Wave::Perimeter),
            spec: BundleSpec {
                sources: [
                    Source { secret: SecretSource { name: Some(ANCHOR), selector: None, key: "tls.crt" } },
                    Source {
                        secret: SecretSource {
                            name: None,
                            selector: Some(Selector { match_labels: [(PREVIOUS, "previous")].into() }),
                            key: "tls.crt",
                        },
                    },
                ],
                target: Target {
                    config_map: ConfigMapTarget { key: "ca-bundle.crt" },
                    namespace_selector: Selector { match_labels: [("linkerd.io/is-control-plane", "true")].into() },
                },
            },
        }),
    ]
}

/// What lies beside the control plane: the issuer of identities, and the certificates of its webhooks.
pub(super) fn control_plane(facts: &Facts, chart: &ChartNode, place: &Place) -> Vec<Manifest> {
    let webhook_issuer = "linkerd-webhook-issuer";
    let mut manifests = vec![
        place.manifest(&Custom {
            api_version: CERTIFICATES,
            kind: "Certificate",
            metadata: of_chart(chart, ISSUER.to_owned(), Wave::Foundation),
            spec: CertificateSpec {
                is_ca: Some(true),
                common_name: Some(format!("identity.linkerd.{}", facts.kubernetes.domain)),
                secret_name: ISSUER,
                dns_names: None,
                duration: "48h0m0s",
                renew_before: "25h0m0s",
                private_key: PrivateKey { algorithm: "ECDSA", encoding: None, rotation_policy: "Always" },
                usages: None,
                issuer_ref: issued_by("ClusterIssuer", ISSUER),
            },
        }),
        place.manifest(&Custom {
            api_version: CERTIFICATES,
            kind: "Issuer",
            metadata: of_chart(chart, webhook_issuer.to_owned(), Wave::Foundation),
            spec: SelfSignedSpec { self_signed: Nothing {} },
        }),
    ];
    manifests.extend(WEBHOOKS.iter().map(|Webhook { values: _, certificate, secret }| {
        place.manifest(&Custom {
            api_version: CERTIFICATES,
            kind: "Certificate",
            metadata: of_chart(chart, (*certificate).to_owned(), Wave::Foundation),
            spec: CertificateSpec {
                is_ca: None,
                common_name: None,
                secret_name: secret,
                dns_names: Some([format!("{certificate}.{}.svc", chart.namespace)]),
                // Its own authority: renewed seldom, since the API server learns of a new one a moment later.
                duration: "2160h0m0s",
                renew_before: "720h0m0s",
                private_key: PrivateKey { algorithm: "ECDSA", encoding: Some("PKCS8"), rotation_policy: "Always" },
                usages: Some(["digital signature", "server auth"]),
                issuer_ref: issued_by("Issuer", webhook_issuer),
            },
        })
    }));
    manifests
}
