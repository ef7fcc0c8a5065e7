//! Renders the homelab.
fn main() {}
