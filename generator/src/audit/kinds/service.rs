//! Services, and ways into the cluster beside the tunnel.

use crate::audit::judge::Judge;
use crate::audit::pod;
use crate::audit::yaml::Field;
use crate::model::Rule;
use crate::review::quote::quotation;

pub(super) fn service(judge: &mut Judge, object: &Field<'_>) {
    pod::mesh_annotations(judge, &object.at(["metadata", "annotations"]));
    let spec = object.get("spec");
    let kind = spec.get("type");
    if !kind.is_absent() && kind.text() != Some("ClusterIP") {
        let wrong = format!("the Service is a `{}`", quotation(kind.text_or_empty()));
        judge.add(Rule::ClusterIpServices, &kind, wrong);
    }
    let addresses = spec.get("externalIPs");
    if !addresses.is_empty() {
        judge.add(Rule::ClusterIpServices, &addresses, "the Service takes addresses of the network around the cluster");
    }
    let selector = spec.get("selector");
    judge.entries(&selector);
    // What an ExternalName selects is nothing, and the finding above says so.
    if selector.is_empty() && kind.text() != Some("ExternalName") {
        judge.add(Rule::ServicesWithSelector, &selector, "the Service has no selector: others write its addresses");
    }
}

/// Addresses of a Service that somebody wrote by hand.
pub(super) fn addresses(judge: &mut Judge, object: &Field<'_>) {
    let wrong = "addresses of a Service are written by hand, and not found by a selector";
    judge.add(Rule::ServicesWithSelector, &object.get("kind"), wrong);
}

/// An Ingress or a Gateway.
pub(super) fn way_in(judge: &mut Judge, object: &Field<'_>) {
    let at = object.get("kind");
    let wrong = match at.text() {
        Some("Gateway") => "a Gateway opens a way into the cluster beside the tunnel",
        _ => "an Ingress opens a way into the cluster beside the tunnel",
    };
    judge.add(Rule::NoIngress, &at, wrong);
}
