//! What every namespace of ours has.

use super::CrossRule;
use crate::namespace_wide::{is_dns, is_for_all, is_isolation, is_linkerd};
use crate::scene::{Findings, Scene};
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "default-deny",
        sentence: "every namespace has one policy that shuts both directions for every pod",
        check: |scene, findings| one_policy(scene, findings, "default-deny", is_default_deny),
    },
    CrossRule {
        name: "dns-policy",
        sentence: "every namespace has one policy that opens DNS",
        check: |scene, findings| one_policy(scene, findings, "dns-policy", is_dns_of),
    },
    CrossRule {
        name: "linkerd-policy",
        sentence: "every namespace has one policy that opens Linkerd's control plane",
        check: |scene, findings| one_policy(scene, findings, "linkerd-policy", is_linkerd_of),
    },
    CrossRule {
        name: "namespace-wide-policy",
        sentence: "no other policy selects every pod of a namespace",
        check: namespace_wide_policy,
    },
    CrossRule {
        name: "egress-network",
        sentence: "every namespace has exactly one EgressNetwork",
        check: egress_network,
    },
];

fn is_default_deny(_: &Scene<'_>, policy: &Document) -> bool {
    is_for_all(policy) && is_isolation(policy)
}

fn is_dns_of(scene: &Scene<'_>, policy: &Document) -> bool {
    is_dns(policy, &scene.peers.dns)
}

fn is_linkerd_of(scene: &Scene<'_>, policy: &Document) -> bool {
    is_linkerd(policy, &scene.peers.linkerd_namespace)
}

fn one_policy(
    scene: &Scene<'_>,
    findings: &mut Findings,
    rule: &'static str,
    is_meant: impl Fn(&Scene<'_>, &Document) -> bool,
) {
    for namespace in scene.namespaces() {
        let policies = scene.of_kind("NetworkPolicy").iter().filter(|policy| policy.space() == namespace.name);
        let count = policies.filter(|policy| is_meant(scene, policy)).count();
        if count != 1 {
            findings
                .push(namespace.finding(rule, format!("there are {count} such policies in the namespace, not one")));
        }
    }
}

fn namespace_wide_policy(scene: &Scene<'_>, findings: &mut Findings) {
    for policy in scene.of_kind("NetworkPolicy").iter().filter(|policy| is_for_all(policy)) {
        if !is_isolation(policy) && !is_dns_of(scene, policy) && !is_linkerd_of(scene, policy) {
            findings.push(policy.finding("namespace-wide-policy", "it opens something to every pod of the namespace"));
        }
    }
}

fn egress_network(scene: &Scene<'_>, findings: &mut Findings) {
    for namespace in scene.namespaces() {
        let networks =
            scene.of_kind("EgressNetwork").iter().filter(|network| network.space() == namespace.name).count();
        if networks != 1 {
            findings.push(
                namespace.finding("egress-network", format!("there are {networks} EgressNetworks in it, not one")),
            );
        }
    }
}
