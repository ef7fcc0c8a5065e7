//! Who is seen by everybody.

use casemate_dsl::view::Decision;

use super::List;
use crate::graph::{Callee, Graph, Perimeter};
use crate::register::markdown::{code, text};

/// Hostnames that ask for no login.
pub(super) fn public(graph: &Graph) -> List {
    let rules = graph.perimeter.iter().flat_map(Perimeter::each_rule);
    let rows = rules.filter_map(|(host, rule)| match rule.decision {
        Decision::Access(_) => None,
        Decision::Public(reason) => {
            let to = match &rule.to {
                Callee::Service { id, port, protocol: _ } => format!("{id}:{port}"),
                Callee::Peer(peer) => format!("{}/{}:{}", peer.namespace, peer.service, peer.port),
            };
            Some(vec![code(&rule.spelled(host)), code(&to), text(reason.as_str())])
        }
    });
    List {
        title: "Public hosts",
        says: "Anybody reaches these without a login. Every other hostname asks Access.",
        columns: &["hostname", "leads to", "reason"],
        rows: rows.collect(),
        empty: "None: every hostname asks Access, or there is none.",
    }
}
