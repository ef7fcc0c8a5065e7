//! What namespaces of random catalogues may use at most.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::prelude::*;
use casemate_oracle::World;

use crate::agreement::{Disagreement, compare, found, whose};
use crate::plan::{BoundPlan, NAMESPACES, Plan};

/// The cluster with the bounds of its namespaces.
pub(crate) fn with(mut cluster: Cluster, plan: &Plan) -> Cluster {
    for (namespace, BoundPlan { quota, limits }) in &plan.bounds {
        let namespace = match namespace {
            0 => namespace!("blue"),
            1 => namespace!("red"),
            2 => namespace!("green"),
            3 => namespace!("grey"),
            _ => namespace!("labs"),
        };
        if let Some((pods, claims)) = quota {
            let quota = Quota::new().pods(*pods).claims(*claims).memory(memory!("64Gi"));
            cluster = cluster.bounds(namespace, quota);
        }
        if *limits {
            cluster = cluster.bounds(namespace, ContainerLimits::new().memory(memory!("1Gi")));
        }
    }
    cluster
}

/// A bound: `kind namespace/name`, and what it says.
type Bound = (String, BTreeMap<String, String>);

fn declared(plan: &Plan) -> BTreeSet<Bound> {
    let said = |of: &[(&str, &str)]| of.iter().map(|(key, most)| ((*key).to_owned(), (*most).to_owned())).collect();
    let mut bounds = BTreeSet::new();
    for (namespace, BoundPlan { quota, limits }) in &plan.bounds {
        let namespace = NAMESPACES[*namespace];
        if let Some((pods, claims)) = quota {
            let (pods, claims) = (pods.to_string(), claims.to_string());
            let hard = [("pods", &*pods), ("persistentvolumeclaims", &*claims), ("requests.memory", "64Gi")];
            bounds.insert((format!("ResourceQuota {namespace}/quota"), said(&hard)));
        }
        if *limits {
            bounds.insert((format!("LimitRange {namespace}/limits"), said(&[("Container max memory", "1Gi")])));
        }
    }
    bounds
}

fn rendered(world: &World) -> BTreeSet<Bound> {
    let pairs = |value: &serde_json::Value, before: &str| -> Vec<(String, String)> {
        let pairs = value.as_object().into_iter().flatten();
        pairs.map(|(key, most)| (format!("{before}{key}"), most.as_str().unwrap_or("no text").to_owned())).collect()
    };
    let quotas = found(world, "ResourceQuota").map(|quota| {
        (format!("ResourceQuota {}", whose(quota)), pairs(&quota.value["spec"]["hard"], "").into_iter().collect())
    });
    let limits = found(world, "LimitRange").map(|range| {
        let mut said = BTreeMap::new();
        for limit in range.value["spec"]["limits"].as_array().into_iter().flatten() {
            let of = limit["type"].as_str().unwrap_or_default();
            for (bound, values) in limit.as_object().into_iter().flatten().filter(|(key, _)| *key != "type") {
                said.extend(pairs(values, &format!("{of} {bound} ")));
            }
        }
        (format!("LimitRange {}", whose(range)), said)
    });
    quotas.chain(limits).collect()
}

/// Where the tree and the plan disagree.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    compare("bounds", &rendered(world), &declared(plan)).into_iter().collect()
}
