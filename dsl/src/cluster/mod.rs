//! The cluster: what rendering depends on beside the services, and the services that it runs.

mod facts;
mod observability;
mod quota;
pub(crate) mod view;

pub use facts::{
    ApiServers, ArgoCd, ClusterNetworks, Dns, GatewayApi, Kubernetes, Linkerd, Networks, OnePassword, Plugin,
    ProxyResources, Tunnel,
};
pub use observability::{Observability, Otlp};
pub use quota::{Bound, ContainerLimits, Quota};

use crate::chart::Installs;
use crate::exposure::Decided;
use crate::peer::{Calling, OfPeer};
use crate::port::SpeaksHttp;
use crate::said::{Said, Setting};
use crate::seal::Seal;
use crate::secret::Item;
use crate::word::{Host, Name, Namespace, PriorityClass, RuntimeClass, StorageClass, Vault};
use crate::workload::Runs;

/// A cluster, with all that its services' manifests depend on.
///
/// Several clusters share one catalogue: each is a value with its own facts, and [`runs`](Self::runs) what it runs.
#[derive(Debug)]
#[must_use = "a cluster is rendered only when the command line gets it"]
pub struct Cluster {
    view: view::Cluster,
}

impl Cluster {
    /// A cluster of this name; the name is also its directory in the tree.
    #[track_caller]
    pub fn new(name: Name, kubernetes: Kubernetes, linkerd: Linkerd, argocd: ArgoCd, vault: Vault) -> Self {
        let view = view::Cluster {
            name: Said::here(name),
            kubernetes,
            linkerd,
            argocd,
            vault,
            default_storage: Setting::unsaid(),
            storage: Vec::new(),
            priority_classes: Vec::new(),
            runtime_classes: Vec::new(),
            bounds: Vec::new(),
            pulls: Vec::new(),
            tunnel: Setting::unsaid(),
            cert_manager: Setting::unsaid(),
            cloud_native_pg: Setting::unsaid(),
            observability: Setting::unsaid(),
            installed: Vec::new(),
            plugin: Setting::unsaid(),
            kyverno: Setting::unsaid(),
            one_password: Setting::unsaid(),
            exposures: Vec::new(),
            services: Vec::new(),
            seal: Seal::new(),
        };
        Self { view }
    }

    /// Claims that name no storage class are of this one.
    #[track_caller]
    pub fn default_storage(mut self, class: StorageClass) -> Self {
        self.view.default_storage.say(class);
        self
    }

    /// Has this storage class too.
    #[track_caller]
    pub fn storage(mut self, class: StorageClass) -> Self {
        self.view.storage.push(Said::here(class));
        self
    }

    /// Has this priority class, beside Kubernetes' own two, which no service can have.
    #[track_caller]
    pub fn priority_class(mut self, class: PriorityClass) -> Self {
        self.view.priority_classes.push(Said::here(class));
        self
    }

    /// Has this runtime class.
    #[track_caller]
    pub fn runtime_class(mut self, class: RuntimeClass) -> Self {
        self.view.runtime_classes.push(Said::here(class));
        self
    }

    /// Bounds what the services of a namespace may use: together by a [`Quota`], or each container by [`ContainerLimits`].
    #[track_caller]
    pub fn bounds<T: Bound>(mut self, namespace: Namespace, bound: T) -> Self {
        self.view.bounds.push(Said::here(view::BoundNamespace { namespace, bound: bound.bound(), seal: Seal::new() }));
        self
    }

    /// Pulls images of `registry` with the `.dockerconfigjson` of this item.
    ///
    /// Every namespace whose services run such images gets the item once.
    #[track_caller]
    pub fn pulls(mut self, registry: Host, item: Item) -> Self {
        self.view.pulls.push(Said::here(view::PullSecret { registry, item, seal: Seal::new() }));
        self
    }

