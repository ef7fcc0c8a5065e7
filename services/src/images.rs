//! What runs, in which version: every image of the catalogue, where Renovate edits it.
//!
//! A change that touches nothing but this page and what is rendered from it changes no declaration.

use casemate_dsl::prelude::*;

pub(crate) const ADGUARD: Image = image!(
    "docker.io/adguard/adguardhome:v0.107.79@sha256:aba9e3bf0613be3ba3755e1fc311b126e2c24bec25e18b6483894a88283074f0"
);

pub(crate) const ADGUARD_EXPORTER: Image = image!(
    "ghcr.io/sholdee/adguard-exporter:2.1.2@sha256:5239843400a5e05bebf5c0b0f35b6f7724a02afdc90e3be3711b0a4abe95b5da"
);

pub(crate) const AGENT_ORCHESTRATOR: Image = image!(
    "ghcr.io/jomcgi/homelab/projects/agent_platform/orchestrator:main@sha256:162ba9a14ed2358525dc8e09c52c6a36f5d0e1accc7c1b64d000b14a20020da6"
);

pub(crate) const AGENT_SANDBOX_CONTROLLER: Image =
    image_awaiting_digest!("registry.k8s.io/agent-sandbox/agent-sandbox-controller:v0.1.1");

pub(crate) const CLOUDFLARED: Image = image!(
    "docker.io/cloudflare/cloudflared:2026.6.1@sha256:6d91c121b803126f7a5344005d17a9324788fc09d305b6e2560ec6040a7ae283"
);

pub(crate) const CLUSTER_AGENTS: Image = image!(
    "ghcr.io/jomcgi/homelab/projects/agent_platform/cluster_agents:main@sha256:7724bd0b50026e3241c8d898cca56a36c869defba3225c8dee21a4ae779606d7"
);

pub(crate) const DASHBOARDS: Image = image!(
    "ghcr.io/jomcgi/homelab/projects/platform/signoz-addons/dashboard-sidecar/cmd:0.1.0@sha256:4f25ec7a2419da0e933caa7cddf296e68558b093ed2c57690b5b42bace397ec9"
);

pub(crate) const DECLUTTARR: Image = image!(
    "ghcr.io/manimatter/decluttarr:v2.1.0@sha256:c06d48426b612b845f2406c2d045f266468a6390faf87aea796d497a2935ec95"
);

pub(crate) const GATUS: Image =
    image!("ghcr.io/twin/gatus:v5.36.0@sha256:c5f210d095fa78e6efaa20ffeb14803f2ba4f10615e16a6d12087697149617f0");

pub(crate) const GATUS_SIDECAR: Image = image!(
    "ghcr.io/home-operations/gatus-sidecar:0.5.1@sha256:221084ee862aecfa95b7797c66a4578e47a0bd08ea2c173fd6814a58e556b319"
);

pub(crate) const IMAPSYNC: Image = image!(
    "docker.io/gilleslamiral/imapsync:2.319@sha256:161336e1a6db587bc42ea1126cfc9b6afa67ea92b408ea4c4454f7f771561aa4"
);

pub(crate) const JELLYFIN: Image = image!(
    "ghcr.io/jellyfin/jellyfin:10.11.11@sha256:45f648c382a0c8b552582fcea40e95cb17c5d475473a891cba0eb7523fb92112"
);

pub(crate) const KUBECTL: Image =
    image!("docker.io/alpine/kubectl:1.35.0@sha256:e7e078c7bb25012141e5957d500834b2a5b266d6de20ecfa862b30d8a892fc7e");

pub(crate) const LLAMA_CPP: Image = image!(
    "ghcr.io/ggml-org/llama.cpp:server-cuda-b10236@sha256:fd68d13013141833e8214ecad6e1fbefb532db6a00b980cdecfe33603dbf2675"
);

pub(crate) const MARINE_API: Image = image!(
    "ghcr.io/jomcgi/homelab/projects/ships/backend:main@sha256:509b933e6b59179016f0b6dfe83e8fd1c9e11c3a4b080cea3623532af9ea5758"
);

pub(crate) const MARINE_FRONTEND: Image = image!(
    "ghcr.io/jomcgi/homelab/projects/ships/frontend:main@sha256:58b1fadd2faa6a92be5f30907b45369faa3dab1388e935bb679f32a9170c53b9"
);

pub(crate) const MARINE_INGEST: Image = image!(
    "ghcr.io/jomcgi/homelab/projects/ships/ingest:main@sha256:ebd84ad37527c7ceb987c7c230474f88df63f4f97111dfb449b80214cbf135ec"
);

