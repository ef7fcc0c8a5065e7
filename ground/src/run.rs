//! One run, from the first build to the last verdict.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::applications::Applications;
use crate::arguments::{Arguments, Left};
use crate::certificates::Authority;
use crate::cluster::Store;
use crate::deployment::{self, Deployment};
use crate::pins::{ARGOCD, ETCD, KUBERNETES, KWOK, YAML};
use crate::processes::Processes;
use crate::programs::{self, Programs};
use crate::repository::Repository;
use crate::table::{Findings, Table};
use crate::tree::Tree;
use crate::webhook::Webhook;
use crate::{
    access, admission, argocd, cert_manager, crds, drift, emitter, foreign, given, interrupt, nodes, onepassword, pods,
    removal, routes, strict, twins, workloads,
};

/// Something that happens to the deployed tree.
type Scenario = fn(&Deployment<'_>, &mut Processes, &mut Findings) -> Result<()>;

/// What every part of a run needs.
struct Ground<'a> {
    arguments: &'a Arguments,
    home: PathBuf,
    programs: Programs,
    tree: Tree,
    definitions: Vec<Value>,
    authority: Authority,
    kubernetes: String,
    argocd: String,
}

/// Runs every judge that was not left out. Of the run, its logs stay.
pub(crate) fn run(arguments: &Arguments, table: &mut Table) -> Result<()> {
    interrupt::listen()?;
    let repository = Arguments::repository()?;
    let cache = Arguments::cache()?;
    let runs = cache.join("run");
    forget_old(&runs);
    let home = runs.join(identity()?);
    let outcome = run_in(arguments, table, &repository, &cache, &home);
    let _thrown_away = std::fs::remove_dir_all(home.join("etcd"));
    outcome
}

fn run_in(arguments: &Arguments, table: &mut Table, repository: &Path, cache: &Path, home: &Path) -> Result<()> {
    let logs = home.join("logs");
    let mut processes = Processes::new(&logs)?;
    eprintln!("logs: {}", logs.display());

    let programs = Programs::new(repository, cache);
    let (apiserver, argo) = (!arguments.without(Left::Apiserver), !arguments.without(Left::Argocd));
    build(&programs, &mut processes, apiserver, argo)?;
    if arguments.build_only {
        return Ok(());
    }
    let reader = programs.path(&YAML, "yaml")?;
    let version = YAML.version(repository)?;
    let what = "strings of our emitter come back";
    if arguments.without(Left::Yaml) {
        table.left_out("sigs.k8s.io/yaml", what);
    } else {
        table.judge("sigs.k8s.io/yaml", &version, what, |findings| emitter::judge(repository, &reader, findings));
    }
    if !apiserver && !argo {
        table.left_out("kube-apiserver", "everything");
        table.left_out("Argo CD", "everything");
        return Ok(());
    }

    let mut folders = vec![repository.join("ground/crds")];
    folders.extend(arguments.crds.iter().cloned());
    let ground = Ground {
        arguments,
        definitions: crds::read(&folders, &reader)?,
        tree: Tree::read(&arguments.tree()?, &reader)?,
        authority: Authority::new()?,
        kubernetes: KUBERNETES.version(repository)?,
        argocd: ARGOCD.version(repository)?,
        home: home.to_owned(),
        programs,
    };
    let store = Store::start(&ground.home, &ground.programs, &mut processes, &ground.authority)?;
    let webhook = Webhook::start(store.serving())?;
    if apiserver {
        if let Err(error) = ground.admission(&store, &webhook, &mut processes, table) {
            table.fail("kube-apiserver", &ground.kubernetes, "its setting up", &format!("{error:#}"));
        }
        interrupt::sleep(Duration::ZERO)?;
    } else {
        table.left_out("kube-apiserver", "strict creation, Pod Security, broken twins, access");
    }
    if argo {
        ground.deployment(&store, &webhook, &mut processes, table)?;
    } else {
        table.left_out("Argo CD", "deployment, drift, removal, foreign objects");
    }
    Ok(())
}

