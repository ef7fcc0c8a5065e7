//! Exposure: hostnames of the tunnel, and who may see what stands behind them.

use casemate_dsl::prelude::*;

use crate::example::{API, STAFF, TUNNEL, cluster, ledger};
use crate::means;

#[test]
fn exposed_to_an_audience() {
    let ledger = Deployment::new(ledger()).exposed(API, host!("ledger.example.com").for_audience(STAFF));
    means!(
        "exposed-to-an-audience",
        cluster().tunnel(TUNNEL).runs(ledger),
        ["services/cloudflared", "services/payments/ledger", "argocd/services/appproject-cloudflared.yaml"]
    );
}

#[test]
fn exposed_to_everybody() {
    let exposure = host!("rates.example.com").public(because!("exchange rates are for everybody"));
    let ledger = Deployment::new(ledger()).exposed(API, exposure);
    means!(
        "exposed-to-everybody",
        cluster().tunnel(TUNNEL).runs(ledger),
        ["services/cloudflared", "services/payments/ledger"]
    );
}

const ARGOCD: Peer = Peer::unmeshed(
    name!("argocd"),
    label!("app.kubernetes.io/name", "argocd-server"),
    because!("Argo CD deploys the mesh"),
);

const SERVER: PeerPort<Http> = ARGOCD.port(name!("argocd-server"), port_number!(80)).at_pod_port(port_number!(8080));

#[test]
fn exposed_peer() {
    let cluster = cluster().tunnel(TUNNEL).exposes(SERVER, host!("argocd.example.com").for_audience(STAFF));
    means!("exposed-peer", cluster, ["services/cloudflared"]);
}

#[test]
fn tunnel_without_hostnames() {
    means!("tunnel-without-hostnames", cluster().tunnel(TUNNEL), ["services/cloudflared"]);
}
