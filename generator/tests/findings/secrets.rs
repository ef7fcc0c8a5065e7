//! Items of 1Password.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{cluster, ledger};
use crate::{accepted, refused, running};

const KEY: Item = item!("key", "Ledger key");
const OTHER: Item = item!("key", "Another key");

#[test]
fn two_items_of_a_service_have_two_names() {
    accepted(running(
        ledger().env(var!("API_KEY"), KEY.field(field!("key"))).secret_file(path!("/key"), KEY.field(field!("file"))),
    ));
    let two =
        ledger().env(var!("API_KEY"), KEY.field(field!("key"))).secret_file(path!("/key"), OTHER.field(field!("file")));
    assert_snapshot!(refused(running(two)), @r#"
    payments/ledger: two items of this service are named `key`: one is titled "Ledger key", the other "Another key"
      --> secrets.rs `secret_file(path!("/key"), OTHER.field(field!("file")))`
      instead: give one of them another name: `item!("name", "title")`
    "#);
}

#[test]
fn a_registry_has_one_item() {
    let registry = host!("registry.example.com");
    let pulling = || cluster().pulls(registry, KEY);
    accepted(pulling().pulls(host!("ghcr.io"), item!("ghcr")));
    assert_snapshot!(refused(pulling().pulls(registry, OTHER)), @"
    cluster example: images of registry.example.com are pulled with two items
      --> secrets.rs `pulls(registry, OTHER)`
      instead: say `.pulls(..)` once for each registry
    ");
}
