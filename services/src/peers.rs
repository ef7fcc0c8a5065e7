//! What the services talk to and others run.

pub mod agent_nats;
pub mod argocd;
pub mod atlas;
pub mod context_forge;
pub mod gpu_operator;
pub mod lan;
pub mod longhorn;
pub mod mail;
pub mod media;
pub mod nats;
pub mod seaweedfs;
pub mod signoz;
pub mod telemetry;
