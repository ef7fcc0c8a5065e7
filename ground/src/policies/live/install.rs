//! Kyverno as its own manifests install it, but for its pods: the admission controller and the background controller run here, each with
//! the token and so with the rights of its own account.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::api::Api;
use crate::certificates::write;
use crate::charts::Chart;
use crate::cluster::Plane;
use crate::pins::{KYVERNO, YAML};
use crate::pods::each;
use crate::processes::Processes;
use crate::programs::Programs;
use crate::tree::{label, objects, text};
use crate::{crds, interrupt, ports};

/// The programs, as the manifests name their Deployments.
pub(super) const ADMISSION: &str = "kyverno-admission-controller";
const BACKGROUND: &str = "kyverno-background-controller";

/// What its module installs.
#[derive(Debug)]
pub(super) struct Kyverno {
    manifests: Vec<Value>,
    home: PathBuf,
    /// The same after a restart: the API server was told once where the webhook is.
    port: u16,
}

impl Kyverno {
    /// Reads the manifests of its module, and takes the rights of its accounts from what its chart renders with the declared values.
    pub(super) fn read(programs: &Programs, charts: &[Chart], home: &Path) -> Result<Self> {
        let path = programs.module(&KYVERNO)?.join("config/install-latest-testing.yaml");
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("Kyverno's module has no {}", path.display()))?;
        let home = home.join("kyverno-controllers");
        std::fs::create_dir_all(&home)?;
        let mut paths = Vec::new();
        for (number, document) in text.split("\n---\n").enumerate() {
            if document.lines().any(|line| line.starts_with("kind: ")) {
                let path = home.join(format!("{number}.yaml"));
                write(&path, document)?;
                paths.push(path);
            }
        }
        let [port] = ports::free()?;
        let mut manifests = objects(&programs.path(&YAML, "yaml")?, &paths)?;
        manifests.retain(|one| !is_right(one));
        let chart = charts.iter().find(|chart| chart.is("kyverno"));
        let chart =
            chart.context("Kyverno's chart was not rendered, and its accounts have the rights that it gives them")?;
        manifests.extend(chart.objects.iter().map(|one| &one.object).filter(|one| is_right(one)).cloned());
        Ok(Self { manifests, home, port })
    }

    /// Its namespace.
    pub(super) fn namespace(&self) -> &str {
        self.manifests
            .iter()
            .map(|one| text(&one["metadata"]["namespace"]))
            .find(|name| !name.is_empty())
            .unwrap_or("kyverno")
    }

    /// Creates its definitions but for those that are there, its accounts, rights and configuration. The namespace is the tree's own.
    pub(super) fn install(&self, api: &Api, definitions: &[Value]) -> Result<()> {
        let is_there =
            |one: &Value| definitions.iter().any(|other| other["metadata"]["name"] == one["metadata"]["name"]);
        let (theirs, others): (Vec<&Value>, Vec<&Value>) =
            self.manifests.iter().partition(|one| one["kind"] == "CustomResourceDefinition");
        let missing: Vec<Value> = theirs.into_iter().filter(|one| !is_there(one)).cloned().collect();
        crds::install(api, &missing)?;
        for object in others {
            if !["Deployment", "Namespace"].contains(&text(&object["kind"])) {
                api.create(object, "")?.object().with_context(|| label(object))?;
            }
        }
        Ok(())
    }

    /// The Deployment of the admission controller, which simulated kubelets can run.
    pub(super) fn deployment(&self, name: &str) -> Result<&Value> {
        let mut all = self.manifests.iter().filter(|one| one["kind"] == "Deployment");
        all.find(|one| one["metadata"]["name"] == name)
            .with_context(|| format!("the manifests have no Deployment {name}"))
    }

    /// Starts both controllers.
    pub(super) fn start(&self, plane: &Plane, programs: &Programs, processes: &mut Processes) -> Result<()> {
        let [controller_metrics] = ports::free()?;
        let mut admission = self.command(plane, programs, ADMISSION)?;
        admission
            .arg(format!("--serverIP=127.0.0.1:{}", self.port))
            .arg(format!("--webhookServerPort={}", self.port))
            .args(["--webhookServerHost=127.0.0.1"]);
        processes.start(ADMISSION, &mut admission)?;
        let mut background = self.command(plane, programs, BACKGROUND)?;
        background.arg(format!("--metricsPort={controller_metrics}"));
        processes.start(BACKGROUND, &mut background)
    }

    /// Stops both.
    pub(super) fn stop(processes: &mut Processes) {
        processes.stop(ADMISSION);
        processes.stop(BACKGROUND);
    }

    /// A controller with the arguments and the environment of its Deployment.
    fn command(&self, plane: &Plane, programs: &Programs, name: &str) -> Result<Command> {
        let pod = &self.deployment(name)?["spec"]["template"]["spec"];
        let container = &pod["containers"][0];
        let mut command = Command::new(programs.path(&KYVERNO, name)?);
        command.current_dir(&self.home);
        command.args(each(&container["args"]).map(text));
        for variable in each(&container["env"]) {
            let value = match text(&variable["valueFrom"]["fieldRef"]["fieldPath"]) {
                "metadata.namespace" => self.namespace(),
                "metadata.name" => name,
                _ => text(&variable["value"]),
            };
            command.env(text(&variable["name"]), value);
        }
        command.env("TUF_ROOT", self.home.join("tuf"));
        command
            .arg(format!("--kubeconfig={}", self.kubeconfig(plane, text(&pod["serviceAccountName"]))?.display()))
            .args(["--disableMetrics=true", "--controllerRuntimeMetricsAddress=0"]);
        Ok(command)
    }

    /// The cluster's configuration with the token of an account, as a pod of it would have.
    fn kubeconfig(&self, plane: &Plane, account: &str) -> Result<PathBuf> {
        let path = format!("/api/v1/namespaces/{}/serviceaccounts/{account}/token", self.namespace());
        let request = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
            "spec": {"expirationSeconds": 7200}});
        let answer = plane.api.request("POST", &path, "application/json", Some(serde_json::to_vec(&request)?))?;
        let token = answer.object().with_context(|| format!("a token of {account}"))?["status"]["token"].take();
        let mut config: Value = serde_json::from_str(&std::fs::read_to_string(&plane.kubeconfig)?)?;
        config["users"][0]["user"] = json!({"token": token});
        let file = self.home.join(format!("{account}.kubeconfig"));
        write(&file, &config.to_string())?;
        Ok(file)
    }
}

