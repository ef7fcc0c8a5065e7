//! Variables: what they hold, and in which order.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::ledger;
use crate::{accepted, refused, running};

#[test]
fn a_limit_that_a_variable_names_is_said() {
    let named = || ledger().env(var!("GOMAXPROCS"), ContainerResource::CpuLimit);
    accepted(running(named().cpu_limit(cpu!("2"))));
    assert_snapshot!(refused(running(named())), @r#"
    payments/ledger: `GOMAXPROCS` names the container's cpu limit, which is not said
      --> variables.rs `env(var!("GOMAXPROCS"), ContainerResource::CpuLimit)`
      instead: say `.cpu_limit(cpu!("1"))`, or name `ContainerResource::CpuRequest`
    "#);
}

#[test]
fn variables_name_one_another_in_one_direction() {
    let named = |second| ledger().env(var!("FIRST"), "$(SECOND)").env(var!("SECOND"), second);
    accepted(running(named("$(THIRD) and $$(FIRST)")));
    assert_snapshot!(refused(running(named("$(FIRST)"))), @r#"
    payments/ledger: variables name one another in a circle: `FIRST` names `SECOND` names `FIRST`
      --> variables.rs `env(var!("FIRST"), "$(SECOND)")`
      instead: write one of them without `$(…)`
    "#);
}

#[test]
fn a_variable_does_not_name_itself() {
    accepted(running(ledger().env(var!("PATH"), "/ledger/bin:/usr/bin")));
    assert_snapshot!(refused(running(ledger().env(var!("PATH"), "/ledger/bin:$(PATH)"))), @r#"
    payments/ledger: variables name one another in a circle: `PATH` names `PATH`
      --> variables.rs `env(var!("PATH"), "/ledger/bin:$(PATH)")`
      instead: write one of them without `$(…)`
    "#);
}

#[test]
fn a_template_in_a_variable_is_held_to_the_rules_of_templates() {
    let settings = |template| running(ledger().env(var!("SETTINGS"), template));
    accepted(settings(template("{{ level }}").with("level", "info")));
    assert_snapshot!(refused(settings(template("{{ level }}"))), @r#"
    payments/ledger: `SETTINGS`: the template names `{{ level }}`, which has no value
      --> variables.rs `env(var!("SETTINGS"), template)`
      instead: give it one: `.with("level", ..)`
    "#);
}

#[test]
fn a_template_in_a_variable_holds_no_credential() {
    let settings = |text| running(ledger().env(var!("SETTINGS"), template(text)));
    accepted(settings("{\n  \"password\": \"$(DB_PASSWORD)\"\n}"));
    assert_snapshot!(refused(settings("{\n  \"password\": \"hunter2\"\n}")), @r#"
    payments/ledger: line 2 of `SETTINGS` holds what looks like a credential at a key that names one, which would stand in Git
      --> variables.rs `env(var!("SETTINGS"), template(text))`
      instead: set a variable from 1Password, and name it in the template: `$(DB_PASSWORD)`
    "#);
}

#[test]
fn a_template_in_a_variable_holds_no_zero_byte() {
    accepted(running(ledger().env(var!("SETTINGS"), template("a\tb"))));
    assert_snapshot!(refused(running(ledger().env(var!("SETTINGS"), template("a\0b")))), @r#"
    payments/ledger: the value of `SETTINGS` holds a zero byte
      --> variables.rs `env(var!("SETTINGS"), template("a\0b"))`
      instead: no process can be given one: remove it
    "#);
}
