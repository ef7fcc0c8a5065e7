//! What NetworkPolicies and Linkerd's policies let through, evaluated as Kubernetes and Linkerd evaluate them.
//!
//! Address blocks are not asked about pods: whether a block matches a pod's address is undefined, and a rule across
//! documents refuses blocks that hold private addresses.

use serde_json::Value;

use crate::field::{at, has, list, number, pairs, text, texts};
use crate::scene::Scene;
use crate::selector::{Labels, selects};
use crate::workload::{Workload, protocol};
use crate::world::Document;

/// The port on which a proxy takes what another proxy sends.
pub(crate) const PROXY_PORT: i64 = 4143;

/// The direction of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Ingress,
    Egress,
}

impl Direction {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Ingress => "Ingress",
            Self::Egress => "Egress",
        }
    }

    const fn rules(self) -> &'static str {
        match self {
            Self::Ingress => "spec.ingress",
            Self::Egress => "spec.egress",
        }
    }

    const fn peers(self) -> &'static str {
        match self {
            Self::Ingress => "from",
            Self::Egress => "to",
        }
    }
}

/// Whether a policy isolates in this direction: by `policyTypes`, or by Kubernetes' defaults without it.
pub(crate) fn applies(policy: &Document, direction: Direction) -> bool {
    let types = texts(&policy.value, "spec.policyTypes");
    if types.is_empty() {
        return direction == Direction::Ingress || has(&policy.value, "spec.egress");
    }
    types.contains(&direction.word())
}

/// One item of a rule: a peer and a port.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'a> {
    pub(crate) peer: &'a Value,
    pub(crate) protocol: &'a str,
    pub(crate) port: i64,
}

/// Every pair of peer and port in the rules of a policy.
pub(crate) fn items(policy: &Document, direction: Direction) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for rule in list(&policy.value, direction.rules()) {
        for peer in list(rule, direction.peers()) {
            for port in list(rule, "ports") {
                items.push(Item { peer, protocol: protocol(port), port: number(port, "port").unwrap_or_default() });
            }
        }
    }
    items
}

/// Whether a peer of a rule is a pod with these labels in a namespace with those.
pub(crate) fn is_peer(
    peer: &Value,
    home: &str,
    namespace: &str,
    of_namespace: &Labels<'_>,
    labels: &Labels<'_>,
) -> bool {
    if has(peer, "ipBlock") {
        return false;
    }
    let in_namespace = if has(peer, "namespaceSelector") {
        selects(at(peer, "namespaceSelector"), of_namespace)
    } else {
        home == namespace
    };
    in_namespace && selects(at(peer, "podSelector"), labels)
}

