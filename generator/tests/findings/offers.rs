//! Custom resources that a service offers to others, and who takes them.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{IMAGE, cluster, ledger};
use crate::{accepted, refused};

identity!(Cacher = "cacher" in namespace!("caches"));
identity!(Warmer = "warmer" in namespace!("caches"));

const CACHES: api::Own = api::own!("caches.example.com", "modelcaches");
const OFFERED: api::Offered<Cacher> = CACHES.offered();
const RUNS: api::Own = api::own!("caches.example.com", "warmups");
const OFFERED_RUNS: api::Offered<Warmer> = RUNS.offered();

fn running<W: Workload>(need: api::ApiNeed) -> Deployment<W> {
    Deployment::new(
        W::container(IMAGE)
            .resources(cpu!("10m"), memory!("16Mi"))
            .probes(Probes::only_alive(exec(["/serve", "check"])))
            .may(need),
    )
}

fn cacher() -> Deployment<Cacher> {
    running(CACHES.manage())
}

fn taking(need: api::ApiNeed) -> Cluster {
    cluster().runs(Deployment::new(ledger().may(need)))
}

/// The files of roles and their bindings that bear the names of two services.
fn between_services(cluster: Cluster) -> Vec<String> {
    let rendered = casemate::render(cluster).unwrap_or_else(|findings| panic!("{findings}"));
    let paths = rendered.files().map(|(path, _)| path.to_owned());
    paths.filter(|path| path.contains("/role") && path.contains(".payments.ledger.yaml")).collect()
}

#[test]
fn a_service_offers_what_it_keeps() {
    accepted(cluster().runs(cacher().offers(OFFERED)));
    accepted(
        cluster().runs(running::<Cacher>(CACHES.manage_everywhere(because!("teams keep caches"))).offers(OFFERED)),
    );
    assert_snapshot!(refused(cluster().runs(running::<Cacher>(api::LEASES.manage()).offers(OFFERED))), @r#"
    caches/cacher: offers modelcaches.caches.example.com, which it does not manage itself
      --> offers.rs `offers(OFFERED)`
      instead: say at the container that keeps them: `.may(api::own!("caches.example.com", "modelcaches").manage())`
    "#);
}

#[test]
fn what_is_taken_is_offered() {
    accepted(taking(OFFERED.read()).runs(cacher().offers(OFFERED)));
    assert_snapshot!(refused(taking(OFFERED.read()).runs(cacher())), @"
    payments/ledger: takes modelcaches.caches.example.com of caches/cacher, which does not offer them
      --> offers.rs `may(need)`
      instead: add `.offers(..)` with the same constant to the declaration of caches/cacher
    ");
}

#[test]
fn what_is_taken_is_of_a_service_of_the_cluster() {
    accepted(taking(OFFERED.manage()).runs(cacher().offers(OFFERED)));
    assert_snapshot!(refused(taking(OFFERED.manage())), @"
    payments/ledger: takes modelcaches.caches.example.com of caches/cacher, which this cluster does not run
      --> offers.rs `may(need)`
      instead: add `.runs(..)` of that service to the cluster, or leave the need out
    ");
}

#[test]
fn nobody_takes_what_is_its_own() {
    accepted(cluster().runs(cacher().offers(OFFERED)));
    let itself = || {
        Deployment::new(
            Cacher::container(IMAGE)
                .resources(cpu!("10m"), memory!("16Mi"))
                .probes(Probes::only_alive(exec(["/serve", "check"])))
                .may(CACHES.manage())
                .may(OFFERED.manage()),
        )
    };
    assert_snapshot!(refused(cluster().runs(itself().offers(OFFERED))), @r#"
    caches/cacher: takes modelcaches.caches.example.com, which it offers itself
      --> offers.rs `may(OFFERED.manage())`
      instead: say that they are its own: `.may(api::own!("caches.example.com", "modelcaches").manage())`
    "#);
}

#[test]
fn a_right_goes_with_the_one_who_took_it() {
    let owner = || cacher().offers(OFFERED);
    assert_eq!(
        between_services(taking(OFFERED.manage()).runs(owner())),
        [
            "example/services/caches/cacher/role-cacher.payments.ledger.yaml",
            "example/services/caches/cacher/rolebinding-cacher.payments.ledger.yaml",
        ]
    );
    assert_eq!(between_services(cluster().runs(Deployment::new(ledger())).runs(owner())), [""; 0]);
    assert_eq!(between_services(cluster().runs(owner())), [""; 0]);
}

#[test]
fn two_owners_of_a_namespace_give_to_the_same_service() {
    let both = Deployment::new(ledger().may(OFFERED.manage()).may(OFFERED_RUNS.read()));
    let owners = cluster().runs(cacher().offers(OFFERED)).runs(running::<Warmer>(RUNS.manage()).offers(OFFERED_RUNS));
    assert_eq!(between_services(owners.runs(both)).len(), 4);
}
