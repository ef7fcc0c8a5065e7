//! Keeps the dashboards and alerts of SigNoz as ConfigMaps describe them, wherever in the cluster they lie.
//!
//! Hardened on its way here: its role read every Secret of the cluster to fill credentials into alert channels. No service can read
//! Secrets here, so channels that need one are made by hand; and it keeps its state in a namespace of its own, not among SigNoz.

use casemate_dsl::prelude::*;

use crate::{images, namespaces, peers};

identity!(pub Dashboards = "dashboards" in namespaces::DASHBOARDS);

/// Its health, and what it did.
pub const METRICS: Port<Dashboards, Http> = port!(9090);

const KEY: Item = item!("key", "signoz");

/// Declares the keeper.
pub fn service() -> Deployment<Dashboards> {
    Deployment::new(
        Dashboards::container(images::DASHBOARDS)
            .resources(cpu!("10m"), memory!("32Mi"))
            .memory_limit(memory!("64Mi"))
            .user(uid!(65534))
            .serves(METRICS)
            .metrics(METRICS, path!("/metrics"))
            .probes(
                Probes::ready(http(METRICS, path!("/readyz")).after(seconds!(5)))
                    .alive(http(METRICS, path!("/healthz")).after(seconds!(5))),
            )
            .env(var!("SIGNOZ_URL"), peers::signoz::UI.url())
            .env(var!("SIGNOZ_API_KEY"), KEY.field(field!("api-key")))
            .env(var!("WATCH_NAMESPACE"), "")
            .env(var!("STATE_NAMESPACE"), PodField::Namespace)
            .env(var!("RECONCILE_INTERVAL"), "5m")
            .env(var!("METRICS_ADDR"), ":9090")
            .may(api::CONFIG_MAPS.read_everywhere(because!("dashboards lie beside the services that they show")))
            .may(api::CONFIG_MAPS.named(name!("dashboard-state")).manage()),
    )
}
