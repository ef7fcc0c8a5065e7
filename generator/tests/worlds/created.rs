//! Pods that services of random catalogues create while they run.

use casemate_dsl::prelude::*;

use crate::plan::{CreatedPlan, Plan, ServicePlan};
use crate::{databases, identities, outside, told};

/// Their port, if they serve one.
pub(crate) const PORT: u16 = 8081;

/// The same, in the language.
pub(crate) fn port<C: Workload>() -> Port<C, Http> {
    port!(8081)
}

/// The pods that a service creates.
pub(crate) fn pods<C: Workload>(plan: &Plan, service: &ServicePlan, created: &CreatedPlan) -> RuntimePods<C> {
    let CreatedPlan { runs: _, serves, scraped, calls, peers, externals, database } = created;
    let mut pods = RuntimePods::of::<C>();
    if *serves {
        pods = pods.serves(port());
    }
    if *scraped {
        pods = pods.called_by(port(), told::SCRAPER);
    }
    for callee in calls {
        pods = identities::calling(pods, plan.services[*callee].identity);
    }
    for peer in peers {
        pods = match peer {
            0 => pods.calls(told::NATS_CLIENT),
            1 => pods.calls(told::S3_API),
            _ => pods.calls(told::RELAY),
        };
    }
    for external in externals {
        pods = pods.reaches(outside::external(*external));
    }
    if *database {
        pods = pods.calls(databases::database(plan, service.namespace()));
    }
    pods
}
