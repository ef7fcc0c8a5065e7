//! Copies models from Hugging Face into images, and points pods that ask for a model at the copy.
//!
//! Hardened on its way here: it started Jobs and changed pods in every namespace; it keeps its caches in its own now. Before its end
//! it ran a shell that its image does not have; it waits. The names of its Secrets stood in variables; nothing reads Secrets here.

use casemate_dsl::prelude::*;

use crate::{images, namespaces};

identity!(pub ModelCacheOperator = "model-cache-operator" in namespaces::MODEL_CACHE);

identity!(pub ModelCopy = "model-copy" in namespaces::MODEL_CACHE);

/// Asked about new pods, by the API server.
const HOOK: Port<ModelCacheOperator, Tls> = port!(9443);

const HEALTH: Port<ModelCacheOperator, Http> = port!(8081);

const TOKENS: Item = item!("tokens", "oci-model-cache");

/// Declares the operator.
pub fn service() -> Deployment<ModelCacheOperator> {
    Deployment::new(
        ModelCacheOperator::container(images::MODEL_CACHE_OPERATOR)
            .resources(cpu!("100m"), memory!("128Mi"))
            .memory_limit(memory!("256Mi"))
            .args(["--leader-elect", "--health-probe-bind-address=:8081", "--metrics-bind-address=0"])
            .serves(HOOK)
            .serves(HEALTH)
            .probes(
                Probes::ready(http(HEALTH, path!("/readyz")).after(seconds!(5)))
                    .alive(http(HEALTH, path!("/healthz")).after(seconds!(15)).every(seconds!(20))),
            )
            .env(var!("POD_NAMESPACE"), PodField::Namespace)
            .env(var!("OCI_REGISTRY"), "ghcr.io/example/models")
            .env(var!("SYNC_SERVICE_ACCOUNT"), "model-copy")
            .env(var!("SYNC_MEMORY_REQUEST"), memory!("4Gi"))
            .env(var!("SYNC_MEMORY_LIMIT"), memory!("8Gi"))
            .env(var!("SYNC_MAX_PARALLEL"), 8)
            .sends_telemetry(Otlp::Grpc)
            .env(var!("HF_TOKEN"), TOKENS.field(field!("hf_token")))
            .webhook_certificate(path!("/tmp/k8s-webhook-server/serving-certs"))
            .may(api::own!("oci-model-cache.jomcgi.dev", "modelcaches").manage())
            .may(api::LEASES.manage())
            .may(api::EVENTS.manage())
            .may(api::JOBS.run(because!("a model is copied by a job of its own")))
            .may(api::PODS.read())
            .pre_stop_sleep(seconds!(5)),
    )
    .grace_period(seconds!(60))
    .webhook(HOOK, Webhook::mutating(path!("/mutate--v1-pod"), api::PODS.created(), namespaces::INFERENCE))
    .creates(
        RuntimePods::of::<ModelCopy>()
            .reaches(External::https(host!("huggingface.co")))
            .reaches(External::https(host!("ghcr.io"))),
    )
    .reaches(External::https(host!("huggingface.co")))
    .reaches(External::https(host!("ghcr.io")))
}
