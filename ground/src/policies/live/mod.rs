//! Kyverno's controllers beside a real API server: what they admit, refuse, change and make, and what happens without them.

mod asked;
mod install;
mod outage;

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use self::install::Kyverno;
use super::FOLDER;
use super::request::{Cluster, ELSEWHERE};
use crate::api::Api;
use crate::certificates::Authority;
use crate::charts::Chart;
use crate::cluster::{Plane, Store};
use crate::pins::{ARGOCD, KUBERNETES, YAML};
use crate::processes::Processes;
use crate::table::{Findings, Table};
use crate::tree::{Tree, text};
use crate::trial::{ONE_PASSWORD as OPERATOR, Trial, operators};
use crate::webhook::Webhook;
use crate::{admission, crds, fields, given, interrupt, nodes, strict, workloads};

/// What is judged, in a line.
pub(crate) const WHAT: &str = "its controllers admit, refuse, change and make; without them; after a restart";

/// A cluster with Kyverno in it, where Argo CD is played by us.
pub(crate) fn judge(
    trial: &Trial<'_>,
    charts: &[Chart],
    store: &Store,
    webhook: &Webhook,
    authority: &Authority,
    processes: &mut Processes,
    table: &mut Table,
) -> Result<()> {
    if !trial.tree.root.join(FOLDER).exists() {
        table.skipped("Kyverno", WHAT, "its cluster declares no Kyverno, and the tree has no policies");
        return Ok(());
    }
    let kyverno = Kyverno::read(trial.programs, charts, &trial.home)?;
    let (plane, rest) = set_up(trial, &kyverno, store, webhook, authority, processes)?;
    let (api, tree) = (&plane.api, trial.tree);
    let argocd = argocd(api, tree)?;
    let stand_ins = operators(&plane, tree);
    let cluster = Cluster::of(tree)?;
    let version = trial.kyverno;

    table.judge("Kyverno", version, "every policy is ready, and as it was written", |findings| {
        policies(&argocd, tree, processes, findings)
    });
    table.judge("Kyverno", version, "its webhooks admit every object, unchanged", |findings| {
        strict::create_all(&argocd, &rest, findings)
    });
    table.judge("Kyverno", version, "its webhooks admit every injected pod", |findings| {
        admission::admit_all(api, tree, findings)
    });
    table.judge("Kyverno", version, "pods Ready with Kyverno in their way", |findings| {
        workloads::ready(api, tree, findings)
    });
    nobodys_namespace(api)?;
    table.judge("Kyverno", version, "a new namespace of nobody's is shut, and none of ours", |findings| {
        shut(api, tree, findings)
    });
    // Injected pods are shown, and Pod Security would refuse most of them first.
    Webhook::forget(api)?;
    let frank = store.serve_without_pod_security("kyverno", trial.programs, processes)?;
    table.judge("Kyverno", version, "pods of nobody's are changed at admission", |findings| {
        asked::mutated(&frank.api, &cluster, findings)
    });
    table.judge("Kyverno", version, "broken twins refused at admission by their policy", |findings| {
        asked::refused(&frank.api, &cluster, tree, findings)
    });
    frank.stop(processes);
    webhook.register(api, authority.pem())?;

    Kyverno::stop(processes);
    table.judge("Kyverno", version, "without Kyverno services are shut, and it can be repaired", |findings| {
        outage::shut(api, &kyverno, &cluster, tree, findings)
    });
    let lost = outage::lose_all_pods(api)?;
    eprintln!("  {lost} pods are gone");
    kyverno.start(&plane, trial.programs, processes)?;
    table.judge("Kyverno", version, "after a restart of everything all pods are back", |findings| {
        install::ready(api, processes)?;
        workloads::ready(api, tree, findings)
    });
    drop(stand_ins);
    for name in ["kube-controller-manager", "kube-scheduler", "kwok"] {
        processes.stop(name);
    }
    Kyverno::stop(processes);
    plane.stop(processes);
    Ok(())
}

