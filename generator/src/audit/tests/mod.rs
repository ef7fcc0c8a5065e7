//! What is found, beside what is not: each rule in an object that breaks it, and its twin that does not.

mod forms;
mod hostile;
mod kinds;
mod pods;
mod shapes;

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::*;
use crate::model::Rule;

const OPTIONS: Options = Options { standard: Standard::of(Standard::NEWEST), most_of_a_file: 10_000_000 };

/// A Deployment that breaks no rule.
const GOOD: &str = "
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    metadata:
      annotations:
        linkerd.io/inject: enabled
        config.linkerd.io/default-inbound-policy: deny
    spec:
      serviceAccountName: web
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        fsGroup: 65532
        seccompProfile:
          type: RuntimeDefault
      containers:
      - name: web
        image: registry.example.com/web:1.4.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        args: [--config, /etc/web.yaml]
        env:
        - name: LOG_LEVEL
          value: info
        ports:
        - containerPort: 8080
        resources:
          requests: {cpu: 10m, memory: 64Mi}
          limits: {memory: 64Mi}
        securityContext:
          allowPrivilegeEscalation: false
          capabilities:
            drop: [ALL]
          readOnlyRootFilesystem: true
          runAsUser: 65532
          runAsGroup: 65532
      volumes:
      - name: tmp
        emptyDir: {}
";

/// Where the containers of [`GOOD`] lie.
const CONTAINER: &str = "spec.template.spec.containers[0]";

/// The file that a text stands in.
fn audited(text: &str) -> Audited {
    judge_text(PathBuf::from("shop.yaml"), text, OPTIONS)
}

/// What is found in a text that can be read.
fn findings(text: &str) -> Vec<Finding> {
    let audited = audited(text);
    assert!(audited.problems.is_empty(), "{:?}", audited.problems);
    audited.objects.into_iter().flat_map(|object| object.findings).collect()
}

/// A change of a text that breaks a rule at a path.
struct Twin {
    good: &'static str,
    bad: &'static str,
    rule: Rule,
    at: &'static str,
}

/// Whether the change, and nothing else, is what is found.
fn check(text: &str, twin: &Twin) {
    let Twin { good, bad, rule, at } = twin;
    assert_eq!(findings(text), [], "the good twin of {}", rule.name());
    assert_eq!(text.matches(good).count(), 1, "{good:?}");
    let found = findings(&text.replace(good, bad));
    let found: Vec<(Rule, &str)> = found.iter().map(|finding| (finding.rule, finding.path.as_str())).collect();
    assert_eq!(found, [(*rule, *at)], "{bad}");
}

/// A rule that no example breaks is a rule that nobody has seen refuse anything.
#[test]
fn every_rule_has_an_example() {
    let shown: BTreeSet<Rule> =
        pods::twins().chain(kinds::twins().map(|(_, twin)| twin)).map(|twin| twin.rule).collect();
    // What only a change of an object in a cluster can break, no file shows.
    let of_changes = BTreeSet::from([Rule::NamespacesKeepTier, Rule::PodSecurityLabelsStay]);
    let all: BTreeSet<Rule> = Rule::ALL.iter().copied().collect();
    assert_eq!(&shown | &of_changes, all);
}
