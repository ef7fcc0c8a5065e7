//! Needs of the Kubernetes API that only the set can judge: who owns a custom resource, and whose a named ConfigMap is.

use std::collections::BTreeMap;

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{ApiNeed, Verbs};

use super::finding::Findings;
use super::offer;
use super::service::Resolved;
use crate::graph::{Grant, Id, Kind};

/// A need, as the graph holds it.
pub(super) fn grant(need: Said<ApiNeed>) -> Said<Grant> {
    let Said { what: ApiNeed { group, resource, verbs, within, seal: _ }, at } = need;
    Said { what: Grant { group, resource, verbs, within }, at }
}

/// Checks the needs of all services, and gives what is offered to those who take it.
pub(super) fn check(findings: &mut Findings, services: &mut BTreeMap<Id, Resolved>) {
    let mut owners: BTreeMap<(&str, &str), (Id, Place)> = BTreeMap::new();
    for (id, resolved) in &*services {
        for Said { what: grant, at } in &resolved.needs {
            match grant.verbs {
                Verbs::Own => {
                    let (owner, first) = *owners.entry((grant.group, grant.resource)).or_insert((*id, at));
                    if owner != *id {
                        let wrong = format!(
                            "owns {}.{}, which {owner} owns, too ({}:{})",
                            grant.resource,
                            grant.group,
                            first.file(),
                            first.line()
                        );
                        let instead = "one service defines a resource; another says `api::custom!(..).read()`";
                        findings.add(id, at, wrong, instead);
                    }
                }
                Verbs::ManageNamed(name) => {
                    // Not only today's: the hash at its end changes with the contents.
                    let whose = services.keys().find(|other| {
                        other.namespace == id.namespace && name.as_str().starts_with(&format!("{}-config-", other.name))
                    });
                    if let Some(other) = whose {
                        let wrong = format!("writes the ConfigMap `{name}`, as the config files of {other} are named");
                        findings.add(id, at, wrong, "choose another name for what the service keeps");
                    }
                }
                Verbs::Run(_) => check_run(findings, services, *id, grant.resource, at),
                Verbs::Read | Verbs::Manage | Verbs::ManageOthers(_) => {}
            }
        }
    }
    offer::offers(findings, services);
}

/// Who runs pods says as whom, and could run them as any other of its namespace.
fn check_run(findings: &mut Findings, services: &BTreeMap<Id, Resolved>, id: Id, what: &str, at: Place) {
    let is_created = |other: &Id| matches!(services[other].service.kind, Kind::Created { by } if by == id);
    if !services.keys().any(is_created) {
        let wrong = format!("runs {what}, and says not as whom");
        let instead = "give them an identity of their own: `.creates(RuntimePods::of::<SyncJob>())`";
        findings.add(id, at, wrong, instead);
    }
    let beside = services.keys().find(|other| other.namespace == id.namespace && **other != id && !is_created(other));
    if let Some(other) = beside {
        let wrong = format!("runs {what}, and could run them as {other}, with all that is granted to it");
        findings.add(id, at, wrong, "give the service that runs pods a namespace of its own");
    }
}
