//! Paths at which something is mounted.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{PAYMENTS, ledger};
use crate::{accepted, refused, running};

const KEYS: Item = item!("keys");

#[test]
fn two_things_have_two_paths() {
    accepted(running(ledger().scratch(path!("/a")).scratch(path!("/b"))));
    assert_snapshot!(refused(running(ledger().scratch(path!("/a")).scratch(path!("/a")))), @r#"
    payments/ledger: two things are mounted at /a, the other at mounts.rs on the same line
      --> mounts.rs `scratch(path!("/a"))`
      instead: give each a path of its own
    "#);
}

#[test]
fn nothing_lies_inside_of_a_file() {
    accepted(running(ledger().config(path!("/a"), "x").scratch(path!("/ab"))));
    assert_snapshot!(refused(running(ledger().config(path!("/a"), "x").scratch(path!("/a/b")))), @r#"
    payments/ledger: /a/b would lie inside of /a, which is a file; the other is at mounts.rs on the same line
      --> mounts.rs `scratch(path!("/a/b"))`
      instead: give each a path of its own
    "#);
}

#[test]
fn no_file_lies_around_a_directory() {
    let key = KEYS.field(field!("key"));
    accepted(running(ledger().scratch(path!("/a")).secret_file(path!("/a/b"), key)));
    assert_snapshot!(refused(running(ledger().scratch(path!("/a/b")).secret_file(path!("/a"), key))), @r#"
    payments/ledger: /a/b would lie inside of /a, which is a file; the other is at mounts.rs on the same line
      --> mounts.rs `secret_file(path!("/a"), key)`
      instead: give each a path of its own
    "#);
}

#[test]
fn nothing_lies_inside_of_a_claim_that_is_only_read() {
    const BOOKS: Claim = Claim::shared(PAYMENTS, name!("books"), storage!("1Gi"));
    let cluster = |container| running(container).default_storage(storage_class!("longhorn"));
    accepted(cluster(ledger().mounts(BOOKS, path!("/books")).scratch(path!("/books/tmp"))));
    assert_snapshot!(refused(cluster(ledger().reads(BOOKS, path!("/books")).scratch(path!("/books/tmp")))), @r#"
    payments/ledger: /books/tmp would lie inside of /books, a claim that is only read, where no mount can be made; the other is at mounts.rs on the same line
      --> mounts.rs `scratch(path!("/books/tmp"))`
      instead: mount it beside the claim
    "#);
}

#[test]
fn nothing_hides_the_image() {
    assert_snapshot!(refused(running(ledger().scratch(path!("/")))), @r#"
    payments/ledger: a volume at / would hide the whole image
      --> mounts.rs `scratch(path!("/"))`
      instead: mount it at a directory of its own
    "#);
}

#[test]
fn nothing_hides_the_system() {
    accepted(running(ledger().scratch(path!("/dev/shm")).scratch(path!("/processes"))));
    assert_snapshot!(refused(running(ledger().scratch(path!("/proc/self")))), @r#"
    payments/ledger: /proc/self belongs to the container's system
      --> mounts.rs `scratch(path!("/proc/self"))`
      instead: mount it at a directory of its own
    "#);
}

#[test]
fn nothing_stands_in_the_place_of_a_token() {
    accepted(running(ledger().scratch(path!("/var/run")).may(api::LEASES.manage())));
    assert_snapshot!(refused(running(ledger().scratch(path!("/var/run/secrets/kubernetes.io/serviceaccount")))), @r#"
    payments/ledger: /var/run/secrets/kubernetes.io/serviceaccount belongs to the container's system
      --> mounts.rs `scratch(path!("/var/run/secrets/kubernetes.io/serviceaccount"))`
      instead: mount it at a directory of its own
    "#);
}
