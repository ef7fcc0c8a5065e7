//! The config management plugin, and its sidecar. Written from *Config Management Plugins* of Argo CD's manual and from the values of its chart.

use serde_json::{Value, json};

use super::CrossRule;
use super::gitops::owner;
use crate::field::{at, has, list, text, texts};
use crate::finding::Finding;
use crate::scene::{Findings, Scene};
use crate::yaml;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "application-tool",
        sentence: "an Application reads its folder plainly or by the plugin, and what everything starts from reads it plainly",
        check: application_tool,
    },
    CrossRule {
        name: "plugin-sidecar",
        sentence: "where an Application asks for the plugin, the tree has what its sidecar is made of: a program and nothing else, as services run",
        check: plugin_sidecar,
    },
];

const PLUGIN: &str = "spec.source.plugin";

fn application_tool(scene: &Scene<'_>, findings: &mut Findings) {
    for application in scene.of_kind("Application").iter().copied() {
        let is_guarded = has(&application.value, PLUGIN);
        if has(&application.value, "spec.source.directory") == is_guarded {
            findings.push(application.finding("application-tool", "it names no tool, or two"));
        }
        // Argo CD's own chart is one of the platform's: by way of it the sidecar is mended.
        if is_guarded && (owner(scene, application).is_none() || application.name == "platform") {
            findings.push(
                application.finding("application-tool", "the plugin is mended by it, and it asks for the plugin"),
            );
        }
    }
}

fn plugin_sidecar(scene: &Scene<'_>, findings: &mut Findings) {
    let mut find = |path: &str, sentence: &str| {
        let (path, sentence) = (path.to_owned(), sentence.to_owned());
        findings.push(Finding { path, object: String::new(), rule: "plugin-sidecar", sentence });
    };
    let guarded = scene.of_kind("Application").iter().find(|application| has(&application.value, PLUGIN));
    let mut seen: Vec<&str> = Vec::new();
    for (path, content) in scene.sidecar {
        let name = path.rsplit('/').next().unwrap_or_default();
        seen.push(name);
        if !content.starts_with('#') {
            find(path, "the first line does not say that the file is generated");
        }
        let parsed = yaml::parse(content).unwrap_or_default();
        let wrong = match name {
            "plugin.yaml" => configuration(&parsed, "guard"),
            "plugin-generate.yaml" => configuration(&parsed, "generate"),
            "values.yaml" => values(&parsed),
            "Containerfile" => containerfile(content),
            _ => Some("nothing asks for it"),
        };
        if let Some(sentence) = wrong {
            find(path, sentence);
        }
    }
    seen.sort_unstable();
    match guarded {
        Some(application) if seen != ["Containerfile", "plugin-generate.yaml", "plugin.yaml", "values.yaml"] => {
            find(&application.path, "it asks for the plugin, and the tree has no whole sidecar");
        }
        None if !seen.is_empty() => find(&scene.sidecar[0].0, "no Application asks for the plugin"),
        _ => {}
    }
}

fn configuration(value: &Value, called: &str) -> Option<&'static str> {
    let command = texts(value, "spec.generate.command");
    let expected = json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "ConfigManagementPlugin",
        "metadata": {"name": "casemate"},
        "spec": {"generate": {"command": command}, "provideGitCreds": false},
    });
    if *value != expected {
        return Some("it says more, or less, than which command makes objects");
    }
    (command != ["/usr/local/bin/casemate", "plugin", called])
        .then_some("it runs another command than it is named after")
}

/// Two stages, of which the one that guards is the last, and so what is built unless somebody asks for the other.
fn containerfile(content: &str) -> Option<&'static str> {
    let lines: Vec<&str> = content.lines().filter(|line| !line.starts_with('#')).collect();
    let words: Vec<&str> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    if words != ["FROM", "COPY", "COPY", "USER", "FROM", "COPY", "COPY", "USER"] {
        return Some("there is more in an image than the program and its configuration");
    }
    let copied = |line: &str, mode: &str, to: &str| line.contains(&format!("--chmod={mode} ")) && line.ends_with(to);
    let is_whole = |lines: &[&str], name: &str, file: &str| {
        lines[0] == format!("FROM scratch AS {name}")
            && copied(lines[1], "0555", " /usr/local/bin/casemate")
            && copied(lines[2], "0444", &format!("/{file} /home/argocd/cmp-server/config/plugin.yaml"))
            && lines[3] == "USER 999:999"
    };
    (!is_whole(&lines[..4], "generate", "plugin-generate.yaml") || !is_whole(&lines[4..], "guard", "plugin.yaml"))
        .then_some("the program is not alone, not where it is called, or not Argo CD's user's")
}

fn values(value: &Value) -> Option<&'static str> {
    let [container] = list(value, "repoServer.extraContainers") else { return Some("it is not one container") };
    let image = text(container, "image");
    let digest = image.split_once("@sha256:").map(|(tag, digest)| tag.contains(':') && digest.len() == 64);
    if digest != Some(true) {
        return Some("the image has no tag and digest");
    }
    let expected = json!({
        "name": "casemate",
        "image": image,
        "command": ["/var/run/argocd/argocd-cmp-server"],
        "securityContext": {
            "allowPrivilegeEscalation": false,
            "capabilities": {"drop": ["ALL"]},
            "readOnlyRootFilesystem": true,
            "runAsGroup": 999,
            "runAsNonRoot": true,
            "runAsUser": 999,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "resources": at(container, "resources"),
        "volumeMounts": [
            {"name": "var-files", "mountPath": "/var/run/argocd", "readOnly": true},
            {"name": "plugins", "mountPath": "/home/argocd/cmp-server/plugins"},
            {"name": "casemate-tmp", "mountPath": "/tmp"},
        ],
    });
    if *container != expected {
        return Some("the container breaks a rule that services keep, or shares a directory that is not Argo CD's own");
    }
    let bounded = ["requests.cpu", "requests.memory", "limits.memory"];
    if bounded.iter().any(|bound| text(at(container, "resources"), bound).is_empty()) {
        return Some("the container has no requests, or no memory limit");
    }
    let size = at(value, "repoServer.volumes");
    let own = |size: &str| json!([{"name": "casemate-tmp", "emptyDir": {"sizeLimit": size}}]);
    let is_own = size[0]["emptyDir"]["sizeLimit"].as_str().is_some_and(|limit| *size == own(limit));
    (!is_own).then_some("its /tmp is not a directory of its own with a limit")
}
