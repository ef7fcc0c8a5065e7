//! Offers: custom resources that a service defines, and what others may do with them in its namespace.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::said::Said;
use casemate_dsl::view::{Offer, Verbs, Within};

use super::finding::Findings;
use super::service::Resolved;
use crate::graph::{Grant, Id};

/// A custom resource of a service: group and plural.
type Resource = (&'static str, &'static str);

/// What is offered, and to whom: who needs something of another gets it from its owner, if that one offers it.
pub(super) fn offers(findings: &mut Findings, services: &mut BTreeMap<Id, Resolved>) {
    let mut offered: BTreeMap<Id, BTreeSet<Resource>> = BTreeMap::new();
    for (id, service) in services.iter_mut() {
        for Said { what: Offer { group, resource, seal: _ }, at } in std::mem::take(&mut service.offers) {
            let is_own = |need: &Said<Grant>| {
                let Grant { group: of, resource: owned, verbs, within: _ } = need.what;
                verbs == Verbs::Own && (of, owned) == (group, resource)
            };
            if !service.needs.iter().any(is_own) {
                let wrong = format!("offers {resource}.{group}, which it does not manage itself");
                let instead = format!(
                    "say at the container that keeps them: `.may(api::own!(\"{group}\", \"{resource}\").manage())`"
                );
                findings.add(id, at, wrong, instead);
            }
            offered.entry(*id).or_default().insert((group, resource));
        }
    }

    let mut taken: Vec<(Id, Id, Grant)> = Vec::new();
    for (id, service) in &*services {
        for Said { what: grant, at } in &service.needs {
            let Within::Offered(owner) = grant.within else { continue };
            let owner = Id { namespace: owner.namespace(), name: owner.name() };
            let what = format!("{}.{}", grant.resource, grant.group);
            if owner == *id {
                let wrong = format!("takes {what}, which it offers itself");
                let instead = format!(
                    "say that they are its own: `.may(api::own!(\"{}\", \"{}\").manage())`",
                    grant.group, grant.resource
                );
                findings.add(id, at, wrong, instead);
            } else if !services.contains_key(&owner) {
                let wrong = format!("takes {what} of {owner}, which this cluster does not run");
                findings.add(id, at, wrong, "add `.runs(..)` of that service to the cluster, or leave the need out");
            } else if offered.get(&owner).is_none_or(|all| !all.contains(&(grant.group, grant.resource))) {
                let wrong = format!("takes {what} of {owner}, which does not offer them");
                let instead = format!("add `.offers(..)` with the same constant to the declaration of {owner}");
                findings.add(id, at, wrong, instead);
            } else {
                taken.push((owner, *id, *grant));
            }
        }
    }
    for (owner, taker, grant) in taken {
        if let Some(owner) = services.get_mut(&owner) {
            owner.service.offers.entry(taker).or_default().insert(grant);
        }
    }
}
