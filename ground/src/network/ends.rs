//! Everybody who might talk: the pods of services, the peers that policies name, and those whom nobody named.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::injector::{containers, injected};
use crate::pods::{self, each};
use crate::tree::{Manifest, Tree, text};

/// The mark of injected pods, which the injector adds.
const INJECTED: (&str, &str) = ("linkerd.io/control-plane-ns", "linkerd");

/// Who an end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A pod of a service: meshed, and shut.
    Service,
    /// A pod of a database that an operator runs in a namespace of services: shut, outside of the mesh.
    Database,
    /// Somebody else's pod that a policy names.
    Peer,
    /// What scrapes every proxy and is sent its traces.
    Watcher,
    /// The API server, at one of its addresses.
    ApiServer,
    /// The cluster's DNS.
    Dns,
    /// The mesh's control plane.
    Linkerd,
    /// A pod that nobody declared, in a namespace of services or elsewhere.
    Stranger,
    /// An address outside of the cluster.
    Address,
}

/// One end of a connection.
#[derive(Clone, Debug)]
pub(super) struct End {
    /// `namespace/name`, or an address.
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) namespace: String,
    labels: BTreeMap<String, String>,
    address: String,
    /// What its containers listen on, by what the tree says of it.
    pub(super) ports: BTreeSet<(u16, &'static str)>,
}

impl End {
    /// The form that the evaluator reads.
    pub(super) fn as_peer(&self) -> Value {
        let namespace = json!({"kubernetes.io/metadata.name": self.namespace});
        json!({"namespace": self.namespace, "namespaceLabels": namespace, "labels": self.labels, "ip": self.address})
    }
}

/// All ends of a tree, and every port that is worth a question.
#[derive(Debug)]
pub(super) struct Ends {
    ends: Vec<End>,
    /// What any policy names, what any container serves, what proxies serve, and one that nobody does.
    pub(super) ports: BTreeSet<(u16, &'static str)>,
}

impl Ends {
    pub(super) fn iter(&self) -> impl Iterator<Item = &End> {
        self.ends.iter()
    }

