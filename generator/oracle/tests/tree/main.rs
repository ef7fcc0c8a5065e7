//! The good tree passes; every broken twin of it is found, by the rule that is meant to find it.

#![expect(
    clippy::expect_used,
    reason = "a test may stop at the first surprise; clippy sees this only in the tests themselves"
)]

mod breach;
mod broken;
mod closed_world;
mod cloudflared;
mod good;
mod reach;
mod rights;
mod sample;
mod sidecar;
mod waves;