fn is_right(object: &Value) -> bool {
    ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"].contains(&text(&object["kind"]))
}

/// Waits until Kyverno says of each policy that it is ready, and until it judges.
pub(super) fn ready(api: &Api, processes: &mut Processes) -> Result<Vec<Value>> {
    let policies = interrupt::until("every policy to be ready", Duration::from_mins(2), || {
        processes.all_alive()?;
        let mut all = Vec::new();
        for kind in ["ValidatingPolicy", "MutatingPolicy", "GeneratingPolicy"] {
            all.extend(api.list("policies.kyverno.io/v1", kind)?.unwrap_or_default());
        }
        let waiting: Vec<String> = all
            .iter()
            .filter(|policy| policy["status"]["conditionStatus"]["ready"] != true)
            .map(|policy| format!("{}: {}", text(&policy["metadata"]["name"]), policy["status"]))
            .collect();
        Ok(if waiting.is_empty() { Ok(all) } else { Err(format!("{}: {}", waiting.len(), waiting.join("; "))) })
    })?;
    // After a restart the policies still say what they said before it.
    interrupt::until("Kyverno to judge", Duration::from_mins(2), || {
        processes.all_alive()?;
        let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "forbidden", "labels": {
            "casemate.dev/tier": "services"}}});
        let answer = api.create(&namespace, "?dryRun=All")?;
        let judged = answer.message().contains("Policy pod-security-labels failed");
        Ok(if judged { Ok(()) } else { Err(answer.message()) })
    })?;
    Ok(policies)
}
