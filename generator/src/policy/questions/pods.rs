//! What is asked of every pod.
//!
//! What is not said counts as insecure; a container's own setting counts before its pod's. A change that leaves the `spec` as it was
//! is not judged again: whoever removes a finalizer from an old pod would be refused otherwise, and the pod would stay for ever.

use super::super::exemption;
use super::super::question::{Question, named, texts, written};
use super::super::tier::Tier;
use super::Known;
use crate::model::Rule;

/// All containers but those for debugging, which come through a door of their own.
const CONTAINERS: &str = "object.spec.containers + object.spec.?initContainers.orValue([])";

/// Whether a request leaves the pod's `spec` as it was.
const SETTLED: &str = "request.operation == 'UPDATE' && object.spec == oldObject.spec";

/// The proxy's number: what runs as it passes the mesh by.
const PROXY_USER: u32 = 2102;

pub(super) fn questions(known: &Known, tier: Tier) -> Vec<Question> {
    let mut questions = vec![
        of_containers(
            Rule::ReadOnlyRootFilesystem,
            "c.?securityContext.?readOnlyRootFilesystem.orValue(false) == true",
        ),
        of_containers(
            Rule::RunAsNonRoot,
            "c.?securityContext.?runAsNonRoot.orValue(object.spec.?securityContext.?runAsNonRoot.orValue(false)) == true",
        ),
        numeric_user(tier),
        of_containers(
            Rule::NoPrivilegeEscalation,
            "c.?securityContext.?allowPrivilegeEscalation.orValue(true) == false",
        ),
        of_containers(
            Rule::DropAllCapabilities,
            "'ALL' in c.?securityContext.?capabilities.?drop.orValue([]) \
             && size(c.?securityContext.?capabilities.?add.orValue([])) == 0",
        ),
        of_containers(
            Rule::RuntimeDefaultSeccomp,
            "c.?securityContext.?seccompProfile.?type.orValue(\
             object.spec.?securityContext.?seccompProfile.?type.orValue('')) == 'RuntimeDefault'",
        ),
        of_containers(Rule::NotPrivileged, "c.?securityContext.?privileged.orValue(false) == false"),
        of_pod(
            Rule::NoHostNamespaces,
            "[object.spec.?hostNetwork, object.spec.?hostPID, object.spec.?hostIPC]\
             .all(shared, shared.orValue(false) == false)",
        ),
        of_pod(Rule::NoHostPath, "object.spec.?volumes.orValue([]).all(v, !has(v.hostPath))"),
        of_containers(Rule::NoHostPort, "c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0)"),
        tag_and_digest(),
        of_containers(
            Rule::RequestsAndMemoryLimit,
            "c.?resources.?requests.?cpu.hasValue() && c.?resources.?requests.?memory.hasValue() \
             && c.?resources.?limits.?memory.hasValue()",
        ),
        of_pod(Rule::OwnServiceAccount, "!(object.spec.?serviceAccountName.orValue('') in ['', 'default'])"),
        no_unasked_token(known),
        of_containers(Rule::NoCredentialLiterals, &no_literals()),
        of_containers_together(
            Rule::InjectedProxy,
            "variables.containers.exists(c, c.name == 'linkerd-proxy' && c.image.contains('/linkerd/proxy:'))",
        ),
    ];
    for question in &mut questions {
        question.lets_pass(exemption::databases(question.rule, known, tier));
    }
    questions.push(debugging());
    questions
}

/// A question to a pod.
fn of_pod(rule: Rule, holds: &str) -> Question {
    Question {
        rule,
        about: vec![written("", "v1", &["pods"])],
        when: Vec::new(),
        variables: vec![named("settled", SETTLED)],
        exempt: Vec::new(),
        holds: format!("variables.settled || {holds}"),
        background: true,
        everywhere: false,
    }
}

/// A question to each container of a pod, as `c`.
fn of_containers(rule: Rule, of_each: &str) -> Question {
    of_containers_together(rule, &format!("variables.containers.all(c, {of_each})"))
}

/// A question to the containers of a pod.
fn of_containers_together(rule: Rule, holds: &str) -> Question {
    let mut question = of_pod(rule, holds);
    question.variables.push(named("containers", CONTAINERS));
    question
}

