//! Who a service is.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{IMAGE, Ledger, PAYMENTS, cluster, ledger};
use crate::{accepted, refused};

macro_rules! identity {
    ($identity:ident, $name:literal, $namespace:expr) => {
        #[derive(Debug)]
        enum $identity {}

        impl Workload for $identity {
            const NAME: Name = name!($name);
            const NAMESPACE: Namespace = $namespace;
        }
    };
}

identity!(Other, "ledger", PAYMENTS);
identity!(Elsewhere, "ledger", namespace!("office"));

fn idle<W: Workload>(image: Image) -> Deployment<W> {
    Deployment::new(
        W::container(image).resources(cpu!("10m"), memory!("16Mi")).probes(Probes::only_alive(exec(["/check"]))),
    )
}

#[test]
fn two_identities_have_two_names() {
    accepted(cluster().runs(Deployment::new(ledger())).runs(idle::<Elsewhere>(IMAGE)));
    assert_snapshot!(refused(cluster().runs(Deployment::new(ledger())).runs(idle::<Other>(IMAGE))), @"
    payments/ledger: two identities have this name, the other is declared at identities.rs below
      --> identities.rs `Deployment::new(..)`
      instead: give one of them another `NAME` or `NAMESPACE`
    ");
}

#[test]
fn a_service_runs_once() {
    let twice = cluster().runs(Deployment::new(ledger())).runs(idle::<Ledger>(IMAGE));
    accepted(cluster().runs(Deployment::new(ledger())));
    assert_snapshot!(refused(twice), @"
    payments/ledger: the cluster runs this service twice, the other is declared at identities.rs on the same line
      --> identities.rs `runs(idle::<Ledger>(IMAGE))`
      instead: run it once
    ");
}

identity!(Default, "default", PAYMENTS);
identity!(Defaults, "defaults", PAYMENTS);

#[test]
fn no_service_has_the_default_account() {
    accepted(cluster().runs(idle::<Defaults>(IMAGE)));
    assert_snapshot!(refused(cluster().runs(idle::<Default>(IMAGE))), @"
    payments/default: `default` names the account of every pod that names none
      --> identities.rs `Deployment::new(..)`
      instead: choose another `NAME`
    ");
}

identity!(Envoy, "envoy", PAYMENTS);
identity!(EnvoyProxy, "envoy-proxy", PAYMENTS);

#[test]
fn no_service_is_named_so_that_the_mesh_passes_over_it() {
    accepted(cluster().runs(idle::<EnvoyProxy>(IMAGE)));
    assert_snapshot!(refused(cluster().runs(idle::<Envoy>(IMAGE))), @"
    payments/envoy: `envoy` names a proxy to Linkerd, which would leave its pods outside of the mesh
      --> identities.rs `Deployment::new(..)`
      instead: choose another `NAME`
    ");
}

#[test]
fn no_image_is_one_that_the_mesh_passes_over() {
    const CONTOUR: Image = image_awaiting_digest!("gcr.io/heptio-images/contour:v0.15.0");
    const TOUR: Image = image_awaiting_digest!("gcr.io/heptio-images/tour:v0.15.0");
    accepted(cluster().runs(idle::<Ledger>(TOUR)));
    assert_snapshot!(refused(cluster().runs(idle::<Ledger>(CONTOUR))), @"
    payments/ledger: Linkerd takes gcr.io/heptio-images/contour:v0.15.0 for a proxy, and would leave its pods outside of the mesh
      --> identities.rs `W::container(image)`
      instead: run it under another repository, or another image
    ");
}

identity!(Dns, "dns", PAYMENTS);
identity!(DnsServer, "dns-server", PAYMENTS);

#[test]
fn no_service_is_named_like_a_policy_of_its_namespace() {
    accepted(cluster().runs(idle::<DnsServer>(IMAGE)));
    assert_snapshot!(refused(cluster().runs(idle::<Dns>(IMAGE))), @"
    payments/dns: `dns` names the policy that lets the namespace ask the cluster's DNS
      --> identities.rs `Deployment::new(..)`
      instead: choose another `NAME`
    ");
}

identity!(Shut, "default-deny", PAYMENTS);
identity!(Meshed, "linkerd", PAYMENTS);
identity!(MeshedBooks, "linkerd-books", PAYMENTS);

#[test]
fn no_service_is_named_like_another_policy_of_its_namespace() {
    accepted(cluster().runs(idle::<MeshedBooks>(IMAGE)));
    assert_snapshot!(refused(cluster().runs(idle::<Shut>(IMAGE))), @"
    payments/default-deny: `default-deny` names the policy that shuts the namespace
      --> identities.rs `Deployment::new(..)`
      instead: choose another `NAME`
    ");
    assert_snapshot!(refused(cluster().runs(idle::<Meshed>(IMAGE))), @"
    payments/linkerd: `linkerd` names the policy that lets the namespace reach the mesh's control plane
      --> identities.rs `Deployment::new(..)`
      instead: choose another `NAME`
    ");
}

#[test]
fn no_container_is_named_like_one_that_the_mesh_knows() {
    let named = |name| {
        let second = Ledger::container_named(name, IMAGE).resources(cpu!("5m"), memory!("16Mi"));
        let second = second.probes(Probes::only_alive(exec(["/check"])));
        cluster().runs(Deployment::new(ledger()).container(second))
    };
    accepted(named(name!("proxy")));
    let reserved = [
        name!("contour"),
        name!("istio-proxy"),
        name!("linkerd-proxy"),
        name!("linkerd-init"),
        name!("linkerd-network-validator"),
    ];
    let found = reserved.map(|name| refused(named(name)).lines().next().unwrap_or_default().to_owned());
    assert_snapshot!(found.join("\n"), @"
    payments/ledger: `contour` names a proxy to Linkerd, which would leave its pods outside of the mesh
    payments/ledger: `istio-proxy` names a proxy to Linkerd, which would leave its pods outside of the mesh
    payments/ledger: `linkerd-proxy` names a proxy to Linkerd, which would leave its pods outside of the mesh
    payments/ledger: `linkerd-init` names a container that Linkerd adds to the pods
    payments/ledger: `linkerd-network-validator` names a container that Linkerd adds to the pods
    ");
}
