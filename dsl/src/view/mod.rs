//! Views: finished declarations, for the generator to read.
//!
//! Every field is public, so that a view is taken apart without `..` and a new field does not compile until somebody decided
//! what it means. Nobody outside of this crate can make one (they hold a seal), copy one, or hand one to a public function.

mod access;
mod chart;
mod container;
mod created;
mod database;
mod edge;
mod exposure;
mod placement;
mod storage;
mod text;
mod webhook;
mod workload;

pub use crate::cluster::view::*;
pub use access::{ApiNeed, Offer, Verbs, Within};
pub use chart::{Chart, Installed, OurChart, PodSecurity};
pub use container::{Container, Device, Metrics, PreStop, Probe, ProbeAction, Probes, Resources};
pub use created::RuntimePods;
pub use database::{Database, DatabaseField, DatabaseKey};
pub use edge::{
    Address, AddressForm, CalledPort, Endpoint, External, ExternalProtocol, Outside, PeerCaller, PeerEndpoint,
    PeerMesh, Protocol, ServedPort,
};
pub use exposure::{Decision, ExposedPort, Exposure, Origin};
pub use placement::{HostAlias, Placement, Spread, Taint, TaintEffect};
pub use storage::{
    AccessMode, Claim, ClaimKind, File, FileContents, ImageVolume, Mount, MountSource, Scratch, Volume, VolumeSource,
};
pub use text::{ConfigText, EnvValue, EnvVar, PodField, TemplateValue};
pub use webhook::{Admission, Operation, Webhook, WebhookAt};
pub use workload::{Concurrency, History, InitContainer, Kind, Replicas, Rollout, Run, Service};
