//! Rights in the API that reach beyond a service's own objects.

use casemate_dsl::view::Verbs;

use super::List;
use crate::access;
use crate::graph::Graph;
use crate::register::markdown::{code, codes, text};

/// Rights on the whole cluster.
pub(super) fn across(graph: &Graph) -> List {
    let services = graph.services.values();
    let rows = services.flat_map(|service| {
        let rights = access::across(service).into_iter();
        rights.map(|(does, reason)| vec![code(&service.id.to_string()), text(&does), text(reason.as_str())])
    });
    List {
        title: "Rights on the whole cluster",
        says: "These accounts of services read what lies in all namespaces or in none. They write there only a resource of their own.",
        columns: &["service", "may", "reason"],
        rows: rows.collect(),
        empty: "None: no service reads beyond its namespace.",
    }
}

/// Rights by which a service makes others act.
pub(super) fn beyond(graph: &Graph) -> List {
    let mut rows = Vec::new();
    for service in graph.services.values() {
        let whose = code(&service.id.to_string());
        for grant in &service.grants {
            match grant.verbs {
                Verbs::Run(reason) => {
                    let does = format!("creates {} while it runs", grant.resource);
                    rows.push(vec![whose.clone(), text(&does), text(reason.as_str())]);
                }
                Verbs::ManageOthers(reason) => {
                    let does = format!("writes {}.{}, which an operator acts on", grant.resource, grant.group);
                    rows.push(vec![whose.clone(), text(&does), text(reason.as_str())]);
                }
                Verbs::Read | Verbs::Manage | Verbs::ManageNamed(_) | Verbs::Own => {}
            }
        }
        for webhook in service.webhooks.iter().filter(|webhook| webhook.mutates) {
            let does = format!(
                "changes what is created in {}, as its webhook of port {}",
                codes(webhook.namespaces.iter().map(|namespace| namespace.as_str())),
                webhook.port
            );
            let away = if webhook.refuses {
                "nothing is created there while it is away"
            } else {
                "what is created while it is away stays as it is"
            };
            rows.push(vec![whose.clone(), does, away.to_owned()]);
        }
        let offered = access::offered(service).into_iter();
        rows.extend(offered.map(|taken| {
            let does = format!("{taken} in namespace {}", service.id.namespace);
            vec![whose.clone(), text(&does), "it offers that".to_owned()]
        }));
    }
    List {
        title: "Rights that make others act",
        says: "What these services create or write, somebody else runs: pods under any account of the namespace, with any of its Secrets and claims, or an operator with its own rights. What a webhook changes, it sees first.",
        columns: &["service", "right", "reason"],
        rows,
        empty: "None: no service creates pods, changes what others create, or writes what an operator acts on.",
    }
}
