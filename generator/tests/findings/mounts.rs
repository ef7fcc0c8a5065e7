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
fn what_can_be_written_holds_other_mounts() {
    const BOOKS: Claim = Claim::own(name!("books"), storage!("1Gi"));
    const PAGES: Claim = Claim::own(name!("pages"), storage!("1Gi"));
    let container = ledger()
        .reads(PAGES, path!("/books/pages"))
        .config(path!("/books/ledger.toml"), "open = true")
        .mounts(BOOKS, path!("/books"));
    accepted(running(container).default_storage(storage_class!("longhorn")));
}

#[test]
fn nothing_lies_inside_of_a_scratch_that_is_only_read() {
    const WORK: Scratch = Scratch::disk(name!("work"), memory!("1Gi"));
    accepted(running(ledger().reads(WORK, path!("/work")).scratch(path!("/workshop"))));
    assert_snapshot!(refused(running(ledger().reads(WORK, path!("/work")).scratch(path!("/work/tmp")))), @r#"
    payments/ledger: /work/tmp would lie inside of /work, which is only read, so that no mount can be made there; the other is at mounts.rs on the same line
      --> mounts.rs `scratch(path!("/work/tmp"))`
      instead: mount it beside what is only read
    "#);
}

#[test]
fn nothing_lies_inside_of_a_claim_that_is_only_read() {
    const BOOKS: Claim = Claim::shared(PAYMENTS, name!("books"), storage!("1Gi"));
    let cluster = |container| running(container).default_storage(storage_class!("longhorn"));
    accepted(cluster(ledger().mounts(BOOKS, path!("/books")).scratch(path!("/books/tmp"))));
    assert_snapshot!(refused(cluster(ledger().reads(BOOKS, path!("/books")).scratch(path!("/books/tmp")))), @r#"
    payments/ledger: /books/tmp would lie inside of /books, which is only read, so that no mount can be made there; the other is at mounts.rs on the same line
      --> mounts.rs `scratch(path!("/books/tmp"))`
      instead: mount it beside what is only read
    "#);
}

#[test]
fn nothing_hides_the_image() {
    accepted(running(ledger().scratch(path!("/srv"))));
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

#[test]
fn the_system_can_make_its_files() {
    const WORK: Scratch = Scratch::disk(name!("work"), memory!("1Gi"));
    accepted(running(ledger().mounts(WORK, path!("/etc"))));
    accepted(running(ledger().reads(WORK, path!("/etc/ledger"))));
    assert_snapshot!(refused(running(ledger().reads(WORK, path!("/etc")))), @r#"
    payments/ledger: /etc/hosts has to be made inside of /etc, where no mount can be made
      --> mounts.rs `reads(WORK, path!("/etc"))`
      instead: mount it at a directory of its own below, or mount what can be written
    "#);
}

#[test]
fn a_token_can_be_mounted() {
    const WORK: Scratch = Scratch::disk(name!("work"), memory!("1Gi"));
    let reading = || ledger().reads(WORK, path!("/var/run"));
    accepted(running(reading()));
    assert_snapshot!(refused(running(reading().may(api::LEASES.manage()))), @r#"
    payments/ledger: /var/run/secrets/kubernetes.io/serviceaccount has to be made inside of /var/run, where no mount can be made
      --> mounts.rs `reads(WORK, path!("/var/run"))`
      instead: mount it at a directory of its own below, or mount what can be written
    "#);
}
