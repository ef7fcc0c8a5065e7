//! Directories of files.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::ledger;
use crate::{accepted, refused, running};

const KEYS: Item = item!("keys");

fn with(files: Files) -> Cluster {
    running(ledger().directory(path!("/etc/ledger"), files))
}

#[test]
fn two_files_of_a_directory_have_two_names() {
    let one = || Files::new().text(file_name!("a.conf"), "open = true");
    accepted(with(one().secret(file_name!("key"), KEYS.field(field!("key")))));
    assert_snapshot!(refused(with(one().secret(file_name!("a.conf"), KEYS.field(field!("key"))))), @r#"
    payments/ledger: two files of /etc/ledger are named `a.conf`, the other at directories.rs above
      --> directories.rs `secret(file_name!("a.conf"), KEYS.field(field!("key")))`
      instead: give one of them another name
    "#);
}

#[test]
fn a_text_of_a_directory_holds_no_credential() {
    accepted(with(Files::new().text(file_name!("a.conf"), "a = 1\npassword = $PASSWORD")));
    assert_snapshot!(refused(with(Files::new().text(file_name!("a.conf"), "a = 1\npassword = hunter2"))), @r#"
    payments/ledger: line 2 of /etc/ledger/a.conf holds what looks like a credential at a key that names one, which would stand in Git
      --> directories.rs `text(file_name!("a.conf"), "a = 1\npassword = hunter2")`
      instead: take it from 1Password: as a file, `.secret_file(path!("…"), ITEM.field(field!("…")))`, or as a variable that the file refers to
    "#);
}

#[test]
fn a_template_of_a_directory_is_held_to_the_rules_of_templates() {
    let file = |template| with(Files::new().text(file_name!("a.conf"), template));
    accepted(file(template("{{ level }}").with("level", "info")));
    assert_snapshot!(refused(file(template("{{ level }}"))), @r#"
    payments/ledger: /etc/ledger/a.conf: the template names `{{ level }}`, which has no value
      --> directories.rs `text(file_name!("a.conf"), template)`
      instead: give it one: `.with("level", ..)`
    "#);
}

#[test]
fn an_item_of_a_directory_has_one_title() {
    let both = |other: Item| {
        with(
            Files::new()
                .secret(file_name!("a"), KEYS.field(field!("a")))
                .secret(file_name!("b"), other.field(field!("b"))),
        )
    };
    accepted(both(item!("keys")));
    assert_snapshot!(refused(both(item!("keys", "Other keys"))), @r#"
    payments/ledger: two items of this service are named `keys`: one is titled "keys", the other "Other keys"
      --> directories.rs `secret(file_name!("b"), other.field(field!("b")))`
      instead: give one of them another name: `item!("name", "title")`
    "#);
}

#[test]
fn nothing_lies_among_the_files_of_a_directory() {
    let directory = || ledger().directory(path!("/etc/ledger"), Files::new().text(file_name!("a.conf"), "open = true"));
    accepted(running(directory().config(path!("/etc/ledger.conf"), "open = true")));
    assert_snapshot!(refused(running(directory().config(path!("/etc/ledger/b.conf"), "open = true"))), @r#"
    payments/ledger: /etc/ledger/b.conf would lie inside of /etc/ledger, which holds its own files only; the other is at directories.rs above
      --> directories.rs `config(path!("/etc/ledger/b.conf"), "open = true")`
      instead: say it as one of those: `Files::new().text(..).secret(..)`
    "#);
}

#[test]
fn a_directory_stands_within_what_can_be_written() {
    let files = Files::new().text(file_name!("a.conf"), "open = true");
    accepted(running(ledger().scratch(path!("/etc")).directory(path!("/etc/ledger"), files)));
}