pub(crate) const MEALIE: Image = image!(
    "ghcr.io/mealie-recipes/mealie:v3.23.1@sha256:5fc5cebedddb3952c1ee78f20faf42ab7e49986813fd314745aa97978a4a13eb"
);

pub(crate) const MODEL_CACHE_OPERATOR: Image = image!(
    "ghcr.io/jomcgi/homelab/projects/operators/oci-model-cache:main@sha256:ffd70e3da58675d6004b42a9ee27fd2412211c5e030a2cbe4a11cb9e4ab73045"
);

pub(crate) const MONOLITH_BACKEND: Image =
    image_awaiting_digest!("ghcr.io/jomcgi/homelab/projects/monolith/backend:main");

pub(crate) const MONOLITH_FRONTEND: Image =
    image_awaiting_digest!("ghcr.io/jomcgi/homelab/projects/monolith/frontend:main");

pub(crate) const MONOLITH_OBSIDIAN: Image =
    image_awaiting_digest!("ghcr.io/jomcgi/homelab/projects/monolith/obsidian-image:main");

pub(crate) const MOSQUITTO: Image = image!(
    "docker.io/library/eclipse-mosquitto:2.0.22@sha256:212f89e1eaeb2c322d6441b64396e3346026674db8fa9c27beac293405c32b3c"
);

pub(crate) const N8N: Image =
    image!("ghcr.io/n8n-io/n8n:stable@sha256:f5140088385af2d4e681e177d8264bcb41e8fe126062030c5c65cd8f3e1605e1");

pub(crate) const NGINX: Image = image!(
    "docker.io/nginxinc/nginx-unprivileged:1.31.2-alpine@sha256:054e14f543eb688809d59ec2ad1644d1a61678e247c87a318ad605977eb37eaf"
);

pub(crate) const QWEN_3_6_27B: Image =
    image_awaiting_digest!("ghcr.io/jomcgi/models/qwen/qwen3.6-27b:lorbus-qwen3.6-27b-int4-autoround");

pub(crate) const SEARXNG: Image = image!(
    "ghcr.io/searxng/searxng:2026.8.20-487d7a96e@sha256:1808478ceb295bdb87e70f069e3d4ef1a0abd318e2a10d550f0a31fc839a745d"
);

pub(crate) const STARGAZER: Image = image!(
    "ghcr.io/jomcgi/homelab/projects/stargazer:main@sha256:0700ad9da4e4c014e1b036107d1a674e5cfa497a9b7f151e054b64d198907497"
);

pub(crate) const STARGAZER_API: Image = image!(
    "docker.io/nginxinc/nginx-unprivileged:1.31.2-alpine@sha256:054e14f543eb688809d59ec2ad1644d1a61678e247c87a318ad605977eb37eaf"
);

pub(crate) const TRIPS_API: Image = image_awaiting_digest!("ghcr.io/jomcgi/homelab/projects/trips/backend:main");

pub(crate) const TRIPS_IMGPROXY: Image = image_awaiting_digest!("docker.io/darthsim/imgproxy:v3.25.0");

pub(crate) const TRIPS_NGINX: Image = image!(
    "docker.io/nginxinc/nginx-unprivileged:1.31.2-alpine@sha256:054e14f543eb688809d59ec2ad1644d1a61678e247c87a318ad605977eb37eaf"
);

pub(crate) const VAULTWARDEN: Image = image!(
    "ghcr.io/dani-garcia/vaultwarden:1.37.2@sha256:094b5689ed81549bd293418395c7cf495ae9d960fc2d4928cef2083ef913d912"
);

pub(crate) const VLLM: Image = image!(
    "docker.io/vllm/vllm-openai:v0.27.1@sha256:0a51ea5b4ae2dc5d81890e5173f54203d2a3ae0cfffe51b8fd2afd4391bfd967"
);

pub(crate) const VOYAGE_4_NANO: Image =
    image_awaiting_digest!("ghcr.io/jomcgi/models/voyageai/voyage-4-nano:jsonmartin-gguf-q8-0");

pub(crate) const WAKAPI: Image =
    image!("ghcr.io/muety/wakapi:2.17.6@sha256:00662767731a6797d4be02cbc6c3f32b7ff8d0c683ee10ec5612856d4efbb3bf");

pub(crate) const WAKATIME_EXPORTER: Image = image!(
    "docker.io/macropower/wakatime-exporter:0.1.0@sha256:dbb05debb7854396c4db3da962f1c9acf3e117e755cc26808f6da518ee5ba7ee"
);
