//! One cluster's trial: Kyverno over its files, an API server with nothing that reconciles, then a whole cluster to which the tree is
//! deployed.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use serde_json::Value;

use crate::applications::Applications;
use crate::arguments::{Arguments, Left};
use crate::bootstrap::Script;
use crate::certificates::Authority;
use crate::charts::{self, Chart};
use crate::cluster::{Plane, Store};
use crate::deployment::Deployment;
use crate::pins::{ARGOCD, KUBERNETES, OLDER_KUBERNETES, YAML};
use crate::processes::Processes;
use crate::programme::Programme;
use crate::programs::{self, Programs};
use crate::repository::Repository;
use crate::stand_in::StandIn;
use crate::table::{Findings, Table};
use crate::tree::Tree;
use crate::webhook::Webhook;
use crate::{
    access, admission, argocd, bootstrap, cert_manager, crds, events, given, interrupt, nodes, onepassword, pods,
    policies, routes, strict, twins,
};

/// What every part of a cluster's trial needs.
pub(crate) struct Trial<'a> {
    pub(crate) arguments: &'a Arguments,
    pub(crate) programs: &'a Programs,
    pub(crate) tree: &'a Tree,
    pub(crate) programme: Programme,
    pub(crate) definitions: &'a [Value],
    /// Kubernetes' version.
    pub(crate) kubernetes: &'a str,
    /// The version of the older API server.
    pub(crate) older_kubernetes: &'a str,
    /// Argo CD's version.
    pub(crate) argocd: &'a str,
    /// Helm's version.
    pub(crate) helm: &'a str,
    /// Kyverno's version.
    pub(crate) kyverno: &'a str,
    /// Where this cluster's files and logs are.
    pub(crate) home: PathBuf,
}

