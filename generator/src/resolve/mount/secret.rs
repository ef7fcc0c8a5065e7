//! Fields of secrets, as files.

use std::collections::BTreeSet;

use casemate_dsl::said::Place;
use casemate_dsl::word::Path;
use casemate_dsl::{Item, SecretField};

use super::super::finding::Findings;
use super::Gathered;
use crate::graph::{Id, Mount, Volume, VolumeSource, certificate_secret};

/// The name of the Secret that the operator makes for a service from an item.
pub(crate) fn secret_name(id: Id, item: Item) -> String {
    format!("{}-{}", id.name, item.name())
}

/// Adds an item that the service uses.
pub(in crate::resolve) fn item(findings: &mut Findings, id: Id, gathered: &mut Gathered, item: Item, at: Place) {
    if let Some(other) =
        gathered.items.iter().find(|other| other.name() == item.name() && other.title() != item.title())
    {
        let wrong = format!(
            "two items of this service are named `{}`: one is titled \"{}\", the other \"{}\"",
            item.name(),
            other.title(),
            item.title()
        );
        findings.add(id, at, wrong, "give one of them another name: `item!(\"name\", \"title\")`");
    }
    gathered.items.insert(item);
}

/// A field of a secret as a file at this path.
pub(super) fn secret(
    findings: &mut Findings,
    id: Id,
    gathered: &mut Gathered,
    path: Path,
    at: Place,
    field: SecretField,
) -> Mount {
    let volume = gathered.named(format!("secret-{}", field.item().name()));
    let key = field.field().to_string();
    item(findings, id, gathered, field.item(), at);
    let entry = gathered.volumes.entry(volume.clone()).or_insert_with(|| Volume {
        source: VolumeSource::Secret { secret: secret_name(id, field.item()), keys: BTreeSet::new() },
    });
    if let VolumeSource::Secret { keys, .. } = &mut entry.source {
        keys.insert(key.clone());
    }
    Mount { path: path.to_string(), volume, sub_path: Some(key), read_only: true }
}

/// The certificate of the service's webhooks, as a volume.
pub(super) fn certificate(id: Id, gathered: &mut Gathered) -> String {
    let secret = certificate_secret(id);
    gathered.made.insert(secret.clone());
    let keys = ["tls.crt", "tls.key"].map(str::to_owned).into();
    let volume = gathered.named("webhook-certificate");
    gathered.volumes.insert(volume.clone(), Volume { source: VolumeSource::Secret { secret, keys } });
    volume
}
