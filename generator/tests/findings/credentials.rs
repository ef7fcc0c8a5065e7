//! Credentials that would stand in Git.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, Ledger, cluster, ledger};
use crate::{accepted, refused, running};

#[test]
fn no_variable_holds_a_token() {
    accepted(running(ledger().env(var!("UPSTREAM"), "ghp_")));
    let token = "ghp_0123456789abcdefghij0123456789abcdef";
    assert_snapshot!(refused(running(ledger().env(var!("UPSTREAM"), token))), @r#"
    payments/ledger: the value of `UPSTREAM` holds what looks like a GitHub token, which would stand in Git
      --> credentials.rs `env(var!("UPSTREAM"), token)`
      instead: take it from 1Password: `.env(var!("UPSTREAM"), ITEM.field(field!("…")))`
    "#);
}

#[test]
fn no_variable_holds_a_private_key() {
    let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----";
    assert_snapshot!(refused(running(ledger().env(var!("SIGNING"), key))), @r#"
    payments/ledger: the value of `SIGNING` holds what looks like a private key, which would stand in Git
      --> credentials.rs `env(var!("SIGNING"), key)`
      instead: take it from 1Password: `.env(var!("SIGNING"), ITEM.field(field!("…")))`
    "#);
}

#[test]
fn no_variable_holds_a_password_in_a_url() {
    accepted(running(ledger().env(var!("DATABASE_URL"), "postgres://app:$(DB_PASSWORD)@db/app")));
    assert_snapshot!(refused(running(ledger().env(var!("DATABASE_URL"), "postgres://app:hunter2@db/app"))), @r#"
    payments/ledger: the value of `DATABASE_URL` holds what looks like a URL with a user or password, which would stand in Git
      --> credentials.rs `env(var!("DATABASE_URL"), "postgres://app:hunter2@db/app")`
      instead: take it from 1Password: `.env(var!("DATABASE_URL"), ITEM.field(field!("…")))`
    "#);
}

#[test]
fn no_variable_holds_a_password_in_the_query_of_a_url() {
    accepted(running(ledger().env(var!("DATABASE_URL"), "postgres://db/app?sslmode=require")));
    assert_snapshot!(refused(running(ledger().env(var!("DATABASE_URL"), "postgres://db/app?password=hunter2"))), @r#"
    payments/ledger: the value of `DATABASE_URL` holds what looks like a credential in a parameter, which would stand in Git
      --> credentials.rs `env(var!("DATABASE_URL"), "postgres://db/app?password=hunter2")`
      instead: take it from 1Password: `.env(var!("DATABASE_URL"), ITEM.field(field!("…")))`
    "#);
}

#[test]
fn no_variable_holds_a_password_in_a_connection_string() {
    accepted(running(ledger().env(var!("DATABASE"), "host=db user=app")));
    assert_snapshot!(refused(running(ledger().env(var!("DATABASE"), "host=db user=app password=hunter2"))), @r#"
    payments/ledger: the value of `DATABASE` holds what looks like a credential in a parameter, which would stand in Git
      --> credentials.rs `env(var!("DATABASE"), "host=db user=app password=hunter2")`
      instead: take it from 1Password: `.env(var!("DATABASE"), ITEM.field(field!("…")))`
    "#);
}

#[test]
fn a_switch_is_no_credential() {
    accepted(running(ledger().env(var!("REQUIRE_PASSWORD"), true)));
}

#[test]
fn no_argument_holds_a_password() {
    accepted(running(ledger().args(["serve", "--password=$(DB_PASSWORD)", "--token-file=/run/token"])));
    assert_snapshot!(refused(running(ledger().args(["serve", "--password=hunter2"]))), @r#"
    payments/ledger: word 2 of the arguments holds what looks like a credential at a flag, which would stand in Git
      --> credentials.rs `args(["serve", "--password=hunter2"])`
      instead: set a variable from 1Password, and name it here: `--password=$(DB_PASSWORD)`
    "#);
}

#[test]
fn no_flag_is_followed_by_a_password() {
    accepted(running(ledger().args(["--password", "$(DB_PASSWORD)", "--api-key", "--verbose"])));
    assert_snapshot!(refused(running(ledger().args(["--password", "hunter2"]))), @r#"
    payments/ledger: `--password` in the arguments is followed by a literal, which would stand in Git
      --> credentials.rs `args(["--password", "hunter2"])`
      instead: set a variable from 1Password, and name it here: `--password=$(DB_PASSWORD)`
    "#);
}

#[test]
fn no_command_holds_a_password() {
    assert_snapshot!(refused(running(ledger().command(["sh", "-c", "export PGPASSWORD=hunter2; exec ledger"]))), @r#"
    payments/ledger: word 3 of the command holds what looks like a credential at a flag, which would stand in Git
      --> credentials.rs `command(["sh", "-c", "export PGPASSWORD=hunter2; exec ledger"])`
      instead: set a variable from 1Password, and name it here: `--password=$(DB_PASSWORD)`
    "#);
}

#[test]
fn no_probe_holds_a_password() {
    let probed = |command: [&'static str; 4]| {
        let container = Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")).serves(API);
        cluster().runs(Deployment::new(container.probes(Probes::ready(exec(command)))))
    };
    accepted(probed(["redis-cli", "--pass", "$(REDIS_PASSWORD)", "ping"]));
    assert_snapshot!(refused(probed(["redis-cli", "--pass", "hunter2", "ping"])), @"
    payments/ledger: `--pass` in the probe is followed by a literal, which would stand in Git
      --> credentials.rs `exec(command)`
      instead: set a variable from 1Password, and name it here: `--password=$(DB_PASSWORD)`
    ");
}

#[test]
fn no_config_file_holds_a_password() {
    let config = |text| running(ledger().config(path!("/etc/ledger.toml"), text));
    accepted(config("# password = 'hunter2'\npassword = '${DB_PASSWORD}'\npassword_file = '/run/password'\n"));
    assert_snapshot!(refused(config("user = 'app'\npassword = 'hunter2'\n")), @r#"
    payments/ledger: line 2 of /etc/ledger.toml holds what looks like a credential at a key that names one, which would stand in Git
      --> credentials.rs `config(path!("/etc/ledger.toml"), text)`
      instead: take it from 1Password: as a file, `.secret_file(path!("…"), ITEM.field(field!("…")))`, or as a variable that the file refers to
    "#);
}

#[test]
fn no_line_of_a_config_file_hides_a_password() {
    let config = |text| running(ledger().config(path!("/etc/ledger.json"), text));
    accepted(config(r#"{"user": "app", "key": "name", "password": "${DB_PASSWORD}"}"#));
    assert_snapshot!(refused(config(r#"{"user": "app", "password": "hunter2"}"#)), @r#"
    payments/ledger: line 1 of /etc/ledger.json holds what looks like a credential at a key that names one, which would stand in Git
      --> credentials.rs `config(path!("/etc/ledger.json"), text)`
      instead: take it from 1Password: as a file, `.secret_file(path!("…"), ITEM.field(field!("…")))`, or as a variable that the file refers to
    "#);
}

#[test]
fn no_template_gets_a_password() {
    let config = template("password = '{{ it }}'").with("it", "hunter2");
    assert_snapshot!(refused(running(ledger().config(path!("/etc/ledger.toml"), config))), @r#"
    payments/ledger: line 1 of /etc/ledger.toml holds what looks like a credential at a key that names one, which would stand in Git
      --> credentials.rs `config(path!("/etc/ledger.toml"), config)`
      instead: take it from 1Password: as a file, `.secret_file(path!("…"), ITEM.field(field!("…")))`, or as a variable that the file refers to
    "#);
}
