//! What is asked of Services and Ingresses: the tunnel is the only way in.

use super::super::exemption;
use super::super::question::{Question, named, written};
use super::super::tier::Tier;
use crate::model::Rule;

pub(super) fn questions(tier: Tier) -> Vec<Question> {
    let mut questions = vec![
        question(
            Rule::ClusterIpServices,
            "",
            "services",
            "object.spec.?type.orValue('ClusterIP') == 'ClusterIP' && size(object.spec.?externalIPs.orValue([])) == 0",
        ),
        question(Rule::ServicesWithSelector, "", "services", "size(object.spec.?selector.orValue({})) > 0"),
        question(Rule::NoIngress, "networking.k8s.io", "ingresses", "false"),
    ];
    let own = || (tier == Tier::Platform).then(exemption::api_server);
    for question in questions.iter_mut().filter(|question| question.rule == Rule::ServicesWithSelector) {
        question.lets_pass(own());
    }
    questions
}

/// A change that leaves the `spec` as it was passes: a finalizer can be taken off from what is to go.
fn question(rule: Rule, group: &'static str, resource: &'static str, holds: &str) -> Question {
    Question {
        rule,
        about: vec![written(group, "v1", &[resource])],
        when: Vec::new(),
        variables: vec![named("settled", "request.operation == 'UPDATE' && object.spec == oldObject.spec")],
        exempt: Vec::new(),
        holds: format!("variables.settled || {holds}"),
        background: true,
        everywhere: false,
    }
}
