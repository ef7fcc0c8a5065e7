//! The namespaces of the services.

use casemate_dsl::prelude::*;

/// The tunnel, and nothing beside it.
pub const CLOUDFLARED: Namespace = namespace!("cloudflared");

/// Bookings, and who pays.
pub const PAYMENTS: Namespace = namespace!("payments");

/// What customers see.
pub const SHOP: Namespace = namespace!("shop");
