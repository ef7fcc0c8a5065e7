//! The evaluation of RBAC hands out what Kubernetes would.

use std::collections::BTreeSet;

use casemate_oracle::{Right, allowed_rights};
use serde_json::{Value, json};

use crate::breach::{Change, apply};
use crate::sample;

const ROLE: &str = "Role payments/ledger";
const BINDING: &str = "RoleBinding payments/ledger";
const WIDE: &str = "ClusterRoleBinding operators.cachectl";

fn say(rights: impl IntoIterator<Item = Right>) -> Vec<String> {
    let of_one = |Right { subject, within, group, resource, name, verb }: Right| {
        let within = within.as_deref().unwrap_or("everywhere");
        let name = name.map(|name| format!(" `{name}`")).unwrap_or_default();
        format!("{subject} {verb} {resource}.{group}{name} in {within}")
    };
    rights.into_iter().map(of_one).collect()
}

/// What a change hands out, and what it takes away.
fn difference(object: &str, change: &Change) -> (Vec<String>, Vec<String>) {
    let mut values = sample::values();
    apply(&mut values, object, change);
    let (before, after) = (allowed_rights(&sample::good()), allowed_rights(&sample::world(&values)));
    (say(&after - &before), say(&before - &after))
}

fn set(pointer: &'static str, value: Value) -> Change {
    Change::Set(pointer, value)
}

fn of_ledger() -> Vec<String> {
    let all: BTreeSet<Right> = allowed_rights(&sample::good());
    say(all.into_iter().filter(|right| right.subject == "payments/ledger"))
}

#[test]
fn a_right_is_a_verb_on_a_resource() {
    let expected = [
        "payments/ledger get configmaps. in payments",
        "payments/ledger list configmaps. in payments",
        "payments/ledger watch configmaps. in payments",
        "payments/ledger get leases.coordination.k8s.io `ledger` in payments",
        "payments/ledger update leases.coordination.k8s.io `ledger` in payments",
    ]
    .map(str::to_owned);
    let own = ["create", "delete", "get", "list", "patch", "update", "watch"].map(|verb| format!("{verb} bookings"));
    let parts =
        ["update bookings/finalizers", "get bookings/status", "patch bookings/status", "update bookings/status"];
    let own = own.into_iter().chain(parts.map(str::to_owned));
    let own = own.map(|what| format!("payments/ledger {what}.ledger.example.com in payments"));
    assert_eq!(of_ledger(), expected.into_iter().chain(own).collect::<Vec<_>>());
}

#[test]
fn what_is_offered_is_a_right_in_the_owner_s_namespace() {
    let rights = say(allowed_rights(&sample::good()));
    let offered: Vec<_> =
        rights.iter().filter(|right| right.contains("cachectl") && right.ends_with("payments")).collect();
    assert_eq!(offered.len(), 7);
    assert!(offered.iter().all(|right| right.contains(" bookings.ledger.example.com in ")), "{offered:?}");
}

#[test]
fn no_names_mean_every_object() {
    let (more, less) = difference(ROLE, &Change::Remove("/rules/0/resourceNames"));
    let every = ["get", "update"].map(|verb| format!("payments/ledger {verb} leases.coordination.k8s.io in payments"));
    assert_eq!(more, every);
    assert_eq!(less, of_ledger()[3..5]);
    assert_eq!(difference(ROLE, &set("/rules/0/resourceNames", json!([]))).0, every);
}

#[test]
fn a_right_is_added_for_each_verb_and_resource() {
    let (more, less) = difference(ROLE, &set("/rules/1/resources/-", json!("secrets")));
    let secrets = ["get", "list", "watch"].map(|verb| format!("payments/ledger {verb} secrets. in payments"));
    assert_eq!((more, less), (secrets.to_vec(), vec![]));
    let (more, _) = difference(ROLE, &set("/rules/1/verbs/-", json!("*")));
    assert_eq!(more, ["payments/ledger * configmaps. in payments"]);
    let urls = json!({"nonResourceURLs": ["/metrics"], "verbs": ["get"]});
    let (more, _) = difference(ROLE, &set("/rules/-", urls));
    assert_eq!(more, ["payments/ledger get /metrics.no resource in payments"]);
}

#[test]
fn whoever_is_bound_has_the_rights() {
    let mailer = json!({"kind": "ServiceAccount", "name": "mailer", "namespace": "payments"});
    let (more, less) = difference(BINDING, &set("/subjects/-", mailer));
    assert_eq!(more.len(), of_ledger().len());
    assert!(more.iter().all(|right| right.starts_with("payments/mailer ")) && less.is_empty(), "{more:?}");
    let everybody = json!({"kind": "Group", "name": "system:authenticated"});
    let (more, _) = difference(WIDE, &set("/subjects/0", everybody));
    assert!(more.contains(&"Group system:authenticated list nodes. in everywhere".to_owned()), "{more:?}");
    assert_eq!(difference(BINDING, &Change::Drop), (vec![], of_ledger()));
}

#[test]
fn what_is_not_in_the_tree_may_hand_out_anything() {
    let elsewhere = json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "admin"});
    let (more, less) = difference(BINDING, &set("/roleRef", elsewhere));
    assert_eq!((more, less), (vec!["payments/ledger * *.* in payments".to_owned()], of_ledger()));
    // A ClusterRole of the tree holds in the namespace of the binding only.
    let wide = json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "operators.cachectl"});
    let (more, _) = difference(BINDING, &set("/roleRef", wide));
    assert!(more.contains(&"payments/ledger list nodes. in payments".to_owned()), "{more:?}");
}
