//! The pages: what is on them, and that nothing that somebody wrote becomes a part of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use casemate_dsl::prelude::*;
use insta::{assert_snapshot, with_settings};
use serde_json::json;

use super::world::{graph, rich};
use crate::example::{API, IMAGE, PAYMENTS, STAFF, TUNNEL, cluster, ledger};
use crate::notice::notices;
use crate::object::Object;
use crate::register::markdown::{LOST, text};
use crate::register::{Page, Seen, pages};
use crate::render::{self, Encoding};

/// The pages of a cluster, by name.
fn rendered(cluster: Cluster) -> Vec<(String, String)> {
    let files = render::render(&graph(cluster), None, Encoding::Yaml).expect("no two objects are one");
    files.into_iter().filter(|file| file.title.is_none()).map(|file| (file.name, file.text)).collect()
}

#[track_caller]
fn page(cluster: Cluster, name: &str) -> String {
    let found = rendered(cluster).into_iter().find(|(file, _)| file == name);
    found.unwrap_or_else(|| panic!("there is no page {name}")).1
}

/// The lines of the list of exemptions.
#[track_caller]
fn exemptions(cluster: Cluster) -> String {
    let page = page(cluster, "README.md");
    let (_, list) = page.split_once("### Exemptions from policies\n\n").expect("the list is there");
    list.split("\n\n###").next().unwrap_or(list).to_owned()
}

