//! The applications before the policies that are rendered: who may call them, and whom they may call.

#![expect(clippy::expect_used, reason = "a test that cannot read the tree stops")]

use std::collections::BTreeSet;
use std::path::Path;

use casemate_oracle::{World, allowed_callers, allowed_datagrams, allowed_pairs, allowed_peers};

const APPS: &[&str] =
    &["adguard", "decluttarr", "gatus", "imapsync", "jellyfin", "mealie", "mosquitto", "n8n", "vaultwarden", "wakapi"];

/// What has pages: the tunnel shows them, and Gatus asks them for their health.
const PAGES: &[(&str, u16)] = &[
    ("adguard/adguard", 3000),
    ("jellyfin/jellyfin", 8096),
    ("mealie/mealie", 9000),
    ("n8n/n8n", 5678),
    ("vaultwarden/vaultwarden", 8080),
    ("wakapi/wakapi", 3000),
];

/// Ports that a caller without identity calls. Linkerd knows those by their network alone, so whoever may call another port of the
/// same pods may call these, too.
const BY_NETWORK: &[(&str, u16)] = &[("adguard/adguard", 53)];

type Call = (String, String, u16);

fn world() -> World {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    World::read(&repository, "out/homelab").expect("the committed tree can be read")
}

fn is_app(id: &str) -> bool {
    id.split_once('/').is_some_and(|(namespace, name)| namespace == name && APPS.contains(&name))
}

fn calls(calls: &[(&str, &str, u16)]) -> BTreeSet<Call> {
    calls.iter().map(|(from, to, port)| ((*from).to_owned(), (*to).to_owned(), *port)).collect()
}

#[test]
fn the_tunnel_and_gatus_call_the_pages_and_nobody_else_calls() {
    let pairs = allowed_pairs(&world());
    let found: BTreeSet<Call> =
        pairs.into_iter().filter(|(caller, callee, _)| is_app(caller) || is_app(callee)).collect();
    let mut declared = calls(&[("cloudflared/cloudflared", "gatus/gatus", 8080)]);
    for (page, port) in PAGES.iter().chain(BY_NETWORK) {
        declared.extend(calls(&[("cloudflared/cloudflared", page, *port), ("gatus/gatus", page, *port)]));
    }
    assert_eq!(found, declared);
    assert_eq!(allowed_datagrams(&world()), BTreeSet::new(), "no service asks the house's DNS");
}

#[test]
fn the_gateway_of_the_lan_and_the_collector_call_what_they_are_declared_to() {
    let found: BTreeSet<Call> = allowed_callers(&world())
        .into_iter()
        .filter(|caller| is_app(&caller.callee))
        .map(|caller| (caller.caller, caller.callee, caller.port))
        .collect();
    let declared = calls(&[
        ("envoy-gateway-system", "adguard/adguard", 53),
        ("envoy-gateway-system", "mosquitto/mosquitto", 1883),
        ("telemetry", "adguard/adguard", 4143),
        ("telemetry", "gatus/gatus", 4143),
        ("telemetry", "n8n/n8n", 4143),
        ("telemetry", "wakapi/wakapi", 4143),
    ]);
    assert_eq!(found, declared);
}

#[test]
fn they_call_the_declared_peers_and_no_other() {
    let found: BTreeSet<Call> = allowed_peers(&world())
        .into_iter()
        .filter(|peer| is_app(&peer.caller))
        .map(|peer| (peer.caller, peer.namespace, peer.port))
        .collect();
    let declared = calls(&[
        ("decluttarr/decluttarr", "downloads", 7878),
        ("decluttarr/decluttarr", "downloads", 8989),
        ("imapsync/imapsync", "mail-archive", 143),
        ("mealie/mealie", "mealie", 5432),
        ("n8n/n8n", "smtp-relay", 25),
        ("vaultwarden/vaultwarden", "smtp-relay", 25),
        ("wakapi/wakapi", "smtp-relay", 25),
    ]);
    assert_eq!(found, declared);
}
