//! What happens to a deployed tree, in order: its first sync, its workloads, and what people do to it afterwards.

use std::time::Duration;

use anyhow::Result;

use crate::deployment::{self, Deployment};
use crate::processes::Processes;
use crate::programme::Programme;
use crate::table::{Findings, Table};
use crate::tree::Tree;
use crate::trial::Trial;
use crate::{alike, confirmation, crds, drift, foreign, interrupt, plugin, removal, workloads};

/// Something that happens to the deployed tree.
struct Event {
    what: &'static str,
    happens: fn(&Deployment<'_>, &mut Processes, &mut Findings) -> Result<()>,
    /// Why it would prove nothing on a second tree that treats its objects alike; none when each tree is its own case.
    not_repeated: Option<&'static str>,
}

const EVENTS: [Event; 10] = [
    Event { what: "no drift over three reconciliations", happens: drift::three_reconciliations, not_repeated: None },
    Event {
        what: "edits by hand are undone",
        happens: drift::healed,
        not_repeated: Some("that Argo CD undoes them is decided by Applications' sync policy"),
    },
    Event {
        what: "foreign objects refused by their project",
        happens: foreign::refused,
        not_repeated: Some("what is refused is decided by the kinds and sorts of namespace that projects permit"),
    },
    Event {
        what: "the plugin prints what was rendered, or says why not",
        happens: plugin::guarded,
        not_repeated: Some("what it refuses is decided by the program, whatever the tree"),
    },
    Event {
        what: "the plugin prints what is declared, from the sources it was built from",
        happens: plugin::generated,
        not_repeated: Some("what it refuses is decided by the program, whatever the tree"),
    },
    Event {
        what: "a removed Role goes",
        happens: removal::role,
        not_repeated: Some("what goes is decided by sync policies and annotations"),
    },
    Event {
        what: "a removed claim stays",
        happens: removal::claim,
        not_repeated: Some("what stays is decided by claims' annotations"),
    },
    Event {
        what: "what has to be confirmed goes only then, and holds up nobody",
        happens: confirmation::waited_for,
        not_repeated: Some("what waits is decided by sync options"),
    },
    Event {
        what: "a removed service goes, its claim stays",
        happens: removal::service,
        not_repeated: Some("what goes is decided by finalizers, what stays by annotations"),
    },
    Event {
        what: "a removed namespace's Applications go, it stays",
        happens: removal::namespace,
        not_repeated: Some("what goes is decided by finalizers, what stays by annotations"),
    },
];

const KUBELETS: &str = "controllers, scheduler, kwok";

/// Judges the deployment from its first sync on.
pub(crate) fn judge(
    trial: &Trial<'_>,
    deployment: &Deployment<'_>,
    processes: &mut Processes,
    table: &mut Table,
) -> Result<()> {
    if !first_sync(trial, deployment, processes, table)? {
        trial.last_words(processes);
        anyhow::bail!("the tree was not deployed, so that what happens to it afterwards could not be judged");
    }
    let kubernetes = trial.kubernetes;
    table.judge("Argo CD", trial.argocd, "every written field lives in the cluster", |findings| {
        deployment::converged(deployment, findings)
    });
    table.judge(KUBELETS, kubernetes, "pods Ready, claims bound", |findings| {
        workloads::ready(&deployment.api, deployment.tree, findings)
    });
    table.judge(KUBELETS, kubernetes, "what pods mount and read exists", |findings| {
        workloads::mounted(deployment, findings)
    });
    table.judge(KUBELETS, kubernetes, "each CronJob's job completes", |findings| workloads::jobs(deployment, findings));
    afterwards(trial, deployment, processes, table)?;
    if trial.programme == Programme::Whole {
        table.judge(KUBELETS, kubernetes, "after all that, what pods mount and read exists", |findings| {
            workloads::mounted(deployment, findings)
        });
    }
    Ok(())
}

/// Whether everything became Synced and Healthy.
fn first_sync(
    trial: &Trial<'_>,
    deployment: &Deployment<'_>,
    processes: &mut Processes,
    table: &mut Table,
) -> Result<bool> {
    let argocd = trial.argocd;
    let tries = trial.arguments.tries;
    let late = match tries {
        1 => "services first, no CRD until each was tried: they wait and say why".to_owned(),
        _ => format!("services first, no CRD until each was tried {tries} times: they wait and say why"),
    };
    let what = match trial.programme {
        Programme::Whole => {
            table.judge("Argo CD", argocd, &late, |findings| {
                deployment.bootstrap()?;
                deployment.all_exist(processes)?;
                deployment.waits_for_crds(trial.definitions, tries, findings)
            });
            "CRDs arrive: all Synced and Healthy"
        }
        Programme::OwnTree => {
            table.skipped("Argo CD", &late, "how Applications wait and retry is decided by their sync policy");
            "the first sync: all Synced and Healthy"
        }
    };
    interrupt::sleep(Duration::ZERO)?;
    let deployed = table.judge("Argo CD", argocd, what, |findings| {
        crds::install(&deployment.api, trial.definitions)?;
        if trial.programme == Programme::OwnTree {
            deployment.bootstrap()?;
        }
        deployment.applications.settle(&deployment.declared(), deployment.patience, processes)?;
        for name in deployment.declared() {
            findings.case(&name, Ok(()));
        }
        Ok(())
    });
    interrupt::sleep(Duration::ZERO)?;
    Ok(deployed)
}

fn afterwards(
    trial: &Trial<'_>,
    deployment: &Deployment<'_>,
    processes: &mut Processes,
    table: &mut Table,
) -> Result<()> {
    let mut unsettled = None;
    for event in EVENTS {
        interrupt::sleep(Duration::ZERO)?;
        if let (Programme::OwnTree, Some(reason)) = (trial.programme, event.not_repeated) {
            table.skipped("Argo CD", event.what, reason);
            continue;
        }
        if let Some(reason) = &unsettled {
            let reason = format!("not judged, because the tree was not well before: {reason}");
            table.fail("Argo CD", trial.argocd, event.what, &reason);
            continue;
        }
        if !table
            .judge("Argo CD", trial.argocd, event.what, |findings| (event.happens)(deployment, processes, findings))
        {
            unsettled = deployment.unsettled()?;
            trial.last_words(processes);
        }
    }
    Ok(())
}

/// What is not repeated for this tree was judged on the one that was taken through everything.
pub(crate) fn judge_alike(trial: &Trial<'_>, whole: &Tree, table: &mut Table) {
    let what = format!("what is not repeated was judged on {}", whole.cluster());
    table.judge("the ground", "", &what, |findings| {
        alike::judge(&trial.tree.without_charts().0, &whole.without_charts().0, findings);
        Ok(())
    });
}
