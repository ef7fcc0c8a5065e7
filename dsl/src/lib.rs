//! The language of Casemate: declarations of services that cannot say anything insecure.
//!
//! A service is an identity, its ports, and one function that returns a workload. What the types do not offer, no manifest can
//! contain: a root user, a writable root file system, an added capability, an image without digest, a literal password, an open
//! port. What a service needs, it says, and gets exactly that.
//!
//! ```
//! use casemate_dsl::prelude::*;
//!
//! identity!(pub Ledger = "ledger" in namespace!("payments"));
//!
//! /// Takes bookings from other services.
//! pub const API: Port<Ledger, Http> = port!(8080);
//!
//! const DB: Item = item!("ledger-db");
//! const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
//!
//! /// Declares the ledger.
//! pub fn service() -> Deployment<Ledger> {
//!     Deployment::new(
//!         Ledger::container(IMAGE)
//!             .resources(cpu!("250m"), memory!("256Mi"))
//!             .serves(API)
//!             .probes(Probes::http(API, path!("/healthz")))
//!             .env(var!("LOG_LEVEL"), "info")
//!             .env(var!("DB_PASSWORD"), DB.field(field!("password")))
//!             .scratch(path!("/tmp")),
//!     )
//!     .replicas(3)
//!     .reaches(External::https(host!("api.example.org")))
//! }
//! ```
//!
//! # What cannot be said
//!
//! Each refusal is one compile error, in a sentence that says the way that works, at the line that caused it; the files in
//! `tests/refused` show every one beside a twin that compiles. Types prove each declaration. What only the whole set shows (two
//! identities with one name, a call to a service that nobody listed) the generator's `resolve` reports, all of it at once.
//!
//! # What is missing
//!
//! Rights in another service's namespace; webhooks about a service's own custom resources.

#![forbid(unsafe_code)]
#![deny(missing_debug_implementations)]

pub mod api;
pub mod chart;
pub mod said;
pub mod view;
pub mod word;

mod claim;
mod cluster;
mod config;
mod container;
mod created;
mod database;
mod downward;
mod endpoint;
mod env;
mod exposure;
mod external;
mod files;
mod identity;
mod image_volume;
mod peer;
mod port;
pub mod prelude;
mod probe;
mod scale;
mod scratch;
mod seal;
mod secret;
mod slots;
mod volume;
mod webhook;
mod workload;

pub use chart::{Chart, Installs};
pub use claim::Claim;
pub use cluster::{
    ApiServers, ArgoCd, Bound, Cluster, ClusterNetworks, ContainerLimits, Dns, GatewayApi, Kubernetes, Linkerd,
    Networks, Observability, OnePassword, Otlp, Plugin, ProxyResources, Quota, Tunnel,
};
pub use config::{ConfigText, Executable, Template, TemplateValue, executable, template};
pub use container::{Container, EndingContainer, ReadyContainer};
pub use created::{Creatable, RuntimePods};
pub use database::{CloudNativePg, Database, DatabaseField};
pub use downward::{ContainerResource, PodField, ShownInFiles, ShownInVariables, shown};
pub use endpoint::{Address, Callee};
pub use env::{EnvValue, Fits};
pub use exposure::{Decided, Exposure, PathPrefix};
pub use external::{External, Reachable};
pub use files::{Files, Filled, filled};
pub use identity::{Identity, Workload};
pub use image_volume::ImageVolume;
pub use peer::{Caller, Calling, OfPeer, Peer, PeerPort};
pub use port::{Grpc, Http, OwnPort, Port, Protocol, Served, SpeaksHttp, SpeaksTls, Tcp, Tls, Udp};
pub use probe::{Probe, ProbedInTheMesh, Probes, ProbesOf, Probing, exec, http};
pub use scale::{Between, Replicas, SaidBesideReplicas, between};
pub use scratch::Scratch;
pub use secret::{Item, SecretField};
pub use slots::{Stated, StatesNoProbes, StatesProbes, StatesResources, Unsaid, Unset};
pub use volume::{Part, Readable, Writable};
pub use webhook::{Asked, Webhook};
pub use workload::{
    Concurrency, CronJob, DaemonSet, Deployment, Job, Placed, Runs, Service, Spread, StatefulSet, Taint, kind,
};