    /// Reads them from a tree. Pods are as the API server admits them, that is injected.
    pub(super) fn of(tree: &Tree) -> Result<Self> {
        let mut found = Found { ends: Vec::new() };
        for (workload, pod) in pods::templates(tree) {
            found.pod(tree, workload, &pod)?;
        }
        for policy in tree.of_kind("NetworkPolicy") {
            found.created(tree, policy);
        }
        for policy in tree.of_kind("NetworkPolicy") {
            found.named(tree, policy);
        }
        found.strangers(tree);
        let mut ports = BTreeSet::from([(4143, "TCP"), (4191, "TCP"), (4190, "TCP"), (4140, "TCP"), (31337, "TCP")]);
        for policy in tree.of_kind("NetworkPolicy") {
            let rules = each(&policy.object["spec"]["ingress"]).chain(each(&policy.object["spec"]["egress"]));
            ports.extend(rules.flat_map(|rule| each(&rule["ports"])).filter_map(port));
        }
        ports.extend(found.ends.iter().flat_map(|end| end.ports.iter().copied()));
        Ok(Self { ends: found.ends, ports })
    }
}

struct Found {
    ends: Vec<End>,
}

impl Found {
    fn add(
        &mut self,
        role: Role,
        namespace: &str,
        name: &str,
        labels: BTreeMap<String, String>,
        ports: BTreeSet<(u16, &'static str)>,
    ) {
        let name = format!("{namespace}/{name}");
        if self.ends.iter().any(|end| end.name == name) {
            return;
        }
        let number = self.ends.len();
        let address = format!("10.244.{}.{}", number / 250, number % 250 + 1);
        self.ends.push(End { name, role, namespace: namespace.to_owned(), labels, address, ports });
    }

    fn address(&mut self, role: Role, address: &str) {
        if !self.ends.iter().any(|end| end.name == address) {
            let (name, address) = (address.to_owned(), address.to_owned());
            let (namespace, labels, ports) = (String::new(), BTreeMap::new(), BTreeSet::new());
            self.ends.push(End { name, role, namespace, labels, address, ports });
        }
    }

    fn pod(&mut self, tree: &Tree, workload: &Manifest, pod: &Value) -> Result<()> {
        let namespace = workload.namespace();
        let admitted = injected(pod, namespace)?;
        let admitted = admitted.as_ref().with_context(|| format!("{} is not injected", workload.path.display()))?;
        let labels = strings(&admitted["metadata"]["labels"]);
        let listens = containers(pod).flat_map(|container| each(&container["ports"])).filter_map(|one| {
            let number = one["containerPort"].as_u64().and_then(|number| u16::try_from(number).ok())?;
            Some((number, if one["protocol"] == "UDP" { "UDP" } else { "TCP" }))
        });
        let ports = listens.chain(served(tree, namespace, &labels)).collect();
        let name = labels.get("app.kubernetes.io/name").cloned().unwrap_or_else(|| workload.name().to_owned());
        self.add(Role::Service, namespace, &name, labels, ports);
        Ok(())
    }

    /// Pods that no template in the tree makes: those that an operator creates, which a policy named like them shuts.
    fn created(&mut self, tree: &Tree, policy: &Manifest) {
        let labels = strings(&policy.object["spec"]["podSelector"]["matchLabels"]);
        let (namespace, name) = (policy.namespace(), policy.name());
        if labels.contains_key("cnpg.io/cluster") {
            self.add(
                Role::Database,
                namespace,
                name_of_target(policy),
                labels,
                BTreeSet::from([(5432, "TCP"), (8000, "TCP"), (9187, "TCP")]),
            );
        } else if labels.get("app.kubernetes.io/name").is_some_and(|label| label == name) {
            let mut labels = labels;
            labels.insert(INJECTED.0.to_owned(), INJECTED.1.to_owned());
            let ports = served(tree, namespace, &labels).collect();
            self.add(Role::Service, namespace, name, labels, ports);
        }
    }

    /// Whom a policy names at its other end: its name says who that is.
    fn named(&mut self, tree: &Tree, policy: &Manifest) {
        let watcher = tree.of_kind("MeshTLSAuthentication").find(|one| one.name() == "proxy-metrics").map(|one| {
            let identity = &one.object["spec"]["identityRefs"][0];
            format!("{}/{}", text(&identity["namespace"]), text(&identity["name"]))
        });
        let rules = each(&policy.object["spec"]["ingress"]).chain(each(&policy.object["spec"]["egress"]));
        for other in rules.flat_map(|rule| each(&rule["from"]).chain(each(&rule["to"]))) {
            let namespace = text(&other["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]);
            let labels = strings(&other["podSelector"]["matchLabels"]);
            if let Some(cidr) = other["ipBlock"]["cidr"].as_str() {
                if policy.name().ends_with("apiserver")
                    && let Some(address) = cidr.strip_suffix("/32")
                {
                    self.address(Role::ApiServer, address);
                }
            } else if policy.name() == "dns" {
                self.add(
                    Role::Dns,
                    namespace,
                    "dns",
                    labels,
                    BTreeSet::from([(53, "UDP"), (53, "TCP"), (9153, "TCP")]),
                );
            } else if policy.name() == "linkerd" {
                let labels =
                    BTreeMap::from([("linkerd.io/control-plane-component".to_owned(), "destination".to_owned())]);
                self.add(Role::Linkerd, namespace, "control-plane", labels, BTreeSet::new());
            } else if self.ends.iter().all(|end| {
                end.namespace != namespace || !labels.iter().all(|label| end.labels.get(label.0) == Some(label.1))
            }) {
                let name = labels.values().next().map_or("any", String::as_str);
                if watcher.as_deref() == Some(&format!("{namespace}/{name}")) {
                    self.add(Role::Watcher, namespace, name, labels.clone(), traces(tree));
                } else {
                    self.add(Role::Peer, namespace, name, labels.clone(), BTreeSet::new());
                }
            }
        }
    }

    fn strangers(&mut self, tree: &Tree) {
        let ours: BTreeSet<String> =
            self.ends.iter().filter(|end| end.role == Role::Service).map(|end| end.namespace.clone()).collect();
        let used: BTreeSet<String> =
            self.ends.iter().map(|end| end.namespace.clone()).filter(|name| !name.is_empty()).collect();
        // All of the control plane's namespace is open to the pods that it serves: nobody there is a stranger.
        let linkerd = self.ends.iter().find(|end| end.role == Role::Linkerd).map(|end| end.namespace.clone());
        let namespaces = ours.iter().chain(&used).map(String::as_str).chain(["default", "kube-system"]);
        for namespace in namespaces.filter(|namespace| linkerd.as_deref() != Some(*namespace)) {
            let labels = BTreeMap::from([("app.kubernetes.io/name".to_owned(), "stranger".to_owned())]);
            self.add(Role::Stranger, namespace, "stranger", labels, BTreeSet::from([(8080, "TCP")]));
        }
        // Whoever has the labels of another in a namespace of his own is not him.
        let copied: Vec<(String, BTreeMap<String, String>)> = self
            .ends
            .iter()
            .filter(|end| matches!(end.role, Role::Service | Role::Database | Role::Peer | Role::Watcher))
            .map(|end| (end.name.replace('/', "."), end.labels.clone()))
            .collect();
        for (name, labels) in copied {
            self.add(Role::Stranger, "default", &format!("like-{name}"), labels, BTreeSet::new());
        }
        // Public, of the LAN, of somebody's tunnel, of the cloud's metadata, of the loopback.
        for address in
            ["203.0.113.7", "192.168.1.77", "10.1.2.3", "172.20.0.9", "100.64.0.5", "169.254.169.254", "127.0.0.1"]
        {
            self.address(Role::Address, address);
        }
        // One address within each range that a policy names.
        for policy in tree.of_kind("NetworkPolicy") {
            let rules = each(&policy.object["spec"]["ingress"]).chain(each(&policy.object["spec"]["egress"]));
            for other in rules.flat_map(|rule| each(&rule["from"]).chain(each(&rule["to"]))) {
                let cidr = text(&other["ipBlock"]["cidr"]);
                if let Some((first, length)) = cidr.split_once('/')
                    && length != "32"
                    && cidr != "0.0.0.0/0"
                    && first.contains('.')
                {
                    let parts: Vec<&str> = first.rsplitn(2, '.').collect();
                    self.address(Role::Address, &format!("{}.9", parts[1]));
                }
            }
        }
    }
}

/// The ports of Servers and Services that select a pod.
fn served<'a>(
    tree: &'a Tree,
    namespace: &'a str,
    labels: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = (u16, &'static str)> + 'a {
    let chosen = move |selector: &Value| {
        let selector = strings(selector);
        !selector.is_empty() && selector.iter().all(|(key, value)| labels.get(key) == Some(value))
    };
    let here = move |kind: &'static str| tree.of_kind(kind).filter(move |one| one.namespace() == namespace);
    let number = |value: &Value| value.as_u64().and_then(|number| u16::try_from(number).ok());
    let servers = here("Server").filter(move |one| chosen(&one.object["spec"]["podSelector"]["matchLabels"]));
    let services = here("Service").filter(move |one| chosen(&one.object["spec"]["selector"]));
    let targets = services.flat_map(|one| each(&one.object["spec"]["ports"])).filter_map(move |port| {
        Some((number(&port["targetPort"])?, if port["protocol"] == "UDP" { "UDP" } else { "TCP" }))
    });
    servers.filter_map(move |one| Some((number(&one.object["spec"]["port"])?, "TCP"))).chain(targets)
}

/// `shop-pg` of `shop-pg-from-shop.shop`.
fn name_of_target(policy: &Manifest) -> &str {
    let name = policy.name();
    name.split("-from-").next().and_then(|name| name.split("-to-").next()).unwrap_or(name)
}

/// Where proxies send their traces.
fn traces(tree: &Tree) -> BTreeSet<(u16, &'static str)> {
    let policies = tree.of_kind("NetworkPolicy").filter(|policy| policy.name() == "proxy-traces");
    policies
        .flat_map(|policy| each(&policy.object["spec"]["egress"]))
        .flat_map(|rule| each(&rule["ports"]))
        .filter_map(port)
        .collect()
}

fn port(value: &Value) -> Option<(u16, &'static str)> {
    let number = u16::try_from(value["port"].as_u64()?).ok()?;
    Some((number, if value["protocol"] == "UDP" { "UDP" } else { "TCP" }))
}

fn strings(map: &Value) -> BTreeMap<String, String> {
    let none = Map::new();
    map.as_object().unwrap_or(&none).iter().map(|(key, value)| (key.clone(), text(value).to_owned())).collect()
}
