//! How the tunnel connects to a port: each setting said once, and within what cloudflared takes.

use std::ops::RangeInclusive;

use casemate_dsl::said::{Said, Setting};
use casemate_dsl::view;
use casemate_dsl::word::Seconds;

use crate::graph::Origin;
use crate::resolve::finding::Findings;

/// How many idle connections can be kept; 0 would mean any number to cloudflared.
const CONNECTIONS: RangeInclusive<u16> = 1..=10_000;

/// The settings of the exposure of `what`.
pub(super) fn origin(findings: &mut Findings, whose: &str, what: &str, declared: view::Origin) -> Origin {
    let view::Origin {
        connect_timeout,
        keep_alive_connections,
        keep_alive_timeout,
        tcp_keep_alive,
        without_chunks,
        seal: _,
    } = declared;
    let mut seconds = |setting: &str, said: Setting<Seconds>| {
        findings.once(whose, &format!("{setting} of {what}"), said).map(|said| said.what.number())
    };
    let connect_timeout = seconds("the time to connect", connect_timeout);
    let keep_alive_timeout = seconds("the time for which idle connections are kept", keep_alive_timeout);
    let tcp_keep_alive = seconds("the interval of TCP", tcp_keep_alive);
    let connections =
        findings.once(whose, &format!("the number of idle connections of {what}"), keep_alive_connections);
    if let Some(Said { what: number, at }) = &connections
        && !CONNECTIONS.contains(number)
    {
        let wrong = format!("{number} idle connections cannot be kept for {what}");
        findings.add(whose, at, wrong, "say 1 to 10000, or leave it out: cloudflared keeps 100");
    }
    let without_chunks = findings.once(whose, &format!("the encoding of bodies of {what}"), without_chunks);
    Origin {
        connect_timeout,
        keep_alive_connections: connections.map(|said| said.what),
        keep_alive_timeout,
        tcp_keep_alive,
        without_chunks: without_chunks.is_some(),
    }
}
