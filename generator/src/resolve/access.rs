//! Needs of the Kubernetes API that only the set can judge: who owns a custom resource, and whose a named ConfigMap is.

use std::collections::BTreeMap;

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{ApiNeed, Verbs};

use super::finding::Findings;
use super::service::Resolved;
use crate::graph::{Grant, Id};

/// A need, as the graph holds it.
pub(super) fn grant(need: Said<ApiNeed>) -> Said<Grant> {
    let Said { what: ApiNeed { group, resource, verbs, within, seal: _ }, at } = need;
    Said { what: Grant { group, resource, verbs, within }, at }
}

/// Checks the needs of all services.
pub(super) fn check(findings: &mut Findings, services: &BTreeMap<Id, Resolved>) {
    let mut owners: BTreeMap<(&str, &str), (Id, Place)> = BTreeMap::new();
    for (id, resolved) in services {
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
                Verbs::Read | Verbs::Manage | Verbs::ManageOthers(_) => {}
            }
        }
    }
}