impl Scene<'_> {
    /// Whether a pod's policies let it open, or be opened, a connection with another pod on a port.
    fn opens(&self, direction: Direction, own: &Workload<'_>, other: &Workload<'_>, port: (&str, i64)) -> bool {
        let mut isolated = false;
        let namespace = self.namespace_labels_of(other);
        for policy in self.of_kind("NetworkPolicy").iter().filter(|policy| policy.space() == own.namespace()) {
            if !selects(at(&policy.value, "spec.podSelector"), &own.labels) || !applies(policy, direction) {
                continue;
            }
            isolated = true;
            for rule in list(&policy.value, direction.rules()) {
                let (peers, ports) = (list(rule, direction.peers()), list(rule, "ports"));
                let peer = peers.is_empty()
                    || peers
                        .iter()
                        .any(|peer| is_peer(peer, own.namespace(), other.namespace(), &namespace, &other.labels));
                if peer && (ports.is_empty() || ports.iter().any(|item| is_port(item, port))) {
                    return true;
                }
            }
        }
        !isolated
    }

    /// Whether an item of a policy in a workload's namespace means the pods of another workload.
    pub(crate) fn is_target(&self, own: &Workload<'_>, item: &Item<'_>, other: &Workload<'_>) -> bool {
        is_peer(item.peer, own.namespace(), other.namespace(), &self.namespace_labels_of(other), &other.labels)
    }

    fn namespace_labels_of<'a>(&'a self, workload: &Workload<'a>) -> Labels<'a> {
        self.namespace_labels(workload.namespace())
    }

    /// Whether NetworkPolicies at both ends let a TCP connection through.
    pub(crate) fn passes(&self, caller: &Workload<'_>, callee: &Workload<'_>, port: i64) -> bool {
        self.passes_on(caller, callee, ("TCP", port))
    }

    /// Whether NetworkPolicies at both ends let through what is sent to a port of a protocol.
    pub(crate) fn passes_on(&self, caller: &Workload<'_>, callee: &Workload<'_>, port: (&str, i64)) -> bool {
        self.opens(Direction::Egress, caller, callee, port) && self.opens(Direction::Ingress, callee, caller, port)
    }

    /// Whether the pods get Linkerd's proxy.
    pub(crate) fn is_meshed(&self, workload: &Workload<'_>) -> bool {
        let namespace = self.namespaces().find(|namespace| namespace.name == workload.namespace());
        let inherited = namespace.and_then(|namespace| annotation(namespace, "linkerd.io/inject"));
        let own = workload.annotations.get("linkerd.io/inject").copied();
        matches!(own.or(inherited), Some("enabled" | "ingress"))
    }

    /// The Servers that select the pods of a workload on a port.
    pub(crate) fn servers_on(&self, callee: &Workload<'_>, port: i64) -> Vec<&Document> {
        let servers = self.of_kind("Server").iter().copied().filter(|server| server.space() == callee.namespace());
        servers
            .filter(|server| selects(at(&server.value, "spec.podSelector"), &callee.labels))
            .filter(|server| number(&server.value, "spec.port") == Some(port))
            .collect()
    }

    /// Whether the callee's proxy lets the caller's identity through to a port.
    pub(crate) fn authorizes(&self, callee: &Workload<'_>, port: i64, caller: &Workload<'_>) -> bool {
        let identity = self.is_meshed(caller).then(|| (caller.namespace(), caller.account()));
        let servers = self.servers_on(callee, port);
        let Some(server) = servers.first() else {
            return default_admits(self.default_policy(callee), identity.is_some());
        };
        let policy =
            if has(&server.value, "spec.accessPolicy") { text(&server.value, "spec.accessPolicy") } else { "deny" };
        default_admits(policy, identity.is_some()) || self.authorized(server, identity)
    }

    fn authorized(&self, server: &Document, identity: Option<(&str, &str)>) -> bool {
        self.of_kind("AuthorizationPolicy").iter().any(|policy| {
            policy.space() == server.space()
                && targets(policy, server)
                && list(&policy.value, "spec.requiredAuthenticationRefs").iter().all(|required| {
                    self.required(policy, required).is_some_and(|authentication| {
                        identity.is_some_and(|(namespace, name)| names(authentication, namespace, name))
                    })
                })
        })
    }

    /// Whether the callee's proxy lets a pod through to a port by its address alone: wherever one without a proxy is let in, all are.
    pub(crate) fn authorizes_addresses(&self, callee: &Workload<'_>, port: i64) -> bool {
        let to_pods = self.of_kind("NetworkPolicy").iter().any(|policy| {
            policy.space() == callee.namespace()
                && selects(at(&policy.value, "spec.podSelector"), &callee.labels)
                && items(policy, Direction::Ingress)
                    .iter()
                    .any(|item| !has(item.peer, "ipBlock") && (item.protocol, item.port) == ("TCP", port))
        });
        let servers = self.servers_on(callee, port);
        to_pods && servers.into_iter().any(|server| self.networks_of(server).next().is_some())
    }

    /// The authentications by address that policies of a Server require.
    pub(crate) fn networks_of(&self, server: &Document) -> impl Iterator<Item = &Document> {
        let policies = self.of_kind("AuthorizationPolicy").iter().copied();
        let own = policies.filter(move |policy| policy.space() == server.space() && targets(policy, server));
        let required = own.flat_map(|policy| {
            list(&policy.value, "spec.requiredAuthenticationRefs").iter().filter_map(|it| self.required(policy, it))
        });
        required.filter(|authentication| authentication.kind == "NetworkAuthentication")
    }

    /// The authentication that a policy requires, if it exists.
    pub(crate) fn required(&self, policy: &Document, required: &Value) -> Option<&Document> {
        let namespace = if has(required, "namespace") { text(required, "namespace") } else { policy.space() };
        let kind =
            ["MeshTLSAuthentication", "NetworkAuthentication"].into_iter().find(|kind| *kind == text(required, "kind"));
        self.find(kind?, namespace, text(required, "name"))
    }

    fn default_policy<'a>(&'a self, callee: &Workload<'a>) -> &'a str {
        const KEY: &str = "config.linkerd.io/default-inbound-policy";
        let namespace = self.namespaces().find(|namespace| namespace.name == callee.namespace());
        let inherited = namespace.and_then(|namespace| annotation(namespace, KEY));
        callee.annotations.get(KEY).copied().or(inherited).unwrap_or("all-unauthenticated")
    }
}

/// Whether a policy targets a Server, by itself or by its namespace.
pub(crate) fn targets(policy: &Document, server: &Document) -> bool {
    match text(&policy.value, "spec.targetRef.kind") {
        "Server" => text(&policy.value, "spec.targetRef.name") == server.name,
        "Namespace" => text(&policy.value, "spec.targetRef.name") == server.space(),
        _ => false,
    }
}

/// Whether an authentication names the identity of an account.
pub(crate) fn names(authentication: &Document, namespace: &str, account: &str) -> bool {
    let by_reference = list(&authentication.value, "spec.identityRefs").iter().any(|reference| {
        let home = if has(reference, "namespace") { text(reference, "namespace") } else { authentication.space() };
        match text(reference, "kind") {
            "ServiceAccount" => home == namespace && text(reference, "name") == account,
            "Namespace" => text(reference, "name") == namespace || text(reference, "name").is_empty(),
            _ => false,
        }
    });
    let identity = format!("{account}.{namespace}.serviceaccount.identity.linkerd.");
    by_reference
        || texts(&authentication.value, "spec.identities").iter().any(|glob| match glob.strip_prefix('*') {
            Some(suffix) => suffix.is_empty() || format!("{identity}cluster.local").ends_with(suffix),
            None => glob.starts_with(&identity),
        })
}

fn default_admits(policy: &str, has_identity: bool) -> bool {
    match policy {
        "deny" => false,
        "all-authenticated" | "cluster-authenticated" => has_identity,
        _ => true,
    }
}

fn annotation<'a>(document: &'a Document, key: &str) -> Option<&'a str> {
    pairs(&document.value, "metadata.annotations").into_iter().find(|(found, _)| *found == key).map(|(_, value)| value)
}

fn is_port(item: &Value, (named, port): (&str, i64)) -> bool {
    let first = number(item, "port");
    let last = number(item, "endPort").or(first);
    protocol(item) == named && first.is_none_or(|first| first <= port) && last.is_none_or(|last| port <= last)
}
