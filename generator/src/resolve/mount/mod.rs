//! Mounts: what a container finds where, and the volumes of its pod.

mod claim;
mod config;
mod directory;
mod image;
mod path;
mod scratch;
mod secret;

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::Item;
use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{self as declared, Endpoint, Mount as Declared, MountSource, VolumeSource};
use casemate_dsl::word::{Host, Image, KubernetesVersion, Memory, Name, Path, StorageClass};

use super::claim::MountedClaim;
use super::finding::Findings;
use crate::graph::{self, ClaimNode, Id, Mount, Volume};

pub(super) use claim::{template_names, templates};
use path::{Holds, Taken};
use scratch::InMemory;
pub(super) use secret::item;
pub(crate) use secret::secret_name;

/// A label's limit, which volume names are held to.
const VOLUME_NAME_LIMIT: usize = 63;

/// What the mounts of one service need and give, gathered while they are walked through.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) volumes: BTreeMap<String, Volume>,
    /// The volumes of scratch directories that have a name of their own, and where they were first mounted.
    pub(super) scratches: BTreeMap<String, Place>,
    pub(super) files: BTreeMap<String, String>,
    pub(super) items: BTreeSet<Item>,
    /// Secrets that operators make, of which it reads a key.
    pub(super) made: BTreeSet<String>,
    /// The images of its volumes.
    pub(super) images: Vec<Said<Image>>,
    pub(super) own_claims: BTreeMap<String, ClaimNode>,
    /// What its StatefulSet makes a claim from for each pod, and where each was first mounted.
    pub(super) templates: BTreeMap<String, (ClaimNode, Place)>,
    /// The names of those claims, which are the names of their volumes, before anything is mounted.
    pub(super) template_names: BTreeSet<Name>,
    /// Claims that other services may mount, too.
    pub(super) namespace_claims: Vec<MountedClaim>,
    pub(super) called: Vec<Said<Endpoint>>,
    /// Whether a claim is mounted that only one pod can write.
    pub(super) exclusive: bool,
}

impl Gathered {
    /// Nothing yet, beside claims for each pod of these names.
    pub(super) fn beside(template_names: BTreeSet<Name>) -> Self {
        Self { template_names, ..Self::default() }
    }

    /// The name of a volume that is not a claim for each pod: this one, or where such a claim has it, one that nobody can give.
    ///
    /// A name that is written in a declaration begins with a letter.
    fn named(&self, name: impl Into<String>) -> String {
        let name = name.into();
        if self.is_of_template(&name) { format!("0-{name}") } else { name }
    }

    fn is_of_template(&self, name: &str) -> bool {
        self.template_names.iter().any(|template| template.as_str() == name)
    }

    /// Whether a volume has this name.
    fn has(&self, name: &str) -> bool {
        self.volumes.contains_key(name) || self.is_of_template(name)
    }
}

/// What resolving a mount depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) id: Id,
    /// The container's own name; `None` for the one that is named after the service.
    pub(super) container: Option<Name>,
    pub(super) cluster: Name,
    pub(super) domain: Host,
    pub(super) kubernetes: KubernetesVersion,
    pub(super) default_class: Option<StorageClass>,
    pub(super) classes: &'a BTreeSet<StorageClass>,
    pub(super) observability: Option<&'a graph::Observability>,
}

/// The mounts of one container, which may use this much memory and perhaps gets a token: parents before what stands within them.
pub(super) fn mounts(
    findings: &mut Findings,
    context: Context<'_>,
    declared: Vec<Said<Declared>>,
    memory_limit: Memory,
    gets_token: bool,
    gathered: &mut Gathered,
) -> Vec<Mount> {
    let id = context.id;
    let mut taken: Vec<Taken> = Vec::new();
    let mut in_memory = InMemory::default();
    let mut mounts = Vec::new();
    for Said { what: Declared { path, source, seal: _ }, at } in declared {
        let holds = match &source {
            MountSource::Config(_) | MountSource::Secret(_) => Holds::Nothing,
            MountSource::Directory(_) | MountSource::WebhookCertificate => Holds::ItsFiles,
            MountSource::Volume { volume: _, read_only: true } => Holds::WhatItHas,
            MountSource::Volume { volume: _, read_only: false } | MountSource::SharedMemory { size: _ } => {
                Holds::Anything
            }
        };
        let taking = Taken { path, at, holds };
        path::check(findings, id, &taking, &taken, gets_token);
        taken.push(taking);
        let mount = match source {
            MountSource::Volume { volume: declared::Volume { source, sub_path, seal: _ }, read_only } => {
                let volume = match source {
                    VolumeSource::Claim(claim) => claim::claim(findings, context, gathered, at, claim),
                    VolumeSource::Scratch(scratch) => scratch::scratch(findings, context, gathered, path, at, scratch),
                    VolumeSource::Image(image) => image::image(findings, context, gathered, at, image),
                };
                let sub_path = sub_path.map(|sub_path| sub_path.to_string());
                Mount { path: path.to_string(), volume, sub_path, read_only }
            }
            MountSource::SharedMemory { size } => {
                let volume = scratch::shared_memory(findings, id, gathered, at, size);
                Mount { path: path.to_string(), volume, sub_path: None, read_only: false }
            }
            MountSource::Config(text) => match config::file(findings, context, gathered, path, at, text) {
                Some(mount) => mount,
                None => continue,
            },
            MountSource::Directory(files) => {
                let volume = directory::directory(findings, context, gathered, path, files);
                Mount { path: path.to_string(), volume, sub_path: None, read_only: true }
            }
            MountSource::WebhookCertificate => {
                let volume = secret::certificate(id, gathered);
                Mount { path: path.to_string(), volume, sub_path: None, read_only: true }
            }
            MountSource::Secret(field) => secret::secret(findings, id, gathered, path, at, field),
        };
        if mount.volume.len() > VOLUME_NAME_LIMIT {
            let wrong =
                format!("the volume at {path} would be named `{}`, which is longer than 63 characters", mount.volume);
            findings.add(
                id,
                at,
                wrong,
                "choose a shorter name for the item, the claim, the scratch or the image volume",
            );
        }
        if !mount.read_only {
            in_memory.add(gathered, &mount.volume, at);
        }
        mounts.push(mount);
    }
    in_memory.check(findings, id, memory_limit);
    if gets_token {
        let volume = gathered.named("token");
        gathered.volumes.insert(volume.clone(), Volume { source: graph::VolumeSource::Token });
        mounts.push(Mount { path: path::TOKEN.to_owned(), volume, sub_path: None, read_only: true });
    }
    mounts.sort();
    mounts
}

/// The name of a volume at this path of a container: `scratch-var-cache-nginx`, or `scratch-exporter-tmp` in a named one.
///
/// It is cut off where Kubernetes would refuse it, with room for a number.
fn name_after(kind: &str, container: Option<Name>, path: Path) -> String {
    let slug: String =
        path.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> =
        [kind].into_iter().chain(container.map(Name::as_str)).chain([slug.trim_matches('-')]).collect();
    let mut name = parts.join("-");
    name.truncate(VOLUME_NAME_LIMIT - "-999".len());
    name.trim_end_matches('-').to_owned()
}
