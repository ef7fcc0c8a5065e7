//! What is asked of NetworkPolicies, and of what the mesh reads about hosts outside.

use super::super::question::{Question, named, written};
use super::super::tier::Tier;
use crate::model::Rule;

/// What is not the internet. `network` leaves it out wherever it opens a port to all of IPv4.
const PRIVATE: &str = "['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']";

pub(super) fn questions(tier: Tier) -> Vec<Question> {
    vec![narrow(), fence(tier)]
}

/// Both ends and the ports of each way are named, and none of the ends is everybody. Neither is a label alone: any namespace can have
/// a pod with it.
fn narrow() -> Question {
    let selects = "size(p.?namespaceSelector.?matchLabels.orValue({})) > 0 \
                   || (!has(p.namespaceSelector) && size(p.?podSelector.?matchLabels.orValue({})) > 0)";
    let from = format!("has(p.ipBlock) ? !(p.ipBlock.cidr in ['0.0.0.0/0', '::/0']) : ({selects})");
    let to = format!(
        "has(p.ipBlock) ? p.ipBlock.cidr != '::/0' && (p.ipBlock.cidr != '0.0.0.0/0' \
         || {PRIVATE}.all(block, block in p.ipBlock.?except.orValue([]))) : ({selects})"
    );
    let way = |list: &str, end: &str, narrow: &str| {
        format!(
            "object.spec.?{list}.orValue([]).all(r, size(r.?{end}.orValue([])) > 0 && size(r.?ports.orValue([])) > 0 \
             && r.{end}.all(p, {narrow}))"
        )
    };
    Question {
        rule: Rule::NarrowNetworkPolicies,
        about: vec![written("networking.k8s.io", "v1", &["networkpolicies"])],
        when: Vec::new(),
        variables: vec![named("incoming", way("ingress", "from", &from)), named("outgoing", way("egress", "to", &to))],
        exempt: Vec::new(),
        holds: "variables.incoming && variables.outgoing".to_owned(),
        background: true,
        everywhere: false,
    }
}

/// Among services there is one `EgressNetwork`, `egress`, and all routes are its own. Elsewhere no route names another namespace's:
/// Linkerd would take a port of ours for the stranger's protocol, and drop our routes.
fn fence(tier: Tier) -> Question {
    let routes = written("gateway.networking.k8s.io", "*", &["grpcroutes", "httproutes", "tcproutes", "tlsroutes"]);
    let mut about = Vec::new();
    let holds = match tier {
        Tier::Services => {
            about.push(written("policy.linkerd.io", "*", &["egressnetworks", "httproutes"]));
            "object.kind == 'EgressNetwork' \
             ? object.metadata.name == 'egress' && object.spec.?trafficPolicy.orValue('') == 'Deny' \
             && !has(object.spec.networks) \
             : size(variables.parents) > 0 && (variables.parents + variables.backends).all(p, \
             p.?kind.orValue('') == 'EgressNetwork' && p.name == 'egress' \
             && p.?namespace.orValue(request.namespace) == request.namespace)"
        }
        Tier::Platform => {
            about.push(written("policy.linkerd.io", "*", &["httproutes"]));
            "variables.parents.all(p, p.?kind.orValue('') != 'EgressNetwork' \
             || p.?namespace.orValue(request.namespace) == request.namespace)"
        }
    };
    about.push(routes);
    Question {
        rule: Rule::EgressFence,
        about,
        when: Vec::new(),
        variables: vec![
            named("parents", "object.spec.?parentRefs.orValue([])"),
            named("backends", "object.spec.?rules.orValue([]).map(r, r.?backendRefs.orValue([])).flatten()"),
        ],
        exempt: Vec::new(),
        holds: holds.to_owned(),
        background: true,
        everywhere: false,
    }
}