fn build(programs: &Programs, processes: &mut Processes, apiserver: bool, argo: bool) -> Result<()> {
    for needed in ["go", "git"] {
        anyhow::ensure!(programs::installed(needed), "`{needed}` is not on the PATH, and the proving ground needs it");
    }
    let mut judges = vec![&YAML];
    if apiserver || argo {
        judges.extend([&ETCD, &KUBERNETES]);
    }
    if argo {
        judges.extend([&KWOK, &ARGOCD]);
        programs::redis(processes)?;
    }
    for judge in judges {
        programs.build(judge, processes).with_context(|| format!("building {}", judge.folder))?;
    }
    Ok(())
}

impl Ground<'_> {
    /// An API server with all CRDs and nothing that reconciles: what it accepts, and what it refuses.
    fn admission(&self, store: &Store, webhook: &Webhook, processes: &mut Processes, table: &mut Table) -> Result<()> {
        let plane = store.serve("strict", &self.programs, processes)?;
        let reader = self.programs.path(&YAML, "yaml")?;
        let theirs = self.programs.module(&ARGOCD).map(|module| module.join("manifests/crds"))?;
        crds::install(&plane.api, &crds::read(&[theirs], &reader)?)?;
        crds::install(&plane.api, &self.definitions)?;
        webhook.register(&plane.api, self.authority.pem())?;
        given::create_classes(&plane.api, &self.tree)?;
        let (api, tree) = (&plane.api, &self.tree);
        let mut judge = |what: &str, run: &dyn Fn(&mut Findings) -> Result<()>| {
            table.judge("kube-apiserver", &self.kubernetes, what, |findings| run(findings))
        };
        judge("objects created strictly and read back", &|findings| strict::create_all(api, tree, findings));
        judge("injected pods admitted under Pod Security", &|findings| admission::admit_all(api, tree, findings));
        judge("broken twins refused", &|findings| twins::refuse_all(api, tree, findings));
        judge("access of each identity", &|findings| access::review(api, tree, findings));
        plane.stop(processes);
        Ok(())
    }

    /// A whole cluster, to which the tree is deployed as its users would.
    fn deployment(&self, store: &Store, webhook: &Webhook, processes: &mut Processes, table: &mut Table) -> Result<()> {
        let plane = store.serve("registry", &self.programs, processes)?;
        eprintln!("KUBECONFIG={}", plane.kubeconfig.display());
        store.control(&plane, &self.programs, processes)?;
        nodes::start(&self.home, &plane, &self.programs, processes)?;
        nodes::create(&plane.api, &self.tree)?;
        given::create_classes(&plane.api, &self.tree)?;
        webhook.register(&plane.api, self.authority.pem())?;
        let namespace = self.tree.root_application()?.namespace();
        argocd::install(&plane.api, &self.programs, namespace)?;
        argocd::start(&self.home, &plane, &self.programs, processes, namespace)?;
        let keys = pods::all_secret_keys(&self.tree);
        let _operators = given::start(plane.api.clone(), &self.tree, &keys);
        let _operator = onepassword::start(plane.api.clone(), keys);
        let _certificates = cert_manager::start(plane.api.clone());
        let _controller = routes::start(plane.api.clone());
        let deployment = Deployment {
            api: plane.api.clone(),
            tree: &self.tree,
            repository: Repository::new(&self.home.join("repository"), &self.tree)?,
            applications: Applications::new(&plane.api, namespace),
            patience: self.arguments.patience(),
        };
        eprintln!(
            "  the tree is committed to a repository of its own; its URL replaces the cluster's in {} files, and nothing else differs",
            deployment.repository.replaced
        );
        let outcome = self.judge_deployment(&deployment, processes, table);
        if self.arguments.keep && !interrupt::requested() {
            if let Err(error) = &outcome {
                eprintln!("  ✗ {error:#}");
            }
            eprintln!(
                "{table}\nstill running; Ctrl-C stops everything\n  export KUBECONFIG={}",
                plane.kubeconfig.display()
            );
            while !interrupt::requested() {
                std::thread::sleep(Duration::from_millis(200));
            }
        }
        outcome
    }

    fn judge_deployment(
        &self,
        deployment: &Deployment<'_>,
        processes: &mut Processes,
        table: &mut Table,
    ) -> Result<()> {
        let (argocd, kubernetes) = (&self.argocd, &self.kubernetes);
        let tries = self.arguments.tries;
        let what = format!("services first, no CRD until each was tried {tries} times: they wait and say why");
        table.judge("Argo CD", argocd, &what, |findings| {
            deployment.bootstrap()?;
            deployment.all_exist(processes)?;
            deployment.waits_for_crds(&self.definitions, tries, findings)
        });
        interrupt::sleep(Duration::ZERO)?;
        let deployed = table.judge("Argo CD", argocd, "CRDs arrive: all Synced and Healthy", |findings| {
            crds::install(&deployment.api, &self.definitions)?;
            deployment.applications.settle(&deployment.declared(), deployment.patience, processes)?;
            for name in deployment.declared() {
                findings.case(&name, Ok(()));
            }
            Ok(())
        });
        interrupt::sleep(Duration::ZERO)?;
        if !deployed {
            self.last_words(processes);
            anyhow::bail!("the tree was not deployed, so that what happens to it afterwards could not be judged");
        }
        table.judge("Argo CD", argocd, "every written field lives in the cluster", |findings| {
            deployment::converged(deployment, findings)
        });
        let kubelets = "controllers, scheduler, kwok";
        table
            .judge(kubelets, kubernetes, "pods Ready, claims bound", |findings| workloads::ready(deployment, findings));
        table.judge(kubelets, kubernetes, "what pods mount and read exists", |findings| {
            workloads::mounted(deployment, findings)
        });
        table.judge(kubelets, kubernetes, "each CronJob's job completes", |findings| {
            workloads::jobs(deployment, findings)
        });
        let scenarios: [(&str, Scenario); 7] = [
            ("no drift over three reconciliations", drift::three_reconciliations),
            ("edits by hand are undone", drift::healed),
            ("foreign objects refused by their project", foreign::refused),
            ("a removed Role goes", removal::role),
            ("a removed claim stays", removal::claim),
            ("a removed service goes, its claim stays", removal::service),
            ("a removed namespace's Applications go, it stays", removal::namespace),
        ];
        let mut unsettled = None;
        for (what, scenario) in scenarios {
            interrupt::sleep(Duration::ZERO)?;
            if let Some(reason) = &unsettled {
                table.fail(
                    "Argo CD",
                    argocd,
                    what,
                    &format!("not judged, because the tree was not well before: {reason}"),
                );
                continue;
            }
            if !table.judge("Argo CD", argocd, what, |findings| scenario(deployment, processes, findings)) {
                unsettled = deployment.unsettled()?;
                self.last_words(processes);
            }
        }
        table.judge(kubelets, kubernetes, "after all that, what pods mount and read exists", |findings| {
            workloads::mounted(deployment, findings)
        });
        Ok(())
    }

    /// The end of the log that most likely says why.
    fn last_words(&self, processes: &Processes) {
        for name in ["argocd-application-controller", "argocd-repo-server"] {
            eprintln!("  the end of {}:\n{}", processes.log(name).display(), processes.last_lines(name));
        }
        eprintln!("  all logs: {}", self.home.join("logs").display());
    }
}

/// Removes what is left of runs of more than a week ago. A run that cannot be removed hinders nobody.
fn forget_old(runs: &Path) {
    let week = Duration::from_hours(24 * 7);
    for run in std::fs::read_dir(runs).into_iter().flatten().flatten() {
        let age = run.metadata().and_then(|metadata| metadata.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > week) {
            let _left = std::fs::remove_dir_all(run.path());
        }
    }
}

/// A name for this run, in order of time.
fn identity() -> Result<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?;
    Ok(format!("{}-{}", now.as_secs(), std::process::id()))
}
