//! Argo CD: repo server and application controller, configured as its own manifests install it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::api::Api;
use crate::certificates::write;
use crate::cluster::Plane;
use crate::pins::{ARGOCD, YAML};
use crate::ports;
use crate::processes::Processes;
use crate::programs::Programs;
use crate::{crds, plugin, tree};

const PASSWORD: &str = "the-ground";

/// Creates Argo CD's namespace, CRDs and configuration from its own module; `settings`, of the tree, are added to its `argocd-cm`.
pub(crate) fn install(api: &Api, programs: &Programs, namespace: &str, settings: &Value) -> Result<()> {
    let reader = programs.path(&YAML, "yaml")?;
    let manifests = programs.module(&ARGOCD)?.join("manifests");
    crds::install(api, &crds::read(&[manifests.join("crds")], &reader)?)?;
    let object = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
    api.create(&object, "")?.object().context("Argo CD's namespace")?;

    let mut paths = Vec::new();
    tree::files(&manifests.join("base/config"), &mut paths).context("Argo CD's module has no manifests/base/config")?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    for mut object in tree::objects(&reader, &paths)? {
        if object["kind"] == "ConfigMap" || object["kind"] == "Secret" {
            object["metadata"]["namespace"] = json!(namespace);
            if object["metadata"]["name"] == "argocd-cm" {
                for (key, value) in settings.as_object().into_iter().flatten() {
                    object["data"][key] = value.clone();
                }
            }
            if object["metadata"]["name"] == "argocd-secret" {
                object["stringData"] = json!({"server.secretkey": PASSWORD});
            }
            api.create(&object, "")?.object().with_context(|| tree::label(&object))?;
        }
    }
    // An installation makes this one by a job of its own.
    let redis = json!({
        "apiVersion": "v1", "kind": "Secret", "stringData": {"auth": PASSWORD},
        "metadata": {"name": "argocd-redis", "namespace": namespace, "labels": {"app.kubernetes.io/part-of": "argocd"}},
    });
    api.create(&redis, "")?.object().context("the Secret argocd-redis")?;
    Ok(())
}

/// Starts redis, the repo server and the application controller.
pub(crate) fn start(
    home: &Path,
    plane: &Plane,
    programs: &Programs,
    processes: &mut Processes,
    namespace: &str,
) -> Result<()> {
    let commands = home.join("argocd");
    std::fs::create_dir_all(commands.join("tmp"))?;
    let binary = programs.path(&ARGOCD, "argocd")?;
    for name in ["argocd-repo-server", "argocd-application-controller", "argocd-cmp-server"] {
        std::os::unix::fs::symlink(&binary, commands.join(name))?;
    }
    // Signatures are not judged here; the repo server asks for the command all the same.
    let wrapper = commands.join("git-verify-wrapper.sh");
    write(&wrapper, "#!/bin/sh\n")?;
    std::fs::set_permissions(&wrapper, Permissions::from_mode(0o755))?;

    let [redis, server, server_metrics, controller_metrics] = ports::free()?;
    let mut command = Command::new("redis-server");
    command
        .args(["--port", &redis.to_string(), "--bind", "127.0.0.1", "--requirepass", PASSWORD])
        .args(["--save", "", "--appendonly", "no"])
        .current_dir(&commands);
    processes.start("redis", &mut command)?;

    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(commands.clone()).chain(std::env::split_paths(&path)))?;
    let common = |name: &str| {
        let mut command = Command::new(commands.join(name));
        command
            .env("PATH", &path)
            .env("HOME", &commands)
            .env("TMPDIR", commands.join("tmp"))
            .env("REDIS_PASSWORD", PASSWORD)
            .env("ARGOCD_GPG_ENABLED", "false")
            .env("ARGOCD_PLUGINSOCKFILEPATH", &commands)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .args(["--redis", &format!("127.0.0.1:{redis}"), "--logformat", "text"]);
        command
    };
    let mut repo = common("argocd-repo-server");
    repo.args(["--disable-tls", "--client-ca-path=", "--address", "127.0.0.1", "--metrics-address", "127.0.0.1"])
        .args(["--port", &server.to_string(), "--metrics-port", &server_metrics.to_string()]);
    processes.start("argocd-repo-server", &mut repo)?;

    // The plugin's sidecars: here they share the machine with the repo server, and find it by the folder of their sockets.
    for (plugin, folder) in plugin::configure(home)? {
        let work = commands.join("tmp").join(plugin.name);
        std::fs::create_dir_all(&work)?;
        let mut sidecar = Command::new(commands.join("argocd-cmp-server"));
        sidecar
            .env("HOME", &commands)
            .env("ARGOCD_PLUGINSOCKFILEPATH", &commands)
            .env("ARGOCD_CMP_WORKDIR", work)
            .args(["--logformat", "text", "--config-dir-path"])
            .arg(folder);
        processes.start(&format!("argocd-cmp-server-{}", plugin.name), &mut sidecar)?;
    }

    let mut controller = common("argocd-application-controller");
    controller
        // `https://kubernetes.default.svc` is then what KUBECONFIG says.
        .env("ARGOCD_FAKE_IN_CLUSTER", "true")
        .env("KUBECONFIG", &plane.kubeconfig)
        .arg("--kubeconfig")
        .arg(&plane.kubeconfig)
        .args(["--namespace", namespace, "--repo-server", &format!("127.0.0.1:{server}"), "--repo-server-plaintext"])
        .args(["--metrics-port", &controller_metrics.to_string()])
        // Which resource keeps an Application from being healthy is said in its status.
        .arg("--persist-resource-health");
    // How often it compares (two minutes) and how much it does at once (ten operations) are its defaults. Comparing everything more often
    // kept two cores busy with nothing else: whoever wants a commit or drift to be seen at once asks for a refresh.
    processes.start("argocd-application-controller", &mut controller)
}
