//! The Kubernetes API: rights from declared needs, and a token in the container that has them.

use casemate_dsl::prelude::*;

use crate::calls::mailer;
use crate::example::{IMAGE, Ledger, cluster, ledger};
use crate::means;

#[test]
fn api_permission() {
    let ledger = Deployment::new(
        ledger()
            .may(api::LEASES.manage())
            .may(api::CONFIG_MAPS.read())
            .may(api::PODS.read())
            .may(api::CONFIG_MAPS.named(name!("state")).manage()),
    );
    means!("api-permission", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn api_reading_of_the_cluster() {
    let ledger = Deployment::new(
        ledger()
            .may(api::NODES.read_everywhere(because!("the page shows every node")))
            .may(api::NODE_METRICS.read_everywhere(because!("the page shows every node")))
            .may(api::PODS.read_everywhere(because!("the page counts all pods"))),
    );
    means!("api-reading-of-the-cluster", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn api_custom_resources() {
    const CACHES: api::Own = api::own!("caches.example.com", "modelcaches");
    let ledger = Deployment::new(
        ledger()
            .may(CACHES.manage())
            .may(api::custom!("argoproj.io", "applications").read())
            .may(api::custom!("agents.x-k8s.io", "sandboxes").manage(because!("each job runs in a sandbox"))),
    );
    means!("api-custom-resources", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn api_own_resource_of_the_cluster() {
    let caches = api::own!("caches.example.com", "modelcaches");
    let ledger = Deployment::new(ledger().may(caches.manage_everywhere(because!("teams keep caches of their own"))));
    means!("api-own-resource-of-the-cluster", cluster().runs(ledger), ["services/payments/ledger"]);
}

identity!(Cacher = "cacher" in namespace!("caches"));

#[test]
fn api_offered_resource() {
    const CACHES: api::Own = api::own!("caches.example.com", "modelcaches");
    const OFFERED: api::Offered<Cacher> = CACHES.offered();
    let cacher = Deployment::new(
        Cacher::container(IMAGE)
            .resources(cpu!("10m"), memory!("16Mi"))
            .probes(Probes::only_alive(exec(["/cacher", "check"])))
            .may(CACHES.manage()),
    );
    let ledger = Deployment::new(ledger().may(OFFERED.manage()));
    means!(
        "api-offered-resource",
        cluster().runs(ledger).runs(cacher.offers(OFFERED)),
        [
            "services/caches/cacher/role-cacher.yaml",
            "services/caches/cacher/role-cacher.payments.ledger.yaml",
            "services/caches/cacher/rolebinding-cacher.payments.ledger.yaml",
            "services/payments/ledger",
        ]
    );
}

const HOOK: Port<Ledger, Tls> = port!(9443);

#[test]
fn webhooks() {
    let office = namespace!("office");
    let ledger = Deployment::new(ledger().serves(HOOK).webhook_certificate(path!("/certs")))
        .webhook(HOOK, Webhook::mutating(path!("/mutate-pods"), api::PODS.created(), office))
        .webhook(
            HOOK,
            Webhook::validating(path!("/validate"), api::DEPLOYMENTS.created(), office)
                .and_about(api::DEPLOYMENTS.updated())
                .and_in(namespace!("payments"))
                .within(seconds!(5)),
        );
    means!(
        "webhooks",
        cluster().cert_manager(name!("cert-manager")).runs(ledger).runs(mailer()),
        ["services/payments/ledger"]
    );
}
