//! What is asked of rights, and of who writes Secrets.

use super::super::exemption;
use super::super::question::{Question, named, texts, written};
use super::super::tier::Tier;
use super::{Known, Operator};
use crate::model::Rule;

/// What no role gives: everything, what gives more of itself, and what runs or reads as somebody else.
const HARMLESS: &str = "object.?rules.orValue([]).all(r, \
    (r.?apiGroups.orValue([]) + r.?resources.orValue([]) + r.?verbs.orValue([]) + r.?nonResourceURLs.orValue([])) \
    .all(word, !word.contains('*')) \
    && !r.?verbs.orValue([]).exists(verb, verb in ['escalate', 'bind', 'impersonate']) \
    && !r.?resources.orValue([]).exists(what, what in ['secrets', 'serviceaccounts/token', 'pods/exec', 'pods/attach', \
    'pods/portforward', 'pods/proxy', 'pods/ephemeralcontainers', 'services/proxy', 'nodes/proxy']))";

/// What no binding does: give the roles that Kubernetes has for people, or give to everybody.
const NARROW: &str = "!(object.roleRef.kind == 'ClusterRole' && object.roleRef.name in ['cluster-admin', 'admin', 'edit']) \
    && object.?subjects.orValue([]).all(s, !(s.name in ['system:anonymous', 'system:unauthenticated', \
    'system:authenticated', 'system:serviceaccounts', 'system:masters']))";

pub(super) fn questions(known: &Known, tier: Tier) -> Vec<Question> {
    vec![rights(known, tier), secrets(known)]
}

fn rights(known: &Known, tier: Tier) -> Question {
    let (resources, exempt): (&[&'static str], _) = match tier {
        Tier::Services => (&["roles", "rolebindings"], exemption::database_operator(known)),
        Tier::Platform => {
            (&["clusterroles", "clusterrolebindings", "roles", "rolebindings"], Some(exemption::roles_of_kubernetes()))
        }
    };
    let mut question = Question {
        rule: Rule::NoWildcardRights,
        about: vec![written("rbac.authorization.k8s.io", "v1", resources)],
        when: Vec::new(),
        variables: Vec::new(),
        exempt: Vec::new(),
        holds: format!("(object.kind.endsWith('Binding') ? ({NARROW}) : ({HARMLESS}))"),
        background: tier == Tier::Platform,
        everywhere: false,
    };
    question.lets_pass(exempt);
    question
}

/// Secrets are written by the 1Password operator, and by other operators in the namespaces in which something of theirs is declared.
fn secrets(known: &Known) -> Question {
    let operators = [&known.cert_manager, &known.cloud_native_pg].into_iter().flatten().filter_map(Operator::asks);
    let mut writers = vec![format!("request.userInfo.?username.orValue('') in {}", texts([&known.one_password]))];
    writers.extend(operators);
    Question {
        rule: Rule::SecretsByOperators,
        about: vec![written("", "v1", &["secrets"])],
        when: Vec::new(),
        variables: vec![named(
            "settled",
            "request.operation == 'UPDATE' && object.?data.orValue({}) == oldObject.?data.orValue({})",
        )],
        exempt: Vec::new(),
        holds: format!("variables.settled || {}", writers.join(" || ")),
        background: false,
        everywhere: false,
    }
}

impl Operator {
    /// Whether an account of the operator's namespace asks, where something of the operator's is declared; nothing where nothing is.
    pub(in crate::policy) fn asks(&self) -> Option<String> {
        let Self { group, namespaces } = self;
        (!namespaces.is_empty()).then(|| {
            let namespaces = texts(namespaces);
            format!("('{group}' in request.userInfo.?groups.orValue([]) && request.namespace in {namespaces})")
        })
    }
}
