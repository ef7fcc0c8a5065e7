//! Needs of the Kubernetes API.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{IMAGE, ledger};
use crate::{accepted, refused, running};

#[derive(Debug)]
enum Cacher {}

impl Workload for Cacher {
    const NAME: Name = name!("cacher");
    const NAMESPACE: Namespace = namespace!("office");
}

fn cacher(need: api::ApiNeed) -> Deployment<Cacher> {
    Deployment::new(
        Cacher::container(IMAGE)
            .resources(cpu!("10m"), memory!("16Mi"))
            .probes(Probes::only_alive(exec(["/cacher", "check"])))
            .may(need),
    )
}

#[test]
fn a_custom_resource_has_one_owner() {
    const CACHES: api::Own = api::own!("caches.example.com", "modelcaches");
    let owned = || running(ledger().may(CACHES.manage()));
    accepted(owned().runs(cacher(api::custom!("caches.example.com", "modelcaches").read())));
    assert_snapshot!(refused(owned().runs(cacher(CACHES.manage()))), @"
    payments/ledger: owns modelcaches.caches.example.com, which office/cacher owns, too (access.rs above)
      --> access.rs `may(CACHES.manage())`
      instead: one service defines a resource; another says `api::custom!(..).read()`
    ");
}

#[test]
fn a_service_writes_no_config_of_its_neighbours() {
    let configured = |name| {
        running(
            ledger().config(path!("/etc/ledger.toml"), "mode = 'fast'\n").may(api::CONFIG_MAPS.named(name).manage()),
        )
    };
    accepted(configured(name!("state")));
    assert_snapshot!(refused(configured(name!("ledger-config-0000000000"))), @"
    payments/ledger: writes the ConfigMap `ledger-config-0000000000`, as the config files of payments/ledger are named
      --> access.rs `may(api::CONFIG_MAPS.named(name).manage())`
      instead: choose another name for what the service keeps
    ");
}
