//! Mounts: what a container finds where, and the volumes of its pod.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{Claim, Endpoint, Mount as Declared, MountSource};
use casemate_dsl::word::{Memory, Path, StorageClass};
use casemate_dsl::{Item, SecretField};

use super::credential;
use super::finding::Findings;
use super::text;
use crate::graph::{ClaimNode, Id, Mount, Volume, VolumeSource};

/// Kubernetes' limit for a ConfigMap, *ConfigMaps: Motivation*: 1 MiB.
const CONFIG_LIMIT: usize = 1024 * 1024;

/// The longest key of a ConfigMap.
const CONFIG_KEY_LIMIT: usize = 253;

/// A label's limit, which volume names are held to.
const VOLUME_NAME_LIMIT: usize = 63;

/// Directories of the container's system, which no volume may hide.
const SYSTEM: &[&str] =
    &["/proc", "/sys", "/dev", "/etc/hosts", "/etc/resolv.conf", "/var/run/secrets", "/run/secrets/kubernetes.io"];

/// What the mounts of one service need and give, gathered while they are walked through.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) volumes: BTreeMap<String, Volume>,
    pub(super) files: BTreeMap<String, String>,
    pub(super) items: BTreeSet<Item>,
    pub(super) own_claims: BTreeMap<String, ClaimNode>,
    pub(super) shared_claims: Vec<(casemate_dsl::word::Name, ClaimNode, Place)>,
    pub(super) called: Vec<Said<Endpoint>>,
    /// Whether a claim is mounted that only one pod can write.
    pub(super) exclusive: bool,
}

/// What resolving a mount depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) id: Id,
    pub(super) domain: casemate_dsl::word::Host,
    pub(super) default_class: Option<StorageClass>,
    pub(super) classes: &'a BTreeSet<StorageClass>,
}

