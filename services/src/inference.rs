//! The language model: vLLM on the GPU of one node.
//!
//! Hardened on its way here: it ran as root, outside of the mesh, with a writable root file system, since it compiles kernels as it
//! starts. What it compiles lies in a claim now.

use casemate_dsl::prelude::*;

use crate::{images, namespaces};

identity!(pub Inference = "inference" in namespaces::INFERENCE);

/// Completions, in the form of OpenAI's API.
pub const API: Port<Inference, Http> = port!(8080);

/// What callers name.
pub const MODEL_NAME: &str = "qwen3.6-27b";

/// The weights, as an image.
const MODEL: ImageVolume = ImageVolume::of(name!("model"), images::QWEN_3_6_27B);

/// Compiled kernels, which the next start finds.
const CACHE: Claim = Claim::own(name!("cache"), storage!("2Gi")).disposable();

/// Declares the model.
pub fn service() -> Deployment<Inference> {
    Deployment::new(
        Inference::container(images::VLLM)
            .resources(cpu!("4"), memory!("24Gi"))
            .memory_limit(memory!("32Gi"))
            .device(device!("nvidia.com/gpu"), 1)
            .serves(API)
            .metrics(API, path!("/metrics"))
            .probes(
                Probes::ready(http(API, path!("/health")).every(seconds!(5)))
                    .alive(http(API, path!("/health")).every(seconds!(15)))
                    .started(http(API, path!("/health")).after(seconds!(30)).failing_after(180)),
            )
            .command(["/bin/sh", "/etc/inference/serve.sh"])
            .env(var!("MODEL_NAME"), MODEL_NAME)
            .env(var!("HOME"), "/cache")
            .env(var!("VLLM_CACHE_ROOT"), "/cache/vllm")
            .env(var!("TRITON_CACHE_DIR"), "/cache/triton")
            .env(var!("TORCHINDUCTOR_CACHE_DIR"), "/cache/inductor")
            .env(var!("VLLM_NO_USAGE_STATS"), 1)
            .reads(MODEL, path!("/model-image"))
            .directory(
                path!("/etc/inference"),
                Files::new()
                    .text(file_name!("serve.sh"), include_str!("../config/inference.sh"))
                    .text(file_name!("chat-template.jinja"), include_str!("../config/inference-chat-template.jinja")),
            )
            .mounts(CACHE, path!("/cache"))
            .shared_memory(memory!("1Gi"))
            .scratch(path!("/tmp")),
    )
    .recreate()
    .runtime(runtime_class!("nvidia"))
    .on_nodes(node_label!("kubernetes.io/hostname", "node-4"))
}
