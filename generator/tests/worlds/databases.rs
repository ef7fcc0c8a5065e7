//! Databases of random catalogues: one in each namespace, whom it lets in, and who holds its credentials.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::prelude::*;
use casemate_oracle::{Document, World};
use serde_json::Value;

use crate::agreement::{Disagreement, compare, found, port, text, whose};
use crate::identities::{created_id, id};
use crate::plan::{NAMESPACES, Plan, ServicePlan};
use crate::told;

/// The namespace of the operator.
pub(crate) const OPERATOR: &str = "cnpg-system";

/// The Secret that the operator makes, in each namespace.
pub(crate) const SECRET: &str = "store-app";

/// The name of the database of each namespace.
const NAME: &str = "store";

const fn home(namespace: usize) -> Namespace {
    match namespace {
        0 => namespace!("blue"),
        1 => namespace!("red"),
        2 => namespace!("green"),
        3 => namespace!("grey"),
        _ => namespace!("labs"),
    }
}

/// The database of a namespace.
pub(crate) fn database(plan: &Plan, namespace: usize) -> Database {
    let database = CloudNativePg::cluster(name!("store"), home(namespace));
    if plan.migrated.contains(&namespace) { database.called_by(told::MIGRATOR) } else { database }
}

/// The container with the credentials of the database of its namespace, if it calls that.
pub(crate) fn with<W: Workload>(
    container: EndingContainer<W>,
    plan: &Plan,
    service: &ServicePlan,
) -> EndingContainer<W> {
    if !service.databases.contains(&service.namespace()) {
        return container;
    }
    let database = database(plan, service.namespace());
    if service.by_uri {
        return container.env(var!("DATABASE_URL"), database.uri());
    }
    container
        .env(var!("PGHOST"), database.host())
        .env(var!("PGPORT"), database.port())
        .env(var!("PGUSER"), database.username())
        .env(var!("PGPASSWORD"), database.password())
        .env(var!("PGDATABASE"), database.dbname())
}

/// The namespaces whose database somebody calls.
pub(crate) fn called(plan: &Plan) -> BTreeSet<usize> {
    let created = |service: &ServicePlan| service.creates.as_ref().is_some_and(|created| created.database);
    let of_created = plan.services.iter().filter(|service| created(service)).map(ServicePlan::namespace);
    plan.services.iter().flat_map(|service| service.databases.iter().copied()).chain(of_created).collect()
}

/// What the oracle is told of one.
pub(crate) fn surroundings(namespace: usize) -> casemate_oracle::Database {
    casemate_oracle::Database {
        namespace: NAMESPACES[namespace].to_owned(),
        name: NAME.to_owned(),
        labels: BTreeMap::from([("cnpg.io/cluster".to_owned(), NAME.to_owned())]),
        ports: BTreeSet::from([5432, 8000]),
    }
}

/// Who calls which database: the caller, and the namespace of the database.
pub(crate) fn calls(plan: &Plan) -> BTreeSet<(String, &'static str)> {
    let of_one = |service: &ServicePlan| {
        let own = service.databases.iter().map(|namespace| (id(service.identity).to_owned(), NAMESPACES[*namespace]));
        let created = service.creates.iter().filter(|created| created.database);
        let of_created = created.map(|_| (created_id(service.identity).to_owned(), NAMESPACES[service.namespace()]));
        own.chain(of_created).collect::<Vec<_>>()
    };
    plan.services.iter().flat_map(of_one).collect()
}

/// A way that the policies of a database's pods leave open: the namespace of the database, whether it is the way out, who is at the
/// other end, and the port.
type Way = (String, bool, String, u16);