/// Everything but the policies and what they are about. Returns what is left of the tree to be created.
fn set_up(
    trial: &Trial<'_>,
    kyverno: &Kyverno,
    store: &Store,
    webhook: &Webhook,
    authority: &Authority,
    processes: &mut Processes,
) -> Result<(Plane, Tree)> {
    let (tree, programs) = (trial.tree, trial.programs);
    let plane = store.serve(&KUBERNETES, "kyverno", programs, processes)?;
    let api = &plane.api;
    let reader = programs.path(&YAML, "yaml")?;
    let mut definitions = crds::read(&[programs.module(&ARGOCD)?.join("manifests/crds")], &reader)?;
    definitions.extend(trial.definitions.iter().cloned());
    crds::install(api, &definitions)?;
    store.control(&plane, programs, processes)?;
    nodes::start(&trial.home, &plane, programs, processes)?;
    nodes::create(api, tree)?;
    given::create_classes(api, tree)?;
    webhook.register(api, authority.pem())?;
    let (first, rest) = apart(tree, |one| one.kind() == "Namespace" && one.name() == kyverno.namespace());
    let [namespace] = first.manifests.as_slice() else {
        anyhow::bail!("the tree has no namespace {}", kyverno.namespace())
    };
    api.create(&namespace.object, "")?.object().context("Kyverno's namespace")?;
    kyverno.install(api, &definitions)?;
    kyverno.start(&plane, programs, processes)?;
    let (_, rest) = apart(&rest, |one| one.path.starts_with(FOLDER));
    Ok((plane, rest))
}

/// The manifests of a tree that are meant, and the others.
fn apart(tree: &Tree, is_meant: impl Fn(&crate::tree::Manifest) -> bool) -> (Tree, Tree) {
    let (meant, others) = tree.manifests.iter().cloned().partition(|one| is_meant(one));
    let root = || tree.root.clone();
    (Tree { root: root(), manifests: meant }, Tree { root: root(), manifests: others })
}

/// Argo CD's application controller.
fn argocd(api: &Api, tree: &Tree) -> Result<Api> {
    let namespace = tree.root_application()?.namespace().to_owned();
    let groups = ["system:serviceaccounts".to_owned(), format!("system:serviceaccounts:{namespace}")];
    Ok(api.acting_as(&format!("system:serviceaccount:{namespace}:argocd-application-controller"), &groups))
}

fn policies(api: &Api, tree: &Tree, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
    let (policies, _) = apart(tree, |one| one.path.starts_with(FOLDER));
    strict::create_all(api, &policies, findings)?;
    let live = install::ready(api, processes)?;
    for policy in &policies.manifests {
        let found = live.iter().find(|one| one["metadata"]["name"] == policy.name() && one["kind"] == policy.kind());
        let lost = fields::lost(&policy.object["spec"], &found.map_or(Value::Null, |one| one["spec"].clone()));
        findings.check(&format!("{} is ready", policy.name()), lost.is_empty(), || lost.join("; "));
    }
    Ok(())
}

/// A namespace that somebody makes who never heard of us.
fn nobodys_namespace(api: &Api) -> Result<()> {
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": ELSEWHERE, "labels": {
        "pod-security.kubernetes.io/enforce": "privileged"}}});
    api.acting_as("alice", &["system:authenticated".to_owned()]).create(&namespace, "")?.object().map(drop)
}

/// Both policies come, shut as much as ours, and nowhere else than in what is nobody's.
fn shut(api: &Api, tree: &Tree, findings: &mut Findings) -> Result<()> {
    for (made, ours) in [("casemate-default-deny", "default-deny"), ("casemate-dns", "dns")] {
        let wanted = tree.of_kind("NetworkPolicy").find(|policy| policy.name() == ours);
        let wanted = &wanted.with_context(|| format!("the tree has no NetworkPolicy {ours}"))?.object["spec"];
        let policy = json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
            "metadata": {"name": made, "namespace": ELSEWHERE}});
        let path = api.path(&policy)?;
        let live = interrupt::until(made, Duration::from_mins(1), || {
            Ok(api.get(&path)?.ok_or_else(|| format!("{made} to be made")))
        })?;
        findings.check(made, live["spec"] == *wanted, || format!("it is {}, not {wanted}", live["spec"]));
    }
    let declared: BTreeSet<&str> = tree.of_kind("Namespace").map(crate::tree::Manifest::name).collect();
    let all = api.list("networking.k8s.io/v1", "NetworkPolicy")?.unwrap_or_default();
    for namespace in declared {
        let made = all.iter().find(|one| {
            one["metadata"]["namespace"] == namespace && text(&one["metadata"]["name"]).starts_with("casemate-")
        });
        findings.check(namespace, made.is_none(), || "it got policies of nobody's namespaces".to_owned());
    }
    Ok(())
}
