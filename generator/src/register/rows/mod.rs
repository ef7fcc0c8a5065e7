//! The rows, a file for each chapter of the security model.

pub(super) mod anti_patterns;
pub(super) mod checklist;
pub(super) mod containers;
pub(super) mod mesh;
pub(super) mod network;
pub(super) mod perimeter;
pub(super) mod policy;
pub(super) mod runtime;
pub(super) mod secrets;
