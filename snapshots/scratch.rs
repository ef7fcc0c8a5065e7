//! Scratch directories: on disk, in memory, at several paths, and the memory that processes share.

use casemate_dsl::prelude::*;

use crate::example::{IMAGE, Ledger, cluster, ledger};
use crate::means;

#[test]
fn scratch() {
    let ledger =
        Deployment::new(ledger().scratch(path!("/tmp")).scratch_of(memory!("64Mi"), path!("/var/cache/ledger")));
    means!("scratch", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn scratch_at_several_paths() {
    const WORK: Scratch = Scratch::disk(name!("work"), memory!("2Gi"));
    let ledger = Deployment::new(
        ledger()
            .mounts(WORK.sub_path(sub_path!("cache")), path!("/var/cache/ledger"))
            .mounts(WORK.sub_path(sub_path!("run")), path!("/run/ledger"))
            .reads(WORK, path!("/work")),
    );
    means!("scratch-at-several-paths", cluster().runs(ledger), ["services/payments/ledger/deployment-ledger.yaml"]);
}

#[test]
fn scratch_in_memory() {
    const QUICK: Scratch = Scratch::in_memory(name!("quick"), memory!("32Mi"));
    let ledger = Deployment::new(ledger().mounts(QUICK, path!("/quick")).shared_memory(memory!("64Mi")));
    means!("scratch-in-memory", cluster().runs(ledger), ["services/payments/ledger/deployment-ledger.yaml"]);
}

#[test]
fn volumes_of_several_containers() {
    const WORK: Scratch = Scratch::disk(name!("work"), memory!("2Gi"));
    let container = |name| Ledger::container_named(name, IMAGE).resources(cpu!("10m"), memory!("64Mi"));
    let exporter = container(name!("exporter"))
        .probes(Probes::only_alive(exec(["/exporter", "check"])))
        .reads(WORK, path!("/books"))
        .config(path!("/etc/app.toml"), "port = 9000\n")
        .directory(path!("/etc/pod"), Files::new().pod(file_name!("labels"), PodField::Labels))
        .scratch(path!("/tmp"));
    let unpack = container(name!("unpack")).mounts(WORK, path!("/work")).scratch(path!("/tmp"));
    let ledger =
        ledger().mounts(WORK, path!("/books")).config(path!("/etc/app.toml"), "open = true\n").scratch(path!("/tmp"));
    let ledger = Deployment::new(ledger).container(exporter).init_container(unpack);
    means!(
        "volumes-of-several-containers",
        cluster().runs(ledger),
        ["services/payments/ledger/deployment-ledger.yaml", "services/payments/ledger/configmap-ledger-config.yaml"]
    );
}