#[test]
fn whom_policies_exempt() {
    const DB: Database = CloudNativePg::cluster(name!("ledger-pg"), PAYMENTS);
    let with_database = || {
        let ledger = ledger().env(var!("DATABASE_URL"), DB.uri());
        cluster().cloud_native_pg(name!("cnpg-system")).runs(Deployment::new(ledger))
    };
    assert_snapshot!(exemptions(with_database().kyverno(name!("kyverno"))), @"
    What a policy lets pass although it breaks its rule. Policies of the platform are those whose names end in `-platform`; most of them report, and refuse nothing.

    | policy | lets pass | where | reason | needed by |
    |---|---|---|---|---|
    | `injected-proxy` | pods of declared databases, by their label `cnpg.io/cluster` | `payments` | PostgreSQL speaks TLS itself, and its `Cluster` keeps it out of the mesh | Pod `payments/ledger-pg-1` |
    | `no-unasked-token` | pods of declared databases, by their label `cnpg.io/cluster` | `payments` | its instance manager follows its `Cluster` through the API server | Pod `payments/ledger-pg-1` |
    | `no-wildcard-rights` | roles that an account of the group `system:serviceaccounts:cnpg-system` writes | `payments` | the role that it writes for a database reads the Secrets of that database, by name | Role `payments/ledger-pg` |
    | `no-wildcard-rights-platform` | roles and bindings that are named `system:…`, `kubeadm:…`, `cluster-admin`, `admin`, `edit` or `view` | all other namespaces | Kubernetes brings them along, and restores them when it starts | ClusterRole `cluster-admin` |
    | `numeric-user` | the container `linkerd-proxy` of a pod | namespaces of services | it is the proxy, which the rules of the pod's network know by this number | Pod `payments/ledger` |
    | `numeric-user-platform` | the container `linkerd-proxy` of a pod | all other namespaces | it is the proxy, which the rules of the pod's network know by this number | Pod `linkerd/linkerd-destination` |
    | `our-mesh-settings` | pods of declared databases, by their label `cnpg.io/cluster` | `payments` | its `Cluster` says `linkerd.io/inject: disabled`; every other setting is refused | Pod `payments/ledger-pg-1` |
    | `services-with-selector-platform` | the Service `kubernetes` | `default` | the API server makes it, and keeps its endpoints itself | Service `default/kubernetes` |
    | `tag-and-digest` | pods of declared databases, by their label `cnpg.io/cluster` | `payments` | its operator starts it from the operator's own image, by tag | Pod `payments/ledger-pg-1` |
    ");
    let nobody = exemptions(cluster().kyverno(name!("kyverno")).runs(Deployment::new(ledger())));
    assert_snapshot!(nobody, @"
    What a policy lets pass although it breaks its rule. Policies of the platform are those whose names end in `-platform`; most of them report, and refuse nothing.

    | policy | lets pass | where | reason | needed by |
    |---|---|---|---|---|
    | `no-wildcard-rights-platform` | roles and bindings that are named `system:…`, `kubeadm:…`, `cluster-admin`, `admin`, `edit` or `view` | all other namespaces | Kubernetes brings them along, and restores them when it starts | ClusterRole `cluster-admin` |
    | `numeric-user` | the container `linkerd-proxy` of a pod | namespaces of services | it is the proxy, which the rules of the pod's network know by this number | Pod `payments/ledger` |
    | `numeric-user-platform` | the container `linkerd-proxy` of a pod | all other namespaces | it is the proxy, which the rules of the pod's network know by this number | Pod `linkerd/linkerd-destination` |
    | `services-with-selector-platform` | the Service `kubernetes` | `default` | the API server makes it, and keeps its endpoints itself | Service `default/kubernetes` |
    ");
    assert_eq!(exemptions(with_database()), "None: no policy of Kyverno is rendered for this cluster.");
}

/// The files of a cell, without those that are named after `; the first`.
fn linked(cell: &str) -> BTreeSet<&str> {
    let (cell, _) = cell.split_once("; the first").unwrap_or((cell, ""));
    cell.split("](../").skip(1).filter_map(|link| link.split(')').next()).collect()
}

/// What a page says of digests is what its list of images without one says.
#[test]
fn who_awaits_a_digest_is_the_same_on_the_whole_page() {
    const AWAITING: Image = image_awaiting_digest!("registry.example.com/report:1");
    const MODEL: ImageVolume = ImageVolume::of(name!("model"), image_awaiting_digest!("registry.example.com/model:7"));
    identity!(Report = "report" in PAYMENTS);
    identity!(Reader = "reader" in PAYMENTS);
    let report = CronJob::new(cron!("0 4 * * *"), Report::container(AWAITING).resources(cpu!("5m"), memory!("16Mi")));
    let reader = CronJob::new(
        cron!("0 4 * * *"),
        Reader::container(IMAGE).resources(cpu!("5m"), memory!("16Mi")).reads(MODEL, path!("/model")),
    );
    let page = page(cluster().runs(Deployment::new(ledger())).runs(report).runs(reader), "README.md");
    let row = |field: &str| {
        let is_row = |line: &&str| line.starts_with("| rendered | ") && line.contains(field);
        page.lines().find(is_row).unwrap_or_else(|| panic!("no row is about {field}:\n{page}"))
    };
    assert_eq!(linked(row("containers[*].image`")), BTreeSet::from(["services/payments/report/cronjob-report.yaml"]));
    assert!(row("containers[*].image`").contains("; the first that has it is [services/payments/ledger/"));
    let volumes = row("volumes[*].image.reference`");
    assert!(volumes.ends_with("; none has it yet: the list of [images without a digest](#images-without-a-digest) |"));
    let (_, list) = page.split_once("### Images without a digest\n").expect("the list is there");
    let (list, _) = list.split_once("\n### ").expect("another follows");
    let listed: Vec<&str> = list.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(
        listed,
        [
            "| `registry.example.com/model:7` | `payments/reader` |",
            "| `registry.example.com/report:1` | `payments/report` |"
        ]
    );
}

#[test]
fn the_register_and_a_page_for_each_service() {
    let names: Vec<String> = rendered(rich()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "README.md",
            "cloudflared.cloudflared.md",
            "payments.closing.md",
            "payments.ledger.md",
            "reports.report.md",
            "stores.store.md"
        ]
    );
}

#[test]
fn what_is_on_the_pages() {
    let text: Vec<String> = rendered(rich()).into_iter().map(|(name, text)| format!("--- # {name}\n{text}")).collect();
    with_settings!({ omit_expression => true }, { assert_snapshot!("pages", text.join("\n")) });
}

#[test]
fn lists_that_are_empty_say_so() {
    let page = page(cluster().runs(Deployment::new(ledger())), "README.md");
    let (_, lists) = page.split_once("## Read these first").expect("the lists are there");
    let (lists, _) = lists.split_once("## Layer 1").expect("the first layer comes after them");
    let empty = lists.split("### ").skip(1).filter(|list| list.contains("\n\nNone: ")).count();
    assert_eq!(empty, lists.matches("### ").count(), "{lists}");
}

#[test]
fn what_reaches_further_than_most_is_on_the_page() {
    let page = page(rich(), "README.md");
    let notices = notices(&graph(rich()));
    assert!(notices.len() > 5, "{notices:?}");
    for notice in notices.iter().filter(|notice| notice.contains(": ")) {
        let (_, reason) = notice.split_once(": ").unwrap_or_default();
        let reason = reason.rsplit(": ").next().unwrap_or_default();
        assert!(page.contains(&text(reason)), "{notice}");
    }
}

#[test]
fn a_clause_that_nothing_shows_says_so() {
    let graph = graph(rich());
    let nothing = pages(&graph, &Seen::default());
    assert!(nothing.iter().all(|page| page.text.contains(LOST)), "with nothing seen, every page misses something");
    assert!(!rendered(rich()).iter().any(|(_, text)| text.contains(LOST)));
}

/// Breaks out of cells and spans, and into HTML, links, mentions and headings, wherever a reason is quoted without care.
const HOSTILE: Reason =
    because!(r"a | b \| `c` ]( **d** <img src=x onerror=y> </table> [e](https://e.example) @all www.e.example &lt;");

#[test]
fn a_reason_stays_a_text() {
    const UI: PeerPort<Http> =
        Peer::unmeshed(name!("signoz"), label!("app", "ui"), HOSTILE).port(name!("ui"), port_number!(80));
    let service = Deployment::new(ledger().may(api::NODES.read_everywhere(HOSTILE)))
        .exposed(API, host!("rates.example.com").public(HOSTILE))
        .reaches(External::any_web_page(HOSTILE))
        .calls(UI);
    let hostile = cluster()
        .tunnel(TUNNEL)
        .exposes(UI, host!("ui.example.com").for_audience(STAFF))
        .installs(
            Chart::new(name!("a"), chart_repository!("https://a.example.com"), chart_version!("1.0.0"), name!("a"))
                .privileged(HOSTILE)
                .creates_secrets(HOSTILE),
        )
        .runs(service);
    let harmless = rendered(rich());
    let mut quoted = 0;
    for (name, page) in rendered(hostile) {
        for line in page.lines().skip(1) {
            assert!(!line.contains('<'), "{name}: {line}");
            if line.contains("onerror") {
                quoted += 1;
                assert!(line.contains(&text(HOSTILE.as_str())), "{name}: {line}");
                assert!(!line.contains("www.") && !line.contains("@all") && !line.contains("s://"), "{name}: {line}");
                // A table's row has as many cells as its head, whoever counts the backslashes.
                assert!(!line.starts_with('|') || [4, 5].contains(&line.matches('|').count()), "{name}: {line}");
            }
        }
    }
    assert!(quoted >= 7, "{quoted}");
    assert!(!harmless.iter().any(|(_, page)| page.contains("onerror")));
}

#[test]
fn policies_are_found_where_they_are_rendered() {
    let policy = |kind: &str, name: &str, action: Option<&str>| {
        let spec = action.map_or_else(|| json!({}), |action| json!({"validationActions": [action]}));
        json!({"apiVersion": "policies.kyverno.io/v1", "kind": kind, "metadata": {"name": name}, "spec": spec})
    };
    let graph = graph(rich());
    let mut seen = Seen::default();
    let directory: Arc<str> = "example/platform/_policies".into();
    for (kind, name, action) in [
        ("ValidatingPolicy", "no-host-port", Some("Deny")),
        ("ValidatingPolicy", "no-host-port-platform", Some("Audit")),
        ("ValidatingPolicy", "read-only-root-filesystem", Some("Deny")),
        ("MutatingPolicy", "no-service-links", None),
    ] {
        seen.look_into(&directory, &format!("{name}.yaml"), &Object::of(&policy(kind, name, action)).unwrap());
    }
    let pages = pages(&graph, &seen.sorted());
    let text = |name: &str| &pages.iter().find(|Page { file, .. }| file == name).expect("it is there").text;
    let register = text("README.md");
    for said in [
        "| rule | `no-host-port`: no container opens a port of its node; among services Kyverno \
         [refuses](../platform/_policies/no-host-port.yaml) what breaks it, on the platform it \
         [reports](../platform/_policies/no-host-port-platform.yaml) it |",
        "| rule | `no-ingress`: there is no Ingress; no policy looks at it, `casemate audit` does |",
        "| policy | `MutatingPolicy` `no-service-links`: [platform/_policies/no-service-links.yaml]",
    ] {
        assert!(register.contains(said), "{said}\n{register}");
    }
    let created = text("payments.closing.md");
    assert!(created.contains("Kyverno refuses those that are not"), "{created}");
}
