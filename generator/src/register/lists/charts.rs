//! What charts of the platform may that services may not.

use casemate_dsl::view::PodSecurity;

use super::List;
use crate::graph::{ChartNode, Graph, Values};
use crate::register::markdown::{code, text};

/// Charts in namespaces below `restricted`.
pub(super) fn below_restricted(graph: &Graph) -> List {
    let mut rows = Vec::new();
    for (namespace, node) in &graph.platform.namespaces {
        let (level, reason) = match node.level {
            PodSecurity::Restricted => continue,
            PodSecurity::Baseline => ("baseline", String::new()),
            PodSecurity::Privileged(reason) => ("privileged", text(reason.as_str())),
        };
        let charts = graph.platform.charts.values().filter(|chart| chart.namespace == *namespace);
        rows.extend(
            charts
                .map(|chart| vec![code(chart.release.as_str()), code(namespace.as_str()), code(level), reason.clone()]),
        );
    }
    List {
        title: "Charts below restricted",
        says: "Pods of these charts may do more than Pod Security's `restricted` allows. At `privileged` they may have the rights of their node, and a reason is given.",
        columns: &["chart", "namespace", "level", "reason"],
        rows,
        empty: "None: every namespace of charts is at `restricted`, or there is none.",
    }
}

/// Charts that may write Secrets.
pub(super) fn with_secrets(graph: &Graph) -> List {
    let charts = graph.platform.charts.values();
    let rows = charts.filter_map(|chart| chart.secrets.map(|reason| row(chart, text(reason.as_str()))));
    List {
        title: "Charts whose projects allow Secrets",
        says: "Argo CD may create a `Secret` for these charts, and for nothing else. Operators write Secrets without Argo CD: 1Password's, and where they are declared cert-manager and CloudNativePG.",
        columns: &["chart", "namespace", "reason"],
        rows: rows.collect(),
        empty: "None: no project of Argo CD allows a `Secret`.",
    }
}

/// Charts whose values are the user's.
pub(super) fn unjudged(graph: &Graph) -> List {
    let charts = graph.platform.charts.values();
    let theirs = charts.filter_map(|chart| match chart.values {
        Values::Theirs(_) => Some(row(chart, "values of the declaration".to_owned())),
        Values::Unsaid => Some(row(chart, "the chart's own values".to_owned())),
        Values::Ours(_) => None,
    });
    List {
        title: "Charts whose values are not ours",
        says: "Values of these charts are read for credentials, and for nothing else. What they deploy, `helm template CHART | casemate audit -` says.",
        columns: &["chart", "namespace", "values"],
        rows: theirs.collect(),
        empty: "None: every chart has values that Casemate sets, or there is none.",
    }
}

fn row(chart: &ChartNode, last: String) -> Vec<String> {
    vec![code(chart.release.as_str()), code(chart.namespace.as_str()), last]
}
