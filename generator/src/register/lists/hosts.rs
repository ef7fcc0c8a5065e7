//! Who is seen from outside, and by whom.

use casemate_dsl::view::{Decision, PeerMesh};

use super::List;
use crate::graph::{Callee, Graph, Perimeter};
use crate::register::markdown::{code, codes, text};

/// Where a hostname leads.
fn to(callee: &Callee) -> String {
    match callee {
        Callee::Service { id, port, protocol: _ } => format!("{id}:{port}"),
        Callee::Peer(peer) => format!("{}/{}:{}", peer.namespace, peer.service, peer.port),
    }
}

/// Hostnames that ask for no login.
pub(super) fn public(graph: &Graph) -> List {
    let rules = || graph.perimeter.iter().flat_map(Perimeter::each_rule);
    let rows = rules().filter_map(|(host, rule)| match rule.decision {
        Decision::Access(_) => None,
        Decision::Public(reason) => {
            let leads_to = to(&rule.to);
            let same =
                rules().filter(|(_, other)| matches!(other.decision, Decision::Access(_)) && to(&other.to) == leads_to);
            let same: Vec<String> = same.map(|(host, other)| other.spelled(host)).collect();
            Some(vec![code(&rule.spelled(host)), code(&leads_to), codes(&same), text(reason.as_str())])
        }
    });
    List {
        title: "Public hosts",
        says: "Anybody reaches these without a login. Where Access guards another hostname of the same port, only the program tells the two apart: what it serves under both names is public.",
        columns: &["hostname", "leads to", "also behind Access as", "reason"],
        rows: rows.collect(),
        empty: "None: every hostname asks Access, or there is none.",
    }
}

/// Hostnames that ask for a login.
pub(super) fn behind_access(graph: &Graph) -> List {
    let rules = graph.perimeter.iter().flat_map(Perimeter::each_rule);
    let rows = rules.filter_map(|(host, rule)| match rule.decision {
        Decision::Public(_) => None,
        Decision::Access(audience) => {
            let plain = match &rule.to {
                Callee::Peer(peer) if matches!(peer.mesh, PeerMesh::Unmeshed { .. }) => "plain HTTP",
                Callee::Peer(_) | Callee::Service { .. } => "mutual TLS",
            };
            let audience = code(audience.as_str());
            Some(vec![code(&rule.spelled(host)), code(&to(&rule.to)), audience, plain.to_owned()])
        }
    });
    List {
        title: "Hosts behind Access",
        says: "These ask Cloudflare Access for a login. Whom an audience lets in is decided there: hostnames of one audience let in the same people.",
        columns: &["hostname", "leads to", "audience", "from cloudflared on"],
        rows: rows.collect(),
        empty: "None: no hostname asks for a login.",
    }
}
