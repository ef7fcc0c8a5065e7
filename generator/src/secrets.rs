//! Layer 5 of the security model, secret management: items from which the 1Password operator makes Secrets. Nothing else does.

use casemate_dsl::Item;
use casemate_dsl::word::{Namespace, Vault};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;

use crate::graph::{Graph, Kind, NamespaceNode, Service};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};
use crate::resolve::{pull_secret_name, secret_name};

/// The operator copies `type` to the Secret; it stands beside `spec`, not in it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OnePasswordItem {
    api_version: &'static str,
    kind: &'static str,
    metadata: ObjectMeta,
    #[serde(rename = "type")]
    type_: &'static str,
    spec: OnePasswordItemSpec,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OnePasswordItemSpec {
    item_path: String,
}

/// The items of one service.
pub(crate) fn manifests(graph: &Graph, service: &Service, place: &Place) -> Vec<Manifest> {
    service
        .items
        .iter()
        .map(|item| {
            let name = secret_name(service.id, *item);
            let mut metadata = meta::of_service(service.id, name, Wave::Foundation, Treatment::Custom);
            // The operator restarts Deployments, and nothing else, when the item changes.
            if matches!(service.kind, Kind::Deployment { .. }) {
                metadata
                    .annotations
                    .get_or_insert_default()
                    .insert("operator.1password.io/auto-restart".to_owned(), "true".to_owned());
            }
            place.manifest(&one_password_item(metadata, "Opaque", graph.cluster.vault, *item))
        })
        .collect()
}

/// The items that hold credentials of registries.
pub(crate) fn pull_secrets(graph: &Graph, namespace: Namespace, node: &NamespaceNode, place: &Place) -> Vec<Manifest> {
    node.pulls
        .iter()
        .map(|item| {
            let metadata = meta::of_namespace(namespace, pull_secret_name(*item), Wave::Foundation, Treatment::Custom);
            place.manifest(&one_password_item(metadata, "kubernetes.io/dockerconfigjson", graph.cluster.vault, *item))
        })
        .collect()
}

/// The resource from which the operator makes a Secret of its name.
pub(crate) fn one_password_item(
    metadata: ObjectMeta,
    type_: &'static str,
    vault: Vault,
    item: Item,
) -> OnePasswordItem {
    OnePasswordItem {
        api_version: "onepassword.com/v1",
        kind: "OnePasswordItem",
        metadata,
        type_,
        spec: OnePasswordItemSpec { item_path: format!("vaults/{vault}/items/{}", item.title()) },
    }
}
