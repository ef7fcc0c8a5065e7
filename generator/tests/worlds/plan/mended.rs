//! Plans that say what can be: whom they call serves, and neighbours agree.

use std::collections::BTreeSet;

use super::{CreatedPlan, ExposurePlan, Kind, Plan, ServicePlan, WebhookPlan};
use crate::{outside, perimeter, rights, webhooks};

impl Plan {
    /// The plan without what cannot be.
    pub(crate) fn mended(mut self) -> Self {
        let served: Vec<BTreeSet<usize>> = self
            .services
            .iter()
            .map(|service| if service.kind.ends() { BTreeSet::new() } else { service.ports.clone() })
            .collect();
        let answers = |callee: usize, port: usize| served.get(callee).is_some_and(|ports| ports.contains(&port));
        let takes: Vec<bool> = self.services.iter().map(ServicePlan::takes_datagrams).collect();
        let namespaces = self.namespaces();
        let owner = self.services.iter().position(|service| service.rights.contains(&rights::OWN));
        let homes: Vec<usize> = self.services.iter().map(ServicePlan::namespace).collect();
        for (index, service) in self.services.iter_mut().enumerate() {
            service.sends.retain(|callee| takes.get(*callee).is_some_and(|takes| *takes));
            service.calls.retain(|(callee, port)| answers(*callee, *port));
            service.databases.retain(|namespace| namespaces.contains(namespace));
            if owner != Some(index) {
                service.rights.remove(&rights::OWN);
            }
            mend_pods(service);
            let home = service.namespace();
            service.externals = outside::agreed(&service.externals, home, self.web);
            if let Some(created) = &mut service.creates {
                let CreatedPlan { runs, serves: _, scraped, calls, peers: _, externals, database: _ } = created;
                // Who runs pods could run them as any neighbour.
                *runs &= homes.iter().filter(|other| **other == home).count() == 1;
                *scraped &= created.serves;
                calls.retain(|callee| answers(*callee, 0));
                *externals = outside::agreed(externals, home, self.web);
            }
            if let Some(WebhookPlan { mutates: _, about, asked, refuses }) = &mut service.webhook {
                asked.retain(|namespace| namespaces.contains(namespace));
                // It would keep its own pods from starting.
                *refuses &= !(about.contains(&webhooks::CREATED) && asked.contains(&home));
            }
            service.webhook.take_if(|webhook| webhook.asked.is_empty());
            mend_exposure(service);
        }
        let creates: Vec<bool> =
            self.services.iter().map(|service| service.creates.as_ref().is_some_and(|it| it.serves)).collect();
        for service in &mut self.services {
            service.calls_created.retain(|callee| creates.get(*callee).is_some_and(|creates| *creates));
        }
        self.mend_bounds(&namespaces);
        self
    }

    /// A quota is for a namespace of services, and holds what they have at most: often exactly that.
    fn mend_bounds(&mut self, namespaces: &BTreeSet<usize>) {
        let mut bounds = std::mem::take(&mut self.bounds);
        bounds.retain(|namespace, _| namespaces.contains(namespace));
        for (namespace, bound) in &mut bounds {
            if let Some((pods, claims)) = &mut bound.quota {
                let needed = self.needed(*namespace);
                (*pods, *claims) = ((*pods).max(needed.0), (*claims).max(needed.1).max(1));
            }
        }
        self.bounds = bounds;
    }
}

/// Claims and places that the kind of workload can have.
fn mend_pods(service: &mut ServicePlan) {
    // One pod for each node cannot share what one pod alone can mount.
    service.own_claim &= service.kind != Kind::DaemonSet;
    service.template &= service.kind == Kind::StatefulSet;
    if service.own_claim {
        service.replicas = 1;
        service.autoscaled = false;
    }
    // Several pods are spread, in one way.
    let several = service.kind.is_replicated() && (service.autoscaled || service.replicas > 1);
    service.placement.retain(|placement| several || ![3, 7].contains(placement));
    if service.placement.contains(&3) {
        service.placement.remove(&7);
    }
}

/// Each path leads to a port that is served, and elsewhere than what it is below.
fn mend_exposure(service: &mut ServicePlan) {
    let Some(ExposurePlan { public: _, whole, paths }) = &mut service.exposed else { return };
    if !service.ports.contains(&1) {
        paths.remove(&perimeter::OF_API);
    }
    if *whole && !paths.contains(&perimeter::OF_API) {
        paths.remove(&perimeter::WITHIN_API);
    }
    *whole |= paths.is_empty();
}
