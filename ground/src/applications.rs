//! Argo CD's Applications, as a user sees them.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::api::Api;
use crate::interrupt;
use crate::pods::each;
use crate::processes::Processes;
use crate::tree::text;

const API_VERSION: &str = "argoproj.io/v1alpha1";

/// The Applications of one cluster.
#[derive(Clone, Debug)]
pub(crate) struct Applications {
    api: Api,
    namespace: String,
}

impl Applications {
    /// The Applications in Argo CD's namespace.
    pub(crate) fn new(api: &Api, namespace: &str) -> Self {
        Self { api: api.clone(), namespace: namespace.to_owned() }
    }

    /// All of them, by name.
    pub(crate) fn all(&self) -> Result<BTreeMap<String, Value>> {
        let all = self.api.list(API_VERSION, "Application")?.context("Argo CD's CRDs are not installed")?;
        let ours = all.into_iter().filter(|one| one["metadata"]["namespace"] == self.namespace.as_str());
        Ok(ours.map(|one| (text(&one["metadata"]["name"]).to_owned(), one)).collect())
    }

    /// One of them, if it exists.
    pub(crate) fn get(&self, name: &str) -> Result<Option<Value>> {
        self.api.get(&self.path(name)?)
    }

    /// Where an Application is.
    pub(crate) fn path(&self, name: &str) -> Result<String> {
        self.api.path(&json!({
            "apiVersion": API_VERSION, "kind": "Application",
            "metadata": {"name": name, "namespace": self.namespace},
        }))
    }

    /// Asks Argo CD to compare these Applications with Git now (as a webhook of the Git server does), and waits until
    /// it has.
    pub(crate) fn refresh(&self, names: &[String], how: &str) -> Result<()> {
        for name in names {
            let annotation = json!({"metadata": {"annotations": {"argocd.argoproj.io/refresh": how}}});
            self.api.merge(&self.path(name)?, &annotation)?.object().with_context(|| format!("refreshing {name}"))?;
        }
        interrupt::until("a refresh", Duration::from_mins(3), || {
            let all = self.all()?;
            let waiting: Vec<&str> = names
                .iter()
                .filter(|name| {
                    let annotations = all.get(*name).map(|one| &one["metadata"]["annotations"]);
                    annotations.is_some_and(|annotations| annotations["argocd.argoproj.io/refresh"].is_string())
                })
                .map(String::as_str)
                .collect();
            Ok(if waiting.is_empty() { Ok(()) } else { Err(waiting.join(", ")) })
        })
    }

    /// Refreshes every Application that exists.
    pub(crate) fn refresh_all(&self, how: &str) -> Result<()> {
        self.refresh(&self.all()?.into_keys().collect::<Vec<_>>(), how)
    }

    /// Waits until exactly these Applications exist and all are Synced and Healthy with no operation under way.
    pub(crate) fn settle(&self, names: &[String], patience: Duration, processes: &mut Processes) -> Result<()> {
        interrupt::until("Synced and Healthy", patience, || {
            processes.all_alive()?;
            let all = self.all()?;
            let mut waiting: Vec<String> = Vec::new();
            for name in names {
                match all.get(name) {
                    Some(one) if settled(one) => {}
                    Some(one) => waiting.push(summary(one)),
                    None => waiting.push(format!("{name} (does not exist)")),
                }
            }
            waiting.extend(all.keys().filter(|name| !names.contains(name)).map(|name| format!("{name} (to be gone)")));
            Ok(if waiting.is_empty() { Ok(()) } else { Err(format!("{}: {}", waiting.len(), waiting.join("; "))) })
        })
    }

    /// Waits until an Application's last operation failed for an object of a kind, in words that contain `words`.
    pub(crate) fn refuses(&self, name: &str, kind: &str, words: &str, patience: Duration) -> Result<()> {
        interrupt::until(&format!("{name} to say that a {kind} `{words}`"), patience, || {
            let Some(one) = self.get(name)? else { bail!("Application {name} does not exist") };
            let mut results = each(&one["status"]["operationState"]["syncResult"]["resources"]);
            let found = results.any(|result| result["kind"] == kind && text(&result["message"]).contains(words));
            Ok(if found { Ok(()) } else { Err(summary(&one)) })
        })
    }
}

/// Synced, Healthy, and no operation under way.
pub(crate) fn settled(application: &Value) -> bool {
    let status = &application["status"];
    let phase = text(&status["operationState"]["phase"]);
    status["sync"]["status"] == "Synced"
        && status["health"]["status"] == "Healthy"
        && application["operation"].is_null()
        && (phase.is_empty() || phase == "Succeeded")
        && application["metadata"]["deletionTimestamp"].is_null()
}

/// Everything that an Application complains about: conditions, its operation, and the operation's resources.
pub(crate) fn complaints(application: &Value) -> Vec<String> {
    let status = &application["status"];
    let mut said: Vec<String> = each(&status["conditions"]).map(|one| text(&one["message"]).to_owned()).collect();
    let operation = &status["operationState"];
    if operation["phase"] != "Succeeded" {
        said.push(text(&operation["message"]).to_owned());
        let resources = each(&operation["syncResult"]["resources"]);
        said.extend(
            resources
                .filter(|one| one["status"] == "SyncFailed")
                .map(|one| format!("{} {}: {}", text(&one["kind"]), text(&one["name"]), text(&one["message"]))),
        );
    }
    said.retain(|line| !line.is_empty());
    said
}

/// One line about an Application.
pub(crate) fn summary(application: &Value) -> String {
    let status = &application["status"];
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let unhealthy: Vec<String> = each(&status["resources"])
        .filter(|one| {
            one["status"] == "OutOfSync" || !matches!(one["health"]["status"].as_str(), None | Some("Healthy"))
        })
        .map(|one| {
            format!(
                "{}/{}={}/{}",
                text(&one["kind"]),
                text(&one["name"]),
                word(&one["status"]),
                word(&one["health"]["status"])
            )
        })
        .collect();
    format!(
        "{} ({}, {}, operation {}) {} {}",
        text(&application["metadata"]["name"]),
        word(&status["sync"]["status"]),
        word(&status["health"]["status"]),
        word(&status["operationState"]["phase"]),
        unhealthy.join(" "),
        complaints(application).join(" | "),
    )
}
