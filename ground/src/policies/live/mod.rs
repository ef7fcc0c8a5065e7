//! Kyverno's controllers beside a real API server: what they admit, refuse, change and make, and what happens without them.

mod asked;
mod before;
mod glass;
mod install;
mod outage;

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use self::asked::Doors;
use self::before::BackDoor;
use self::install::Kyverno;
use super::FOLDER;
use super::request::{Cluster, ELSEWHERE};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::bootstrap::Script;
use crate::certificates::Authority;
use crate::charts::Chart;
use crate::cluster::{Plane, Store};
use crate::pins::{ARGOCD, KUBERNETES, YAML};
use crate::processes::Processes;
use crate::table::{Findings, Table};
use crate::tree::{Tree, text};
use crate::trial::{Trial, operators};
use crate::webhook::Webhook;
use crate::{admission, charts, crds, fields, given, interrupt, nodes, programs, strict, workloads};

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
    let stand_ins = operators(&plane, trial.tree);
    let live = Live { trial, kyverno, store };
    live.admits(&plane.api, &rest, charts, processes, table)?;
    // Injected pods are shown, and Pod Security would refuse most of them first.
    Webhook::forget(&plane.api)?;
    live.refuses(&plane.api, processes, table)?;
    webhook.register(&plane.api, authority.pem())?;
    table.judge("Kyverno", trial.kyverno, "without Kyverno the platform can be repaired", |findings| {
        outage::repaired(&plane.api, &live.kyverno, trial.tree, findings)
    });
    drop(stand_ins);
    live.restart(plane, processes, table)
}

/// A cluster with Kyverno in it.
struct Live<'a> {
    trial: &'a Trial<'a>,
    kyverno: Kyverno,
    store: &'a Store,
}

impl Live<'_> {
    /// What Argo CD applies comes in, and comes to life.
    fn admits(
        &self,
        api: &Api,
        rest: &Tree,
        charts: &[Chart],
        processes: &mut Processes,
        table: &mut Table,
    ) -> Result<()> {
        let (version, tree) = (self.trial.kyverno, self.trial.tree);
        let argocd = argocd(api, tree)?;
        let ready = table.judge("Kyverno", version, "every policy is ready, and as it was written", |findings| {
            policies(&argocd, tree, processes, findings)
        });
        let admitted = ready
            && table.judge("Kyverno", version, "its webhooks admit every object, unchanged", |findings| {
                strict::create_all(&argocd, rest, findings)
            });
        // Whatever is asked next is about these objects, and would fail hundreds of times for this one reason.
        ensure!(
            admitted,
            "nothing more is asked of it; the end of its log:\n{}",
            processes.last_lines(install::ADMISSION)
        );
        table.judge("Kyverno", version, "its webhooks admit every injected pod", |findings| {
            admission::admit_all(api, tree, findings)
        });
        table.judge("Kyverno", version, "its webhooks admit what charts render, and their pods", |findings| {
            charts::accepted(&argocd, charts, findings)
        });
        table.judge("Kyverno", version, "pods Ready with Kyverno in their way", |findings| {
            workloads::ready(api, tree, findings)
        });
        nobodys_namespace(api)?;
        table.judge("Kyverno", version, "a new namespace of nobody's is shut, and none of ours", |findings| {
            shut(api, tree, findings)
        });
        Ok(())
    }

    /// What is broken is changed or refused; and waits once Kyverno is stopped, which it is in the end.
    fn refuses(&self, api: &Api, processes: &mut Processes, table: &mut Table) -> Result<()> {
        let (version, tree, programs) = (self.trial.kyverno, self.trial.tree, self.trial.programs);
        let cluster = Cluster::of(tree)?;
        let front =
            self.store.serve_without(&["PodSecurity"], ("kyverno", "without-pod-security"), programs, processes)?;
        let back = BackDoor::open(self.store, programs, processes)?;
        let doors = Doors { front: &front.api, back: &back };
        table.judge("Kyverno", version, "pods of nobody's are changed at admission", |findings| {
            asked::mutated(&front.api, &cluster, findings)
        });
        table.judge("Kyverno", version, "broken twins refused at admission by their policy", |findings| {
            asked::refused(doors, &cluster, tree, findings)
        });
        Kyverno::stop(processes);
        table.judge("Kyverno", version, "without Kyverno broken twins wait, where it refuses", |findings| {
            asked::unjudged(doors, &cluster, tree, findings)
        });
        table.judge("Kyverno", version, "without Kyverno services are shut", |findings| {
            outage::shut(api, &cluster, tree, findings)
        });
        back.close(processes);
        front.stop(processes);
        Ok(())
    }

    /// The power goes: everything stops, and no pod is left. Then everything starts again.
    fn restart(&self, plane: Plane, processes: &mut Processes, table: &mut Table) -> Result<()> {
        let (tree, programs) = (self.trial.tree, self.trial.programs);
        let lost = outage::lose_all_pods(&plane.api)?;
        eprintln!("  {lost} pods are gone");
        stop(plane, processes);
        self.store.restart(programs, processes)?;
        let plane = self.store.serve(&KUBERNETES, "kyverno", programs, processes)?;
        self.store.control(&plane, programs, processes)?;
        nodes::start(&self.trial.home, &plane, programs, processes)?;
        let stand_ins = operators(&plane, tree);
        self.kyverno.start(&plane, programs, processes)?;
        let what = "after etcd, the control plane and Kyverno were restarted all pods are back";
        table.judge("Kyverno", self.trial.kyverno, what, |findings| {
            install::ready(&plane.api, processes)?;
            workloads::ready(&plane.api, tree, findings)
        });
        drop(stand_ins);
        Kyverno::stop(processes);
        self.breaks_glass(&plane, processes, table)?;
        stop(plane, processes);
        Ok(())
    }

    /// The script of `casemate bootstrap`, while Kyverno is away and when it is back.
    fn breaks_glass(&self, plane: &Plane, processes: &mut Processes, table: &mut Table) -> Result<()> {
        let Trial { tree, programs, home, kyverno: version, .. } = self.trial;
        let what = "`break-glass` without it, and `mend` once it is back";
        if !programs::installed("kubectl") {
            table.skipped("Kyverno, kubectl", what, "`kubectl` is not on the PATH");
            return Ok(());
        }
        let Some(script) = Script::of(&Arguments::repository()?, tree, home)? else {
            table.skipped("Kyverno, kubectl", what, "`casemate bootstrap` does not know this cluster");
            return Ok(());
        };
        table.judge("Kyverno, kubectl", version, what, |findings| {
            glass::broken(&script, plane, self.kyverno.namespace(), tree, findings)?;
            self.kyverno.start(plane, programs, processes)?;
            glass::mended(&script, plane, tree, findings)
        });
        Kyverno::stop(processes);
        Ok(())
    }
}

/// Stops a cluster, but for its store.
fn stop(plane: Plane, processes: &mut Processes) {
    for name in ["kube-controller-manager", "kube-scheduler", "kwok"] {
        processes.stop(name);
    }
    plane.stop(processes);
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
