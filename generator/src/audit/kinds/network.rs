//! NetworkPolicies that let everybody in or out.

use std::net::IpAddr;

use crate::audit::judge::Judge;
use crate::audit::yaml::Field;
use crate::model::Rule;

/// What no service has to reach by a network: it has calls for that.
const PRIVATE: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

pub(super) fn judge(judge: &mut Judge, object: &Field<'_>) {
    let spec = object.get("spec");
    for (direction, ends, who) in [("ingress", "from", "in"), ("egress", "to", "out")] {
        for rule in judge.mappings(&spec.get(direction)) {
            let peers = rule.get(ends);
            if peers.is_empty() {
                let wrong = format!("the rule has no `{ends}`, and so lets everybody {who}");
                judge.add(Rule::NarrowNetworkPolicies, &rule, wrong);
            }
            for peer in judge.mappings(&peers) {
                if let Some(wrong) = everybody(&peer, direction) {
                    judge.add(Rule::NarrowNetworkPolicies, &peer, format!("{wrong}, and so lets everybody {who}"));
                }
            }
        }
    }
}

/// Why a peer is everybody, if it is.
fn everybody(peer: &Field<'_>, direction: &str) -> Option<&'static str> {
    let namespaces = peer.get("namespaceSelector");
    let block = peer.get("ipBlock");
    if !block.is_absent() {
        let cidr = block.get("cidr");
        if !is_wide(cidr.text_or_empty()) {
            return None;
        }
        let except: Vec<&str> = block.get("except").items().filter_map(|item| item.text()).collect();
        let spares_the_cluster = cidr.text_or_empty().contains(':') && !except.is_empty()
            || PRIVATE.iter().all(|private| except.contains(private));
        // Who comes from any network is anybody, whatever is left out.
        if direction == "egress" && spares_the_cluster {
            return None;
        }
        return Some("the block has nearly all addresses, those of the cluster included");
    }
    if namespaces.is_absent() {
        return peer.get("podSelector").is_absent().then_some("the peer selects nothing");
    }
    let selects_all =
        |selector: &Field<'_>| selector.get("matchLabels").is_empty() && selector.get("matchExpressions").is_empty();
    (selects_all(&namespaces) && selects_all(&peer.get("podSelector")))
        .then_some("the peer selects all pods of all namespaces")
}

/// Whether a block is larger than any network that somebody owns. What is no block is one.
pub(super) fn is_wide(cidr: &str) -> bool {
    let Some((address, length)) = cidr.split_once('/') else { return true };
    let least = match address.parse() {
        Ok(IpAddr::V4(_)) => 8,
        Ok(IpAddr::V6(_)) => 16,
        Err(_) => return true,
    };
    length.parse().map_or(true, |length: u8| length < least)
}
