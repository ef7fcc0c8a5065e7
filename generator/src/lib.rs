//! The generator of Casemate.

#[allow(dead_code, reason = "rendering, which writes with it, is being built beside it")]
mod yaml;
