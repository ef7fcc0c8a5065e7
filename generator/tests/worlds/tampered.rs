//! A judge that never says no proves nothing: trees in which one thing was changed, and what has to be noticed of it.

use std::collections::BTreeSet;

use casemate_oracle::{Document, World};

use crate::agreement::{ABOUT, disagreements};
use crate::plan::{EVERYTHING, Plan};
use crate::{Tree, trees};

/// What is done to an object.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// It is left out.
    Drop,
    /// A part of it, written as JSON, is replaced.
    Replace(&'static str, &'static str),
}

use Change::{Drop, Replace};

/// What a world has to say, the kind of the object that is changed, what that object holds, the change, and about what the tree and the
/// plan then disagree.
type Tampering = (&'static str, &'static str, &'static [&'static str], Change, &'static str);

const OPEN: Change = Replace(r#""accessPolicy":"deny""#, r#""accessPolicy":"all-unauthenticated""#);

const OF_PODS: &[Tampering] = &[
    ("a Deployment", "AuthorizationPolicy", &[], Drop, "grants of the mesh"),
    ("a Deployment", "Deployment", &["CALLS_0"], Replace(".svc.cluster.local:", ".svc.example.org:"), "addresses"),
    ("a second container", "Server", &["9464"], OPEN, "Servers"),
    ("datagrams taken", "NetworkPolicy", &["-from-", r#""UDP""#], Drop, "datagrams"),
    (
        "datagrams sent",
        "NetworkPolicy",
        &["-to-", "UDP", r#""port":53,"#],
        Replace(r#""UDP""#, r#""SCTP""#),
        "datagrams",
    ),
    (
        "a caller without a proxy",
        "NetworkAuthentication",
        &["10.42.0.0/16"],
        Replace("10.42.", "10."),
        "grants of the mesh",
    ),
    ("a caller without a proxy", "NetworkPolicy", &["-from-metrics.scraper"], Drop, "callers"),
    (
        "a caller with a proxy",
        "MeshTLSAuthentication",
        &["watcher"],
        Replace(r#""name":"watcher""#, r#""name":"default""#),
        "grants of the mesh",
    ),
    ("a caller with a proxy", "NetworkPolicy", &["-from-watch.watcher"], Drop, "callers"),
    (
        "addresses in a config file",
        "ConfigMap",
        &["CALLS_0="],
        Replace(".svc.cluster.local:", ".svc.example.org:"),
        "addresses",
    ),
    ("pods that a service creates", "NetworkPolicy", &["-run-to-nats.nats"], Drop, "peers"),
    ("pods created that are called", "NetworkPolicy", &["-run-from-", "4143"], Drop, "pairs"),
    ("pods created that are called", "Server", &["-run-8081"], OPEN, "Servers"),
];

const OF_WHOEVER_WATCHES: &[Tampering] = &[
    ("a scraper in the mesh that watches", "Server", &["proxy-metrics"], OPEN, "Servers"),
    (
        "a scraper in the mesh that watches",
        "MeshTLSAuthentication",
        &["prometheus"],
        Replace(r#""name":"prometheus""#, r#""name":"default""#),
        "grants of the mesh",
    ),
    (
        "a scraper without a proxy that watches",
        "NetworkAuthentication",
        &["proxy-metrics"],
        Replace("10.42.", "10."),
        "grants of the mesh",
    ),
    ("metrics that are read", "NetworkPolicy", &["-from-monitoring.prometheus"], Drop, "callers"),
    (
        "metrics that are read",
        "Deployment",
        &["prometheus.io/scrape"],
        Replace(r#"io/port":"9464""#, r#"io/port":"8080""#),
        "what is told",
    ),
    ("telemetry that is sent", "NetworkPolicy", &["-to-telemetry.collector"], Drop, "peers"),
    (
        "telemetry that is sent",
        "Deployment",
        &["OTEL_EXPORTER_OTLP_ENDPOINT"],
        Replace("collector.telemetry.svc", "collector.example.org"),
        "what is told",
    ),
    (
        "requests that are logged",
        "Deployment",
        &["access-log"],
        Replace(r#"access-log":"json""#, r#"access-log":"apache""#),
        "what is told",
    ),
    ("traces of proxies", "NetworkPolicy", &["proxy-traces"], Replace("4317", "4318"), "what is told"),
];

const OF_THE_OUTSIDE: &[Tampering] = &[
    ("a Deployment", "EgressNetwork", &[r#""namespace":"red""#], Replace("Deny", "Allow"), "EgressNetworks"),
    (
        "a device of the network, over TCP",
        "NetworkPolicy",
        &["192.168.1.7/32"],
        Replace("192.168.1.7/32", "192.168.0.0/16"),
        "what is reached outside",
    ),
    (
        "a device of the network, over UDP",
        "NetworkPolicy",
        &["192.168.1.9/32"],
        Replace(r#""port":161"#, r#""port":162"#),
        "what is reached outside",
    ),
    ("hosts below a domain", "TLSRoute", &["*.parts"], Replace("*.parts.example.net", "*.example.net"), "routes"),
    ("any web page", "TCPRoute", &[r#""name":"egress-80""#], Drop, "routes"),
    (
        "a host over UDP",
        "NetworkPolicy",
        &[r#""port":123"#],
        Replace(r#""port":123"#, r#""port":53"#),
        "what is reached outside",
    ),
    ("paths of a hostname", "ConfigMap", &["^/api(/|$)"], Replace("^/api(/|$)", "/api"), "answers of the tunnel"),
    (
        "paths of a hostname alone",
        "ConfigMap",
        &["http_status"],
        Replace("http_status:404", "http_status:200"),
        "answers of the tunnel",
    ),
    (
        "a peer below a path",
        "ConfigMap",
        &["^/files(/|$)"],
        Replace("s3.storage.svc", "nats.nats.svc"),
        "answers of the tunnel",
    ),
    (
        "a peer that the cluster exposes",
        "ConfigMap",
        &["required: true"],
        Replace("required: true", "required: false"),
        "answers of the tunnel",
    ),
    (
        "a peer that the cluster exposes",
        "DNSEndpoint",
        &["mail.example.com"],
        Replace("cfargotunnel.com", "example.org"),
        "records of DNS",
    ),
    ("a peer that the cluster exposes", "NetworkPolicy", &["cloudflared-to-mail.relay"], Drop, "peers"),
];

const OF_THE_PLATFORM: &[Tampering] = &[
    ("the whole cluster read", "ClusterRole", &["nodes"], Replace(r#""watch""#, r#""*""#), "rights"),
    ("resources of its own", "Role", &["widgets/status"], Replace("widgets/status", "widgets/scale"), "rights"),
    (
        "a ConfigMap by its name",
        "Role",
        &["state"],
        Replace(r#""resourceNames":["state"]"#, r#""resourceNames":[]"#),
        "rights",
    ),
    ("pods that a service runs itself", "RoleBinding", &["labs"], Replace("ServiceAccount", "Group"), "rights"),
    (
        "a database with credentials",
        "Deployment",
        &["store-app"],
        Replace(r#""key":"uri""#, r#""key":"pgpass""#),
        "credentials",
    ),
    (
        "a database with credentials",
        "NetworkPolicy",
        &["store-from-", "cloudnative-pg"],
        Replace("8000", "5432"),
        "databases",
    ),
    ("a database of another namespace", "NetworkPolicy", &["-to-", "store-rw"], Drop, "peers"),
    (
        "a database that a peer calls, too",
        "NetworkPolicy",
        &["store-from-migrations"],
        Replace("migrator\"", "backup\""),
        "databases",
    ),
    ("a webhook that mutates", "MutatingWebhookConfiguration", &[], Replace(r#""/mutate""#, r#""/""#), "webhooks"),
    (
        "a webhook that mutates",
        "NetworkPolicy",
        &["-from-apiserver"],
        Replace("192.168.1.10/32", "192.168.1.0/24"),
        "callers",
    ),
    (
        "a webhook that mutates",
        "NetworkAuthentication",
        &["192.168.1.10/32"],
        Replace("192.168.1.10/32", "0.0.0.0/0"),
        "grants of the mesh",
    ),
    (
        "a webhook that validates",
        "ValidatingWebhookConfiguration",
        &[],
        Replace("kubernetes.io/metadata.name", "app"),
        "webhooks",
    ),
    (
        "a webhook that validates",
        "Service",
        &["9443"],
        Replace(r#""targetPort":9443"#, r#""targetPort":8080"#),
        "webhooks",
    ),
    ("a webhook that validates", "Certificate", &[], Replace(".svc\"", ".svc.example.org\""), "certificates"),
    ("a webhook that refuses", "ValidatingWebhookConfiguration", &["Fail"], Replace("Fail", "Ignore"), "webhooks"),
    ("a quota", "ResourceQuota", &[], Replace(r#""pods":""#, r#""pods":"1"#), "bounds"),
    ("limits of containers", "LimitRange", &[], Replace("\"max\"", "\"default\""), "bounds"),
];

/// What grants nothing that a plan could disagree about: the oracle alone judges it.
const GRANTS_NOTHING: [&str; 7] =
    ["a StatefulSet", "a DaemonSet", "a Job", "a CronJob", "a sidecar", "an init container", "a claim of each pod"];

fn tamperings() -> impl Iterator<Item = Tampering> {
    [OF_PODS, OF_WHOEVER_WATCHES, OF_THE_OUTSIDE, OF_THE_PLATFORM].into_iter().flatten().copied()
}

/// The trees, the smallest ones first.
fn smallest() -> Vec<(&'static Plan, &'static [(String, String)])> {
    let accepted = |tree: &'static Tree| Some((&tree.plan, tree.files.as_ref().ok()?.as_slice()));
    let mut trees: Vec<_> = trees().iter().filter_map(accepted).collect();
    trees.sort_by_key(|(_, files)| files.len());
    trees
}

/// The tree with its one change; nothing where it has no such object.
fn tampered(world: &World, kind: &str, holds: &[&str], change: Change) -> Option<World> {
    let written = |document: &Document| document.value.to_string();
    let is_meant = |document: &&Document| {
        let text = written(document);
        let replaces = match change {
            Drop => true,
            Replace(part, _) => text.contains(part),
        };
        document.kind == kind && replaces && holds.iter().all(|part| text.contains(part))
    };
    let document = world.documents().iter().find(is_meant)?;
    let text = match change {
        Drop => None,
        Replace(part, new) => Some(format!("# tampered\n{}\n", written(document).replace(part, new))),
    };
    Some(world.with_file(&document.path, text.as_deref()))
}

#[test]
fn whatever_is_changed_is_noticed() {
    let trees = smallest();
    let mut silent = Vec::new();
    for (says, kind, holds, change, about) in tamperings() {
        let saying = trees.iter().filter(|(plan, _)| plan.says().contains(says));
        let mut found = saying.filter_map(|(plan, files)| {
            let world = World::from_texts(files.iter().map(|(path, text)| (path.as_str(), text)));
            Some((plan, tampered(&world, kind, holds, change)?))
        });
        let Some((plan, world)) = found.next() else {
            silent.push(format!("{says}: no world has a {kind} that holds {holds:?} and {change:?} is about"));
            continue;
        };
        let noticed: BTreeSet<_> = disagreements(&world, plan).into_iter().map(|it| it.about).collect();
        if !noticed.contains(about) {
            silent.push(format!("{says}: {kind} {holds:?} {change:?}: not {about}, but {noticed:?}"));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn everything_that_can_be_said_or_compared_is_changed_once() {
    let said: BTreeSet<_> = tamperings().map(|(says, ..)| says).chain(GRANTS_NOTHING).collect();
    assert_eq!(said, EVERYTHING.into());
    let compared: BTreeSet<_> = tamperings().map(|(.., about)| about).collect();
    assert_eq!(compared, ABOUT.into());
}