    /// Has Argo CD read the tree through the plugin, which prints what was rendered, or nothing. Without it Argo CD reads plain
    /// directories.
    ///
    /// The root Application stays a plain directory, so that the plugin's own sidecar is nothing that it has to wait for. The tree gets what the
    /// sidecar is made of, in `argocd/plugin`.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const PLUGIN: Plugin = Plugin {
    ///     image: image!("registry.example.com/casemate:0.1.0@sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
    /// };
    ///
    /// fn guarded(cluster: Cluster) -> Cluster {
    ///     cluster.plugin(PLUGIN)
    /// }
    /// ```
    #[track_caller]
    pub fn plugin(mut self, plugin: Plugin) -> Self {
        self.view.plugin.say(plugin);
        self
    }

    /// Is reached from outside through this tunnel, and in no other way.
    #[track_caller]
    pub fn tunnel(mut self, tunnel: Tunnel) -> Self {
        self.view.tunnel.say(tunnel);
        self
    }

    /// Has cert-manager in this namespace: a chart of the platform, which makes the certificates of
    /// [webhooks](crate::Webhook).
    #[track_caller]
    pub fn cert_manager(mut self, namespace: Name) -> Self {
        self.view.cert_manager.say(namespace);
        self
    }

    /// Has the operator CloudNativePG in this namespace: a chart of the platform, which runs [databases](crate::Database) among
    /// services and makes their credentials.
    #[track_caller]
    pub fn cloud_native_pg(mut self, namespace: Name) -> Self {
        self.view.cloud_native_pg.say(namespace);
        self
    }

    /// Is watched by these: what services and proxies tell is read and sent there.
    #[track_caller]
    pub fn observed(mut self, observability: Observability) -> Self {
        let Observability { scraper, collector, collector_http, access_logs, proxy_traces } = observability;
        self.view.observability.say(view::Observability {
            scraper: scraper.calling(),
            collector: collector.at_peer(),
            collector_http: collector_http.at_peer(),
            access_logs,
            proxy_traces,
            seal: Seal::new(),
        });
        self
    }

    /// Installs a chart: one that Casemate knows ([`chart`](crate::chart)), or any other ([`Chart`](crate::Chart)).
    ///
    /// The charts of a cluster come in the order in which its guarantees need one another, whatever the order of these lines.
    #[track_caller]
    pub fn installs<T: Installs>(mut self, chart: T) -> Self {
        self.view.installed.push(Said::here(chart.installed()));
        self
    }

    /// Has Kyverno in this namespace: a chart of the platform, version 1.19 or newer, which holds all pods of the cluster to the rules of
    /// services, and refuses among services whatever breaks one.
    ///
    /// A cluster that [`installs`](Self::installs) its chart has said so already; what is said here is another namespace, or that
    /// somebody else installs it. Its exceptions are to stay off, as they are by default (`features.policyExceptions.enabled`).
    #[track_caller]
    pub fn kyverno(mut self, namespace: Name) -> Self {
        self.view.kyverno.say(namespace);
        self
    }

    /// Has the 1Password operator somewhere else than [`OnePassword::CHART`] says.
    #[track_caller]
    pub fn one_password(mut self, operator: OnePassword) -> Self {
        self.view.one_password.say(operator);
        self
    }

    /// Exposes a peer's port, under the same decision as a service's; paths of a hostname can lead to services and peers.
    #[track_caller]
    pub fn exposes<T: OfPeer, D: Decided>(mut self, port: T, exposure: D) -> Self
    where
        T::Speaks: SpeaksHttp,
    {
        self.view.exposures.push(Said::here(view::ExposedPeer {
            endpoint: port.exposed(),
            exposure: exposure.decided(),
            seal: Seal::new(),
        }));
        self
    }

    /// Runs a service.
    #[track_caller]
    pub fn runs<T: Runs>(mut self, service: T) -> Self {
        self.view.services.push(Said::here(service.into_service()));
        self
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Name {
        self.view.name.what
    }

    /// The finished declaration, for the generator to read.
    #[must_use]
    pub fn into_view(self) -> view::Cluster {
        self.view
    }
}
