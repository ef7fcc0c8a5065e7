//! The good tree has nothing wrong, and means what it was written to mean.

use std::collections::BTreeSet;

use crate::sample;
use casemate_oracle::{
    Beyond, allowed_beyond, allowed_callers, allowed_datagrams, allowed_pairs, allowed_paths, allowed_peers,
    cross_rules, judge, kinds,
};

#[test]
fn the_good_tree_is_good() {
    let verdict = judge(&sample::good(), &sample::peers());
    assert!(verdict.is_clean(), "{verdict}");
    assert!(verdict.documents > 90, "{verdict}");
    eprintln!(
        "{verdict}; {} kinds, {} paths, {} cross rules",
        kinds().len(),
        allowed_paths().len(),
        cross_rules().len()
    );
}

#[test]
fn pairs_are_the_declared_edges() {
    let expected = [
        ("cloudflared/cloudflared", "shop/storefront", 8080),
        ("depot/index", "depot/store", 6380),
        ("operators/cachectl", "operators/syncer", 8081),
        ("operators/syncer", "depot/store", 8080),
        ("shop/report", "payments/ledger", 8080),
        ("shop/storefront", "payments/ledger", 8080),
        ("shop/storefront", "payments/ledger", 9090),
    ];
    let expected: BTreeSet<_> = expected.iter().map(|(a, b, port)| ((*a).to_owned(), (*b).to_owned(), *port)).collect();
    assert_eq!(allowed_pairs(&sample::good()), expected);
}

#[test]
fn datagrams_are_the_declared_ones() {
    let expected = ("operators/cachectl".to_owned(), "depot/resolver".to_owned(), 53);
    assert_eq!(allowed_datagrams(&sample::good()), BTreeSet::from([expected]));
}

#[test]
fn callers_are_the_declared_ones() {
    let callers: Vec<_> = allowed_callers(&sample::good())
        .into_iter()
        .map(|from| (from.caller, from.callee, from.protocol, from.port))
        .collect();
    let expected = [
        ("192.168.1.2/32", "operators/cachectl", 9443),
        ("monitoring", "payments/ledger", 4143),
        ("signoz", "operators/cachectl", 8080),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(caller, callee, port)| (caller.to_owned(), callee.to_owned(), "TCP".to_owned(), port))
        .collect();
    assert_eq!(callers, expected);
}

#[test]
fn peers_and_hosts_are_the_declared_ones() {
    let peers: Vec<_> =
        allowed_peers(&sample::good()).into_iter().map(|peer| (peer.caller, peer.namespace, peer.port)).collect();
    assert_eq!(
        peers,
        [
            ("cloudflared/cloudflared".to_owned(), "argocd".to_owned(), 8080),
            ("operators/cachectl".to_owned(), "operators".to_owned(), 5432),
            ("shop/storefront".to_owned(), "data".to_owned(), 5432),
        ]
    );
    let host = |name: &str| Beyond::Host(name.to_owned());
    let block = |cidr: &str| Beyond::Block(cidr.to_owned());
    let expected = [
        ("cloudflared/cloudflared", host("example.cloudflareaccess.com"), "TCP", 443),
        ("cloudflared/cloudflared", block("198.41.192.0/24"), "UDP", 7844),
        ("cloudflared/cloudflared", block("198.41.200.0/24"), "UDP", 7844),
        ("operators/cachectl", block("192.168.1.2/32"), "TCP", 6443),
        ("operators/cachectl", block("192.168.1.5/32"), "TCP", 1883),
        ("payments/ledger", block("192.168.1.2/32"), "TCP", 6443),
        ("payments/mailer", host("archive.example.com"), "TCP", 80),
        ("payments/mailer", Beyond::Any, "TCP", 587),
        ("shop/storefront", host("api.github.com"), "TCP", 443),
    ];
    let expected: BTreeSet<_> = expected
        .into_iter()
        .map(|(caller, to, protocol, port)| (caller.to_owned(), to, protocol.to_owned(), port))
        .collect();
    assert_eq!(allowed_beyond(&sample::good()), expected);
}
