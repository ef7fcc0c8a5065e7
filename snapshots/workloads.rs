//! Kinds of workload, and their scale.

use casemate_dsl::prelude::*;

use crate::example::{IMAGE, Ledger, cluster, ledger};
use crate::means;

#[test]
fn cron_job() {
    let report = CronJob::new(
        cron!("30 4 * * 1-5"),
        Ledger::container(IMAGE).resources(cpu!("100m"), memory!("128Mi")).args(["report"]),
    );
    means!("cron-job", cluster().runs(report), ["services/payments/ledger"]);
}

#[test]
fn cron_job_with_deadline() {
    let report = CronJob::new(
        cron!("30 4 * * 1-5"),
        Ledger::container(IMAGE).resources(cpu!("100m"), memory!("128Mi")).args(["report"]),
    )
    .deadline(seconds!(3600))
    .retries(3);
    means!("cron-job-with-deadline", cluster().runs(report), ["services/payments/ledger"]);
}

#[test]
fn replicas() {
    let ledger = Deployment::new(ledger()).replicas(3);
    means!("replicas", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn autoscaling() {
    let ledger = Deployment::new(ledger()).replicas(between(1, 6).at_cpu_percent(65));
    means!("autoscaling", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn stateful_set() {
    const BOOKS: Claim = Claim::template(name!("books"), storage!("20Gi"));
    let ledger = StatefulSet::new(ledger().mounts(BOOKS, path!("/books"))).replicas(3).keeps_revisions(3);
    let cluster = cluster().default_storage(storage_class!("longhorn"));
    means!("stateful-set", cluster.runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn daemon_set() {
    let ledger = DaemonSet::new(ledger())
        .max_unavailable(2)
        .tolerates(Taint::no_schedule(node_label!("node-role.kubernetes.io/edge", "true")));
    means!("daemon-set", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn job() {
    let migration = Job::new(Ledger::container(IMAGE).resources(cpu!("100m"), memory!("128Mi")).args(["migrate"]))
        .deadline(seconds!(600))
        .retries(2)
        .completions(4)
        .parallelism(2);
    means!("job", cluster().runs(migration), ["services/payments/ledger"]);
}

#[test]
fn cron_job_of_a_time_zone() {
    let report =
        CronJob::new(cron!("30 4 * * 1-5"), Ledger::container(IMAGE).resources(cpu!("100m"), memory!("128Mi")))
            .time_zone(time_zone!("Europe/Berlin"))
            .concurrency(Concurrency::Replace)
            .starting_deadline(seconds!(300))
            .keeps_runs(5, 2);
    means!("cron-job-of-a-time-zone", cluster().runs(report), ["services/payments/ledger/cronjob-ledger.yaml"]);
}

#[test]
fn several_containers() {
    const METRICS: Port<Ledger, Http> = port!(9212);
    let migrates = Ledger::container_named(name!("migrate"), IMAGE)
        .resources(cpu!("100m"), memory!("64Mi"))
        .args(["migrate"])
        .working_dir(path!("/srv"));
    let exporter = Ledger::container_named(name!("exporter"), IMAGE)
        .resources(cpu!("5m"), memory!("16Mi"))
        .serves(METRICS)
        .probes(Probes::http(METRICS, path!("/metrics")));
    let courier = Ledger::container_named(name!("courier"), IMAGE)
        .resources(cpu!("5m"), memory!("16Mi"))
        .probes(Probes::only_alive(exec(["/courier", "check"])));
    let ledger = Deployment::new(ledger().pre_stop_sleep(seconds!(5)))
        .init_container(migrates)
        .sidecar(exporter)
        .container(courier)
        .grace_period(seconds!(60));
    means!("several-containers", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn rollouts() {
    let ledger = Deployment::new(ledger()).replicas(3).rolling(1, 0).keeps_revisions(2);
    means!("rolling", cluster().runs(ledger), ["services/payments/ledger/deployment-ledger.yaml"]);
}

#[test]
fn device() {
    let model = Deployment::new(
        ledger().device(device!("nvidia.com/gpu"), 1).ephemeral_storage(storage!("2Gi")).cpu_limit(cpu!("4")),
    )
    .recreate()
    .runtime(runtime_class!("nvidia"))
    .on_nodes(node_label!("kubernetes.io/hostname", "node-4"));
    let cluster = cluster().runtime_class(runtime_class!("nvidia"));
    means!("device", cluster.runs(model), ["services/payments/ledger/deployment-ledger.yaml"]);
}

#[test]
fn container_without_probes() {
    const QUEUE: Port<Ledger, Tcp> = port!(1883);
    let queue = Ledger::container(IMAGE)
        .resources(cpu!("5m"), memory!("16Mi"))
        .serves(QUEUE)
        .probes(Probes::none(because!("it speaks MQTT alone and brings no command")));
    means!("container-without-probes", cluster().runs(Deployment::new(queue)), ["services/payments/ledger"]);
}
