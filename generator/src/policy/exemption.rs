//! Whom a policy lets pass although its rule is broken.
//!
//! An exemption is data. The policy gets a variable from it, whose name begins with [`PREFIX`], and the register a row; neither is
//! written by hand, and nothing else in a policy lets somebody pass. Each is there for something that is declared and cannot keep the
//! rule: without that it is not rendered.

use std::collections::BTreeSet;

use super::question::{Question, named, texts};
use super::questions::{Known, Operator};
use super::tier::Tier;
use crate::graph::Graph;
use crate::model::Rule;

/// What the variables of exemptions begin with, and no others.
pub(crate) const PREFIX: &str = "exempt_";

/// The container that runs as the proxy's number.
pub(super) const PROXY: &str = "linkerd-proxy";

/// Somebody who passes.
#[derive(Clone, Debug)]
pub(super) struct Exempt {
    /// The variable of the policy.
    pub(super) variable: &'static str,
    /// What it holds: whether an object is let pass, or the names of those who are.
    pub(super) expression: String,
    whom: Whom,
    reason: &'static str,
}

/// Who it is.
#[derive(Clone, Debug)]
enum Whom {
    /// Pods of declared databases, by the label of this key: `namespace/name` of each.
    Databases(String, BTreeSet<String>),
    /// The accounts of this group, in the namespaces of declared databases.
    DatabaseOperator(String, BTreeSet<String>),
    /// The container that the mesh injects.
    Proxy(Tier),
    /// The Service of the API server itself.
    ApiServer,
    /// The roles that Kubernetes makes for itself.
    RolesOfKubernetes,
}

/// An exemption with everything that a reviewer asks about it.
#[derive(Debug)]
pub(crate) struct Exemption {
    /// The policy.
    pub(crate) policy: String,
    /// Its variable.
    pub(crate) variable: &'static str,
    /// What the variable holds.
    pub(crate) expression: String,
    /// The namespaces in which it counts; none where it counts in all that the policy looks into.
    pub(crate) namespaces: BTreeSet<String>,
    /// Who passes, with names as code.
    pub(crate) who: String,
    /// Why.
    pub(crate) reason: &'static str,
    /// What would be refused or reported without it: kind, and name with namespace.
    pub(crate) needed_by: Vec<(&'static str, String)>,
}

impl Question {
    /// Lets somebody pass who breaks the rule.
    pub(super) fn lets_pass(&mut self, exempt: Option<Exempt>) {
        if let Some(exempt) = exempt {
            self.holds = format!("variables.{} || {}", exempt.variable, self.holds);
            self.exempt(exempt);
        }
    }

    /// Has a variable of whom the question itself lets pass.
    pub(super) fn exempt(&mut self, exempt: Exempt) {
        self.variables.push(named(exempt.variable, exempt.expression.clone()));
        self.exempt.push(exempt);
    }
}

/// Why the pods of a database among services do not keep a rule: its operator makes them.
const fn of_databases(rule: Rule) -> Option<&'static str> {
    match rule {
        Rule::InjectedProxy => Some("PostgreSQL speaks TLS itself, and its `Cluster` keeps it out of the mesh"),
        Rule::OurMeshSettings => {
            Some("its `Cluster` says `linkerd.io/inject: disabled`; every other setting is refused")
        }
        Rule::NoUnaskedToken => Some("its instance manager follows its `Cluster` through the API server"),
        Rule::TagAndDigest => Some("its operator starts it from the operator's own image, by tag"),
        _ => None,
    }
}

/// Pods of declared databases, where their operator breaks a rule. There are none but among services.
pub(super) fn databases(rule: Rule, known: &Known, tier: Tier) -> Option<Exempt> {
    let (label, databases) = known.databases.as_ref().filter(|_| tier == Tier::Services)?;
    let own = format!("request.namespace + '/' + object.metadata.?labels[?'{label}'].orValue('')");
    Some(Exempt {
        variable: "exempt_databases",
        expression: format!("object.kind == 'Pod' && ({own}) in {}", texts(databases)),
        whom: Whom::Databases(label.clone(), databases.clone()),
        reason: of_databases(rule)?,
    })
}

