//! Scratch directories and the memory that some of them take.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::ledger;
use crate::{accepted, beside, refused, running};

const WORK: Scratch = Scratch::disk(name!("work"), memory!("1Gi"));
const QUICK: Scratch = Scratch::in_memory(name!("quick"), memory!("128Mi"));

#[test]
fn two_scratch_directories_have_two_names() {
    let with = |second| running(ledger().mounts(WORK, path!("/a")).mounts(second, path!("/b")));
    accepted(with(WORK));
    assert_snapshot!(refused(with(Scratch::disk(name!("work"), memory!("2Gi")))), @r#"
    payments/ledger: two scratch directories of this service are named `work`, the other at scratch.rs on the same line
      --> scratch.rs `mounts(second, path!("/b"))`
      instead: give one of them another name, or declare the scratch once, as a constant
    "#);
}

#[test]
fn a_scratch_lies_on_disk_or_in_memory() {
    const WORK_IN_MEMORY: Scratch = Scratch::in_memory(name!("work"), memory!("1Gi"));
    let container = || ledger().memory_limit(memory!("2Gi"));
    accepted(running(container().mounts(WORK_IN_MEMORY, path!("/a")).mounts(WORK_IN_MEMORY, path!("/b"))));
    assert_snapshot!(refused(running(container().mounts(WORK, path!("/a")).mounts(WORK_IN_MEMORY, path!("/b")))), @r#"
    payments/ledger: two scratch directories of this service are named `work`, the other at scratch.rs on the same line
      --> scratch.rs `mounts(WORK_IN_MEMORY, path!("/b"))`
      instead: give one of them another name, or declare the scratch once, as a constant
    "#);
}

#[test]
fn a_named_scratch_and_an_unnamed_one_are_two() {
    accepted(running(ledger().scratch(path!("/tmp")).mounts(WORK, path!("/work"))));
    assert_snapshot!(refused(running(ledger().scratch(path!("/work")).mounts(WORK, path!("/a")))), @r#"
    payments/ledger: a `Scratch` and a `.scratch(..)` of this service both mean the volume `scratch-work`
      --> scratch.rs `mounts(WORK, path!("/a"))`
      instead: give the `Scratch` another name, or mount it at both places
    "#);
    assert_snapshot!(refused(running(ledger().mounts(WORK, path!("/a")).scratch(path!("/work")))), @r#"
    payments/ledger: a `Scratch` and a `.scratch(..)` of this service both mean the volume `scratch-work`
      --> scratch.rs `scratch(path!("/work"))`
      instead: give the `Scratch` another name, or mount it at both places
    "#);
}

#[test]
fn directories_in_memory_stay_below_the_memory_limit() {
    const MORE: Scratch = Scratch::in_memory(name!("more"), memory!("128Mi"));
    let both = || ledger().mounts(QUICK, path!("/quick")).mounts(MORE, path!("/more"));
    accepted(running(both().memory_limit(memory!("257Mi"))));
    assert_snapshot!(refused(running(both())), @r#"
    payments/ledger: what lies in memory counts against the container's limit of 256Mi, and its directories there hold up to 128Mi + 128Mi
      --> scratch.rs `mounts(MORE, path!("/more"))`
      instead: say a `.memory_limit(..)` above that, smaller sizes, or a directory on disk
    "#);
}

#[test]
fn shared_memory_stays_below_the_memory_limit() {
    accepted(running(ledger().shared_memory(memory!("255Mi"))));
    assert_snapshot!(refused(running(ledger().shared_memory(memory!("256Mi")))), @r#"
    payments/ledger: what lies in memory counts against the container's limit of 256Mi, and its directories there hold up to 256Mi
      --> scratch.rs `shared_memory(memory!("256Mi"))`
      instead: say a `.memory_limit(..)` above that, smaller sizes, or a directory on disk
    "#);
}

#[test]
fn a_directory_in_memory_counts_once_and_only_where_it_is_written() {
    const LARGE: Scratch = Scratch::in_memory(name!("large"), memory!("1Gi"));
    accepted(running(ledger().mounts(QUICK, path!("/a")).mounts(QUICK, path!("/b"))));
    accepted(running(ledger().reads(LARGE, path!("/large"))));
}

#[test]
fn shared_memory_stands_at_one_path() {
    let once = || ledger().shared_memory(memory!("64Mi"));
    accepted(running(once()));
    assert_snapshot!(refused(running(once().shared_memory(memory!("64Mi")))), @r#"
    payments/ledger: two things are mounted at /dev/shm, the other at scratch.rs above
      --> scratch.rs `shared_memory(memory!("64Mi"))`
      instead: give each a path of its own
    "#);
}

#[test]
fn shared_memory_has_one_size_in_its_pod() {
    let beside = |size| beside(ledger().shared_memory(memory!("8Mi")), |exporter| exporter.shared_memory(size));
    accepted(beside(memory!("8Mi")));
    assert_snapshot!(refused(beside(memory!("4Mi"))), @r#"
    payments/ledger: shared memory of 4Mi is said here, and of 8Mi at another container of the pod
      --> scratch.rs `shared_memory(size)`
      instead: the containers of a pod share it: say one size
    "#);
}

#[test]
fn a_scratch_is_one_in_its_pod() {
    let beside = |other| beside(ledger().mounts(WORK, path!("/work")), |exporter| exporter.mounts(other, path!("/a")));
    accepted(beside(WORK));
    assert_snapshot!(refused(beside(Scratch::disk(name!("work"), memory!("2Gi")))), @r#"
    payments/ledger: two scratch directories of this service are named `work`, the other at scratch.rs on the same line
      --> scratch.rs `mounts(other, path!("/a"))`
      instead: give one of them another name, or declare the scratch once, as a constant
    "#);
}

#[test]
fn each_container_stays_below_its_own_memory_limit() {
    let beside = |limit| {
        beside(ledger().mounts(QUICK, path!("/quick")), |exporter| {
            exporter.memory_limit(limit).mounts(QUICK, path!("/quick"))
        })
    };
    accepted(beside(memory!("129Mi")));
    assert_snapshot!(refused(beside(memory!("128Mi"))), @r#"
    payments/ledger: what lies in memory counts against the container's limit of 128Mi, and its directories there hold up to 128Mi
      --> scratch.rs `mounts(QUICK, path!("/quick"))`
      instead: say a `.memory_limit(..)` above that, smaller sizes, or a directory on disk
    "#);
}
