//! Config files and their templates.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::ledger;
use crate::{accepted, beside, refused, running};

fn with_config(template: Template) -> Cluster {
    running(ledger().config(path!("/etc/ledger.toml"), template))
}

#[test]
fn a_name_in_a_template_has_a_value() {
    accepted(with_config(template("level = {{ level }}").with("level", "info")));
    assert_snapshot!(refused(with_config(template("level = {{ level }}"))), @r#"
    payments/ledger: /etc/ledger.toml: the template names `{{ level }}`, which has no value
      --> config.rs `config(path!("/etc/ledger.toml"), template)`
      instead: give it one: `.with("level", ..)`
    "#);
}

#[test]
fn a_value_is_named_in_the_template() {
    accepted(with_config(template("level = {{ level }}").with("level", "info")));
    assert_snapshot!(refused(with_config(template("level = info").with("level", "info"))), @r#"
    payments/ledger: /etc/ledger.toml: the template has no `{{ level }}`
      --> config.rs `config(path!("/etc/ledger.toml"), template)`
      instead: remove the `.with(..)`, or name the value in the file
    "#);
}

#[test]
fn a_value_is_given_once() {
    accepted(with_config(template("{{ level }}").with("level", "info")));
    assert_snapshot!(refused(with_config(template("{{ level }}").with("level", "info").with("level", "warn"))), @r#"
    payments/ledger: /etc/ledger.toml: the template's value `level` is given twice
      --> config.rs `config(path!("/etc/ledger.toml"), template)`
      instead: give it once
    "#);
}

#[test]
fn a_value_has_no_name_of_the_templates_own() {
    accepted(with_config(template("{{ itself }}").with("itself", "info")));
    assert_snapshot!(refused(with_config(template("{{ self }}").with("self", "info"))), @r#"
    payments/ledger: /etc/ledger.toml: `self` has a meaning of its own in templates, and takes no value
      --> config.rs `config(path!("/etc/ledger.toml"), template)`
      instead: choose another name
    "#);
}

#[test]
fn a_template_can_be_read() {
    accepted(with_config(template("a = '{% raw %}{{{% endraw %}'")));
    assert_snapshot!(refused(with_config(template("a = 1\nb = '{{'"))), @r#"
    payments/ledger: /etc/ledger.toml: line 2 of the template cannot be rendered: unexpected end of string
      --> config.rs `config(path!("/etc/ledger.toml"), template)`
      instead: `{{ name }}` stands for a value; write `{% raw %}…{% endraw %}` around braces that are meant as they are
    "#);
}

#[test]
fn a_template_that_fails_is_no_panic() {
    accepted(with_config(template("{{ level | upper }}").with("level", "info")));
    assert_snapshot!(refused(with_config(template("{{ level | no_such_filter }}").with("level", "info"))), @r#"
    payments/ledger: /etc/ledger.toml: line 1 of the template cannot be rendered: filter no_such_filter is unknown
      --> config.rs `config(path!("/etc/ledger.toml"), template)`
      instead: `{{ name }}` stands for a value; write `{% raw %}…{% endraw %}` around braces that are meant as they are
    "#);
}

#[test]
fn two_config_files_have_two_keys() {
    accepted(running(ledger().config(path!("/etc/a.b"), "x").config(path!("/etc/a-b"), "y")));
    assert_snapshot!(refused(running(ledger().config(path!("/etc/a.b"), "x").config(path!("/etc/a/b"), "y"))), @r#"
    payments/ledger: two config files would have the key `etc.a.b`
      --> config.rs `config(path!("/etc/a/b"), "y")`
      instead: give one of them another path
    "#);
}

#[test]
fn config_files_fit_into_a_config_map() {
    let text = |length| -> &'static str { String::leak("x".repeat(length)) };
    accepted(running(ledger().config(path!("/etc/a"), text(1024 * 1024))));
    assert_snapshot!(refused(running(ledger().config(path!("/etc/a"), text(1024 * 1024 + 1)))), @r#"
    payments/ledger: the config files of this service are 1048577 bytes long
      --> config.rs `config(path!("/etc/a"), text(1024 * 1024 + 1))`
      instead: a ConfigMap holds at most 1 MiB: put the data into the image or a claim
    "#);
}

#[test]
fn a_config_file_has_a_key_that_kubernetes_takes() {
    accepted(running(ledger().config(path!("/.ledger"), "x")));
    assert_snapshot!(refused(running(ledger().config(path!("/..ledger"), "x"))), @r#"
    payments/ledger: the config file /..ledger would have the key `..ledger`, which Kubernetes refuses
      --> config.rs `config(path!("/..ledger"), "x")`
      instead: choose a path of at most 253 characters that begins with no dots
    "#);
}

#[test]
fn each_container_has_its_own_files() {
    accepted(beside(ledger().config(path!("/etc/a"), "x"), |exporter| exporter.config(path!("/etc/a"), "y")));
    assert_snapshot!(refused(beside(ledger().config(path!("/exporter/a"), "x"), |exporter| {
        exporter.config(path!("/a"), "y")
    })), @r#"
    payments/ledger: two config files would have the key `exporter.a`
      --> config.rs `config(path!("/a"), "y")`
      instead: give one of them another path
    "#);
}

#[test]
fn a_config_file_has_one_mode() {
    accepted(beside(ledger().config(path!("/exporter/a"), executable("x")), |exporter| {
        exporter.config(path!("/a"), executable("x"))
    }));
    assert_snapshot!(refused(beside(ledger().config(path!("/exporter/a"), executable("x")), |exporter| {
        exporter.config(path!("/a"), "x")
    })), @r#"
    payments/ledger: two config files would have the key `exporter.a`
      --> config.rs `config(path!("/a"), "x")`
      instead: give one of them another path
    "#);
}
