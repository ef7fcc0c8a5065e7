//! Pods as the tree's workloads will make them.

use serde_json::Value;

use crate::field::{at, has, list, number, pairs, text};
use crate::peers::Database;
use crate::selector::{Labels, selects};
use crate::world::Document;

/// A workload and the template of its pods.
#[derive(Clone, Debug)]
pub(crate) struct Workload<'a> {
    pub(crate) document: &'a Document,
    pub(crate) labels: Labels<'a>,
    pub(crate) annotations: Labels<'a>,
    pub(crate) template: &'a Value,
    pub(crate) spec: &'a Value,
    account: &'a str,
    /// TCP ports of pods that the tree says nothing else about.
    told: Vec<i64>,
}

/// Where each kind of workload keeps its template.
const TEMPLATES: [(&str, &str); 6] = [
    ("Deployment", "spec.template"),
    ("StatefulSet", "spec.template"),
    ("DaemonSet", "spec.template"),
    ("ReplicaSet", "spec.template"),
    ("Job", "spec.template"),
    ("CronJob", "spec.jobTemplate.spec.template"),
];

impl<'a> Workload<'a> {
    /// The workload that a document is, if it is one.
    pub(crate) fn of(document: &'a Document) -> Option<Self> {
        let (_, path) = TEMPLATES.iter().find(|(kind, _)| *kind == document.kind)?;
        let template = at(&document.value, path);
        Some(Self {
            document,
            labels: pairs(template, "metadata.labels").into_iter().collect(),
            annotations: pairs(template, "metadata.annotations").into_iter().collect(),
            template,
            spec: at(template, "spec"),
            account: text(template, "spec.serviceAccountName"),
            told: Vec::new(),
        })
    }

    /// Pods that a service creates while it runs: what the tree has of them is their account, and Servers for their ports.
    pub(crate) fn created(account: &'a Document, servers: &[&Document]) -> Self {
        let labels = Labels::from([("app.kubernetes.io/name", account.name.as_str())]);
        let own = servers.iter().filter(|server| {
            server.space() == account.space() && selects(at(&server.value, "spec.podSelector"), &labels)
        });
        Self {
            document: account,
            told: own.filter_map(|server| number(&server.value, "spec.port")).collect(),
            labels,
            annotations: Labels::new(),
            template: &Value::Null,
            spec: &Value::Null,
            account: &account.name,
        }
    }

    /// A database's pods: what the tree has of them are their policies.
    pub(crate) fn operated(isolation: &'a Document, database: &'a Database) -> Self {
        Self {
            document: isolation,
            labels: database.labels.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect(),
            annotations: Labels::from([("linkerd.io/inject", "disabled")]),
            template: &Value::Null,
            spec: &Value::Null,
            account: "",
            told: database.ports.iter().map(|port| i64::from(*port)).collect(),
        }
    }

    /// Whether the tree says what its pods are.
    pub(crate) fn has_template(&self) -> bool {
        !self.template.is_null()
    }

