//! Names that are too long once they are composed, or that two things would have.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{API, IMAGE, PAYMENTS, STAFF, TUNNEL, cluster, ledger};
use crate::{accepted, deployed, refused, running};

#[derive(Debug)]
enum Longest {}

impl Workload for Longest {
    const NAME: Name = name!("fifty-two-characters-are-what-the-jobs-of-a-cron-job");
    const NAMESPACE: Namespace = PAYMENTS;
}

#[derive(Debug)]
enum TooLong {}

impl Workload for TooLong {
    const NAME: Name = name!("fifty-two-characters-are-what-the-jobs-of-a-cron-jobs");
    const NAMESPACE: Namespace = PAYMENTS;
}

fn nightly<W: Workload>() -> CronJob<W> {
    CronJob::new(cron!("0 4 * * *"), W::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")))
}

#[test]
fn a_cron_job_leaves_room_for_the_names_of_its_jobs() {
    accepted(cluster().runs(nightly::<Longest>()));
    assert_snapshot!(refused(cluster().runs(nightly::<TooLong>())), @r#"
    payments/fifty-two-characters-are-what-the-jobs-of-a-cron-jobs: a CronJob's name has at most 52 characters, since its Jobs are named after it
      --> names.rs `CronJob::new(cron!("0 4 * * *"), W::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")))`
      instead: choose a shorter `NAME`
    "#);
}

#[test]
fn a_stateful_set_and_a_job_leave_room_for_what_follows_their_names() {
    fn numbered<W: Workload>() -> StatefulSet<W> {
        let container = W::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
        StatefulSet::new(container.probes(Probes::only_alive(exec(["/check"]))))
    }
    fn once<W: Workload>() -> Job<W> {
        Job::new(W::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")))
    }
    accepted(cluster().runs(numbered::<Longest>()));
    assert_snapshot!(refused(cluster().runs(numbered::<TooLong>())), @r#"
    payments/fifty-two-characters-are-what-the-jobs-of-a-cron-jobs: a StatefulSet's name has at most 52 characters, since its revisions are named after it
      --> names.rs `StatefulSet::new(container.probes(Probes::only_alive(exec(["/check"]))))`
      instead: choose a shorter `NAME`
    "#);
    accepted(cluster().runs(once::<Longest>()));
    assert_snapshot!(refused(cluster().runs(once::<TooLong>())), @r#"
    payments/fifty-two-characters-are-what-the-jobs-of-a-cron-jobs: a Job's name has at most 52 characters, since a hash of its template follows it
      --> names.rs `Job::new(W::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")))`
      instead: choose a shorter `NAME`
    "#);
}

#[test]
fn a_volume_has_a_name_that_kubernetes_takes() {
    let fits = item!("an-item-with-a-name-that-leaves-room-for-that-of-a-volum");
    let long = item!("an-item-with-a-name-that-leaves-room-for-that-of-a-volume");
    let mounting = |item: Item| running(ledger().secret_file(path!("/key"), item.field(field!("key"))));
    accepted(mounting(fits));
    assert_snapshot!(refused(mounting(long)), @r#"
    payments/ledger: the volume at /key would be named `secret-an-item-with-a-name-that-leaves-room-for-that-of-a-volume`, which is longer than 63 characters
      --> names.rs `secret_file(path!("/key"), item.field(field!("key")))`
      instead: choose a shorter name for the item, the claim, the scratch or the image volume
    "#);
}

#[test]
fn a_scratch_directory_may_have_any_path() {
    accepted(running(
        ledger()
            .scratch(path!("/usr/share/elasticsearch/plugins/ingest-attachment/config/one"))
            .scratch(path!("/usr/share/elasticsearch/plugins/ingest-attachment/config/two"))
            .scratch(path!("/_")),
    ));
}

#[test]
fn a_hostname_leaves_room_for_the_names_after_it() {
    // 220 characters.
    let long = host!(
        "a23456789-123456789-123456789-123456789-123456789-123456789-12.a23456789-123456789-123456789-123456789-123456789-123456789-12.a23456789-123456789-123456789-123456789-123456789-123456789-12.a23456789.a23456789.example.com"
    );
    let exposing = |host: Host| deployed(|ledger| ledger.exposed(API, host.for_audience(STAFF))).tunnel(TUNNEL);
    accepted(exposing(host!("ledger.example.com")));
    assert_snapshot!(refused(exposing(long)), @"
    payments/ledger: the hostname a23456789-123456789-123456789-123456789-123456789-123456789-12.a23456789-123456789-123456789-123456789-123456789-123456789-12.a23456789-123456789-123456789-123456789-123456789-123456789-12.a23456789.a23456789.example.com is longer than 219 characters
      --> names.rs `exposed(API, host.for_audience(STAFF))`
      instead: choose a shorter one
    ");
    assert_snapshot!(refused(deployed(|ledger| ledger.reaches(External::https(long)))), @"
    payments/ledger: reaches a23456789-123456789-123456789-123456789-123456789-123456789-12.a23456789-123456789-123456789-123456789-123456789-123456789-12.a23456789-123456789-123456789-123456789-123456789-123456789-12.a23456789.a23456789.example.com on port 443, and its route would have too long a name
      --> names.rs `reaches(External::https(long))`
      instead: name a host of at most 208 characters
    ");
}

#[derive(Debug)]
enum Books {}

impl Workload for Books {
    const NAME: Name = name!("ledger-books");
    const NAMESPACE: Namespace = PAYMENTS;
}

#[test]
fn two_services_are_not_named_like_each_other_s_items() {
    let books = |item: Item| {
        let container = Books::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
        CronJob::new(cron!("0 4 * * *"), container.env(var!("API_KEY"), item.field(field!("key"))))
    };
    let ledger = || Deployment::new(ledger().env(var!("API_KEY"), item!("books-key").field(field!("key"))));
    accepted(cluster().runs(ledger()).runs(books(item!("other"))));
    assert_snapshot!(refused(cluster().runs(ledger()).runs(books(item!("key")))), @"
    cluster example: OnePasswordItem payments/ledger-books-key would be rendered twice, into example/services/payments/ledger and example/services/payments/ledger-books
      instead: give one of the services, items or claims that are named after one another a different name
    ");
}
