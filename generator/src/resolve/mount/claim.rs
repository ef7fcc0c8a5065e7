//! Claims: what they ask for, and the volumes that they are.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::Place;
use casemate_dsl::view::{AccessMode, Claim, ClaimKind, Container, InitContainer, MountSource, VolumeSource as Source};
use casemate_dsl::word::{Name, Namespace, StorageClass};

use super::super::claim::{MountedClaim, NamespaceClaim, is_exclusive};
use super::super::finding::Findings;
use super::{Context, Gathered};
use crate::graph::{ClaimNode, Id, Volume, VolumeSource};

/// The volume of a claim.
pub(super) fn claim(
    findings: &mut Findings,
    context: Context<'_>,
    gathered: &mut Gathered,
    at: Place,
    claim: Claim,
) -> String {
    let Claim { name, kind, mode, class, disposable, seal: _ } = claim;
    let id = context.id;
    let volume = gathered.named(format!("claim-{name}"));
    if let ClaimKind::Existing { namespace } = kind {
        check_existing(findings, id, at, name, class, disposable);
        check_namespace(findings, id, at, name, namespace);
        gathered.exclusive |= is_exclusive(mode);
        gathered.namespace_claims.push(MountedClaim { name, claim: NamespaceClaim::Existing(mode), at });
        add(findings, id, gathered, at, name, name.to_string());
        return volume;
    }
    let Some(class) = storage_class(findings, context, at, name, class) else { return volume };
    match kind {
        ClaimKind::Existing { .. } => {}
        ClaimKind::Own { size } => {
            let cluster_name = format!("{}-{name}", id.name);
            gathered.exclusive |= is_exclusive(mode);
            let node = ClaimNode { size, class, mode, disposable };
            let agrees = add(findings, id, gathered, at, name, cluster_name.clone());
            let before = gathered.own_claims.insert(cluster_name, node);
            if agrees && before.is_some_and(|before| before != node) {
                two_of_a_name(findings, id, at, name);
            }
        }
        ClaimKind::Shared { namespace, size } => {
            if mode != AccessMode::ReadWriteMany {
                let wrong = format!("several services share the claim `{name}`, and only one pod could mount it");
                let instead = "leave `.read_write_once_pod()` out, or declare it `Claim::own(..)`";
                findings.add(id, at, wrong, instead);
            }
            check_namespace(findings, id, at, name, namespace);
            let node = ClaimNode { size, class, mode, disposable };
            gathered.namespace_claims.push(MountedClaim { name, claim: NamespaceClaim::Shared(node), at });
            add(findings, id, gathered, at, name, name.to_string());
        }
        ClaimKind::Template { size } => {
            let node = ClaimNode { size, class, mode, disposable };
            let (before, _) = *gathered.templates.entry(name.to_string()).or_insert((node, at));
            if before != node {
                two_of_a_name(findings, id, at, name);
            }
            return name.to_string();
        }
    }
    volume
}

/// Adds the volume of a claim; whether it is the only claim of the service with this name.
fn add(findings: &mut Findings, id: Id, gathered: &mut Gathered, at: Place, name: Name, claim: String) -> bool {
    let source = VolumeSource::Claim { claim };
    let volume = gathered.named(format!("claim-{name}"));
    let volume = gathered.volumes.entry(volume).or_insert_with(|| Volume { source: source.clone() });
    let agrees = volume.source == source;
    if !agrees {
        two_of_a_name(findings, id, at, name);
    }
    agrees
}

fn two_of_a_name(findings: &mut Findings, id: Id, at: Place, name: Name) {
    let wrong = format!("two claims of this service are named `{name}`");
    findings.add(id, at, wrong, "give one of them another name, or declare the claim once, as a constant");
}

/// What its maker chose, nobody else says.
fn check_existing(
    findings: &mut Findings,
    id: Id,
    at: Place,
    name: Name,
    class: Option<StorageClass>,
    disposable: bool,
) {
    if class.is_some() {
        let wrong = format!("somebody else made the claim `{name}`, and chose its storage class");
        findings.add(
            id,
            at,
            wrong,
            "leave `.of_class(..)` out, or declare a claim that is made here: `Claim::own(..)`",
        );
    }
    if disposable {
        let wrong = format!("somebody else made the claim `{name}`, and nothing here deletes it");
        findings.add(
            id,
            at,
            wrong,
            "leave `.disposable()` out, or declare a claim that is made here: `Claim::own(..)`",
        );
    }
}

fn check_namespace(findings: &mut Findings, id: Id, at: Place, name: Name, namespace: Namespace) {
    if namespace != id.namespace {
        let wrong = format!(
            "the claim `{name}` belongs to namespace {namespace}, and a pod mounts claims of its own namespace only"
        );
        let instead = format!("move the service to {namespace}, or let a service there serve what the claim holds");
        findings.add(id, at, wrong, instead);
    }
}

/// The class of a claim that is made here: one that the cluster has.
fn storage_class(
    findings: &mut Findings,
    context: Context<'_>,
    at: Place,
    name: Name,
    class: Option<StorageClass>,
) -> Option<StorageClass> {
    let Context { id, default_class, classes, .. } = context;
    if let Some(class) = class
        && !classes.contains(&class)
    {
        let wrong = format!("the cluster has no storage class `{class}`");
        let instead = format!("name one that it has, or add `.storage(storage_class!(\"{class}\"))` to the cluster");
        findings.add(id, at, wrong, instead);
    }
    let class = class.or(default_class);
    if class.is_none() {
        let wrong = format!("the claim `{name}` names no storage class, and the cluster has no default one");
        let instead = "say `.of_class(storage_class!(\"…\"))` at the claim, or `.default_storage(..)` at the cluster";
        findings.add(id, at, wrong, instead);
    }
    class
}

/// The names of the claims for each pod, which other volumes give way to.
pub(in crate::resolve) fn template_names(containers: &[Container], init: &[InitContainer]) -> BTreeSet<Name> {
    let init = init.iter().map(|container| match container {
        InitContainer::RunsToItsEnd(container) | InitContainer::Sidecar(container) => container,
    });
    let mounts = containers.iter().chain(init).flat_map(|container| &container.mounts);
    mounts
        .filter_map(|mount| match &mount.what.source {
            MountSource::Volume { volume, read_only: _ } => match &volume.source {
                Source::Claim(claim) if matches!(claim.kind, ClaimKind::Template { .. }) => Some(claim.name),
                Source::Claim(_) | Source::Scratch(_) | Source::Image(_) => None,
            },
            MountSource::SharedMemory { .. }
            | MountSource::Config(_)
            | MountSource::Directory(_)
            | MountSource::WebhookCertificate
            | MountSource::Secret(_) => None,
        })
        .collect()
}

/// What a StatefulSet makes a claim from for each pod. `has_numbered_pods`: whether the workload is one.
pub(in crate::resolve) fn templates(
    findings: &mut Findings,
    id: Id,
    has_numbered_pods: bool,
    templates: BTreeMap<String, (ClaimNode, Place)>,
) -> BTreeMap<String, ClaimNode> {
    for (name, (_, at)) in &templates {
        if !has_numbered_pods {
            let wrong = format!("`{name}` is a claim for each pod, and only a StatefulSet has one claim per pod");
            findings.add(id, at, wrong, "declare it `Claim::own(..)`, or the service as a StatefulSet");
        }
    }
    templates.into_iter().map(|(name, (node, _))| (name, node)).collect()
}
