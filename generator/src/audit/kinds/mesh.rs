//! Linkerd's policies: who is let in without a name, and where the fence is open.

use super::network::is_wide;
use crate::audit::judge::Judge;
use crate::audit::pod::is_open_policy;
use crate::audit::yaml::Field;
use crate::model::Rule;

pub(super) fn server(judge: &mut Judge, object: &Field<'_>) {
    let at = object.at(["spec", "accessPolicy"]);
    if is_open_policy(&at) {
        judge.add(Rule::AuthenticatedCallers, &at, "the port lets callers in whom nobody knows");
    }
}

pub(super) fn authorization(judge: &mut Judge, object: &Field<'_>) {
    let at = object.at(["spec", "requiredAuthenticationRefs"]);
    judge.list(&at);
    if at.is_empty() {
        judge.add(Rule::AuthenticatedCallers, &at, "the policy names no callers, and so lets everybody in");
    }
}

/// The older form of the same.
pub(super) fn server_authorization(judge: &mut Judge, object: &Field<'_>) {
    let client = object.at(["spec", "client"]);
    let at = client.get("unauthenticated");
    if !at.is_off() {
        judge.add(Rule::AuthenticatedCallers, &at, "the policy lets callers in whom nobody knows");
    }
    let at = client.at(["meshTLS", "unauthenticatedTLS"]);
    if !at.is_off() {
        judge.add(Rule::AuthenticatedCallers, &at, "the policy lets callers in whom nobody knows");
    }
    names(judge, &client.at(["meshTLS", "identities"]));
    blocks(judge, &client.get("networks"));
}

pub(super) fn identities(judge: &mut Judge, object: &Field<'_>) {
    names(judge, &object.at(["spec", "identities"]));
}

pub(super) fn networks(judge: &mut Judge, object: &Field<'_>) {
    blocks(judge, &object.at(["spec", "networks"]));
}

fn names(judge: &mut Judge, identities: &Field<'_>) {
    for at in judge.list(identities) {
        if at.text_or_empty().starts_with('*') {
            judge.add(Rule::AuthenticatedCallers, &at, "a `*` stands for callers that nobody listed");
        }
    }
}

fn blocks(judge: &mut Judge, networks: &Field<'_>) {
    for network in judge.mappings(networks) {
        let at = network.get("cidr");
        if is_wide(at.text_or_empty()) {
            judge.add(Rule::AuthenticatedCallers, &at, "the network is everybody's");
        }
    }
}

pub(super) fn egress(judge: &mut Judge, object: &Field<'_>) {
    let at = object.at(["spec", "trafficPolicy"]);
    if at.text() != Some("Deny") {
        judge.add(Rule::EgressFence, &at, "the fence of the namespace does not deny");
    }
}
