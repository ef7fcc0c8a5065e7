//! Paths of a hostname that lead to different ports.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, Ledger, STAFF, TUNNEL, cluster, ledger};
use crate::{accepted, deployed, refused};

const HOST: Host = host!("ledger.example.com");
const AUDITORS: Audience = audience!("2a7b9c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f1a3b5c7d9e1f3a5b7c9d1e3f5a7b");
const SERVED_TOO: Port<Ledger, Http> = port!(9090);

/// A ledger that serves two ports.
fn serving_two(said: impl FnOnce(Deployment<Ledger>) -> Deployment<Ledger>) -> Cluster {
    cluster().tunnel(TUNNEL).runs(said(Deployment::new(ledger().serves(SERVED_TOO))))
}

#[test]
fn a_path_is_exposed_once() {
    let (api, books) = (HOST.under(path!("/api")), HOST.under(path!("/books")));
    accepted(serving_two(|it| it.exposed(API, api.for_audience(STAFF)).exposed(SERVED_TOO, books.for_audience(STAFF))));
    let twice = serving_two(|it| {
        it.exposed(API, api.for_audience(STAFF)).exposed(SERVED_TOO, HOST.under(path!("/api")).for_audience(STAFF))
    });
    assert_snapshot!(refused(twice), @r#"
    payments/ledger: ledger.example.com/api is exposed twice: payments/ledger has it at exposed_paths.rs on the same line
      --> exposed_paths.rs `exposed(SERVED_TOO, HOST.under(path!("/api")).for_audience(STAFF))`
      instead: it leads to one port: choose another hostname, or another path of it, `.under(path!("/api"))`
    "#);
}

#[test]
fn a_path_has_one_spelling() {
    let exposed = |path| serving_two(|it| it.exposed(API, HOST.under(path).for_audience(STAFF)));
    accepted(exposed(path!("/.well-known/books_v1.2~a-b")));
    assert_snapshot!(refused(exposed(path!("/%61pi"))), @"
    payments/ledger: ledger.example.com has the path /%61pi, which a URL or an expression reads otherwise
      --> exposed_paths.rs `exposed(API, HOST.under(path).for_audience(STAFF))`
      instead: name paths of letters, digits, `-`, `_`, `.`, `~` and slashes
    ");
    assert_snapshot!(refused(exposed(path!("/api(v1|v2)"))), @"
    payments/ledger: ledger.example.com has the path /api(v1|v2), which a URL or an expression reads otherwise
      --> exposed_paths.rs `exposed(API, HOST.under(path).for_audience(STAFF))`
      instead: name paths of letters, digits, `-`, `_`, `.`, `~` and slashes
    ");
    assert_snapshot!(refused(exposed(path!("/"))), @"
    payments/ledger: ledger.example.com/ is the whole hostname
      --> exposed_paths.rs `exposed(API, HOST.under(path).for_audience(STAFF))`
      instead: leave `.under(..)` out
    ");
}

#[test]
fn all_paths_of_a_hostname_have_one_audience() {
    let exposed = |audience| {
        serving_two(|it| {
            it.exposed(API, HOST.for_audience(STAFF))
                .exposed(SERVED_TOO, HOST.under(path!("/admin")).for_audience(audience))
        })
    };
    accepted(exposed(STAFF));
    assert_snapshot!(refused(exposed(AUDITORS)), @r#"
    payments/ledger: ledger.example.com/admin is decided otherwise than ledger.example.com, which payments/ledger has at exposed_paths.rs above
      --> exposed_paths.rs `exposed(SERVED_TOO, HOST.under(path!("/admin")).for_audience(audience))`
      instead: decide once for all paths of a hostname, or choose another hostname: URLs spell a path in many ways (`%61`, `//`, `..`), so that it is no wall
    "#);
}

#[test]
fn all_paths_of_a_hostname_are_public_or_none() {
    let public = || HOST.under(path!("/rates")).public(because!("exchange rates are for everybody"));
    accepted(serving_two(|it| {
        it.exposed(SERVED_TOO, public()).exposed(API, HOST.public(because!("the books are open")))
    }));
    let mixed = serving_two(|it| it.exposed(SERVED_TOO, public()).exposed(API, HOST.for_audience(STAFF)));
    assert_snapshot!(refused(mixed), @"
    payments/ledger: ledger.example.com/rates is decided otherwise than ledger.example.com, which payments/ledger has at exposed_paths.rs on the same line
      --> exposed_paths.rs `exposed(SERVED_TOO, public())`
      instead: decide once for all paths of a hostname, or choose another hostname: URLs spell a path in many ways (`%61`, `//`, `..`), so that it is no wall
    ");
}

const ARGOCD: Peer =
    Peer::unmeshed(name!("argocd"), label!("app", "argocd-server"), because!("Argo CD deploys the mesh"));
const SERVER: PeerPort<Http> = ARGOCD.port(name!("argocd-server"), port_number!(80));

#[test]
fn all_paths_of_a_hostname_have_one_decision_among_services_and_peers() {
    let cluster = || deployed(|ledger| ledger.exposed(API, HOST.for_audience(STAFF))).tunnel(TUNNEL);
    let deploys = HOST.under(path!("/deploys"));
    accepted(cluster().exposes(SERVER, deploys.for_audience(STAFF)));
    assert_snapshot!(refused(cluster().exposes(SERVER, deploys.public(because!("deploys are for everybody")))), @r#"
    cluster example: ledger.example.com/deploys is decided otherwise than ledger.example.com, which payments/ledger has at exposed_paths.rs above
      --> exposed_paths.rs `exposes(SERVER, deploys.public(because!("deploys are for everybody")))`
      instead: decide once for all paths of a hostname, or choose another hostname: URLs spell a path in many ways (`%61`, `//`, `..`), so that it is no wall
    "#);
}

#[test]
fn a_path_leads_elsewhere_than_what_is_above_it() {
    let (api, v1) = (HOST.under(path!("/api")), HOST.under(path!("/api/v1")));
    // Not idle: another path lies between, other settings hold, or it is a neighbour that begins alike.
    accepted(serving_two(|it| {
        it.exposed(API, HOST.for_audience(STAFF))
            .exposed(SERVED_TOO, api.for_audience(STAFF))
            .exposed(API, v1.for_audience(STAFF))
    }));
    accepted(serving_two(|it| {
        it.exposed(API, api.for_audience(STAFF)).exposed(API, v1.for_audience(STAFF).connect_timeout(seconds!(5)))
    }));
    accepted(serving_two(|it| {
        it.exposed(API, api.for_audience(STAFF)).exposed(API, HOST.under(path!("/apis")).for_audience(STAFF))
    }));
    let below_a_path = serving_two(|it| it.exposed(API, v1.for_audience(STAFF)).exposed(API, api.for_audience(STAFF)));
    assert_snapshot!(refused(below_a_path), @"
    payments/ledger: ledger.example.com/api/v1 leads where ledger.example.com/api leads anyway, which payments/ledger has at exposed_paths.rs on the same line
      --> exposed_paths.rs `exposed(API, v1.for_audience(STAFF))`
      instead: leave it out
    ");
    let below_the_host =
        serving_two(|it| it.exposed(API, HOST.for_audience(STAFF)).exposed(API, v1.for_audience(STAFF)));
    assert_snapshot!(refused(below_the_host), @"
    payments/ledger: ledger.example.com/api/v1 leads where ledger.example.com leads anyway, which payments/ledger has at exposed_paths.rs on the same line
      --> exposed_paths.rs `exposed(API, v1.for_audience(STAFF))`
      instead: leave it out
    ");
}

#[test]
fn a_hostname_without_tunnel_is_found_with_each_of_its_paths() {
    let exposed = || deployed(|ledger| ledger.exposed(API, HOST.under(path!("/api")).for_audience(STAFF)));
    accepted(exposed().tunnel(TUNNEL));
    assert_snapshot!(refused(exposed()), @r#"
    payments/ledger: ledger.example.com/api is exposed, and cluster example has no tunnel
      --> exposed_paths.rs `exposed(API, HOST.under(path!("/api")).for_audience(STAFF))`
      instead: add `.tunnel(Tunnel { .. })` to the cluster
    "#);
}
