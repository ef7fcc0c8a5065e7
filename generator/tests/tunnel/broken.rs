//! A rendered tree with one thing of its paths made wrong: the oracle has to notice.

use casemate_dsl::prelude::*;
use casemate_oracle::{Peers, World, judge};

use crate::example::{API, Ledger, STAFF, TUNNEL, cluster, ledger};
use crate::rendered;

const BOOKS: Port<Ledger, Http> = port!(9090);
const HOST: Host = host!("ledger.example.com");

/// A hostname of three paths.
fn good() -> Vec<(String, String)> {
    let ledger = Deployment::new(ledger().serves(BOOKS))
        .exposed(API, HOST.for_audience(STAFF).keep_alive_connections(20).keep_alive_timeout(seconds!(30)))
        .exposed(BOOKS, HOST.under(path!("/books")).for_audience(STAFF))
        .exposed(API, HOST.under(path!("/books/v1.2")).for_audience(STAFF).connect_timeout(seconds!(5)));
    rendered(cluster().tunnel(TUNNEL).runs(ledger)).unwrap_or_else(|findings| panic!("{findings}"))
}

/// The rules that a tree breaks once this part of the tunnel's configuration reads otherwise.
fn broken(from: &str, to: &str) -> Vec<&'static str> {
    let mut files = good();
    let (_, config) =
        files.iter_mut().find(|(path, _)| path.ends_with("configmap-cloudflared-config.yaml")).expect("a tunnel");
    assert!(config.contains(from), "`{from}` is not in:\n{config}");
    *config = config.replacen(from, to, 1);
    judge(&World::from_texts(files), &Peers::default()).findings.into_iter().map(|finding| finding.rule).collect()
}

#[test]
fn what_is_rendered_breaks_no_rule() {
    let verdict = judge(&World::from_texts(good()), &Peers::default());
    assert!(verdict.is_clean(), "{verdict}");
}

#[test]
fn an_expression_that_is_no_prefix_is_noticed() {
    for other in ["/books", "^/books", "^/books/", "^/books.*(/|$)", "(?i)^/books(/|$)", "^/(/|$)", ""] {
        assert!(broken("path: ^/books(/|$)", &format!("path: '{other}'")).contains(&"tunnel-config"), "{other}");
    }
    assert!(broken("path: ^/books(/|$)", "path: [a]").contains(&"tunnel-config"));
}

#[test]
fn a_rule_for_paths_of_every_hostname_is_noticed() {
    let rules = broken("- service: http_status:404", "- path: ^/x(/|$)\n      service: http_status:404");
    assert!(rules.contains(&"tunnel-config") && rules.contains(&"tunnel-catch-all"), "{rules:?}");
}

#[test]
fn a_shadowed_path_is_noticed() {
    // The same path, and a shorter one before a longer one.
    assert!(broken(r"^/books/v1\.2(/|$)", "^/books(/|$)").contains(&"tunnel-hosts"));
    assert!(broken(r"^/books/v1\.2(/|$)", "^/b(/|$)").is_empty(), "a path that only begins alike shadows nothing");
    assert!(broken("      path: ^/books(/|$)\n", "").contains(&"tunnel-hosts"));
}

#[test]
fn a_path_that_is_decided_otherwise_is_noticed() {
    let other = "abababababababababababababababababababababababababababababababab";
    assert!(broken(STAFF.as_str(), other).contains(&"tunnel-access"));
    assert!(broken("teamName: example\n", "teamName: elsewhere\n").contains(&"tunnel-access"));
}
