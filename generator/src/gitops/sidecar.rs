//! The plugin's sidecar: what its image is made of, and how Argo CD's chart runs it. None of it is an object, and no Application reads it.

use casemate_dsl::Plugin;
use serde_json::json;

use super::application::PLUGIN;
use crate::graph::Facts;
use crate::manifest::Place;
use crate::render::File;
use crate::yaml;

/// The directory of it, which no Application reads.
pub(crate) const DIRECTORY: &str = "argocd/plugin";

/// Where the program is in the image.
const PROGRAM: &str = "/usr/local/bin/casemate";

/// Argo CD's user, who owns the directory of the sockets.
const USER: u32 = 999;

/// The files, if Argo CD reads the tree through the plugin.
pub(crate) fn sidecar(facts: &Facts) -> Vec<File> {
    let Some(Plugin { image }) = facts.plugin else { return Vec::new() };
    let place = Place::of_cluster(facts.name, DIRECTORY);
    let directory = format!("{}/{}", facts.argocd.directory.as_str().trim_matches('/'), place.directory());
    let header = format!("# Rendered by Casemate: edit the declaration of cluster {}, not this file.\n", facts.name);
    let file = |name: &str, text: String| File {
        directory: place.directory().into(),
        name: name.to_owned(),
        text: format!("{header}{text}"),
        title: None,
        keeps_data: false,
    };
    vec![
        file("Containerfile", containerfile(directory.trim_start_matches('/'), image.as_str())),
        file("plugin-generate.yaml", to_yaml(&plugin("generate"))),
        file("plugin.yaml", to_yaml(&plugin("guard"))),
        file("values.yaml", to_yaml(&json!({"repoServer": repo_server(image.as_str())}))),
    ]
}

/// Argo CD, *Config Management Plugins*. No `discover`: it runs where an Application names it, and nowhere else. No parameters, no
/// credentials of Git, and no version, which would become part of its name and which Argo CD 4 refuses. The name is the one by which
/// Applications ask, whatever answers: who runs the sidecar decides that.
fn plugin(command: &str) -> serde_json::Value {
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "ConfigManagementPlugin",
        "metadata": {"name": PLUGIN},
        "spec": {
            "generate": {"command": [PROGRAM, "plugin", command]},
            "provideGitCreds": false,
        },
    })
}

/// Nothing is in the image but the program and its `plugin.yaml`: no shell, no package, no base image whose digest would have to be followed.
/// Argo CD's own program, which listens and calls it, comes from the pod's volume, and needs nothing either. The last stage is what is built unless
/// another one is named.
fn containerfile(directory: &str, image: &str) -> String {
    let tag = image.split_once('@').map_or(image, |(tag, _)| tag);
    let stage = |name: &str, plugin: &str| {
        format!(
            "FROM scratch AS {name}\n\
             COPY --chmod=0555 target/x86_64-unknown-linux-musl/release/casemate {PROGRAM}\n\
             COPY --chmod=0444 {directory}/{plugin} /home/argocd/cmp-server/config/plugin.yaml\n\
             USER {USER}:{USER}\n"
        )
    };
    format!(
        "#\n\
         # In the root of the repository, with a program that needs no library of the image:\n\
         #   cargo build --release --locked --target x86_64-unknown-linux-musl\n\
         #   podman build --file {directory}/Containerfile --tag {tag} .\n\
         # An image that generates is another one, with a tag of its own: --target generate\n\
         {}{}",
        stage("generate", "plugin-generate.yaml"),
        stage("guard", "plugin.yaml"),
    )
}

/// What Argo CD's chart is told of its repo server. The container keeps the rules that services keep. Its `/tmp` is its own: the
/// repository is copied there, and the repo server's would hold those of other plugins, too.
pub(crate) fn repo_server(image: &str) -> serde_json::Value {
    json!({
        "extraContainers": [{
            "name": PLUGIN,
            "image": image,
            "command": ["/var/run/argocd/argocd-cmp-server"],
            "securityContext": {
                "allowPrivilegeEscalation": false,
                "capabilities": {"drop": ["ALL"]},
                "readOnlyRootFilesystem": true,
                "runAsGroup": USER,
                "runAsNonRoot": true,
                "runAsUser": USER,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "resources": {
                "requests": {"cpu": "50m", "memory": "64Mi"},
                "limits": {"memory": "256Mi"},
            },
            "volumeMounts": [
                {"name": "var-files", "mountPath": "/var/run/argocd", "readOnly": true},
                {"name": "plugins", "mountPath": "/home/argocd/cmp-server/plugins"},
                {"name": "casemate-tmp", "mountPath": "/tmp"},
            ],
        }],
        "volumes": [{"name": "casemate-tmp", "emptyDir": {"sizeLimit": "1Gi"}}],
    })
}

#[expect(clippy::expect_used, reason = "texts, numbers and truth values have a YAML form")]
fn to_yaml(value: &serde_json::Value) -> String {
    yaml::to_yaml(value).expect("the value has a YAML form")
}
