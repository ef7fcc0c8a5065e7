//! Kyverno: one, and not among services.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::ledger;
use crate::{accepted, refused, running};

#[test]
fn kyverno_runs_in_no_namespace_of_services() {
    accepted(running(ledger()).kyverno(name!("kyverno")));
    assert_snapshot!(refused(running(ledger()).kyverno(name!("payments"))), @r#"
    cluster example: Kyverno would run in namespace payments, which belongs to services
      --> policies.rs `kyverno(name!("payments"))`
      instead: name the namespace of its chart: `name!("kyverno")`
    "#);
}

#[test]
fn kyverno_has_one_namespace() {
    let once = || running(ledger()).kyverno(name!("kyverno"));
    accepted(once());
    assert_snapshot!(refused(once().kyverno(name!("kyverno"))), @r#"
    cluster example: the namespace of Kyverno is said twice, first at policies.rs above
      --> policies.rs `kyverno(name!("kyverno"))`
      instead: say it once
    "#);
}

#[test]
fn the_operator_of_secrets_is_one() {
    let once = || running(ledger()).one_password(OnePassword::CHART);
    accepted(once());
    assert_snapshot!(refused(once().one_password(OnePassword::CHART)), @"
    cluster example: the 1Password operator is said twice, first at policies.rs above
      --> policies.rs `one_password(OnePassword::CHART)`
      instead: say it once
    ");
}
