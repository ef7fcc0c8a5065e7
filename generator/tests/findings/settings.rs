//! Settings that are said once, and that make sense together.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{IMAGE, Ledger, TUNNEL, cluster, ledger};
use crate::{accepted, deployed, refused, running};

#[test]
fn replicas_are_said_once() {
    accepted(deployed(|ledger| ledger.replicas(2)));
    assert_snapshot!(refused(deployed(|ledger| ledger.replicas(2).replicas(2))), @"
    payments/ledger: the number of replicas is said twice, first at settings.rs on the same line
      --> settings.rs `replicas(2)`
      instead: say it once
    ");
}

#[test]
fn a_range_is_said_instead_of_replicas() {
    accepted(deployed(|ledger| ledger.replicas(between(2, 4))));
    assert_snapshot!(refused(deployed(|ledger| ledger.replicas(2).replicas(between(2, 4)))), @"
    payments/ledger: the number of replicas is said twice, first at settings.rs on the same line
      --> settings.rs `replicas(between(2, 4))`
      instead: say it once
    ");
}

#[test]
fn the_percentage_of_the_cpu_is_said_once() {
    accepted(deployed(|ledger| ledger.replicas(between(2, 4).at_cpu_percent(70))));
    assert_snapshot!(refused(deployed(|ledger| ledger.replicas(between(2, 4).at_cpu_percent(70).at_cpu_percent(90)))), @"
    payments/ledger: the autoscaler's percentage of the cpu is said twice, first at settings.rs on the same line
      --> settings.rs `at_cpu_percent(90)`
      instead: say it once
    ");
}

#[test]
fn the_groups_of_volumes_is_said_once() {
    accepted(deployed(|ledger| ledger.volume_group(gid!(100))));
    assert_snapshot!(refused(deployed(|ledger| ledger.volume_group(gid!(100)).volume_group(gid!(101)))), @"
    payments/ledger: the volumes' group is said twice, first at settings.rs on the same line
      --> settings.rs `volume_group(gid!(101))`
      instead: say it once
    ");
}

fn nightly(said: impl FnOnce(CronJob<Ledger>) -> CronJob<Ledger>) -> Cluster {
    let container = Ledger::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
    cluster().runs(said(CronJob::new(cron!("0 4 * * *"), container)))
}

#[test]
fn the_deadline_is_said_once() {
    accepted(nightly(|job| job.deadline(seconds!(60))));
    assert_snapshot!(refused(nightly(|job| job.deadline(seconds!(60)).deadline(seconds!(90)))), @"
    payments/ledger: the deadline is said twice, first at settings.rs on the same line
      --> settings.rs `deadline(seconds!(90))`
      instead: say it once
    ");
}

#[test]
fn retries_are_said_once() {
    accepted(nightly(|job| job.retries(1)));
    assert_snapshot!(refused(nightly(|job| job.retries(1).retries(2))), @"
    payments/ledger: the number of retries is said twice, first at settings.rs on the same line
      --> settings.rs `retries(2)`
      instead: say it once
    ");
}

#[test]
fn the_cpu_limit_is_said_once() {
    accepted(running(ledger().cpu_limit(cpu!("1"))));
    assert_snapshot!(refused(running(ledger().cpu_limit(cpu!("1")).cpu_limit(cpu!("2")))), @r#"
    payments/ledger: the cpu limit is said twice, first at settings.rs on the same line
      --> settings.rs `cpu_limit(cpu!("2"))`
      instead: say it once
    "#);
}

#[test]
fn the_memory_limit_is_said_once() {
    accepted(running(ledger().memory_limit(memory!("1Gi"))));
    assert_snapshot!(refused(running(ledger().memory_limit(memory!("1Gi")).memory_limit(memory!("2Gi")))), @r#"
    payments/ledger: the memory limit is said twice, first at settings.rs on the same line
      --> settings.rs `memory_limit(memory!("2Gi"))`
      instead: say it once
    "#);
}

#[test]
fn the_command_is_said_once() {
    accepted(running(ledger().command(["/ledger"])));
    assert_snapshot!(refused(running(ledger().command(["/ledger"]).command(["/other"]))), @r#"
    payments/ledger: the command is said twice, first at settings.rs on the same line
      --> settings.rs `command(["/other"])`
      instead: say it once
    "#);
}

#[test]
fn arguments_are_said_once() {
    accepted(running(ledger().args(["serve", "--verbose"])));
    assert_snapshot!(refused(running(ledger().args(["serve"]).args(["--verbose"]))), @r#"
    payments/ledger: the list of arguments is said twice, first at settings.rs on the same line
      --> settings.rs `args(["--verbose"])`
      instead: say it once
    "#);
}

#[test]
fn the_user_is_said_once() {
    accepted(running(ledger().user(uid!(101))));
    assert_snapshot!(refused(running(ledger().user(uid!(101)).user(uid!(102)))), @"
    payments/ledger: the user is said twice, first at settings.rs on the same line
      --> settings.rs `user(uid!(102))`
      instead: say it once
    ");
}

#[test]
fn the_group_is_said_once() {
    accepted(running(ledger().group(gid!(101))));
    assert_snapshot!(refused(running(ledger().group(gid!(101)).group(gid!(102)))), @"
    payments/ledger: the group is said twice, first at settings.rs on the same line
      --> settings.rs `group(gid!(102))`
      instead: say it once
    ");
}

#[test]
fn a_variable_is_set_once() {
    accepted(running(ledger().env(var!("LEVEL"), "info").env(var!("FORMAT"), "json")));
    assert_snapshot!(refused(running(ledger().env(var!("LEVEL"), "info").env(var!("LEVEL"), "warn"))), @r#"
    payments/ledger: `LEVEL` is set twice, first at settings.rs on the same line
      --> settings.rs `env(var!("LEVEL"), "warn")`
      instead: set it once
    "#);
}

#[test]
fn the_default_storage_class_is_said_once() {
    let cluster = || cluster().default_storage(storage_class!("longhorn"));
    accepted(cluster());
    assert_snapshot!(refused(cluster().default_storage(storage_class!("local-path"))), @r#"
    cluster example: the default storage class is said twice, first at settings.rs above
      --> settings.rs `default_storage(storage_class!("local-path"))`
      instead: say it once
    "#);
}

#[test]
fn the_tunnel_is_said_once() {
    accepted(cluster().tunnel(TUNNEL));
    assert_snapshot!(refused(cluster().tunnel(TUNNEL).tunnel(TUNNEL)), @"
    cluster example: the tunnel is said twice, first at settings.rs on the same line
      --> settings.rs `tunnel(TUNNEL)`
      instead: say it once
    ");
}

#[test]
fn something_runs() {
    accepted(deployed(|ledger| ledger.replicas(1)));
    assert_snapshot!(refused(deployed(|ledger| ledger.replicas(0))), @"
    payments/ledger: 0 replicas run nothing
      --> settings.rs `replicas(0)`
      instead: say at least 1, or do not run the service in this cluster
    ");
}

#[test]
fn a_range_grows() {
    accepted(deployed(|ledger| ledger.replicas(between(4, 5))));
    assert_snapshot!(refused(deployed(|ledger| ledger.replicas(between(4, 4)))), @"
    payments/ledger: replicas between 4 and 4 are no range
      --> settings.rs `replicas(between(4, 4))`
      instead: say a range that grows, from at least 1: `between(2, 6)`
    ");
}

#[test]
fn a_range_begins_at_one() {
    accepted(deployed(|ledger| ledger.replicas(between(1, 4))));
    assert_snapshot!(refused(deployed(|ledger| ledger.replicas(between(0, 4)))), @"
    payments/ledger: replicas between 0 and 4 are no range
      --> settings.rs `replicas(between(0, 4))`
      instead: say a range that grows, from at least 1: `between(2, 6)`
    ");
}

#[test]
fn an_autoscaler_holds_a_share_of_what_is_requested() {
    accepted(deployed(|ledger| ledger.replicas(between(1, 4).at_cpu_percent(100))));
    assert_snapshot!(refused(deployed(|ledger| ledger.replicas(between(1, 4).at_cpu_percent(101)))), @"
    payments/ledger: the autoscaler cannot hold the cpu at 101 percent of what is requested
      --> settings.rs `replicas(between(1, 4).at_cpu_percent(101))`
      instead: say 1 to 100 percent: `.at_cpu_percent(80)`
    ");
}

#[test]
fn the_memory_limit_is_above_the_request() {
    accepted(running(ledger().memory_limit(memory!("257Mi"))));
    assert_snapshot!(refused(running(ledger().memory_limit(memory!("256Mi")))), @r#"
    payments/ledger: the memory limit 256Mi is not above the 256Mi that are requested
      --> settings.rs `memory_limit(memory!("256Mi"))`
      instead: say more, or leave it out: the limit is what is requested
    "#);
}

#[test]
fn the_cpu_limit_is_not_below_the_request() {
    accepted(running(ledger().cpu_limit(cpu!("250m"))));
    assert_snapshot!(refused(running(ledger().cpu_limit(cpu!("249m")))), @r#"
    payments/ledger: the cpu limit 249m is below the 250m that are requested
      --> settings.rs `cpu_limit(cpu!("249m"))`
      instead: say at least what is requested, or leave it out
    "#);
}

#[test]
fn a_command_has_words() {
    accepted(running(ledger().command(["/ledger"])));
    assert_snapshot!(refused(running(ledger().command::<&str>([]))), @"
    payments/ledger: the command has no words
      --> settings.rs `command::<&str>([])`
      instead: leave it out: the image has its own
    ");
}

#[test]
fn a_command_begins_with_a_program() {
    accepted(running(ledger().command(["/ledger", ""])));
    assert_snapshot!(refused(running(ledger().command(["", "serve"]))), @r#"
    payments/ledger: the command begins with an empty word
      --> settings.rs `command(["", "serve"])`
      instead: name the program first
    "#);
}

#[test]
fn arguments_have_words() {
    accepted(running(ledger().args([""])));
    assert_snapshot!(refused(running(ledger().args::<&str>([]))), @"
    payments/ledger: the list of arguments has no words
      --> settings.rs `args::<&str>([])`
      instead: leave it out: the image has its own
    ");
}

#[test]
fn no_argument_holds_a_zero_byte() {
    accepted(running(ledger().args(["a\tb"])));
    assert_snapshot!(refused(running(ledger().args(["a\0b"]))), @r#"
    payments/ledger: the list of arguments holds a zero byte
      --> settings.rs `args(["a\0b"])`
      instead: no program can be given one: remove it
    "#);
}

#[test]
fn no_variable_holds_a_zero_byte() {
    accepted(running(ledger().env(var!("LEVEL"), "a\tb")));
    assert_snapshot!(refused(running(ledger().env(var!("LEVEL"), "a\0b"))), @r#"
    payments/ledger: the value of `LEVEL` holds a zero byte
      --> settings.rs `env(var!("LEVEL"), "a\0b")`
      instead: no process can be given one: remove it
    "#);
}
