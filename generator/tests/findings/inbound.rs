//! Peers that call.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, Ledger, TUNNEL};
use crate::{accepted, deployed, refused};

const fn otel(namespace: Name) -> Peer {
    Peer::unmeshed(namespace, label!("app", "otel"), because!("the chart runs outside of the mesh"))
}

const OTEL: Peer = otel(name!("signoz"));
const HEALTH_CHECK: Caller = OTEL.caller(name!("otel"));

const METRICS: Port<Ledger, Http> = port!(9090);
const RAW_API: Port<Ledger, Tcp> = port!(8080);
const API_OVER_UDP: Port<Ledger, Udp> = port!(8080);

#[test]
fn a_port_that_a_peer_calls_is_served() {
    accepted(deployed(|ledger| ledger.called_by(API, HEALTH_CHECK)));
    assert_snapshot!(refused(deployed(|ledger| ledger.called_by(METRICS, HEALTH_CHECK))), @"
    payments/ledger: is called on port 9090, which no container of it serves
      --> inbound.rs `called_by(METRICS, HEALTH_CHECK)`
      instead: add `.serves(..)` of that port to a container
    ");
    assert_snapshot!(refused(deployed(|ledger| ledger.called_by(API_OVER_UDP, HEALTH_CHECK))), @"
    payments/ledger: is called on port 8080, which no container of it serves
      --> inbound.rs `called_by(API_OVER_UDP, HEALTH_CHECK)`
      instead: add `.serves(..)` of that port to a container
    ");
}

#[test]
fn a_port_that_a_peer_calls_is_served_with_the_same_protocol() {
    accepted(deployed(|ledger| ledger.called_by(API, HEALTH_CHECK)));
    assert_snapshot!(refused(deployed(|ledger| ledger.called_by(RAW_API, HEALTH_CHECK))), @"
    payments/ledger: is called on port 8080 with another protocol than it is served with
      --> inbound.rs `called_by(RAW_API, HEALTH_CHECK)`
      instead: name the constant that the container serves
    ");
}

#[test]
fn a_peer_that_calls_lives_in_no_namespace_of_services() {
    let among_us = otel(name!("payments")).caller(name!("otel"));
    assert_snapshot!(refused(deployed(|ledger| ledger.called_by(API, among_us))), @"
    payments/ledger: is called by a peer in namespace payments, which belongs to services
      --> inbound.rs `called_by(API, among_us)`
      instead: let the service that calls say so, `.calls(..)`, or run the peer in a namespace of its own
    ");
    let beside_the_tunnel = otel(name!("cloudflared")).caller(name!("otel"));
    accepted(deployed(|ledger| ledger.called_by(API, beside_the_tunnel)));
    assert_snapshot!(refused(deployed(|ledger| ledger.called_by(API, beside_the_tunnel)).tunnel(TUNNEL)), @"
    payments/ledger: is called by a peer in namespace cloudflared, which belongs to the tunnel
      --> inbound.rs `called_by(API, beside_the_tunnel)`
      instead: let the service that calls say so, `.calls(..)`, or run the peer in a namespace of its own
    ");
}

#[test]
fn a_peer_that_calls_is_declared_in_one_way() {
    let other = OTEL.also_labelled(label!("role", "scraper"));
    accepted(deployed(|ledger| ledger.called_by(API, HEALTH_CHECK).called_by(API, other.caller(name!("scraper")))));
    let two_ways = deployed(|ledger| ledger.called_by(API, HEALTH_CHECK).called_by(API, other.caller(name!("otel"))));
    assert_snapshot!(refused(two_ways), @r#"
    payments/ledger: the caller signoz/otel has other labels, or another place in the mesh, than at inbound.rs on the same line
      --> inbound.rs `called_by(API, other.caller(name!("otel")))`
      instead: declare the `Caller` once, as a constant, and name it
    "#);
}
