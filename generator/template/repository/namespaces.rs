//! The namespaces of the services.

use casemate_dsl::prelude::*;

/// The tunnel, and nothing beside it.
pub const CLOUDFLARED: Namespace = namespace!("cloudflared");

/// The first service.
pub const HELLO: Namespace = namespace!("hello");