/// The operator of databases, which writes roles for their pods.
pub(super) fn database_operator(known: &Known) -> Option<Exempt> {
    let operator = known.cloud_native_pg.as_ref()?;
    let Operator { group, namespaces } = operator;
    Some(Exempt {
        variable: "exempt_database_operator",
        expression: operator.asks()?,
        whom: Whom::DatabaseOperator(group.clone(), namespaces.clone()),
        reason: "the role that it writes for a database reads the Secrets of that database, by name",
    })
}

/// The mesh's proxy, which runs as its own number.
pub(super) fn proxy(tier: Tier) -> Exempt {
    Exempt {
        variable: "exempt_proxy",
        expression: texts([PROXY]),
        whom: Whom::Proxy(tier),
        reason: "it is the proxy, which the rules of the pod's network know by this number",
    }
}

/// What the API server makes for itself.
pub(super) fn api_server() -> Exempt {
    Exempt {
        variable: "exempt_api_server",
        expression: "request.namespace == 'default' && object.metadata.name == 'kubernetes'".to_owned(),
        whom: Whom::ApiServer,
        reason: "the API server makes it, and keeps its endpoints itself",
    }
}

/// What Kubernetes brings along.
pub(super) fn roles_of_kubernetes() -> Exempt {
    Exempt {
        variable: "exempt_kubernetes",
        expression: "object.metadata.name.startsWith('system:') || object.metadata.name.startsWith('kubeadm:') \
                     || object.metadata.name in ['cluster-admin', 'admin', 'edit', 'view']"
            .to_owned(),
        whom: Whom::RolesOfKubernetes,
        reason: "Kubernetes brings them along, and restores them when it starts",
    }
}

impl Exempt {
    /// The exemption, of a policy.
    pub(super) fn of(self, policy: String, known: &Known, graph: &Graph) -> Exemption {
        let Self { variable, expression, whom, reason } = self;
        let namespace_of = |id: &String| id.split_once('/').map_or_else(|| id.clone(), |(of, _)| of.to_owned());
        let (namespaces, who, needed_by) = match whom {
            Whom::Databases(label, ids) => (
                ids.iter().map(namespace_of).collect(),
                format!("pods of declared databases, by their label `{label}`"),
                // The operator numbers instances from 1.
                ids.iter().map(|id| ("Pod", format!("{id}-1"))).collect(),
            ),
            Whom::DatabaseOperator(group, namespaces) => {
                let databases = known.databases.iter().flat_map(|(_, ids)| ids);
                let needed_by = databases.map(|id| ("Role", id.clone())).collect();
                (namespaces, format!("roles that an account of the group `{group}` writes"), needed_by)
            }
            Whom::Proxy(tier) => {
                (BTreeSet::new(), format!("the container `{PROXY}` of a pod"), vec![("Pod", injected(tier, graph))])
            }
            Whom::ApiServer => (
                BTreeSet::from(["default".to_owned()]),
                "the Service `kubernetes`".to_owned(),
                vec![("Service", "default/kubernetes".to_owned())],
            ),
            Whom::RolesOfKubernetes => (
                BTreeSet::new(),
                "roles and bindings that are named `system:…`, `kubeadm:…`, `cluster-admin`, `admin`, `edit` or `view`"
                    .to_owned(),
                vec![("ClusterRole", "cluster-admin".to_owned())],
            ),
        };
        Exemption { policy, variable, expression, namespaces, who, reason, needed_by }
    }
}

/// Whose pods have a proxy: a service's, and on the platform those of the mesh itself.
fn injected(tier: Tier, graph: &Graph) -> String {
    let of_the_mesh = || format!("{}/linkerd-destination", graph.cluster.linkerd.namespace);
    match tier {
        Tier::Services => graph.services.keys().next().map_or_else(of_the_mesh, ToString::to_string),
        Tier::Platform => of_the_mesh(),
    }
}
