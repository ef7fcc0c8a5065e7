//! Claims, and what services that share one agree about.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{IMAGE, Ledger, PAYMENTS, cluster, ledger};
use crate::{accepted, refused};

const LONGHORN: StorageClass = storage_class!("longhorn");
const OWN: Claim = Claim::own(name!("books"), storage!("1Gi"));
const SHARED: Claim = Claim::shared(PAYMENTS, name!("books"), storage!("1Gi"));

const FILMS: Claim = Claim::existing(PAYMENTS, name!("films"));

fn mounting(claim: Claim) -> Deployment<Ledger> {
    Deployment::new(ledger().mounts(claim, path!("/books")))
}

#[test]
fn a_claim_has_a_storage_class() {
    accepted(cluster().default_storage(LONGHORN).runs(mounting(OWN)));
    assert_snapshot!(refused(cluster().runs(mounting(OWN))), @r#"
    payments/ledger: the claim `books` names no storage class, and the cluster has no default one
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: say `.of_class(storage_class!("…"))` at the claim, or `.default_storage(..)` at the cluster
    "#);
}

#[test]
fn the_cluster_has_the_storage_class() {
    let claim = OWN.of_class(LONGHORN);
    accepted(cluster().storage(LONGHORN).runs(mounting(claim)));
    assert_snapshot!(refused(cluster().storage(storage_class!("local-path")).runs(mounting(claim))), @r#"
    payments/ledger: the cluster has no storage class `longhorn`
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: name one that it has, or add `.storage(storage_class!("longhorn"))` to the cluster
    "#);
}

#[test]
fn a_claim_is_one_of_the_service_s_namespace() {
    const ELSEWHERE: Claim = Claim::shared(namespace!("office"), name!("books"), storage!("1Gi"));
    accepted(cluster().default_storage(LONGHORN).runs(mounting(SHARED)));
    assert_snapshot!(refused(cluster().default_storage(LONGHORN).runs(mounting(ELSEWHERE))), @r#"
    payments/ledger: the claim `books` belongs to namespace office, and a pod mounts claims of its own namespace only
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: move the service to office, or let a service there serve what the claim holds
    "#);
}

#[test]
fn an_own_claim_has_one_pod() {
    let cluster = || cluster().default_storage(LONGHORN);
    accepted(cluster().runs(mounting(SHARED).replicas(2)));
    assert_snapshot!(refused(cluster().runs(mounting(OWN).replicas(2))), @r#"
    payments/ledger: several replicas mount a claim that only one pod can have
      --> claims.rs `Deployment::new(ledger().mounts(claim, path!("/books")))`
      instead: one pod holds such a claim: say `.replicas(1)`, or `.read_write_many()` at the claim if its class offers that
    "#);
}

#[test]
fn an_own_claim_is_not_autoscaled() {
    accepted(cluster().default_storage(LONGHORN).runs(mounting(SHARED).replicas(between(1, 2))));
    assert_snapshot!(refused(cluster().default_storage(LONGHORN).runs(mounting(OWN).replicas(between(1, 2)))), @r#"
    payments/ledger: several replicas mount a claim that only one pod can have
      --> claims.rs `Deployment::new(ledger().mounts(claim, path!("/books")))`
      instead: one pod holds such a claim: say `.replicas(1)`, or `.read_write_many()` at the claim if its class offers that
    "#);
}

#[test]
fn two_own_claims_have_two_names() {
    const LARGER: Claim = Claim::own(name!("books"), storage!("2Gi"));
    let twice = |second| Deployment::new(ledger().mounts(OWN, path!("/a")).mounts(second, path!("/b")));
    accepted(cluster().default_storage(LONGHORN).runs(twice(OWN)));
    assert_snapshot!(refused(cluster().default_storage(LONGHORN).runs(twice(LARGER))), @r#"
    payments/ledger: two claims of this service are named `books`
      --> claims.rs `mounts(second, path!("/b"))`
      instead: give one of them another name, or declare the claim once, as a constant
    "#);
}

#[test]
fn an_own_claim_and_a_shared_one_have_two_names() {
    let both = Deployment::new(ledger().mounts(OWN, path!("/a")).mounts(SHARED, path!("/b")));
    accepted(
        cluster()
            .default_storage(LONGHORN)
            .runs(Deployment::new(ledger().mounts(OWN, path!("/a")).mounts(OWN, path!("/b")))),
    );
    assert_snapshot!(refused(cluster().default_storage(LONGHORN).runs(both)), @r#"
    payments/ledger: two claims of this service are named `books`
      --> claims.rs `mounts(SHARED, path!("/b"))`
      instead: give one of them another name, or declare the claim once, as a constant
    "#);
}

#[test]
fn an_own_claim_that_many_can_mount_has_several_pods() {
    const MANY: Claim = OWN.read_write_many();
    const ONE: Claim = OWN.read_write_once_pod();
    let cluster = || cluster().default_storage(LONGHORN);
    accepted(cluster().runs(mounting(MANY).replicas(2)));
    assert_snapshot!(refused(cluster().runs(mounting(ONE).replicas(2))), @r#"
    payments/ledger: several replicas mount a claim that only one pod can have
      --> claims.rs `Deployment::new(ledger().mounts(claim, path!("/books")))`
      instead: one pod holds such a claim: say `.replicas(1)`, or `.read_write_many()` at the claim if its class offers that
    "#);
}

#[test]
fn a_shared_claim_is_not_for_one_pod() {
    accepted(cluster().default_storage(LONGHORN).runs(mounting(SHARED.read_write_many())));
    assert_snapshot!(refused(cluster().default_storage(LONGHORN).runs(mounting(SHARED.read_write_once_pod()))), @r#"
    payments/ledger: several services share the claim `books`, and only one pod could mount it
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: leave `.read_write_once_pod()` out, or declare it `Claim::own(..)`
    "#);
}

#[test]
fn only_a_stateful_set_has_a_claim_per_pod() {
    accepted(numbered(ledger().mounts(TEMPLATE, path!("/books"))));
    assert_snapshot!(refused(cluster().default_storage(LONGHORN).runs(mounting(TEMPLATE))), @r#"
    payments/ledger: `books` is a claim for each pod, and only a StatefulSet has one claim per pod
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: declare it `Claim::own(..)`, or the service as a StatefulSet
    "#);
}

const TEMPLATE: Claim = Claim::template(name!("books"), storage!("1Gi"));

/// A cluster that runs the ledger as a StatefulSet with this container.
fn numbered(container: ReadyContainer<Ledger>) -> Cluster {
    cluster().default_storage(LONGHORN).runs(StatefulSet::new(container))
}

#[test]
fn a_claim_for_each_pod_is_declared_in_one_way() {
    let both = |other| numbered(ledger().mounts(TEMPLATE, path!("/a")).mounts(other, path!("/b")));
    accepted(both(TEMPLATE));
    assert_snapshot!(refused(both(TEMPLATE.read_write_once_pod())), @r#"
    payments/ledger: two claims of this service are named `books`
      --> claims.rs `mounts(other, path!("/b"))`
      instead: give one of them another name, or declare the claim once, as a constant
    "#);
}

#[test]
fn other_volumes_give_way_to_the_claims_for_each_pod() {
    const NAMED: Scratch = Scratch::disk(name!("desk"), memory!("1Gi"));
    for name in [
        name!("config"),
        name!("token"),
        name!("scratch-desk"),
        name!("scratch-tmp"),
        name!("secret-books"),
        name!("directory-books-d"),
    ] {
        let text = "open = true";
        let container = ledger()
            .mounts(Claim::template(name, storage!("1Gi")), path!("/own"))
            .config(path!("/b"), text)
            .mounts(NAMED, path!("/desk"))
            .scratch(path!("/tmp"))
            .directory(path!("/books.d"), Files::new().text(file_name!("a"), text))
            .secret_file(path!("/key"), item!("books", "ledger-books").field(field!("key")))
            .may(api::LEASES.manage());
        let rendered = casemate::render(numbered(container)).unwrap_or_else(|findings| panic!("{findings}"));
        let (_, document) = rendered.files().find(|(path, _)| path.ends_with("statefulset-ledger.yaml")).unwrap();
        // Mounted once, and the template's name: nothing else is called so.
        let lines =
            |line: String| document.lines().filter(|other| other.trim_start_matches([' ', '-']) == line).count();
        assert_eq!(lines(format!("name: {name}")), 2, "{document}");
        assert_eq!(lines("mountPath: /own".to_owned()), 1, "{document}");
    }
}

#[test]
fn no_pod_takes_the_claim_of_another_service() {
    let shared = |name| Claim::shared(PAYMENTS, name, storage!("1Gi"));
    let with = |name| numbered(ledger().mounts(TEMPLATE, path!("/books"))).runs(report(shared(name)));
    accepted(with(name!("books-ledger-a0")));
    assert_snapshot!(refused(with(name!("books-ledger-0"))), @r#"
    payments/ledger: one of its pods would take the claim `books-ledger-0` that payments shares for its own
      --> claims.rs `StatefulSet::new(container)`
      instead: give one of them another name
    "#);
}

#[test]
fn an_existing_claim_needs_no_storage_class() {
    accepted(cluster().runs(mounting(FILMS)));
    assert_snapshot!(refused(cluster().storage(LONGHORN).runs(mounting(FILMS.of_class(LONGHORN)))), @r#"
    payments/ledger: somebody else made the claim `films`, and chose its storage class
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: leave `.of_class(..)` out, or declare a claim that is made here: `Claim::own(..)`
    "#);
}

#[test]
fn an_existing_claim_is_not_deleted_here() {
    accepted(cluster().runs(mounting(FILMS)));
    assert_snapshot!(refused(cluster().runs(mounting(FILMS.disposable()))), @r#"
    payments/ledger: somebody else made the claim `films`, and nothing here deletes it
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: leave `.disposable()` out, or declare a claim that is made here: `Claim::own(..)`
    "#);
}

#[test]
fn an_existing_claim_is_one_of_the_service_s_namespace() {
    const ELSEWHERE: Claim = Claim::existing(namespace!("office"), name!("films"));
    accepted(cluster().runs(mounting(FILMS)));
    assert_snapshot!(refused(cluster().runs(mounting(ELSEWHERE))), @r#"
    payments/ledger: the claim `films` belongs to namespace office, and a pod mounts claims of its own namespace only
      --> claims.rs `mounts(claim, path!("/books"))`
      instead: move the service to office, or let a service there serve what the claim holds
    "#);
}

#[test]
fn an_existing_claim_has_one_pod_unless_it_says_otherwise() {
    accepted(cluster().runs(mounting(FILMS.read_write_many()).replicas(2)));
    assert_snapshot!(refused(cluster().runs(mounting(FILMS).replicas(2))), @r#"
    payments/ledger: several replicas mount a claim that only one pod can have
      --> claims.rs `Deployment::new(ledger().mounts(claim, path!("/books")))`
      instead: one pod holds such a claim: say `.replicas(1)`, or `.read_write_many()` at the claim if its class offers that
    "#);
}

#[test]
fn an_existing_claim_has_one_service_unless_it_says_otherwise() {
    let both = |claim| cluster().runs(mounting(claim)).runs(report(claim));
    accepted(both(FILMS.read_write_many()));
    assert_snapshot!(refused(both(FILMS)), @r#"
    payments/report: one pod can have the claim `films`, and payments/ledger mounts it, too (claims.rs above)
      --> claims.rs `reads(claim, path!("/input"))`
      instead: say `.read_write_many()` at the claim, if that is how it was made
    "#);
}

#[test]
fn a_claim_is_made_here_or_exists() {
    const EXISTING: Claim = Claim::existing(PAYMENTS, name!("books")).read_write_many();
    let cluster = || cluster().default_storage(LONGHORN).runs(mounting(SHARED));
    accepted(cluster().runs(report(SHARED)));
    assert_snapshot!(refused(cluster().runs(report(EXISTING))), @r#"
    payments/report: the claim `books` is declared differently at claims.rs above
      --> claims.rs `reads(claim, path!("/input"))`
      instead: declare a shared claim once, as a constant, and name it
    "#);
}

#[test]
fn no_claim_has_the_name_of_another_service_s_own() {
    let cluster = || cluster().default_storage(LONGHORN).runs(mounting(OWN));
    let shared = |name| Claim::shared(PAYMENTS, name, storage!("1Gi"));
    accepted(cluster().runs(report(shared(name!("report-books")))));
    assert_snapshot!(refused(cluster().runs(report(shared(name!("ledger-books"))))), @r#"
    payments/ledger: its claim `ledger-books` has the name of the one that payments shares
      --> claims.rs `Deployment::new(ledger().mounts(claim, path!("/books")))`
      instead: give one of them another name
    "#);
}

#[test]
fn no_two_services_own_one_claim() {
    let books = |claim| {
        let container = LedgerBooks::container(IMAGE).resources(cpu!("10m"), memory!("16Mi"));
        CronJob::new(cron!("0 4 * * *"), container.mounts(claim, path!("/input")))
    };
    let cluster = |name| cluster().default_storage(LONGHORN).runs(mounting(Claim::own(name, storage!("1Gi"))));
    let pages = Claim::own(name!("pages"), storage!("1Gi"));
    accepted(cluster(name!("pages")).runs(books(pages)));
    assert_snapshot!(refused(cluster(name!("books-pages")).runs(books(pages))), @r#"
    payments/ledger-books: its claim `ledger-books-pages` has the name of the one of payments/ledger
      --> claims.rs `CronJob::new(cron!("0 4 * * *"), container.mounts(claim, path!("/input")))`
      instead: give one of them another name
    "#);
}

/// A service whose name begins with that of another.
#[derive(Debug)]
enum LedgerBooks {}

impl Workload for LedgerBooks {
    const NAME: Name = name!("ledger-books");
    const NAMESPACE: Namespace = PAYMENTS;
}

#[derive(Debug)]
enum Report {}

impl Workload for Report {
    const NAME: Name = name!("report");
    const NAMESPACE: Namespace = PAYMENTS;
}

fn report(claim: Claim) -> CronJob<Report> {
    let container = Report::container(IMAGE).resources(cpu!("10m"), memory!("16Mi")).reads(claim, path!("/input"));
    CronJob::new(cron!("0 4 * * *"), container)
}

#[test]
fn a_shared_claim_is_declared_in_one_way() {
    let cluster = || cluster().default_storage(LONGHORN).runs(mounting(SHARED));
    accepted(cluster().runs(report(SHARED)));
    assert_snapshot!(refused(cluster().runs(report(SHARED.disposable()))), @r#"
    payments/report: the claim `books` is declared differently at claims.rs above
      --> claims.rs `reads(claim, path!("/input"))`
      instead: declare a shared claim once, as a constant, and name it
    "#);
}

#[test]
fn services_that_share_a_claim_own_it_as_one_group() {
    let cluster = || cluster().default_storage(LONGHORN).runs(mounting(SHARED).volume_group(gid!(100)));
    accepted(cluster().runs(report(SHARED).volume_group(gid!(100))));
    assert_snapshot!(refused(cluster().runs(report(SHARED))), @r#"
    payments/report: the claim `books` would be owned by group 65532 here, and by group 100 where payments/ledger mounts it (claims.rs above)
      --> claims.rs `reads(claim, path!("/input"))`
      instead: say the same `.volume_group(..)` at all services that share the claim
    "#);
}
