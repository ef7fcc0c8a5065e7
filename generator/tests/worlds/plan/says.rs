//! What of the language a plan says, among what a world can go without.

use std::collections::BTreeSet;

use super::{Kind, Plan, ServicePlan};
use crate::{outside, rights, watched};

/// Everything that a world can say.
pub(crate) const EVERYTHING: [&str; 43] = [
    "a Deployment",
    "a StatefulSet",
    "a DaemonSet",
    "a Job",
    "a CronJob",
    "a second container",
    "a sidecar",
    "an init container",
    "a claim of each pod",
    "datagrams taken",
    "datagrams sent",
    "a caller without a proxy",
    "a caller with a proxy",
    "the whole cluster read",
    "addresses in a config file",
    "a device of the network, over TCP",
    "a device of the network, over UDP",
    "hosts below a domain",
    "any web page",
    "a host over UDP",
    "resources of its own",
    "a ConfigMap by its name",
    "a database with credentials",
    "a database of another namespace",
    "a database that a peer calls, too",
    "a webhook that mutates",
    "a webhook that validates",
    "a webhook that refuses",
    "pods that a service creates",
    "pods that a service runs itself",
    "pods created that are called",
    "paths of a hostname",
    "paths of a hostname alone",
    "a peer below a path",
    "a peer that the cluster exposes",
    "a quota",
    "limits of containers",
    "a scraper in the mesh that watches",
    "a scraper without a proxy that watches",
    "metrics that are read",
    "telemetry that is sent",
    "requests that are logged",
    "traces of proxies",
];

impl Plan {
    /// What of [`EVERYTHING`] the world says.
    pub(crate) fn says(&self) -> BTreeSet<&'static str> {
        let migrated = |service: &ServicePlan| service.databases.iter().any(|home| self.migrated.contains(home));
        let of_all = [
            (self.services.iter().any(migrated), "a database that a peer calls, too"),
            (!self.exposed_peers.is_empty(), "a peer that the cluster exposes"),
            (self.bounds.values().any(|bound| bound.quota.is_some()), "a quota"),
            (self.bounds.values().any(|bound| bound.limits), "limits of containers"),
            (self.watched.is_some_and(|watch| watch.meshed), "a scraper in the mesh that watches"),
            (self.watched.is_some_and(|watch| !watch.meshed), "a scraper without a proxy that watches"),
            (self.services.iter().any(|service| watched::is_read(self, service)), "metrics that are read"),
            (self.services.iter().any(|service| watched::sends(self, service)), "telemetry that is sent"),
            (self.watched.is_some_and(|watch| watch.access_logs), "requests that are logged"),
            (self.watched.is_some_and(|watch| watch.proxy_traces), "traces of proxies"),
        ];
        let of_all = of_all.into_iter().filter(|(says, _)| *says).map(|(_, what)| what);
        self.services.iter().flat_map(ServicePlan::says).chain(of_all).collect()
    }

    /// Whether it is a world in which policies can get in one another's way: five services, three namespaces, a port number that
    /// several of them serve, an unmeshed peer and an external host.
    pub(crate) fn is_rich(&self) -> bool {
        let serving = self.services.iter().filter(|service| !service.kind.ends()).count();
        self.services.len() >= 5
            && self.namespaces().len() >= 3
            && serving >= 2
            && self.services.iter().any(|service| service.peers.iter().any(|peer| *peer < 2))
            && self.services.iter().any(|service| !service.externals.is_empty())
    }
}

impl ServicePlan {
    fn says(&self) -> Vec<&'static str> {
        let kind = match self.kind {
            Kind::Deployment => "a Deployment",
            Kind::StatefulSet => "a StatefulSet",
            Kind::DaemonSet => "a DaemonSet",
            Kind::Job => "a Job",
            Kind::CronJob => "a CronJob",
        };
        let (unmeshed, meshed) = self.scrapers();
        let (webhook, created) = (self.webhook.as_ref(), self.creates.as_ref());
        let paths = self.exposed.as_ref().filter(|exposed| !exposed.paths.is_empty());
        let home = self.namespace();
        let reached = |external: usize| {
            let of_created = created.is_some_and(|created| created.externals.contains(&external));
            of_created || self.externals.contains(&external)
        };
        let said = [
            (true, kind),
            (self.containers.contains(&0), "a second container"),
            (self.containers.contains(&1), "a sidecar"),
            (self.containers.contains(&2), "an init container"),
            (self.template, "a claim of each pod"),
            (self.takes_datagrams(), "datagrams taken"),
            (!self.sends.is_empty(), "datagrams sent"),
            (unmeshed, "a caller without a proxy"),
            (meshed, "a caller with a proxy"),
            (self.reads_nodes, "the whole cluster read"),
            (self.by_template && !self.calls.is_empty(), "addresses in a config file"),
            (reached(outside::DEVICE), "a device of the network, over TCP"),
            (reached(outside::DEVICE_OVER_UDP), "a device of the network, over UDP"),
            (reached(outside::BELOW), "hosts below a domain"),
            (reached(outside::WEB), "any web page"),
            (reached(outside::OVER_UDP), "a host over UDP"),
            (self.rights.contains(&rights::OWN), "resources of its own"),
            (self.rights.contains(&rights::NAMED), "a ConfigMap by its name"),
            (self.databases.contains(&home), "a database with credentials"),
            (self.databases.iter().any(|other| *other != home), "a database of another namespace"),
            (webhook.is_some_and(|webhook| webhook.mutates), "a webhook that mutates"),
            (webhook.is_some_and(|webhook| !webhook.mutates), "a webhook that validates"),
            (webhook.is_some_and(|webhook| webhook.refuses), "a webhook that refuses"),
            (created.is_some(), "pods that a service creates"),
            (created.is_some_and(|created| created.runs), "pods that a service runs itself"),
            (!self.calls_created.is_empty(), "pods created that are called"),
            (paths.is_some(), "paths of a hostname"),
            (paths.is_some_and(|exposed| !exposed.whole), "paths of a hostname alone"),
            (paths.is_some_and(|exposed| exposed.paths.contains(&crate::perimeter::OF_PEER)), "a peer below a path"),
        ];
        said.into_iter().filter(|(says, _)| *says).map(|(_, what)| what).collect()
    }
}