fn declared_ways(plan: &Plan) -> BTreeSet<Way> {
    let mut ways = BTreeSet::new();
    for namespace in called(plan) {
        let home = NAMESPACES[namespace];
        let mut open = |out: bool, other: &str, port: u16| ways.insert((home.to_owned(), out, other.to_owned(), port));
        let instances = format!("{home} cnpg.io/cluster=store");
        open(false, &instances, 5432);
        open(true, &instances, 5432);
        open(true, "192.168.1.10/32", 6443);
        open(false, "cnpg-system app.kubernetes.io/name=cloudnative-pg", 8000);
        if plan.migrated.contains(&namespace) {
            open(false, "migrations app=migrator", 5432);
        }
    }
    for (caller, home) in calls(plan) {
        let (namespace, name) = caller.split_once('/').expect("an id has a slash");
        ways.insert((home.to_owned(), false, format!("{namespace} app.kubernetes.io/name={name}"), 5432));
    }
    ways
}

fn rendered_ways(world: &World) -> BTreeSet<Way> {
    let mut ways = BTreeSet::new();
    let own = |policy: &&Document| policy.value["spec"]["podSelector"]["matchLabels"]["cnpg.io/cluster"] == NAME;
    for policy in found(world, "NetworkPolicy").filter(own) {
        let home = policy.namespace.clone().unwrap_or_default();
        for (out, rules, ends) in [(false, "ingress", "from"), (true, "egress", "to")] {
            for rule in policy.value["spec"][rules].as_array().into_iter().flatten() {
                let others = rule[ends].as_array().cloned().unwrap_or_else(|| vec![Value::Null]);
                let ports = rule["ports"].as_array().cloned().unwrap_or_else(|| vec![Value::Null]);
                for other in &others {
                    let open = ports.iter().map(|on| (home.clone(), out, end(other), port(&on["port"])));
                    ways.extend(open);
                }
            }
        }
    }
    ways
}

/// The other end of a way, as a sentence.
fn end(other: &Value) -> String {
    if let Some(block) = other["ipBlock"]["cidr"].as_str() {
        return block.to_owned();
    }
    let namespace = text(&other["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]);
    let labels = other["podSelector"]["matchLabels"].as_object().into_iter().flatten();
    let labels: Vec<_> = labels.map(|(key, value)| format!("{key}={}", text(value))).collect();
    format!("{namespace} {}", labels.join(","))
}

/// Who holds which credential: the service, and the key.
fn declared_credentials(plan: &Plan) -> BTreeSet<(String, String)> {
    let holding = plan.services.iter().filter(|service| service.databases.contains(&service.namespace()));
    holding
        .flat_map(|service| {
            let parts: &[&str] =
                if service.by_uri { &["uri"] } else { &["host", "port", "username", "password", "dbname"] };
            parts.iter().map(|key| (id(service.identity).to_owned(), (*key).to_owned()))
        })
        .collect()
}

/// Every key of such a Secret that stands anywhere in a workload.
fn rendered_credentials(world: &World) -> BTreeSet<(String, String)> {
    fn collect(value: &Value, keys: &mut Vec<String>) {
        if value["secretKeyRef"]["name"] == SECRET {
            keys.push(text(&value["secretKeyRef"]["key"]));
        }
        if value["secretName"] == SECRET || value["secretRef"]["name"] == SECRET {
            keys.push("all of them".to_owned());
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| collect(item, keys)),
            Value::Object(map) => map.values().for_each(|item| collect(item, keys)),
            _ => {}
        }
    }
    let mut held = BTreeSet::new();
    for document in world.documents() {
        let mut keys = Vec::new();
        collect(&document.value, &mut keys);
        held.extend(keys.into_iter().map(|key| (owner(document), key)));
    }
    held
}

/// `namespace/name` of the service that an object is of, whose name may have a hash.
pub(crate) fn owner(document: &Document) -> String {
    match document.value["metadata"]["labels"]["app.kubernetes.io/name"].as_str() {
        Some(name) => format!("{}/{name}", document.namespace.as_deref().unwrap_or_default()),
        None => whose(document),
    }
}

/// Where the tree and the plan disagree.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    [
        compare("databases", &rendered_ways(world), &declared_ways(plan)),
        compare("credentials", &rendered_credentials(world), &declared_credentials(plan)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
