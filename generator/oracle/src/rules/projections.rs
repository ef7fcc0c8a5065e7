//! Volumes that gather files, and images as volumes.

use serde_json::Value;

use super::CrossRule;
use crate::field::{at, has, list, text};
use crate::scene::{Findings, Scene};
use crate::workload::{Workload, states};

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "file-once",
        sentence: "no two files of a volume are at one place, and none is below another",
        check: file_once,
    },
    CrossRule {
        name: "projected-mode",
        sentence: "a volume of gathered files is for the pod's group alone exactly if it holds a secret or a token",
        check: projected_mode,
    },
    CrossRule {
        name: "token-alone",
        sentence: "a token for the API server stands beside the namespace and the root certificate, and nothing else",
        check: token_alone,
    },
    CrossRule {
        name: "file-of-container",
        sentence: "a file about resources is about a container of the pod that states them",
        check: file_of_container,
    },
    CrossRule {
        name: "image-volume-version",
        sentence: "images are mounted where Kubernetes is 1.35 or newer",
        check: image_volume_version,
    },
];

fn each_volume<'a>(scene: &Scene<'a>, mut visit: impl FnMut(&Workload<'a>, &'a Value)) {
    for workload in &scene.workloads {
        workload.volumes().iter().for_each(|volume| visit(workload, volume));
    }
}

/// The places of a volume's files; none for what is mounted whole.
fn places(volume: &Value) -> Vec<&str> {
    let whole = ["configMap", "secret"].into_iter().map(|source| at(volume, source));
    let gathered = list(volume, "projected.sources")
        .iter()
        .flat_map(|source| ["configMap", "secret", "downwardAPI"].into_iter().map(move |kind| at(source, kind)));
    let files = whole.chain(gathered).flat_map(|source| list(source, "items")).map(|item| text(item, "path"));
    let tokens = list(volume, "projected.sources").iter().map(|source| text(source, "serviceAccountToken.path"));
    files.chain(tokens.filter(|path| !path.is_empty())).collect()
}

fn file_once(scene: &Scene<'_>, findings: &mut Findings) {
    each_volume(scene, |workload, volume| {
        let places = places(volume);
        for (index, one) in places.iter().enumerate() {
            let below = |path: &str, parent: &str| path.starts_with(&format!("{parent}/"));
            let clash = |other: &&&str| one == *other || below(one, other) || below(other, one);
            if let Some(other) = places.iter().skip(index + 1).find(clash) {
                let sentence = format!("`{one}` and `{other}` cannot both be in `{}`", text(volume, "name"));
                findings.push(workload.document.finding("file-once", sentence));
            }
        }
    });
}

fn projected_mode(scene: &Scene<'_>, findings: &mut Findings) {
    each_volume(scene, |workload, volume| {
        let mut sources = list(volume, "projected.sources").iter();
        let is_secret = sources.any(|source| has(source, "secret") || has(source, "serviceAccountToken"));
        if has(volume, "projected") && is_secret != has(volume, "projected.defaultMode") {
            let sentence = format!("the mode of `{}` is not that of what it holds", text(volume, "name"));
            findings.push(workload.document.finding("projected-mode", sentence));
        }
    });
}

fn token_alone(scene: &Scene<'_>, findings: &mut Findings) {
    each_volume(scene, |workload, volume| {
        let sources = list(volume, "projected.sources");
        if !sources.iter().any(|source| has(source, "serviceAccountToken")) {
            return;
        }
        let mut places = places(volume);
        places.sort_unstable();
        let maps = sources.iter().map(|source| text(source, "configMap.name")).filter(|name| !name.is_empty());
        let foreign = maps.filter(|name| *name != "kube-root-ca.crt").count() > 0;
        if places != ["ca.crt", "namespace", "token"] || foreign || sources.iter().any(|source| has(source, "secret")) {
            let sentence = format!("`{}` holds {places:?}", text(volume, "name"));
            findings.push(workload.document.finding("token-alone", sentence));
        }
    });
}

fn file_of_container(scene: &Scene<'_>, findings: &mut Findings) {
    each_volume(scene, |workload, volume| {
        let items = list(volume, "projected.sources").iter().flat_map(|source| list(source, "downwardAPI.items"));
        for reference in items.map(|item| at(item, "resourceFieldRef")).filter(|reference| !reference.is_null()) {
            let name = text(reference, "containerName");
            let own = workload.containers().find(|container| text(container, "name") == name);
            if !own.is_some_and(|container| states(container, text(reference, "resource"))) {
                let sentence = format!("`{name}` does not state {}", text(reference, "resource"));
                findings.push(workload.document.finding("file-of-container", sentence));
            }
        }
    });
}

/// The minor version of Kubernetes to whose standard a namespace is held.
fn minor_version(scene: &Scene<'_>, namespace: &str) -> Option<u32> {
    let namespace = scene.namespaces().find(|found| found.name == namespace)?;
    let version = at(&namespace.value, "metadata.labels").get("pod-security.kubernetes.io/enforce-version")?;
    version.as_str()?.strip_prefix("v1.")?.parse().ok()
}

fn image_volume_version(scene: &Scene<'_>, findings: &mut Findings) {
    each_volume(scene, |workload, volume| {
        if has(volume, "image") && minor_version(scene, workload.namespace()).is_none_or(|minor| minor < 35) {
            let sentence = format!("Kubernetes cannot mount the image of `{}` yet", text(volume, "name"));
            findings.push(workload.document.finding("image-volume-version", sentence));
        }
    });
}
