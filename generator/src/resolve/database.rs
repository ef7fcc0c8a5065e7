//! Databases that an operator runs among services: declared in one way, by an operator that the cluster has.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::because;
use casemate_dsl::said::Place;
use casemate_dsl::view::{Database, DatabaseField, DatabaseKey, PeerMesh, Protocol};
use casemate_dsl::word::{Name, Namespace, Reason};

use super::Namespaces;
use super::finding::Findings;
use super::inbound;
use super::peer::Peers;
use crate::graph::{DatabaseNode, Facts, Id, POSTGRES, PeerNode};

/// Why a database's edges are not mutual TLS.
const UNMESHED: Reason = because!("its operator keeps it out of the mesh, PostgreSQL speaks TLS itself");

/// The name of the Secret that the operator makes for the owner of a database. *CloudNativePG: Connecting from an application*.
pub(super) fn secret_name(database: Name) -> String {
    format!("{database}-app")
}

/// The key of a credential in that Secret.
pub(super) const fn key(key: DatabaseKey) -> &'static str {
    match key {
        DatabaseKey::Uri => "uri",
        DatabaseKey::Username => "username",
        DatabaseKey::Password => "password",
        DatabaseKey::Host => "host",
        DatabaseKey::Port => "port",
        DatabaseKey::Dbname => "dbname",
    }
}

/// A database as the end of an edge.
pub(super) fn node(database: &Database) -> PeerNode {
    PeerNode {
        namespace: database.namespace.as_name(),
        service: database.service,
        port: POSTGRES,
        pod_port: POSTGRES,
        protocol: Protocol::Tcp,
        labels: BTreeSet::from([database.label]),
        mesh: PeerMesh::Unmeshed { reason: UNMESHED },
    }
}

/// A credential is read where it lies.
pub(super) fn check_field(findings: &mut Findings, id: Id, field: &DatabaseField, at: Place) {
    let DatabaseField { database, key: _, seal: _ } = field;
    if database.namespace != id.namespace {
        let wrong = format!(
            "reads a credential of {}/{}, and no pod reads a Secret of another namespace",
            database.namespace, database.name
        );
        let instead = "run the service beside its database, or take the credential from 1Password and say `.calls(DB)`";
        findings.add(id, at, wrong, instead);
    }
}

/// The databases that services name.
#[derive(Debug, Default)]
pub(super) struct Databases(BTreeMap<(Namespace, Name), (Database, Place, BTreeSet<Id>)>);

impl Databases {
    /// Adds a database that `id` calls.
    pub(super) fn add(&mut self, findings: &mut Findings, id: Id, at: Place, database: &Database) {
        let key = (database.namespace, database.name);
        let (first, place, callers) = self.0.entry(key).or_insert_with(|| (database.clone(), at, BTreeSet::new()));
        callers.insert(id);
        if first != database {
            let wrong = format!(
                "the database {}/{} has other callers than at {}:{}",
                database.namespace,
                database.name,
                place.file(),
                place.line()
            );
            findings.add(id, at, wrong, "declare the `Database` once, as a constant, and name it");
        }
    }

    /// Gives each database to its namespace.
    pub(super) fn into_namespaces(
        self,
        findings: &mut Findings,
        facts: &Facts,
        peers: &mut Peers,
        namespaces: &mut Namespaces,
    ) {
        for ((namespace, name), (database, at, services)) in self.0 {
            let Some(whose) = services.first().copied() else { continue };
            if facts.cloud_native_pg.is_none() {
                let wrong =
                    format!("calls the database {namespace}/{name}, and this cluster declares no CloudNativePG");
                let instead = "say where it runs, at the cluster: `.cloud_native_pg(name!(\"cnpg-system\"))`";
                findings.add(whose, at, wrong, instead);
            }
            let Some(node) = namespaces.get_mut(&namespace) else {
                let wrong = format!("calls the database {namespace}/{name}, and no service runs in that namespace");
                let instead = "a database among services lies beside one of them; declare any other as a `Peer`";
                findings.add(whose, at, wrong, instead);
                continue;
            };
            let Database { name: _, namespace: _, service: _, label, callers } = database;
            let callers: BTreeSet<_> = callers.into_iter().map(inbound::peer).collect();
            for caller in &callers {
                peers.check_caller(findings, whose, at, caller);
            }
            node.databases.insert(name, DatabaseNode { label, services, callers });
        }
    }
}