impl Trial<'_> {
    /// Starts what the cluster consists of, asks every judge that was not left out, and stops it all. The logs stay.
    pub(crate) fn run(&self, table: &mut Table) -> Result<()> {
        let outcome = self.judge(table);
        let _thrown_away = std::fs::remove_dir_all(self.home.join("etcd"));
        outcome
    }

    fn judge(&self, table: &mut Table) -> Result<()> {
        let mut rendered = Vec::new();
        if self.arguments.without(Left::Helm) {
            table.left_out("Helm", charts::WHAT);
        } else {
            match charts::judge(self, table) {
                Ok(charts) => rendered = charts,
                Err(error) => table.fail("Helm", self.helm, "its setting up", &format!("{error:#}")),
            }
        }
        if self.arguments.without(Left::Kyverno) {
            table.left_out("Kyverno", policies::WHAT);
        } else if let Err(error) = policies::judge(self, &rendered, table) {
            table.fail("Kyverno", self.kyverno, "its setting up", &format!("{error:#}"));
        }
        interrupt::sleep(Duration::ZERO)?;
        let (apiserver, argo) = (!self.arguments.without(Left::Apiserver), !self.arguments.without(Left::Argocd));
        if !apiserver {
            table.left_out("kube-apiserver", "strict creation, Pod Security, broken twins, access");
        }
        if !argo {
            table.left_out("Argo CD", "deployment, drift, removal, foreign objects");
        }
        let webhooks = !self.arguments.without(Left::Webhooks);
        if !webhooks {
            table.left_out("Kyverno", policies::live::WHAT);
        }
        if !apiserver && !argo && !webhooks {
            return Ok(());
        }
        let mut processes = Processes::new(&self.logs())?;
        let authority = Authority::new()?;
        let store = Store::start(&self.home, self.programs, &mut processes, &authority)?;
        let webhook = Webhook::start(store.serving())?;
        if apiserver {
            self.say_impossible(table);
            let servers =
                [(&KUBERNETES, self.kubernetes, "strict"), (&OLDER_KUBERNETES, self.older_kubernetes, "strict-older")];
            for (kubernetes, version, prefix) in servers {
                let plane = store.serve(kubernetes, prefix, self.programs, &mut processes);
                let judged = plane.and_then(|plane| {
                    self.admission((plane, version), &rendered, &webhook, &authority, &mut processes, table)
                });
                if let Err(error) = judged {
                    table.fail("kube-apiserver", version, "its setting up", &format!("{error:#}"));
                }
                interrupt::sleep(Duration::ZERO)?;
            }
            self.bootstrap(&store, &mut processes, table)?;
            interrupt::sleep(Duration::ZERO)?;
        }
        if webhooks {
            if let Err(error) =
                policies::live::judge(self, &rendered, &store, &webhook, &authority, &mut processes, table)
            {
                table.fail("Kyverno", self.kyverno, "its controllers", &format!("{error:#}"));
            }
            interrupt::sleep(Duration::ZERO)?;
        }
        if argo {
            self.deployment(&store, &webhook, &authority, &mut processes, table)?;
        }
        Ok(())
    }

    fn say_impossible(&self, table: &mut Table) {
        if self.programme != Programme::Whole {
            for twin in twins::impossible(self.tree) {
                let what = format!("broken twin, {twin}");
                table.skipped("kube-apiserver", &what, "nothing in this tree can be broken so");
            }
        }
    }

    /// An API server with all CRDs and nothing that reconciles: what it accepts, and what it refuses.
    fn admission(
        &self,
        (plane, version): (Plane, &str),
        rendered: &[Chart],
        webhook: &Webhook,
        authority: &Authority,
        processes: &mut Processes,
        table: &mut Table,
    ) -> Result<()> {
        let reader = self.programs.path(&YAML, "yaml")?;
        let theirs = self.programs.module(&ARGOCD).map(|module| module.join("manifests/crds"))?;
        let mut definitions = crds::read(&[theirs], &reader)?;
        definitions.extend(self.definitions.iter().cloned());
        crds::install(&plane.api, &definitions)?;
        webhook.register(&plane.api, authority.pem())?;
        given::create_classes(&plane.api, self.tree)?;
        let (api, tree, programme) = (&plane.api, self.tree, self.programme);
        let mut judge = |what: &str, run: &dyn Fn(&mut Findings) -> Result<()>| {
            table.judge("kube-apiserver", version, what, |findings| run(findings))
        };
        judge("objects created strictly and read back", &|findings| strict::create_all(api, tree, findings));
        judge("injected pods admitted under Pod Security", &|findings| admission::admit_all(api, tree, findings));
        judge("broken twins refused", &|findings| twins::refuse_all(api, tree, programme, findings));
        judge("access of each identity", &|findings| access::review(api, tree, findings));
        if !rendered.is_empty() {
            judge("what charts render, and their pods", &|findings| charts::accepted(api, rendered, findings));
        }
        plane.stop(processes);
        Ok(())
    }

    /// An API server as it is before anything was brought to it, and the script that brings it.
    fn bootstrap(&self, store: &Store, processes: &mut Processes, table: &mut Table) -> Result<()> {
        let what = "the script of `casemate bootstrap`";
        if !programs::installed("kubectl") {
            table.skipped("kube-apiserver", what, "`kubectl` is not on the PATH");
            return Ok(());
        }
        let Some(script) = Script::of(&Arguments::repository()?, self.tree, &self.home)? else {
            table.skipped("kube-apiserver", what, "`casemate bootstrap` does not know this cluster");
            return Ok(());
        };
        table.skipped(
            "kube-apiserver",
            "its steps onepassword and argocd",
            "no repository of charts is reached from here",
        );
        let plane = store.serve(&KUBERNETES, "bootstrap", self.programs, processes)?;
        let theirs = self.programs.module(&ARGOCD).map(|module| module.join("manifests/crds"))?;
        // Argo CD's chart brings them.
        crds::install(&plane.api, &crds::read(&[theirs], &self.programs.path(&YAML, "yaml")?)?)?;
        let judge = "kube-apiserver, kubectl";
        table.judge(judge, self.kubernetes, "bootstrap's steps, once and again", |findings| {
            bootstrap::steps(&script, &plane, self.tree, findings)
        });
        if script.breaks_glass() {
            table.judge(judge, self.kubernetes, "bootstrap while Kyverno is away", |findings| {
                bootstrap::break_glass(&script, &plane, self.tree, findings)
            });
        }
        plane.stop(processes);
        Ok(())
    }

    /// A whole cluster, to which the tree is deployed as its users would.
    fn deployment(
        &self,
        store: &Store,
        webhook: &Webhook,
        authority: &Authority,
        processes: &mut Processes,
        table: &mut Table,
    ) -> Result<()> {
        let (tree, charts) = self.tree.without_charts();
        if !charts.is_empty() {
            let what = format!("deployment of {}", charts.join(", "));
            table.skipped("Argo CD", &what, "no repository of charts is reached from here");
        }
        let plane = store.serve(&KUBERNETES, "registry", self.programs, processes)?;
        eprintln!("KUBECONFIG={}", plane.kubeconfig.display());
        store.control(&plane, self.programs, processes)?;
        nodes::start(&self.home, &plane, self.programs, processes)?;
        nodes::create(&plane.api, &tree)?;
        given::create_classes(&plane.api, &tree)?;
        webhook.register(&plane.api, authority.pem())?;
        let namespace = tree.root_application()?.namespace();
        argocd::install(&plane.api, self.programs, namespace, &self.tree.argocd_settings())?;
        argocd::start(&self.home, &plane, self.programs, processes, namespace)?;
        let _controllers = (operators(&plane, &tree), policies::stand_in(plane.api.clone()));
        let deployment = Deployment {
            api: plane.api.clone(),
            tree: &tree,
            repository: Repository::new(&self.home.join("repository"), &tree)?,
            applications: Applications::new(&plane.api, namespace),
            patience: self.arguments.patience(),
        };
        eprintln!(
            "  the tree is committed to a repository of its own; its URL replaces the cluster's in {} files, and nothing else differs",
            deployment.repository.replaced
        );
        let outcome = events::judge(self, &deployment, processes, table);
        if self.arguments.keep && !interrupt::requested() {
            if let Err(error) = &outcome {
                eprintln!("  ✗ {error:#}");
            }
            wait_to_be_stopped(&plane, table);
        }
        outcome
    }

    /// The end of the log that most likely says why.
    pub(crate) fn last_words(&self, processes: &Processes) {
        for name in ["argocd-application-controller", "argocd-repo-server"] {
            eprintln!("  the end of {}:\n{}", processes.log(name).display(), processes.last_lines(name));
        }
        eprintln!("  all logs: {}", self.logs().display());
    }

    fn logs(&self) -> PathBuf {
        self.home.join("logs")
    }
}

/// Whoever plays an operator has its account: policies ask who writes Secrets.
pub(crate) const ONE_PASSWORD: &str = "system:serviceaccount:onepassword:onepassword-connect-operator";

/// The controllers that no registry has, each under the account that it has in a cluster.
pub(crate) fn operators(plane: &Plane, tree: &Tree) -> [StandIn; 4] {
    let keys = pods::all_secret_keys(tree);
    let of = |namespace: &str| {
        let groups = ["system:serviceaccounts".to_owned(), format!("system:serviceaccounts:{namespace}")];
        plane.api.acting_as(&format!("system:serviceaccount:{namespace}:{namespace}"), &groups)
    };
    [
        given::start(of("cnpg-system"), tree, &keys),
        onepassword::start(plane.api.acting_as(ONE_PASSWORD, &[]), keys),
        cert_manager::start(of("cert-manager")),
        routes::start(plane.api.clone()),
    ]
}

fn wait_to_be_stopped(plane: &Plane, table: &Table) {
    eprintln!("{table}\nstill running; Ctrl-C stops everything\n  export KUBECONFIG={}", plane.kubeconfig.display());
    while !interrupt::requested() {
        std::thread::sleep(Duration::from_millis(200));
    }
}
