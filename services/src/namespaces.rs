//! The namespaces of the services.

use casemate_dsl::prelude::*;

/// The tunnel, and nothing beside it.
pub const CLOUDFLARED: Namespace = namespace!("cloudflared");

/// Places for watching stars.
pub const STARGAZER: Namespace = namespace!("stargazer");

/// Photos of trips.
pub const TRIPS: Namespace = namespace!("trips");
