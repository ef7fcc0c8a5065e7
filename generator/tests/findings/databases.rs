//! Databases that an operator runs among services.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{PAYMENTS, ledger};
use crate::{accepted, deployed, findings, refused, running, with_source};

const DB: Database = CloudNativePg::cluster(name!("ledger-pg"), PAYMENTS);
const ELSEWHERE: Database = CloudNativePg::cluster(name!("mail-pg"), namespace!("office"));

fn with_operator(cluster: Cluster) -> Cluster {
    cluster.cloud_native_pg(name!("cnpg-system"))
}

#[test]
fn a_database_has_an_operator() {
    let called = || running(ledger().env(var!("DATABASE_URL"), DB.uri()));
    accepted(with_operator(called()));
    assert_snapshot!(refused(called()), @r#"
    payments/ledger: calls the database payments/ledger-pg, and this cluster declares no CloudNativePG
      --> databases.rs `env(var!("DATABASE_URL"), DB.uri())`
      instead: say where it runs, at the cluster: `.cloud_native_pg(name!("cnpg-system"))`
    "#);
}

#[test]
fn a_database_among_services_lies_beside_one() {
    accepted(with_operator(deployed(|ledger| ledger.calls(DB))));
    assert_snapshot!(refused(with_operator(deployed(|ledger| ledger.calls(ELSEWHERE)))), @"
    payments/ledger: calls the database office/mail-pg, and no service runs in that namespace
      --> databases.rs `calls(ELSEWHERE)`
      instead: a database among services lies beside one of them; declare any other as a `Peer`
    ");
}

#[test]
fn a_credential_is_read_in_its_namespace() {
    let found = findings(with_operator(running(ledger().env(var!("DATABASE_URL"), ELSEWHERE.uri()))));
    // The other finding is that nobody runs beside the database.
    accepted(with_operator(running(ledger().env(var!("DATABASE_URL"), DB.uri()))));
    assert_snapshot!(with_source(&found[1]), @r#"
    payments/ledger: reads a credential of office/mail-pg, and no pod reads a Secret of another namespace
      --> databases.rs `env(var!("DATABASE_URL"), ELSEWHERE.uri())`
      instead: run the service beside its database, or take the credential from 1Password and say `.calls(DB)`
    "#);
}

#[test]
fn a_database_is_declared_in_one_way() {
    let operator = Peer::unmeshed(name!("atlas"), label!("app", "atlas"), because!("the chart is not meshed"));
    let called = DB.called_by(operator.caller(name!("atlas")));
    accepted(with_operator(deployed(|ledger| ledger.calls(called))));
    assert_snapshot!(refused(with_operator(deployed(|ledger| ledger.calls(called).calls(DB)))), @"
    payments/ledger: the database payments/ledger-pg has other callers than at databases.rs on the same line
      --> databases.rs `calls(DB)`
      instead: declare the `Database` once, as a constant, and name it
    ");
}

#[test]
fn who_calls_a_database_is_no_service() {
    let called_from = |namespace| {
        let atlas = Peer::unmeshed(namespace, label!("app", "atlas"), because!("the chart is not meshed"));
        let called = DB.called_by(atlas.caller(name!("atlas")));
        with_operator(deployed(|ledger| ledger.calls(called)))
    };
    accepted(called_from(name!("atlas")));
    assert_snapshot!(refused(called_from(name!("payments"))), @"
    payments/ledger: is called by a peer in namespace payments, which belongs to services
      --> databases.rs `calls(called)`
      instead: let the service that calls say so, `.calls(..)`, or run the peer in a namespace of its own
    ");
}

#[test]
fn the_operator_runs_in_no_namespace_of_services() {
    accepted(running(ledger()).cloud_native_pg(name!("cnpg-system")));
    assert_snapshot!(refused(running(ledger()).cloud_native_pg(name!("payments"))), @r#"
    cluster example: CloudNativePG would run in namespace payments, which belongs to services
      --> databases.rs `cloud_native_pg(name!("payments"))`
      instead: name the namespace of its chart: `name!("cnpg-system")`
    "#);
}

#[test]
fn the_operator_has_one_namespace() {
    let twice = with_operator(with_operator(running(ledger())));
    accepted(with_operator(running(ledger())));
    assert_snapshot!(refused(twice), @r#"
    cluster example: the namespace of CloudNativePG is said twice, first at databases.rs on the same line
      --> databases.rs `cloud_native_pg(name!("cnpg-system"))`
      instead: say it once
    "#);
}
