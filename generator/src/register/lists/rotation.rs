//! Secrets that reach their pods only when somebody acts.

use super::List;
use crate::graph::{Graph, Kind, Service};
use crate::register::markdown::{code, codes};

/// What happens when an item of a service changes, where the operator restarts nothing.
fn instead(service: &Service) -> Option<String> {
    let restarted = |kind: &str| {
        format!(
            "Pods keep variables until they are restarted, files are replaced in them within minutes: `kubectl -n {} rollout restart {kind}/{}`.",
            service.id.namespace, service.id.name
        )
    };
    match service.kind {
        Kind::Deployment { .. } | Kind::Created { .. } => None,
        Kind::StatefulSet { .. } => Some(restarted("statefulset")),
        Kind::DaemonSet { .. } => Some(restarted("daemonset")),
        Kind::CronJob { .. } => Some("The next run reads the new value; a pod that runs keeps the old one.".to_owned()),
        Kind::Job { .. } => Some(
            "It reads an item once. A job of a new name, which a changed declaration gives, reads it again.".to_owned(),
        ),
    }
}

/// Secrets that do not rotate by themselves.
pub(super) fn by_hand(graph: &Graph) -> List {
    let mut rows = Vec::new();
    for service in graph.services.values() {
        let whose = code(&service.id.to_string());
        if let Some(instead) = instead(service).filter(|_| !service.items.is_empty()) {
            let items = service.items.iter().map(|item| item.title().as_str());
            rows.push(vec![whose.clone(), format!("items {}", codes(items)), instead]);
        }
        if !service.made.is_empty() {
            let instead =
                "An operator makes it and changes it. Pods keep variables until they are restarted.".to_owned();
            rows.push(vec![whose, format!("Secrets {}", codes(&service.made)), instead]);
        }
    }
    for chart in graph.platform.charts.values().filter(|chart| !chart.items.is_empty()) {
        let items = chart.items.iter().map(|item| item.title().as_str());
        let instead = format!(
            "Nothing restarts what a chart runs: see `kubectl -n {} get pods`, and restart those that read it.",
            chart.namespace
        );
        rows.push(vec![format!("chart {}", code(chart.release.as_str())), format!("items {}", codes(items)), instead]);
    }
    List {
        title: "Secrets that do not rotate by themselves",
        says: "The operator restarts Deployments when their items change, and nothing else. Credentials of registries are read at every pull, and need no restart.",
        columns: &["who", "what", "what happens instead"],
        rows,
        empty: "None: every secret is an item of a Deployment, which the operator restarts.",
    }
}
