//! The evaluation of policies opens up where Kubernetes and Linkerd would.

use std::collections::BTreeSet;

use casemate_oracle::allowed_pairs;
use serde_json::{Value, json};

use crate::breach::{Change, apply};
use crate::sample;

/// The pairs that a few changes add, and those that they take away.
fn difference(changes: &[(&str, Change)]) -> (Vec<String>, Vec<String>) {
    let mut values = sample::values();
    for (object, change) in changes {
        apply(&mut values, object, change);
    }
    let (before, after) = (allowed_pairs(&sample::good()), allowed_pairs(&sample::world(&values)));
    let say = |pairs: BTreeSet<(String, String, u16)>| {
        pairs.into_iter().map(|(caller, callee, port)| format!("{caller} {callee}:{port}")).collect()
    };
    (say(&after - &before), say(&before - &after))
}

const SERVER: &str = "Server payments/ledger-9090";
const POLICY: &str = "AuthorizationPolicy payments/ledger-9090-from-shop.storefront";
const IDENTITY: &str = "MeshTLSAuthentication payments/ledger-from-shop.storefront";
const OWN: &str = "NetworkPolicy payments/mailer";
const MAILER: &str = "Deployment payments/mailer";
const POD: &str = "Deployment payments/ledger";

fn set(pointer: &'static str, value: Value) -> Change {
    Change::Set(pointer, value)
}

#[test]
fn a_caller_needs_network_and_identity() {
    // The report may open connections to the ledger's proxy, and may not call its second port.
    let only_report = vec!["shop/report payments/ledger:9090".to_owned()];
    for changes in [
        vec![(SERVER, set("/spec/accessPolicy", json!("all-unauthenticated")))],
        vec![(SERVER, set("/spec/accessPolicy", json!("cluster-authenticated")))],
        vec![(IDENTITY, set("/spec/identities", json!(["*"])))],
        vec![(IDENTITY, set("/spec/identities", json!(["report.shop.serviceaccount.identity.linkerd.cluster.local"])))],
        vec![(IDENTITY, set("/spec/identityRefs/0", json!({"kind": "Namespace", "name": "shop"})))],
        vec![(POLICY, set("/spec/requiredAuthenticationRefs", json!([])))],
        vec![
            (SERVER, Change::Drop),
            (
                POD,
                set(
                    "/spec/template/metadata/annotations/config.linkerd.io~1default-inbound-policy",
                    json!("all-authenticated"),
                ),
            ),
        ],
    ] {
        let (more, _) = difference(&changes);
        assert_eq!(more, only_report, "{changes:?}");
    }
}

#[test]
fn what_is_missing_shuts_or_opens() {
    let both =
        vec!["shop/storefront payments/ledger:8080".to_owned(), "shop/storefront payments/ledger:9090".to_owned()];
    assert_eq!(difference(&[(SERVER, Change::Drop)]), (vec![], vec![both[1].clone()]));
    assert_eq!(difference(&[(POLICY, Change::Drop)]), (vec![], vec![both[1].clone()]));
    assert_eq!(difference(&[(IDENTITY, Change::Drop)]), (vec![], both.clone()));
    assert_eq!(
        difference(&[("NetworkPolicy shop/storefront-to-payments.ledger", Change::Drop)]),
        (vec![], both.clone())
    );
    assert_eq!(difference(&[("NetworkPolicy payments/ledger-from-shop.storefront", Change::Drop)]), (vec![], both));
    let annotation = "/spec/template/metadata/annotations/config.linkerd.io~1default-inbound-policy";
    let open = [
        (SERVER, Change::Drop),
        (POD, Change::Remove(annotation)),
        ("Namespace payments", Change::Remove("/metadata/annotations")),
    ];
    assert_eq!(difference(&open).0, ["shop/report payments/ledger:9090"]);
}

#[test]
fn empty_lists_mean_everyone() {
    let callers = |changes: &[(&str, Change)]| difference(changes).0.len();
    let identity = (IDENTITY, set("/spec/identities", json!(["*"])));
    let open = |pointer: &'static str| (pointer, Change::Remove("/spec/ingress/0/from"));
    let ledger = open("NetworkPolicy payments/ledger-from-shop.storefront");
    // Everybody may come in; only the two callers of the ledger may go out to it.
    assert_eq!(callers(&[identity.clone(), ledger.clone()]), 1);
    // The mailer may go anywhere, too, once nothing isolates it.
    let everywhere = set("/spec/egress", json!([{}]));
    assert_eq!(callers(&[identity.clone(), ledger.clone(), (OWN, everywhere)]), 3);
    let unisolated = [
        identity,
        ledger,
        (OWN, Change::Drop),
        ("NetworkPolicy payments/default-deny", Change::Drop),
        ("NetworkPolicy payments/dns", Change::Drop),
        ("NetworkPolicy payments/linkerd", Change::Drop),
        ("NetworkPolicy payments/mailer-to-outside", Change::Drop),
    ];
    assert_eq!(callers(&unisolated), 3);
}

#[test]
fn without_a_proxy_only_the_network_decides() {
    let annotation = "/spec/template/metadata/annotations/linkerd.io~1inject";
    let unmeshed = (POD, set(annotation, json!("disabled")));
    let (more, fewer) = difference(std::slice::from_ref(&unmeshed));
    assert_eq!(more, [""; 0]);
    assert_eq!(fewer.len(), 3, "the policies open the proxy's port only: {fewer:?}");
    let ports = json!([{"protocol": "TCP", "port": 9090}]);
    let to = ("NetworkPolicy shop/report-to-payments.ledger", set("/spec/egress/0/ports", ports.clone()));
    let from = ("NetworkPolicy payments/ledger-from-shop.report", set("/spec/ingress/0/ports", ports));
    assert_eq!(difference(&[unmeshed, to, from]).0, ["shop/report payments/ledger:9090"]);
    let caller = (MAILER, set(annotation, json!("disabled")));
    assert_eq!(difference(&[caller]), (vec![], vec![]));
}