    pub(crate) fn namespace(&self) -> &'a str {
        self.document.space()
    }

    /// The name of whom the pods are: that of the workload, but for a Job's, which bears a hash, too.
    pub(crate) fn name(&self) -> &'a str {
        self.labels.get("app.kubernetes.io/name").copied().unwrap_or(&self.document.name)
    }

    /// `namespace/name`.
    pub(crate) fn id(&self) -> String {
        format!("{}/{}", self.document.space(), self.name())
    }

    pub(crate) fn account(&self) -> &'a str {
        self.account
    }

    /// All containers: those that run before, too.
    pub(crate) fn containers(&self) -> impl Iterator<Item = &'a Value> + use<'a> {
        list(self.spec, "initContainers").iter().chain(list(self.spec, "containers"))
    }

    /// The TCP ports that the pod's containers serve.
    pub(crate) fn ports(&self) -> Vec<i64> {
        self.served().into_iter().filter(|(protocol, _)| *protocol == "TCP").map(|(_, port)| port).collect()
    }

    /// All ports that the pod's containers serve, each with its protocol.
    pub(crate) fn served(&self) -> Vec<(&'a str, i64)> {
        self.containers().flat_map(served_by).chain(self.told.iter().map(|port| ("TCP", *port))).collect()
    }

    pub(crate) fn volumes(&self) -> &'a [Value] {
        list(self.spec, "volumes")
    }

    /// Whether it is a Deployment or a `StatefulSet`: of so many pods as it says, or as an autoscaler does.
    pub(crate) fn is_replicated(&self) -> bool {
        ["Deployment", "StatefulSet"].contains(&self.document.kind.as_str())
    }

    /// How many pods there are at least; none for what does not run all the time, or once a node.
    pub(crate) fn replicas(&self) -> Option<i64> {
        self.is_replicated().then(|| number(&self.document.value, "spec.replicas").unwrap_or(1))
    }

    /// The claims that each pod of a `StatefulSet` gets for itself.
    pub(crate) fn claim_templates(&self) -> &'a [Value] {
        list(&self.document.value, "spec.volumeClaimTemplates")
    }

    /// The specification of the Job that it is, or makes.
    pub(crate) fn job(&self) -> Option<&'a Value> {
        match self.document.kind.as_str() {
            "Job" => Some(at(&self.document.value, "spec")),
            "CronJob" => Some(at(&self.document.value, "spec.jobTemplate.spec")),
            _ => None,
        }
    }

    /// Whether two views are of one document.
    pub(crate) fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document)
    }

    /// Names of Secrets that the pod refers to, in any way.
    pub(crate) fn secrets(&self) -> Vec<&'a str> {
        let pull = list(self.spec, "imagePullSecrets").iter().map(|secret| text(secret, "name"));
        self.data_secrets().into_iter().chain(pull).collect()
    }

    /// Names of Secrets that the pod reads, those for pulling images aside.
    pub(crate) fn data_secrets(&self) -> Vec<&'a str> {
        let volumes = self.volumes().iter().map(|volume| text(volume, "secret.secretName"));
        let files = self.volumes().iter().flat_map(|volume| list(volume, "projected.sources"));
        let files = files.map(|source| text(source, "secret.name"));
        let variables = self.variables().map(|variable| text(variable, "valueFrom.secretKeyRef.name"));
        volumes.chain(files).chain(variables).filter(|name| !name.is_empty()).collect()
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.containers().flat_map(|container| list(container, "env"))
    }

    /// Whether a token for the API server is projected: one without an audience of its own.
    pub(crate) fn has_api_token(&self) -> bool {
        self.token_sources().any(|token| !has(token, "audience"))
    }

    pub(crate) fn token_sources(&self) -> impl Iterator<Item = &'a Value> + use<'a> {
        let sources = self.volumes().iter().flat_map(|volume| list(volume, "projected.sources"));
        sources.map(|source| at(source, "serviceAccountToken")).filter(|token| !token.is_null())
    }
}

/// The TCP ports that one container serves.
pub(crate) fn ports_of(container: &Value) -> impl Iterator<Item = i64> + use<'_> {
    served_by(container).filter(|(protocol, _)| *protocol == "TCP").map(|(_, port)| port)
}

/// The ports that one container serves, each with its protocol.
pub(crate) fn served_by(container: &Value) -> impl Iterator<Item = (&str, i64)> + use<'_> {
    list(container, "ports").iter().filter_map(|port| Some((protocol(port), number(port, "containerPort")?)))
}

/// The protocol of a port, in any list of ports: TCP unless it says another.
pub(crate) fn protocol(port: &Value) -> &str {
    if has(port, "protocol") { text(port, "protocol") } else { "TCP" }
}

/// Whether a container that runs before the others is a sidecar, which runs beside them.
pub(crate) fn is_sidecar(container: &Value) -> bool {
    text(container, "restartPolicy") == "Always"
}

/// Whether a container states the amount that a field of its resources names.
pub(crate) fn states(container: &Value, field: &str) -> bool {
    let amounts = at(container, "resources");
    let named = field.split_once('.').and_then(|(of, resource)| amounts.get(of)?.get(resource));
    named.is_some()
}
