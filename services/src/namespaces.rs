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

/// Agents at work, each in a sandbox.
pub const AGENT_SANDBOXES: Namespace = namespace!("agent-sandboxes");

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

/// The house's DNS.
pub const ADGUARD: Namespace = namespace!("adguard");

/// What cleans up behind the download managers, which have a namespace of their own.
pub const DECLUTTARR: Namespace = namespace!("decluttarr");

/// What asks whether the others work.
pub const GATUS: Namespace = namespace!("gatus");

/// What fills the mail archive, which has a namespace of its own.
pub const IMAPSYNC: Namespace = namespace!("imapsync");

/// Films and series.
pub const JELLYFIN: Namespace = namespace!("jellyfin");

/// Recipes, and nothing beside them: what runs here can read any web page.
pub const MEALIE: Namespace = namespace!("mealie");

/// Messages of the house's devices.
pub const MOSQUITTO: Namespace = namespace!("mosquitto");

/// Workflows.
pub const N8N: Namespace = namespace!("n8n");

/// Passwords.
pub const VAULTWARDEN: Namespace = namespace!("vaultwarden");

/// Statistics of code.
pub const WAKAPI: Namespace = namespace!("wakapi");
