// A protocol is one of those that the mesh knows (design, section 4).

use casemate_dsl::prelude::*;

/// Mail.
pub enum Smtp {}

/// Something that the writer's own trait says.
#[allow(dead_code, reason = "it shows what the writer wants")]
pub trait Speaks {
    /// What it is.
    const KIND: casemate_dsl::view::Protocol;
}

#[rustfmt::skip]
impl casemate_dsl::Protocol for Smtp { // refused
    const KIND: casemate_dsl::view::Protocol = casemate_dsl::view::Protocol::Http;
}

fn main() {
    let _: Option<Smtp> = None;
    let _ = name!("mail");
}
