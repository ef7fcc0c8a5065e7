//! Webhooks: what the API server asks a service, and the certificate by which it knows who answers.

use casemate_dsl::view::{Admission, Operation};
use casemate_dsl::word::Namespace;
use k8s_openapi::api::admissionregistration::v1::{
    MutatingWebhook, MutatingWebhookConfiguration, RuleWithOperations, ServiceReference, ValidatingWebhook,
    ValidatingWebhookConfiguration, WebhookClientConfig,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::Serialize;

use crate::graph::{Facts, Id, Service, WEBHOOK, WebhookNode, certificate_secret};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Custom, Treatment, Wave};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct IssuerSpec {
    self_signed: SelfSigned,
}

/// Nothing is to be said of it.
#[derive(Debug, Serialize)]
struct SelfSigned {}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CertificateSpec {
    secret_name: String,
    dns_names: [String; 2],
    private_key: PrivateKey,
    usages: [&'static str; 2],
    issuer_ref: IssuerRef,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PrivateKey {
    algorithm: &'static str,
    size: u16,
    /// A key that is never changed would outlive every certificate.
    rotation_policy: &'static str,
}

#[derive(Debug, Serialize)]
struct IssuerRef {
    group: &'static str,
    kind: &'static str,
    name: String,
}

/// What the webhooks of a service consist of; nothing where it answers none.
pub(super) fn manifests(facts: &Facts, service: &Service, place: &Place) -> Vec<Manifest> {
    let id = service.id;
    if service.webhooks.is_empty() {
        return Vec::new();
    }
    let mut manifests = vec![place.manifest(&issuer(id)), place.manifest(&certificate(facts, id))];
    let one_by_one = |mutates: bool| {
        let webhooks = service.webhooks.iter().filter(move |webhook| webhook.mutates == mutates);
        webhooks.flat_map(|webhook| webhook.namespaces.iter().map(move |namespace| (webhook, *namespace)))
    };
    let mutating: Vec<_> =
        one_by_one(true).enumerate().map(|(number, (webhook, of))| mutating(facts, id, number, webhook, of)).collect();
    if !mutating.is_empty() {
        let webhooks = Some(mutating);
        manifests.push(place.manifest(&MutatingWebhookConfiguration { metadata: metadata(id), webhooks }));
    }
    let validating: Vec<_> = one_by_one(false)
        .enumerate()
        .map(|(number, (webhook, of))| validating(facts, id, number, webhook, of))
        .collect();
    if !validating.is_empty() {
        let webhooks = Some(validating);
        manifests.push(place.manifest(&ValidatingWebhookConfiguration { metadata: metadata(id), webhooks }));
    }
    manifests
}

/// It is asked once its pods are there. cert-manager puts the authority of its certificate in.
fn metadata(id: Id) -> ObjectMeta {
    let name = id.dotted();
    let mut metadata = meta::of_cluster(id, name, Wave::Perimeter, Treatment::Plain);
    let annotations = metadata.annotations.get_or_insert_default();
    annotations.insert("cert-manager.io/inject-ca-from".to_owned(), id.to_string());
    metadata
}

fn issuer(id: Id) -> Custom<IssuerSpec> {
    Custom {
        api_version: "cert-manager.io/v1",
        kind: "Issuer",
        metadata: meta::of_service(id, id.name.to_string(), Wave::Foundation, Treatment::Custom),
        spec: IssuerSpec { self_signed: SelfSigned {} },
    }
}

fn certificate(facts: &Facts, id: Id) -> Custom<CertificateSpec> {
    let host = format!("{}.{}.svc", id.name, id.namespace);
    Custom {
        api_version: "cert-manager.io/v1",
        kind: "Certificate",
        metadata: meta::of_service(id, id.name.to_string(), Wave::Foundation, Treatment::Custom),
        spec: CertificateSpec {
            secret_name: certificate_secret(id),
            dns_names: [host.clone(), format!("{host}.{}", facts.kubernetes.domain)],
            private_key: PrivateKey { algorithm: "ECDSA", size: 256, rotation_policy: "Always" },
            usages: ["digital signature", "server auth"],
            issuer_ref: IssuerRef { group: "cert-manager.io", kind: "Issuer", name: id.name.to_string() },
        },
    }
}

/// A name that no other webhook has: its number, whom it is asked about, and who answers.
fn name(facts: &Facts, id: Id, number: usize, of: Namespace) -> String {
    format!("{of}-{number}.{}.{}.svc.{}", id.name, id.namespace, facts.kubernetes.domain)
}

fn client(id: Id, webhook: &WebhookNode) -> WebhookClientConfig {
    WebhookClientConfig {
        service: Some(ServiceReference {
            name: id.name.to_string(),
            namespace: id.namespace.to_string(),
            path: Some(webhook.path.to_string()),
            port: Some(i32::from(WEBHOOK)),
        }),
        ..WebhookClientConfig::default()
    }
}

/// By the label that Kubernetes sets itself: it is asked about no other namespace, whatever labels that bears.
fn namespaces(of: Namespace) -> LabelSelector {
    LabelSelector {
        match_labels: Some([("kubernetes.io/metadata.name".to_owned(), of.to_string())].into()),
        ..LabelSelector::default()
    }
}

fn rules(webhook: &WebhookNode) -> Vec<RuleWithOperations> {
    let rule = |about: &Admission| {
        let Admission { group, version, resource, operation } = *about;
        let operation = match operation {
            Operation::Create => "CREATE",
            Operation::Update => "UPDATE",
            Operation::Delete => "DELETE",
        };
        RuleWithOperations {
            api_groups: Some(vec![group.to_owned()]),
            api_versions: Some(vec![version.to_owned()]),
            resources: Some(vec![resource.to_owned()]),
            operations: Some(vec![operation.to_owned()]),
            scope: Some("Namespaced".to_owned()),
        }
    };
    webhook.about.iter().map(rule).collect()
}

const fn failure(webhook: &WebhookNode) -> &'static str {
    if webhook.refuses { "Fail" } else { "Ignore" }
}

fn mutating(facts: &Facts, id: Id, number: usize, webhook: &WebhookNode, of: Namespace) -> MutatingWebhook {
    MutatingWebhook {
        name: name(facts, id, number, of),
        admission_review_versions: vec!["v1".to_owned()],
        client_config: client(id, webhook),
        failure_policy: Some(failure(webhook).to_owned()),
        match_policy: Some("Equivalent".to_owned()),
        namespace_selector: Some(namespaces(of)),
        reinvocation_policy: Some("Never".to_owned()),
        rules: Some(rules(webhook)),
        side_effects: "None".to_owned(),
        timeout_seconds: i32::try_from(webhook.timeout).ok(),
        ..MutatingWebhook::default()
    }
}

fn validating(facts: &Facts, id: Id, number: usize, webhook: &WebhookNode, of: Namespace) -> ValidatingWebhook {
    ValidatingWebhook {
        name: name(facts, id, number, of),
        admission_review_versions: vec!["v1".to_owned()],
        client_config: client(id, webhook),
        failure_policy: Some(failure(webhook).to_owned()),
        match_policy: Some("Equivalent".to_owned()),
        namespace_selector: Some(namespaces(of)),
        rules: Some(rules(webhook)),
        side_effects: "None".to_owned(),
        timeout_seconds: i32::try_from(webhook.timeout).ok(),
        ..ValidatingWebhook::default()
    }
}
