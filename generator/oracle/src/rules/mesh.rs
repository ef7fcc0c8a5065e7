//! Linkerd's policy: a Server for each port, an authorization for each edge, and both in agreement with the network.

use super::CrossRule;
use crate::field::{at, has, list, number, text};
use crate::namespace_wide::is_for_proxies;
use crate::scene::{Findings, Scene};
use crate::selector::selects;
use crate::traffic::{Direction, PROXY_PORT, items, names, targets};
use crate::workload::Workload;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "port-server",
        sentence: "every port of a meshed pod has exactly one Server",
        check: port_server,
    },
    CrossRule {
        name: "server-target",
        sentence: "every Server is for one port of the pods of exactly one workload, or for proxies",
        check: server_target,
    },
    CrossRule {
        name: "authorization-target",
        sentence: "every AuthorizationPolicy targets a Server that exists",
        check: authorization_target,
    },
    CrossRule {
        name: "authorization-authentication",
        sentence: "every AuthorizationPolicy requires one authentication that exists",
        check: authorization_authentication,
    },
    CrossRule {
        name: "authentication-account",
        sentence: "every MeshTLSAuthentication names ServiceAccounts of workloads, or of callers that the oracle was told of",
        check: authentication_account,
    },
    CrossRule {
        name: "authentication-used",
        sentence: "every MeshTLSAuthentication is required by an AuthorizationPolicy",
        check: authentication_used,
    },
    CrossRule {
        name: "network-and-mesh",
        sentence: "whoever the network lets through is authorized for a port, and whoever is authorized is let through",
        check: network_and_mesh,
    },
    CrossRule {
        name: "caller-and-mesh",
        sentence: "a meshed caller from outside of the tree is let through exactly when it is authorized",
        check: caller_and_mesh,
    },
];

fn port_server(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in scene.workloads.iter().filter(|workload| scene.is_meshed(workload)) {
        for port in workload.ports() {
            let count = scene.servers_on(workload, port).len();
            if count != 1 {
                findings.push(
                    workload.document.finding("port-server", format!("port {port} has {count} Servers, not one")),
                );
            }
        }
    }
}

fn server_target(scene: &Scene<'_>, findings: &mut Findings) {
    for server in scene.of_kind("Server").iter().filter(|server| !is_for_proxies(server)) {
        let selector = at(&server.value, "spec.podSelector");
        let selected: Vec<_> =
            scene.workloads_in(server.space()).filter(|own| selects(selector, &own.labels)).collect();
        let port = number(&server.value, "spec.port");
        let serves = |workload: &&Workload<'_>| workload.ports().into_iter().any(|served| Some(served) == port);
        if !matches!(selected.as_slice(), [one] if serves(one)) {
            findings.push(server.finding("server-target", "it is not for a port of the pods of exactly one workload"));
        }
    }
}

fn authorization_target(scene: &Scene<'_>, findings: &mut Findings) {
    for policy in scene.of_kind("AuthorizationPolicy") {
        let exists = scene.find("Server", policy.space(), text(&policy.value, "spec.targetRef.name")).is_some();
        if !exists {
            findings.push(policy.finding("authorization-target", "the Server does not exist"));
        }
    }
}

fn authorization_authentication(scene: &Scene<'_>, findings: &mut Findings) {
    for policy in scene.of_kind("AuthorizationPolicy") {
        let required = list(&policy.value, "spec.requiredAuthenticationRefs");
        if required.len() != 1 || required.iter().any(|required| scene.required(policy, required).is_none()) {
            findings.push(
                policy.finding("authorization-authentication", "it does not require one authentication that exists"),
            );
        }
    }
}

fn authentication_account(scene: &Scene<'_>, findings: &mut Findings) {
    for authentication in scene.of_kind("MeshTLSAuthentication") {
        for identity in list(&authentication.value, "spec.identityRefs") {
            let namespace =
                if has(identity, "namespace") { text(identity, "namespace") } else { authentication.space() };
            let name = text(identity, "name");
            let ours = scene.find("ServiceAccount", namespace, name).is_some()
                && scene.workloads_in(namespace).any(|workload| workload.account() == name);
            let told = scene
                .peers
                .callers
                .iter()
                .any(|caller| caller.namespace == namespace && caller.account.as_deref() == Some(name));
            if !(ours || told) {
                let sentence = format!("nobody runs as `{namespace}/{name}`");
                findings.push(authentication.finding("authentication-account", sentence));
            }
        }
        if has(&authentication.value, "spec.identities") {
            findings.push(authentication.finding("authentication-account", "identities are named by pattern"));
        }
    }
}

fn authentication_used(scene: &Scene<'_>, findings: &mut Findings) {
    for authentication in scene.of_kind("MeshTLSAuthentication") {
        let used = scene.of_kind("AuthorizationPolicy").iter().any(|policy| {
            let required = list(&policy.value, "spec.requiredAuthenticationRefs");
            required.iter().any(|required| {
                scene.required(policy, required).is_some_and(|found| std::ptr::eq(found, *authentication))
            })
        });
        if !used {
            findings.push(authentication.finding("authentication-used", "no AuthorizationPolicy requires it"));
        }
    }
}

fn network_and_mesh(scene: &Scene<'_>, findings: &mut Findings) {
    for callee in scene.workloads.iter().filter(|callee| scene.is_meshed(callee)) {
        let ports = callee.ports();
        for caller in &scene.workloads {
            let passes = scene.passes(caller, callee, PROXY_PORT);
            let authorized = ports.iter().any(|port| scene.authorizes(callee, *port, caller));
            if passes != authorized {
                let (network, mesh) = if passes { ("is", "not") } else { ("is not", "but it is") };
                let sentence = format!(
                    "{} {network} let through by the network, {mesh} authorized by the mesh",
                    caller.document.object()
                );
                findings.push(callee.document.finding("network-and-mesh", sentence));
            }
        }
    }
}

fn caller_and_mesh(scene: &Scene<'_>, findings: &mut Findings) {
    let meshed = scene.peers.callers.iter().filter_map(|caller| Some((caller, caller.account.as_deref()?)));
    for (caller, account) in meshed {
        for callee in &scene.workloads {
            let passes = scene.of_kind("NetworkPolicy").iter().any(|policy| {
                policy.space() == callee.namespace()
                    && selects(at(&policy.value, "spec.podSelector"), &callee.labels)
                    && items(policy, Direction::Ingress).iter().any(|item| super::edges::is_caller(item, caller))
            });
            let authorized = callee.ports().into_iter().any(|port| {
                scene.servers_on(callee, port).into_iter().any(|server| {
                    scene.of_kind("AuthorizationPolicy").iter().any(|policy| {
                        policy.space() == server.space()
                            && targets(policy, server)
                            && list(&policy.value, "spec.requiredAuthenticationRefs").iter().any(|required| {
                                scene
                                    .required(policy, required)
                                    .is_some_and(|found| names(found, &caller.namespace, account))
                            })
                    })
                })
            });
            if passes != authorized {
                let sentence = format!("the network and the mesh disagree about {}/{account}", caller.namespace);
                findings.push(callee.document.finding("caller-and-mesh", sentence));
            }
        }
    }
}
