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
    accepted(running(ledger().env(var!("SIGNING"), "-----BEGIN PUBLIC KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==")));
    assert_snapshot!(refused(running(ledger().env(var!("SIGNING"), "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA=="))), @r#"
    payments/ledger: the value of `SIGNING` holds what looks like a private key, which would stand in Git
      --> credentials.rs `env(var!("SIGNING"), "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==")`
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
fn no_variable_holds_a_token_of_a_shape_that_is_known() {
    let upstream = |token: String| running(ledger().env(var!("UPSTREAM"), token));
    // The digits make the shape: what only begins like a token is a word.
    let long = "0123456789".repeat(5);
    let tokens = [
        format!("gho_{long}"),
        format!("ghs_{long}"),
        format!("github_pat_{long}"),
        format!("glpat-{long}"),
        format!("xoxb-{long}"),
        format!("xoxp-{long}"),
        format!("sk-ant-{long}"),
        format!("sk-proj-{long}"),
        format!("sk_live_{long}"),
        format!("AIza{long}"),
        format!("hf_{long}"),
        format!("npm_{long}"),
        format!("dop_v1_{long}"),
        format!("ops_ey{long}"),
        format!("eyJhbGciOi{long}"),
        "AKIAIOSFODNN7EXAMPLE".to_owned(),
        format!("Bearer {long}"),
    ];
    let found: Vec<String> = tokens
        .into_iter()
        .map(|token| {
            accepted(upstream(token.replace(|c: char| c.is_ascii_digit(), "")));
            refused(upstream(token)).lines().next().unwrap_or_default().to_owned()
        })
        .collect();
    assert_snapshot!(found.join("\n"), @"
    payments/ledger: the value of `UPSTREAM` holds what looks like a GitHub token, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a GitHub token, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a GitHub token, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a GitLab token, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a Slack token, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a Slack token, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like an Anthropic key, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like an OpenAI key, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a Stripe key, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a Google key, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a Hugging Face token, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like an npm token, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a DigitalOcean token, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a 1Password service account token, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a signed token (JWT), which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like an AWS access key, which would stand in Git
    payments/ledger: the value of `UPSTREAM` holds what looks like a bearer token, which would stand in Git
    ");
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
    accepted(running(ledger().command(["sh", "-c", "export PGPASSWORD=$(DB_PASSWORD); exec ledger"])));
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
    accepted(running(
        ledger()
            .config(path!("/etc/ledger.toml"), template("password = '{{ it }}'").with("it", "/run/secrets/password")),
    ));
    assert_snapshot!(refused(running(ledger().config(path!("/etc/ledger.toml"), config))), @r#"
    payments/ledger: line 1 of /etc/ledger.toml holds what looks like a credential at a key that names one, which would stand in Git
      --> credentials.rs `config(path!("/etc/ledger.toml"), config)`
      instead: take it from 1Password: as a file, `.secret_file(path!("…"), ITEM.field(field!("…")))`, or as a variable that the file refers to
    "#);
}
