//! Databases that an operator runs among services: who is let in beside the services that call them.

use std::fmt::Write as _;

use casemate_dsl::word::{Name, Namespace};
use serde_json::{Value, json};

use crate::graph::{DatabaseNode, Facts, Graph, POSTGRES};
use crate::network;

/// The databases, each with what programs read of it.
pub(super) fn as_json(graph: &Graph) -> Vec<Value> {
    each(graph)
        .map(|(namespace, name, database)| {
            let called = called(&graph.cluster, database);
            json!({"namespace": namespace.as_str(), "name": name.as_str(), "called": called})
        })
        .collect()
}

/// The databases, as people read them.
pub(super) fn as_text(graph: &Graph) -> String {
    let mut text = String::new();
    for (namespace, name, database) in each(graph) {
        let _ = writeln!(text, "\n{namespace}/{name}  PostgreSQL that an operator runs, outside of the mesh");
        let called = called(&graph.cluster, database);
        if !called.is_empty() {
            let _ = writeln!(text, "  called   {}", called.join("\n           "));
        }
    }
    text
}

fn each(graph: &Graph) -> impl Iterator<Item = (Namespace, Name, &DatabaseNode)> {
    graph
        .namespaces
        .iter()
        .flat_map(|(namespace, node)| node.databases.iter().map(move |(name, database)| (*namespace, *name, database)))
}

/// The peers that call: services are seen where they are listed themselves.
fn called(facts: &Facts, database: &DatabaseNode) -> Vec<String> {
    let DatabaseNode { label: _, services: _, callers } = database;
    let operator = facts.cloud_native_pg.map(|home| {
        let (_, name) = network::DATABASE_OPERATOR;
        format!("{home}/{name} on {} (no mTLS: it runs the database)", network::DATABASE_STATUS)
    });
    let callers = callers.iter().map(|caller| {
        format!("{}/{} on {POSTGRES} (no mTLS: the database is outside of the mesh)", caller.namespace, caller.name)
    });
    operator.into_iter().chain(callers).collect()
}
