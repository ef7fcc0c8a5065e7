//! Pods that are not yet, or not quite, as pods are.

use std::collections::{BTreeMap, BTreeSet};

use super::List;
use crate::graph::{Graph, VolumeSource};
use crate::mesh;
use crate::register::markdown::{code, codes, text};
use crate::resolve::PLACEHOLDER_DIGEST;

/// Images whose digest is not known.
pub(super) fn without_digest(graph: &Graph) -> List {
    let awaits = |image: &str| Some(image.strip_suffix(PLACEHOLDER_DIGEST)?.trim_end_matches('@').to_owned());
    let mut rows = Vec::new();
    if let Some(version) = awaits(&mesh::proxy_version(&graph.cluster)) {
        rows.push(vec![format!("Linkerd's proxy, {}", code(&version)), "every pod of a service".to_owned()]);
    }
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |image: &str, user: String| {
        if let Some(image) = awaits(image) {
            users.entry(image).or_default().insert(user);
        }
    };
    for service in graph.services.values() {
        for container in service.pod.each_container() {
            add(&container.image, service.id.to_string());
        }
        for volume in service.pod.volumes.values() {
            if let VolumeSource::Image { reference } = &volume.source {
                add(reference, service.id.to_string());
            }
        }
    }
    rows.extend(users.into_iter().map(|(image, users)| vec![code(&image), codes(users)]));
    List {
        title: "Images without a digest",
        says: "The tree has a placeholder where the digests of these images go: they cannot be pulled, and `render --deny-warnings` refuses them. Images of charts, of databases and of pods that services create are in no list: nothing here pins them.",
        columns: &["image", "run by"],
        rows,
        empty: "None: every image has its digest.",
    }
}

/// Containers that nobody asks whether they work.
pub(super) fn unprobed(graph: &Graph) -> List {
    let rows = graph.services.values().flat_map(|service| {
        let containers = service.pod.each_container();
        containers.filter_map(|container| {
            let reason = container.unprobed?;
            Some(vec![code(&service.id.to_string()), code(&container.name), text(reason.as_str())])
        })
    });
    List {
        title: "Containers without a probe",
        says: "Nobody asks these containers whether they work.",
        columns: &["service", "container", "reason"],
        rows: rows.collect(),
        empty: "None: every container that stays has a probe.",
    }
}
