// Nobody excuses himself from what nobody is granted (security model, anti-patterns: overprivileged service accounts).

use casemate_dsl::prelude::*;

/// Somebody.
pub struct Me;

/// Something that the writer's own trait says.
#[allow(dead_code, reason = "it shows what the writer wants")]
pub trait Allows {
    /// What.
    fn never() -> casemate_dsl::view::ApiNeed;
}

#[rustfmt::skip]
impl Allows for Me {
    fn never() -> casemate_dsl::view::ApiNeed {
        casemate_dsl::api::Grantable::need(api::PODS.read())
    }
}

fn main() {
    let _ = Me;
}
