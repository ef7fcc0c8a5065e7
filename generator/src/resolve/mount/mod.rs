//! Mounts: what a container finds where, and the volumes of its pod.

mod claim;
mod config;
mod path;
mod scratch;
mod secret;

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::Item;
use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{Endpoint, Mount as Declared, MountSource};
use casemate_dsl::word::{Host, Name, StorageClass};

use super::finding::Findings;
use super::text;
use crate::graph::{ClaimNode, Id, Mount, Volume};

use path::Taken;
pub(super) use secret::item;
pub(crate) use secret::secret_name;

/// A label's limit, which volume names are held to.
const VOLUME_NAME_LIMIT: usize = 63;

/// What the mounts of one service need and give, gathered while they are walked through.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) volumes: BTreeMap<String, Volume>,
    pub(super) files: BTreeMap<String, String>,
    pub(super) items: BTreeSet<Item>,
    pub(super) own_claims: BTreeMap<String, ClaimNode>,
    pub(super) shared_claims: Vec<(Name, ClaimNode, Place)>,
    pub(super) called: Vec<Said<Endpoint>>,
    /// Whether a claim is mounted that only one pod can write.
    pub(super) exclusive: bool,
}

/// What resolving a mount depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) id: Id,
    pub(super) domain: Host,
    pub(super) default_class: Option<StorageClass>,
    pub(super) classes: &'a BTreeSet<StorageClass>,
}

/// The mounts of one container.
pub(super) fn mounts(
    findings: &mut Findings,
    context: Context<'_>,
    declared: Vec<Said<Declared>>,
    gathered: &mut Gathered,
) -> Vec<Mount> {
    let mut taken: Vec<Taken> = Vec::new();
    let mut mounts = Vec::new();
    for Said { what: Declared { path, source, seal: _ }, at } in declared {
        let is_file = matches!(source, MountSource::Config(_) | MountSource::Secret(_));
        let only_read = matches!(source, MountSource::Claim { claim: _, read_only: true });
        let taking = Taken { path, at, is_file, only_read };
        path::check(findings, context.id, &taking, &taken);
        taken.push(taking);
        let mount = match source {
            MountSource::Scratch { size } => scratch::scratch(gathered, path, size),
            MountSource::Config(declared) => match text::config(declared, context.domain) {
                Ok((contents, called)) => {
                    gathered.called.extend(called.into_iter().map(|what| Said { what, at }));
                    config::config(findings, context.id, gathered, path, at, contents)
                }
                Err((wrong, instead)) => {
                    findings.add(context.id, at, format!("{path}: {wrong}"), instead);
                    continue;
                }
            },
            MountSource::Secret(field) => secret::secret(findings, context.id, gathered, path, at, field),
            MountSource::Claim { claim, read_only } => {
                claim::claim(findings, context, gathered, path, at, claim, read_only)
            }
        };
        if mount.volume.len() > VOLUME_NAME_LIMIT {
            let wrong =
                format!("the volume at {path} would be named `{}`, which is longer than 63 characters", mount.volume);
            findings.add(context.id, at, wrong, "choose a shorter name for the item or claim");
        }
        mounts.push(mount);
    }
    mounts.sort();
    mounts
}
