//! Turns texts into vectors: llama.cpp on the processor of the node that has the model.
//!
//! Hardened on its way here: it ran as root with a writable root file system, and nothing it does needs either.

use casemate_dsl::prelude::*;

use crate::{images, namespaces};

identity!(pub InferenceEmbeddings = "inference-embeddings" in namespaces::INFERENCE);

/// Embeddings, in the form of OpenAI's API.
pub const API: Port<InferenceEmbeddings, Http> = port!(8080);

/// The weights, as an image.
const MODEL: ImageVolume = ImageVolume::of(name!("model"), images::VOYAGE_4_NANO);

/// Declares the embeddings.
pub fn service() -> Deployment<InferenceEmbeddings> {
    Deployment::new(
        InferenceEmbeddings::container(images::LLAMA_CPP)
            .resources(cpu!("2"), memory!("4Gi"))
            .memory_limit(memory!("8Gi"))
            .serves(API)
            .probes(
                Probes::ready(http(API, path!("/health")))
                    .alive(http(API, path!("/health")))
                    .started(http(API, path!("/health")).after(seconds!(10)).every(seconds!(5)).failing_after(60)),
            )
            .command(["/bin/sh", "/etc/embeddings/serve.sh"])
            .config(path!("/etc/embeddings/serve.sh"), include_str!("../config/inference-embeddings.sh"))
            .reads(MODEL, path!("/model-image"))
            .shared_memory(memory!("256Mi"))
            .scratch(path!("/tmp")),
    )
    .recreate()
    .on_nodes(node_label!("kubernetes.io/hostname", "node-4"))
}
