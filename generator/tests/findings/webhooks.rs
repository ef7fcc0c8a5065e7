//! Webhooks that the API server asks.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{Ledger, PAYMENTS, cluster, ledger};
use crate::{accepted, refused};

const HOOK: Port<Ledger, Tls> = port!(9443);
const OTHER_HOOK: Port<Ledger, Tls> = port!(9444);
const AT_443: Port<Ledger, Tls> = low_port!(443);

fn hook() -> Webhook {
    Webhook::mutating(path!("/mutate"), api::PODS.created(), PAYMENTS)
}

fn container() -> ReadyContainer<Ledger> {
    ledger().serves(HOOK).webhook_certificate(path!("/certs"))
}

fn answering(service: Deployment<Ledger>) -> Cluster {
    cluster().cert_manager(name!("cert-manager")).runs(service)
}

#[test]
fn a_webhook_is_served() {
    accepted(answering(Deployment::new(container()).webhook(HOOK, hook())));
    assert_snapshot!(refused(answering(Deployment::new(container()).webhook(OTHER_HOOK, hook()))), @"
    payments/ledger: answers a webhook on port 9444, which no container of it serves with TLS
      --> webhooks.rs `webhook(OTHER_HOOK, hook())`
      instead: add `.serves(..)` of that port to the container that answers
    ");
}

#[test]
fn webhooks_are_answered_on_one_port() {
    let both = || Deployment::new(container().serves(OTHER_HOOK)).webhook(HOOK, hook());
    accepted(answering(both().webhook(HOOK, hook())));
    assert_snapshot!(refused(answering(both().webhook(OTHER_HOOK, hook()))), @"
    payments/ledger: answers webhooks on two ports, and its Service has one for them
      --> webhooks.rs `webhook(OTHER_HOOK, hook())`
      instead: answer them on one port, each on a path of its own
    ");
}

#[test]
fn port_443_is_the_webhooks() {
    let at_443 = ledger().serves(AT_443).webhook_certificate(path!("/certs"));
    accepted(answering(Deployment::new(container()).webhook(HOOK, hook())));
    assert_snapshot!(refused(answering(Deployment::new(at_443).webhook(AT_443, hook()))), @"
    payments/ledger: answers a webhook, which takes port 443 of its Service, and serves that port itself
      --> webhooks.rs `webhook(AT_443, hook())`
      instead: serve another port, `port!(9443)`: the API server asks for 443 all the same
    ");
}

#[test]
fn a_webhook_is_asked_about_namespaces_of_services() {
    let elsewhere = hook().and_in(namespace!("office"));
    accepted(answering(Deployment::new(container()).webhook(HOOK, hook().and_in(PAYMENTS))));
    assert_snapshot!(refused(answering(Deployment::new(container()).webhook(HOOK, elsewhere))), @"
    payments/ledger: answers a webhook about namespace office, in which no service runs
      --> webhooks.rs `webhook(HOOK, elsewhere)`
      instead: name namespaces of services that this cluster runs
    ");
}

#[test]
fn a_webhook_keeps_its_own_pods_from_nothing() {
    let updates = Webhook::validating(path!("/validate"), api::PODS.updated(), PAYMENTS).or_refused();
    accepted(answering(Deployment::new(container()).webhook(HOOK, updates)));
    assert_snapshot!(refused(answering(Deployment::new(container()).webhook(HOOK, hook().or_refused()))), @"
    payments/ledger: refuses what is created in its own namespace while it is away, its own pods among it
      --> webhooks.rs `webhook(HOOK, hook().or_refused())`
      instead: leave `.or_refused()` out, or run it in a namespace of its own
    ");
}

#[test]
fn the_api_server_waits_for_30_seconds() {
    let within = |time| answering(Deployment::new(container()).webhook(HOOK, hook().within(time)));
    accepted(within(seconds!(30)));
    assert_snapshot!(refused(within(seconds!(31))), @"
    payments/ledger: a webhook cannot answer within 31 seconds: the API server waits for 30
      --> webhooks.rs `webhook(HOOK, hook().within(time))`
      instead: say at most 30: `.within(seconds!(10))`
    ");
}

#[test]
fn the_timeout_of_a_webhook_is_said_once() {
    let hooked = |hook| answering(Deployment::new(container()).webhook(HOOK, hook));
    accepted(hooked(hook().within(seconds!(5))));
    assert_snapshot!(refused(hooked(hook().within(seconds!(5)).within(seconds!(10)))), @"
    payments/ledger: the timeout of a webhook is said twice, first at webhooks.rs on the same line
      --> webhooks.rs `within(seconds!(10))`
      instead: say it once
    ");
}

#[test]
fn a_webhook_has_a_certificate() {
    let without = ledger().serves(HOOK);
    accepted(answering(Deployment::new(container()).webhook(HOOK, hook())));
    assert_snapshot!(refused(answering(Deployment::new(without).webhook(HOOK, hook()))), @r#"
    payments/ledger: answers a webhook, and no container of it has the certificate
      --> webhooks.rs `webhook(HOOK, hook())`
      instead: mount it into the container that answers: `.webhook_certificate(path!("/certs"))`
    "#);
    assert_snapshot!(refused(answering(Deployment::new(container()))), @"
    payments/ledger: mounts the certificate of a webhook, and answers none
      --> webhooks.rs `Deployment::new(container())`
      instead: say what it is asked: `.webhook(PORT, Webhook::mutating(..))`
    ");
}

#[test]
fn somebody_makes_the_certificate() {
    accepted(answering(Deployment::new(container()).webhook(HOOK, hook())));
    assert_snapshot!(refused(cluster().runs(Deployment::new(container()).webhook(HOOK, hook()))), @r#"
    payments/ledger: answers a webhook, and this cluster declares no cert-manager, which makes its certificate
      --> webhooks.rs `webhook(HOOK, hook())`
      instead: say where it runs, at the cluster: `.cert_manager(name!("cert-manager"))`
    "#);
}
