//! Claims: their classes, their names, and who may mount them.

use casemate_dsl::said::Place;
use casemate_dsl::view::Claim;

use super::super::finding::Findings;
use super::{Context, Gathered};
use crate::graph::{ClaimNode, Volume, VolumeSource};

/// The volume of a claim.
pub(super) fn claim(
    findings: &mut Findings,
    context: Context<'_>,
    gathered: &mut Gathered,
    at: Place,
    claim: Claim,
) -> String {
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
        return format!("claim-{name}");
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
    volume
}