/// The name of the Secret that the operator makes for a service from an item.
pub(crate) fn secret_name(id: Id, item: Item) -> String {
    format!("{}-{}", id.name, item.name())
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
        check_path(findings, context.id, &taking, &taken);
        taken.push(taking);
        let mount = match source {
            MountSource::Scratch { size } => scratch(gathered, path, size),
            MountSource::Config(declared) => match text::config(declared, context.domain) {
                Ok((contents, called)) => {
                    gathered.called.extend(called.into_iter().map(|what| Said { what, at }));
                    config(findings, context.id, gathered, path, at, contents)
                }
                Err((wrong, instead)) => {
                    findings.add(context.id, at, format!("{path}: {wrong}"), instead);
                    continue;
                }
            },
            MountSource::Secret(field) => secret(findings, context.id, gathered, path, at, field),
            MountSource::Claim { claim, read_only } => {
                self::claim(findings, context, gathered, path, at, claim, read_only)
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

/// A path of the container that something is mounted at.
#[derive(Clone, Copy, Debug)]
struct Taken {
    path: Path,
    at: Place,
    /// A file, and no directory.
    is_file: bool,
    /// A directory that nothing can be made in.
    only_read: bool,
}

impl Taken {
    /// Whether `other` lies inside of this.
    fn holds(&self, other: &Self) -> bool {
        is_below(other.path.as_str(), self.path.as_str()) && other.path != self.path
    }
}

fn is_below(path: &str, parent: &str) -> bool {
    path.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn check_path(findings: &mut Findings, id: Id, taking: &Taken, taken: &[Taken]) {
    let Taken { path, at, .. } = *taking;
    let below = |parent: &str| is_below(path.as_str(), parent);
    if path.as_str() == "/" {
        findings.add(id, at, "a volume at / would hide the whole image", "mount it at a directory of its own");
        return;
    }
    if SYSTEM.iter().any(|system| below(system)) && !below("/dev/shm") {
        findings.add(id, at, format!("{path} belongs to the container's system"), "mount it at a directory of its own");
    }
    for other in taken {
        let place = format!("{}:{}", other.at.file(), other.at.line());
        let (outer, inner) = if other.holds(taking) { (other, taking) } else { (taking, other) };
        let (wrong, instead) = if other.path == path {
            (format!("two things are mounted at {path}, the other at {place}"), "give each a path of its own")
        } else if outer.holds(inner) && outer.is_file {
            let wrong =
                format!("{} would lie inside of {}, which is a file; the other is at {place}", inner.path, outer.path);
            (wrong, "give each a path of its own")
        } else if outer.holds(inner) && outer.only_read {
            let wrong = format!(
                "{} would lie inside of {}, a claim that is only read, where no mount can be made; the other is at {place}",
                inner.path, outer.path
            );
            (wrong, "mount it beside the claim")
        } else {
            continue;
        };
        findings.add(id, at, wrong, instead);
    }
}

/// The name of a scratch volume at this path: `scratch-var-cache-nginx`. It is cut off where Kubernetes would refuse it, with room
/// for a number.
fn scratch_name(path: Path) -> String {
    let slug: String =
        path.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let mut name = format!("scratch-{}", slug.trim_matches('-'));
    name.truncate(VOLUME_NAME_LIMIT - "-999".len());
    name.trim_end_matches('-').to_owned()
}

fn scratch(gathered: &mut Gathered, path: Path, size: Memory) -> Mount {
    let base = scratch_name(path);
    let mut name = base.clone();
    let mut number = 1;
    while gathered.volumes.contains_key(&name) {
        number += 1;
        name = format!("{base}-{number}");
    }
    gathered.volumes.insert(name.clone(), Volume { source: VolumeSource::Scratch { size } });
    Mount { path: path.to_string(), volume: name, sub_path: None, read_only: false }
}

fn config(findings: &mut Findings, id: Id, gathered: &mut Gathered, path: Path, at: Place, contents: String) -> Mount {
    if let Some((line, what)) = credential::in_config(&contents) {
        let wrong = format!("line {line} of {path} holds what looks like {what}, which would stand in Git");
        let instead = "take it from 1Password: as a file, `.secret_file(path!(\"…\"), ITEM.field(field!(\"…\")))`, or as a variable \
                       that the file refers to";
        findings.add(id, at, wrong, instead);
    }
    let key = path.as_str().trim_start_matches('/').replace('/', ".");
    let key: String =
        key.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect();
    if key.len() > CONFIG_KEY_LIMIT || key.starts_with("..") {
        let wrong = format!("the config file {path} would have the key `{key}`, which Kubernetes refuses");
        findings.add(
            id,
            at,
            wrong,
            format!("choose a path of at most {CONFIG_KEY_LIMIT} characters that begins with no dots"),
        );
    }
    let size: usize = gathered.files.values().map(String::len).sum::<usize>() + contents.len();
    if size > CONFIG_LIMIT {
        let instead = "a ConfigMap holds at most 1 MiB: put the data into the image or a claim";
        findings.add(id, at, format!("the config files of this service are {size} bytes long"), instead);
    }
    if gathered.files.get(&key).is_some_and(|other| *other != contents) {
        findings.add(id, at, format!("two config files would have the key `{key}`"), "give one of them another path");
    }
    gathered.files.insert(key.clone(), contents);
    gathered.volumes.insert("config".to_owned(), Volume { source: VolumeSource::Config });
    Mount { path: path.to_string(), volume: "config".to_owned(), sub_path: Some(key), read_only: true }
}

/// Adds an item that the service uses.
pub(super) fn item(findings: &mut Findings, id: Id, gathered: &mut Gathered, item: Item, at: Place) {
    if let Some(other) =
        gathered.items.iter().find(|other| other.name() == item.name() && other.title() != item.title())
    {
        let wrong = format!(
            "two items of this service are named `{}`: one is titled \"{}\", the other \"{}\"",
            item.name(),
            other.title(),
            item.title()
        );
        findings.add(id, at, wrong, "give one of them another name: `item!(\"name\", \"title\")`");
    }
    gathered.items.insert(item);
}

fn secret(
    findings: &mut Findings,
    id: Id,
    gathered: &mut Gathered,
    path: Path,
    at: Place,
    field: SecretField,
) -> Mount {
    let volume = format!("secret-{}", field.item().name());
    let key = field.field().to_string();
    item(findings, id, gathered, field.item(), at);
    let entry = gathered.volumes.entry(volume.clone()).or_insert_with(|| Volume {
        source: VolumeSource::Secret { secret: secret_name(id, field.item()), keys: BTreeSet::new() },
    });
    if let VolumeSource::Secret { keys, .. } = &mut entry.source {
        keys.insert(key.clone());
    }
    Mount { path: path.to_string(), volume, sub_path: Some(key), read_only: true }
}

fn claim(
    findings: &mut Findings,
    context: Context<'_>,
    gathered: &mut Gathered,
    path: Path,
    at: Place,
    claim: Claim,
    read_only: bool,
) -> Mount {
    let Claim { name, size, shared_in, class, disposable, seal: _ } = claim;
    let Context { id, default_class, classes, .. } = context;
    if let Some(class) = class
        && !classes.contains(&class)
    {
        let wrong = format!("the cluster has no storage class `{class}`");
        findings.add(
            id,
            at,
            wrong,
            format!("name one that it has, or add `.storage(storage_class!(\"{class}\"))` to the cluster"),
        );
    }
    let Some(class) = class.or(default_class) else {
        let wrong = format!("the claim `{name}` names no storage class, and the cluster has no default one");
        let instead = "say `.of_class(storage_class!(\"…\"))` at the claim, or `.default_storage(..)` at the cluster";
        findings.add(id, at, wrong, instead);
        return Mount { path: path.to_string(), volume: format!("claim-{name}"), sub_path: None, read_only };
    };
    let node = ClaimNode { size, class, shared: shared_in.is_some(), disposable };
    let cluster_name = match shared_in {
        Some(namespace) if namespace != id.namespace => {
            let wrong = format!(
                "the claim `{name}` belongs to namespace {namespace}, and a pod mounts claims of its own namespace only"
            );
            let instead = format!("move the service to {namespace}, or let a service there serve what the claim holds");
            findings.add(id, at, wrong, instead);
            name.to_string()
        }
        Some(_) => {
            gathered.shared_claims.push((name, node, at));
            name.to_string()
        }
        None => {
            gathered.exclusive = true;
            format!("{}-{name}", id.name)
        }
    };
    let volume = format!("claim-{name}");
    let own_before = gathered.own_claims.get(&cluster_name).copied();
    let volume_before =
        gathered.volumes.insert(volume.clone(), Volume { source: VolumeSource::Claim { claim: cluster_name.clone() } });
    let another_kind = volume_before.is_some_and(
        |before| !matches!(before.source, VolumeSource::Claim { claim: before } if before == cluster_name),
    );
    if another_kind || own_before.is_some_and(|before| before != node) {
        let wrong = format!("two claims of this service are named `{name}`");
        findings.add(id, at, wrong, "give one of them another name, or declare the claim once, as a constant");
    }
    if !node.shared {
        gathered.own_claims.insert(cluster_name, node);
    }
    Mount { path: path.to_string(), volume, sub_path: None, read_only }
}
