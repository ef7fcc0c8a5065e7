//! The namespaces of the services.

use casemate_dsl::prelude::*;

/// The tunnel, and nothing beside it.
pub const CLOUDFLARED: Namespace = namespace!("cloudflared");

/// Places for watching stars.
pub const STARGAZER: Namespace = namespace!("stargazer");

/// Photos of trips.
pub const TRIPS: Namespace = namespace!("trips");

/// Agents, and what gives them work.
pub const AGENT_PLATFORM: Namespace = namespace!("agent-platform");

/// The public API.
pub const API_GATEWAY: Namespace = namespace!("api-gateway");

/// What looks after the cluster.
pub const CLUSTER_AGENTS: Namespace = namespace!("cluster-agents");

/// What keeps the dashboards of SigNoz.
pub const DASHBOARDS: Namespace = namespace!("dashboards");

/// Models.
pub const INFERENCE: Namespace = namespace!("inference");

/// Ships.
pub const MARINE: Namespace = namespace!("marine");

/// Models as images.
pub const MODEL_CACHE: Namespace = namespace!("model-cache");

/// The private home page, and what belongs to it.
pub const MONOLITH: Namespace = namespace!("monolith");
