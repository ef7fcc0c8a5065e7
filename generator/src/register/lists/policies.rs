//! Who is exempt from a policy of Kyverno.

use super::List;
use crate::graph::Graph;
use crate::model::Rule;
use crate::policy::exempts_databases;
use crate::register::markdown::code;
use crate::register::sighting::Seen;

/// Exemptions from policies: pods that an operator makes otherwise than a rule wants them. Each is rendered only where something
/// needs it.
pub(super) fn exemptions(graph: &Graph, seen: &Seen) -> List {
    let is_there = !seen.policies().is_empty();
    let databases = graph
        .namespaces
        .iter()
        .flat_map(|(namespace, node)| node.databases.iter().map(move |(name, node)| (namespace, name, node)));
    let rows = databases.filter(|_| is_there).flat_map(|(namespace, name, database)| {
        let who = format!(
            "pods of the database {}, by their label {}",
            code(&format!("{namespace}/{name}")),
            code(database.label.key())
        );
        Rule::ALL.iter().filter_map(move |rule| {
            exempts_databases(*rule).map(|reason| vec![code(rule.name()), who.clone(), reason.to_owned()])
        })
    });
    List {
        title: "Exemptions from policies",
        says: "What a policy of the service tier lets pass although it breaks its rule.",
        columns: &["policy", "who", "reason"],
        rows: rows.collect(),
        empty: if is_there {
            "None: the policies of the service tier exempt nobody."
        } else {
            "None: no policy of Kyverno is rendered for this cluster."
        },
    }
}
