//! A new service: its file, its namespace, and its line in the catalogue.

use std::fs;
use std::path::{Path, PathBuf};

use casemate_dsl::word::{Name, Namespace};

use super::change::{Change, apply};
use super::error::Problem;
use super::template::{CRON_JOB, DAEMON_SET, DEPLOYMENT, JOB, STATEFUL_SET, Values, fill};
use super::{catalogue, names, namespaces};

/// What kind of workload.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Deployment,
    StatefulSet,
    DaemonSet,
    Job,
    CronJob,
}

/// What is asked for.
#[derive(Debug)]
pub(crate) struct NewService<'a> {
    /// The crate of the services.
    pub(crate) services: &'a Path,
    /// The name of the service.
    pub(crate) name: &'a str,
    /// Its namespace.
    pub(crate) namespace: &'a str,
    /// The kind of its workload.
    pub(crate) kind: Kind,
}

/// What was done.
#[derive(Debug)]
pub(crate) struct Added {
    /// The new file.
    pub(crate) made: PathBuf,
    /// The files that name it now.
    pub(crate) edited: Vec<PathBuf>,
}

/// Adds a service to the catalogue, whole or not at all.
pub(crate) fn add(new: &NewService<'_>) -> Result<Added, Problem> {
    let NewService { services, name, namespace, kind } = *new;
    if let Some(why) = Name::why_not(name) {
        return Err(Problem::Asked(format!("`{name}` cannot name a service: {why}")));
    }
    if let Some(why) = Namespace::why_not(namespace) {
        return Err(Problem::Asked(format!("`{namespace}` cannot be its namespace: {why}; say it with --namespace")));
    }
    let Some(module) = names::module(name) else {
        return Err(Problem::Asked(format!(
            "`{name}` means something else in Rust, and cannot name a module: choose another name"
        )));
    };
    let sources = services.join("src");
    let (lib, made) = (sources.join("lib.rs"), sources.join(format!("{module}.rs")));
    let catalogue_before = read(&lib)?;
    let there: Vec<PathBuf> =
        [&made, &sources.join(&module)].into_iter().filter(|path| path.symlink_metadata().is_ok()).cloned().collect();
    if !there.is_empty() {
        return Err(Problem::Exist(there));
    }
    let catalogue_after = catalogue::with(&catalogue_before, &module).map_err(|why| Problem::Unlike {
        path: lib.clone(),
        why,
        by_hand: vec![format!("pub mod {module};"), format!(".runs({module}::service())")],
    })?;
    let namespaces = sources.join("namespaces.rs");
    let namespaces_before = read(&namespaces)?;
    let (constant, namespaces_after) = namespaces::with(&namespaces_before, namespace).map_err(|why| {
        Problem::Unlike { path: namespaces.clone(), why, by_hand: vec![namespaces::declaration(namespace)] }
    })?;
    let template = match kind {
        Kind::Deployment => DEPLOYMENT,
        Kind::StatefulSet => STATEFUL_SET,
        Kind::DaemonSet => DAEMON_SET,
        Kind::Job => JOB,
        Kind::CronJob => CRON_JOB,
    };
    let identity = names::identity(name, template);
    let values = Values::from([("name", name), ("identity", identity.as_str()), ("namespace", constant.as_str())]);
    let text = fill(template, &values)?;
    // In an order in which the crate compiles after each of them.
    let mut changes = vec![Change { path: made.clone(), before: None, after: text }];
    changes.extend(namespaces_after.map(|after| Change { path: namespaces, before: Some(namespaces_before), after }));
    changes.push(Change { path: lib, before: Some(catalogue_before), after: catalogue_after });
    apply(&changes)?;
    Ok(Added { made, edited: changes.into_iter().skip(1).map(|change| change.path).collect() })
}

fn read(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path).map_err(|error| Problem::io("read", path, error))
}
