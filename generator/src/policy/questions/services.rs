//! What is asked of Services and Ingresses: the tunnel is the only way in.

use super::super::question::{Question, named, written};
use crate::model::Rule;

pub(super) fn questions() -> Vec<Question> {
    vec![
        question(
            Rule::ClusterIpServices,
            "",
            "services",
            "object.spec.?type.orValue('ClusterIP') == 'ClusterIP' && size(object.spec.?externalIPs.orValue([])) == 0",
        ),
        question(
            Rule::ServicesWithSelector,
            "",
            "services",
            // The API server makes its own Service, without one.
            "size(object.spec.?selector.orValue({})) > 0 \
             || (request.namespace == 'default' && object.metadata.name == 'kubernetes')",
        ),
        question(Rule::NoIngress, "networking.k8s.io", "ingresses", "false"),
    ]
}

/// A change that leaves the `spec` as it was passes: a finalizer can be taken off from what is to go.
fn question(rule: Rule, group: &'static str, resource: &'static str, holds: &str) -> Question {
    Question {
        rule,
        about: vec![written(group, "v1", &[resource])],
        when: Vec::new(),
        variables: vec![named("settled", "request.operation == 'UPDATE' && object.spec == oldObject.spec")],
        holds: format!("variables.settled || {holds}"),
        background: true,
        everywhere: false,
    }
}