/// A number of its own or of its pod, and the proxy's for the proxy only.
fn numeric_user(tier: Tier) -> Question {
    let exempt = exemption::proxy(tier);
    let holds = format!(
        "cel.bind(user, c.?securityContext.?runAsUser.orValue(object.spec.?securityContext.?runAsUser.orValue(0)), \
         user > 0 && (user != {PROXY_USER} || c.name in variables.{}))",
        exempt.variable
    );
    let mut question = of_containers(Rule::NumericUser, &holds);
    question.exempt(exempt);
    question
}

/// Images of containers, and those that are mounted.
fn tag_and_digest() -> Question {
    const PINNED: &str = "matches('^[^@]+:[^:/@]+@sha256:[0-9a-f]{64}$')";
    let images = "variables.containers.map(c, c.image) \
                  + object.spec.?volumes.orValue([]).filter(v, has(v.image)).map(v, v.image.?reference.orValue(''))";
    let holds = format!("variables.images.all(image, image.{PINNED} && !image.contains(':latest@'))");
    let mut question = of_containers_together(Rule::TagAndDigest, &holds);
    question.variables.push(named("images", images));
    question
}

/// No token is mounted by itself, and none as a volume but for the mesh's, which proves nothing to the API server.
fn no_unasked_token(known: &Known) -> Question {
    let holds = "(object.spec.?automountServiceAccountToken.orValue(true) == false && (variables.asked \
                 || object.spec.?volumes.orValue([]).all(v, v.?projected.?sources.orValue([]).all(s, \
                 !has(s.serviceAccountToken) || s.serviceAccountToken.?audience.orValue('') == 'identity.l5d.io'))))";
    let mut question = of_pod(Rule::NoUnaskedToken, holds);
    let account = "request.namespace + '/' + object.spec.?serviceAccountName.orValue('')";
    question.variables.push(named("asked", format!("({account}) in {}", texts(&known.with_token))));
    question
}

/// No variable is named like a credential and has a text. The names are those that a declaration refuses, `var!`.
fn no_literals() -> String {
    const HARMLESS: &str = "(PUBLIC_?KEY|PUBKEY|PARTITION_?KEY|SORT_?KEY|PRIMARY_?KEY|MAX_TOKENS)";
    const TELLING: &str = "(PASSWORDS?|PASSWD|PASSPHRASE|SECRETS?|TOKENS?|APIKEYS?|CREDENTIALS?|PRIVATEKEY|(^|[^A-Z0-9])(KEYS?|PASS|PWD|SALT|DSN|PSK|AUTH|COOKIE|PAT))";
    const AFTER: &str = "[0-9_]*$";
    format!(
        "c.?env.orValue([]).all(e, e.?value.orValue('') == '' || e.name.matches('(?i){HARMLESS}{AFTER}') \
         || !e.name.matches('(?i){TELLING}{AFTER}'))"
    )
}

/// Containers for debugging: their five settings, and that none runs as root or as the proxy.
fn debugging() -> Question {
    let holds = format!(
        "object.spec.?ephemeralContainers.orValue([]).all(c, \
         c.?securityContext.?readOnlyRootFilesystem.orValue(false) == true \
         && c.?securityContext.?runAsNonRoot.orValue(object.spec.?securityContext.?runAsNonRoot.orValue(false)) == true \
         && c.?securityContext.?allowPrivilegeEscalation.orValue(true) == false \
         && 'ALL' in c.?securityContext.?capabilities.?drop.orValue([]) \
         && size(c.?securityContext.?capabilities.?add.orValue([])) == 0 \
         && c.?securityContext.?seccompProfile.?type.orValue(\
         object.spec.?securityContext.?seccompProfile.?type.orValue('')) == 'RuntimeDefault' \
         && !(c.?securityContext.?runAsUser.orValue(1) in [0, {PROXY_USER}]))"
    );
    Question {
        rule: Rule::EphemeralContainers,
        about: vec![written("", "v1", &["pods/ephemeralcontainers"])],
        when: Vec::new(),
        variables: Vec::new(),
        exempt: Vec::new(),
        holds,
        background: false,
        everywhere: false,
    }
}
