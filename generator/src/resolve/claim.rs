//! Claims of a namespace: those that services share agree about them, and no two claims are one object.

use std::collections::BTreeMap;

use casemate_dsl::said::Place;
use casemate_dsl::view::AccessMode;
use casemate_dsl::word::{Name, Namespace};

use super::finding::Findings;
use super::service::Resolved;
use crate::graph::{ClaimNode, Id, NamespaceNode};

/// A claim that belongs to no service alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum NamespaceClaim {
    /// Rendered with the namespace.
    Shared(ClaimNode),
    /// Made by somebody else, and never rendered.
    Existing(AccessMode),
}

/// A mount of such a claim.
#[derive(Debug)]
pub(super) struct MountedClaim {
    pub(super) name: Name,
    pub(super) claim: NamespaceClaim,
    pub(super) at: Place,
}

/// The claims that services of a namespace share, with who mounted each first.
#[derive(Debug, Default)]
pub(super) struct NamespaceClaims(BTreeMap<(Namespace, Name), First>);

/// Who mounted a claim first.
#[derive(Clone, Copy, Debug)]
struct First {
    id: Id,
    claim: NamespaceClaim,
    group: u32,
    at: Place,
}

impl NamespaceClaims {
    /// Adds the claims that a service shares with others.
    pub(super) fn add(&mut self, findings: &mut Findings, node: &mut NamespaceNode, id: Id, service: &Resolved) {
        for &MountedClaim { name, claim, at } in &service.namespace_claims {
            let group = service.service.pod.group;
            let first = *self.0.entry((id.namespace, name)).or_insert(First { id, claim, group, at });
            let place = format!("{}:{}", first.at.file(), first.at.line());
            if claim != first.claim {
                let wrong = format!("the claim `{name}` is declared differently at {place}");
                findings.add(id, at, wrong, "declare a shared claim once, as a constant, and name it");
            }
            if group != first.group {
                let wrong = format!(
                    "the claim `{name}` would be owned by group {group} here, and by group {} where {} mounts it ({place})",
                    first.group, first.id
                );
                findings.add(id, at, wrong, "say the same `.volume_group(..)` at all services that share the claim");
            }
            if matches!(claim, NamespaceClaim::Existing(mode) if is_exclusive(mode)) && id != first.id {
                let wrong = format!("one pod can have the claim `{name}`, and {} mounts it, too ({place})", first.id);
                let instead = "say `.read_write_many()` at the claim, if that is how it was made";
                findings.add(id, at, wrong, instead);
            }
            if let NamespaceClaim::Shared(claim) = claim {
                node.claims.insert(name, claim);
            }
        }
    }

    /// That no two claims of a namespace are one object: those of services, those that they share, those that StatefulSets make.
    pub(super) fn check_names(&self, findings: &mut Findings, services: &BTreeMap<Id, Resolved>) {
        let instead = "give one of them another name";
        let mut names: BTreeMap<(Namespace, &str), String> = BTreeMap::new();
        for ((namespace, name), First { .. }) in &self.0 {
            names.insert((*namespace, name.as_str()), format!("that {namespace} shares"));
        }
        for (id, resolved) in services {
            for name in resolved.service.claims.keys() {
                if let Some(other) = names.insert((id.namespace, name), format!("of {id}")) {
                    let wrong = format!("its claim `{name}` has the name of the one {other}");
                    findings.add(id, resolved.declared, wrong, instead);
                }
            }
        }
        for (id, resolved) in services {
            for template in resolved.service.templates.keys() {
                let made = format!("{template}-{}-", id.name);
                let is_made = |name: &str| {
                    name.strip_prefix(&made)
                        .is_some_and(|pod| !pod.is_empty() && pod.bytes().all(|digit| digit.is_ascii_digit()))
                };
                for ((_, name), other) in
                    names.iter().filter(|((namespace, name), _)| *namespace == id.namespace && is_made(name))
                {
                    let wrong = format!("one of its pods would take the claim `{name}` {other} for its own");
                    findings.add(id, resolved.declared, wrong, instead);
                }
            }
        }
    }
}

/// Whether one pod at a time can have a claim.
pub(super) const fn is_exclusive(mode: AccessMode) -> bool {
    match mode {
        AccessMode::ReadWriteOnce | AccessMode::ReadWriteOncePod => true,
        AccessMode::ReadWriteMany => false,
    }
}
