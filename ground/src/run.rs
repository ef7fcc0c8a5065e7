//! One run, from the first build to the last verdict.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::arguments::{Arguments, Left};
use crate::pins::{ARGOCD, CYCLONUS, ETCD, HELM, KUBERNETES, KWOK, KYVERNO, OLDER_KUBERNETES, YAML};
use crate::processes::Processes;
use crate::programme::{self, Programme};
use crate::programs::{self, Programs};
use crate::table::Table;
use crate::tree::Tree;
use crate::trial::Trial;
use crate::{crds, emitter, events, interrupt, network};

/// Runs every judge that was not left out, on every cluster. Of the run, its logs stay.
pub(crate) fn run(arguments: &Arguments, table: &mut Table) -> Result<()> {
    interrupt::listen()?;
    let repository = Arguments::repository()?;
    let cache = Arguments::cache()?;
    let runs = cache.join("run");
    forget_old(&runs);
    let home = runs.join(identity()?);
    eprintln!("logs: {}/*/logs", home.display());

    let programs = Programs::new(&repository, &cache);
    build(arguments, &programs, &home)?;
    if arguments.build_only {
        return Ok(());
    }
    let reader = programs.path(&YAML, "yaml")?;
    let version = YAML.version(&repository)?;
    let what = "strings of our emitter come back";
    if arguments.without(Left::Yaml) {
        table.left_out("sigs.k8s.io/yaml", what);
    } else {
        table.judge("sigs.k8s.io/yaml", &version, what, |findings| emitter::judge(&repository, &reader, findings));
    }

    let mut folders =
        vec![programs.module(&KYVERNO)?.join("config/crds/policies.kyverno.io"), repository.join("ground/crds")];
    folders.extend(arguments.crds.iter().cloned());
    let definitions = crds::read(&folders, &reader)?;
    let [kubernetes, older, argocd, kyverno, helm] =
        [&KUBERNETES, &OLDER_KUBERNETES, &ARGOCD, &KYVERNO, &HELM].map(|judge| judge.version(&repository));
    let (kubernetes, older_kubernetes, argocd, kyverno, helm) = (kubernetes?, older?, argocd?, kyverno?, helm?);
    let trees = arguments.trees()?.iter().map(|root| Tree::read(root, &reader)).collect::<Result<Vec<_>>>()?;
    let clusters = programme::order(trees);
    for (tree, programme) in &clusters {
        table.about(tree.cluster());
        if arguments.without(Left::Cyclonus) {
            table.left_out("cyclonus", "who reaches whom");
        } else {
            network::judge(&repository, &programs, tree, table)?;
        }
        let trial = Trial {
            arguments,
            programs: &programs,
            tree,
            programme: *programme,
            definitions: &definitions,
            kubernetes: &kubernetes,
            older_kubernetes: &older_kubernetes,
            argocd: &argocd,
            kyverno: &kyverno,
            helm: &helm,
            home: home.join(tree.cluster()),
        };
        if *programme == Programme::OwnTree && !arguments.without(Left::Argocd) {
            events::judge_alike(&trial, &clusters[0].0, table);
        }
        // What went wrong with one cluster keeps no other from its verdicts.
        if let Err(error) = trial.run(table) {
            table.fail("the ground", "", "the run itself", &format!("{error:#}"));
        }
        interrupt::sleep(Duration::ZERO)?;
    }
    Ok(())
}

fn build(arguments: &Arguments, programs: &Programs, home: &Path) -> Result<()> {
    for needed in ["go", "git"] {
        anyhow::ensure!(programs::installed(needed), "`{needed}` is not on the PATH, and the proving ground needs it");
    }
    let mut processes = Processes::new(&home.join("builds/logs"))?;
    let (apiserver, argo) = (!arguments.without(Left::Apiserver), !arguments.without(Left::Argocd));
    let mut judges = vec![&YAML];
    if !arguments.without(Left::Cyclonus) {
        judges.push(&CYCLONUS);
    }
    if !arguments.without(Left::Helm) {
        judges.push(&HELM);
    }
    let webhooks = !arguments.without(Left::Webhooks);
    if webhooks || !arguments.without(Left::Kyverno) {
        judges.push(&KYVERNO);
    }
    if apiserver || argo || webhooks {
        judges.extend([&ETCD, &KUBERNETES]);
    }
    if apiserver {
        judges.push(&OLDER_KUBERNETES);
    }
    if argo || webhooks {
        judges.push(&KWOK);
    }
    if argo {
        judges.push(&ARGOCD);
        programs::redis(&mut processes)?;
    }
    for judge in judges {
        programs.build(judge, &mut processes).with_context(|| format!("building {}", judge.folder))?;
    }
    Ok(())
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
