//! What the services talk to and others run.

pub mod argocd;
pub mod longhorn;
pub mod nats;
pub mod seaweedfs;
pub mod signoz;
