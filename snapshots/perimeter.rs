//! Exposure: hostnames of the tunnel, and who may see what stands behind them.

use casemate_dsl::prelude::*;

use crate::example::{API, Ledger, STAFF, TUNNEL, cluster, ledger};
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

#[test]
fn exposed_paths_of_a_hostname() {
    const BOOKS: Port<Ledger, Http> = port!(9090);
    const HOST: Host = host!("ledger.example.com");
    let ledger = Deployment::new(ledger().serves(BOOKS))
        .exposed(API, HOST.for_audience(STAFF))
        .exposed(BOOKS, HOST.under(path!("/books")).for_audience(STAFF))
        .exposed(API, HOST.under(path!("/books/v1.2")).for_audience(STAFF));
    means!(
        "exposed-paths-of-a-hostname",
        cluster().tunnel(TUNNEL).runs(ledger),
        ["services/cloudflared/cloudflared", "services/payments/ledger"]
    );
}

#[test]
fn exposed_with_settings_of_connections() {
    let exposure = host!("ledger.example.com")
        .for_audience(STAFF)
        .connect_timeout(seconds!(10))
        .keep_alive_connections(20)
        .keep_alive_timeout(seconds!(30))
        .tcp_keep_alive(seconds!(15))
        .without_chunked_encoding();
    let ledger = Deployment::new(ledger()).exposed(API, exposure);
    means!(
        "exposed-with-settings-of-connections",
        cluster().tunnel(TUNNEL).runs(ledger),
        ["services/cloudflared/cloudflared"]
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
fn exposed_path_of_a_peer() {
    let exposure = host!("tools.example.com").under(path!("/argocd")).for_audience(STAFF).connect_timeout(seconds!(5));
    means!(
        "exposed-path-of-a-peer",
        cluster().tunnel(TUNNEL).exposes(SERVER, exposure),
        ["services/cloudflared/cloudflared"]
    );
}

#[test]
fn tunnel_without_hostnames() {
    means!("tunnel-without-hostnames", cluster().tunnel(TUNNEL), ["services/cloudflared"]);
}
