//! `docs/call-graph.md` before the policies that are rendered.

#![expect(clippy::expect_used, reason = "a test that cannot read the tree stops")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use casemate_oracle::{World, allowed_callers, allowed_pairs, allowed_peers};

/// Caller, callee without what only its Service is named, port.
type Call = (String, String, u16);

fn repository() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn world() -> World {
    World::read(&repository(), "out/homelab").expect("the committed tree can be read")
}

/// The rows of the table that say `verdict`.
fn rows(verdict: &str) -> BTreeSet<Call> {
    let text = fs::read_to_string(repository().join("docs/call-graph.md")).expect("the table is there");
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains('/'));
    rows.map(|line| line.split('|').map(str::trim).collect::<Vec<_>>())
        .filter(|cells| cells[4] == verdict)
        .map(|cells| (cells[1].to_owned(), cells[2].to_owned(), cells[3].parse().expect("a port is a number")))
        .collect()
}

fn namespace(id: &str) -> String {
    id.split('/').next().unwrap_or(id).to_owned()
}

/// A peer's namespace, or the addresses of what is in none.
fn origin(caller: &str) -> String {
    if caller.starts_with(|c: char| c.is_ascii_digit()) { caller.to_owned() } else { namespace(caller) }
}

#[test]
fn what_is_kept_is_allowed_and_nothing_else_is() {
    let pairs = allowed_pairs(&world());
    let among_services: BTreeSet<String> = pairs.iter().map(|(_, callee, _)| callee.clone()).collect();
    let (declared_pairs, declared_peers): (BTreeSet<Call>, BTreeSet<Call>) =
        rows("kept").into_iter().partition(|(_, callee, _)| among_services.contains(callee));
    let homelab: BTreeSet<Call> = pairs.into_iter().filter(|(_, callee, _)| is_of_the_homelab(callee)).collect();
    assert_eq!(homelab, declared_pairs);

    let opened: BTreeSet<Call> = allowed_peers(&world())
        .into_iter()
        .filter(|peer| is_of_the_homelab(&peer.caller))
        .map(|peer| (peer.caller, peer.namespace, peer.port))
        .collect();
    let declared: BTreeSet<Call> =
        declared_peers.into_iter().map(|(caller, callee, port)| (caller, namespace(&callee), port)).collect();
    assert_eq!(opened, declared);
}

#[test]
fn whoever_is_called_from_outside_of_the_services_is_in_the_table() {
    let callers: BTreeSet<Call> = allowed_callers(&world())
        .into_iter()
        .filter(|caller| is_of_the_homelab(&caller.callee))
        .map(|caller| (caller.caller, caller.callee, caller.port))
        .collect();
    let declared: BTreeSet<Call> =
        rows("called").into_iter().map(|(caller, callee, port)| (origin(&caller), callee, port)).collect();
    assert_eq!(callers, declared);
}

#[test]
fn no_row_is_said_twice() {
    for (one, other) in [("kept", "left out"), ("kept", "called")] {
        let both: Vec<Call> = rows(one).intersection(&rows(other)).cloned().collect();
        assert!(both.is_empty(), "{one} and {other}: {both:?}");
    }
    assert!(rows("kept").len() > 30, "the table was read");
}

/// Whether a workload is one of those whose calls the table lists: the other applications came from elsewhere.
fn is_of_the_homelab(id: &str) -> bool {
    const NAMESPACES: &[&str] = &[
        "agent-platform",
        "agent-sandboxes",
        "api-gateway",
        "cloudflared",
        "cluster-agents",
        "dashboards",
        "inference",
        "marine",
        "model-cache",
        "monolith",
        "stargazer",
        "trips",
    ];
    NAMESPACES.contains(&namespace(id).as_str())
}
