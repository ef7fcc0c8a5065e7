//! Helm charts that others publish and the cluster installs: its platform.

mod ours;

pub use ours::{OurChart, argo_cd, cert_manager, external_dns, kyverno, linkerd, trust_manager};

use crate::said::{Said, Setting};
use crate::seal::{Seal, Sealed};
use crate::secret::Item;
use crate::view;
use crate::word::{ApiKind, ChartRepository, ChartVersion, Name, ObjectNames, Reason};

/// A Helm chart of somebody else's, in a namespace of the platform.
///
/// It is installed by Argo CD, in exactly this version, by a project of its own: from this repository, into this namespace, and of
/// the kinds that it says. Its pods are held to Pod Security's `restricted` unless it says otherwise.
///
/// What a chart renders is not Casemate's: values and kinds are listed in every report, for whoever reviews them. Charts come after
/// those that the cluster's guarantees stand on ([`chart`](crate::chart)), in no order among themselves: each tries again until
/// what it needs is there.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let longhorn = Chart::new(
///     name!("longhorn"),
///     chart_repository!("https://charts.longhorn.io"),
///     chart_version!("1.8.1"),
///     name!("longhorn-system"),
/// )
/// .privileged(because!("it mounts disks on the nodes"))
/// .creates_in_no_namespace(api_kind!("scheduling.k8s.io/PriorityClass"), object_names!("longhorn-critical"));
/// ```
#[derive(Debug)]
#[must_use = "a chart is installed only in a cluster that says so: `.installs(chart)`"]
pub struct Chart {
    view: view::Chart,
}

impl Chart {
    /// The chart of this name, in this repository and version, installed into this namespace.
    pub const fn new(name: Name, repository: ChartRepository, version: ChartVersion, namespace: Name) -> Self {
        let view = view::Chart {
            name,
            release: Setting::unsaid(),
            repository,
            version,
            namespace,
            level: Setting::unsaid(),
            values: Setting::unsaid(),
            creates: Vec::new(),
            creates_in_no_namespace: Vec::new(),
            creates_secrets: Setting::unsaid(),
            items: Vec::new(),
            seal: Seal::new(),
        };
        Self { view }
    }

    /// Is installed under this name instead of the chart's own: for a chart that runs twice.
    #[track_caller]
    pub fn release(mut self, name: Name) -> Self {
        self.view.release.say(name);
        self
    }

    /// Its pods are held to Pod Security's `baseline`: what the chart sets is not enough for `restricted`.
    #[track_caller]
    pub fn baseline(mut self) -> Self {
        self.view.level.say(view::PodSecurity::Baseline);
        self
    }

    /// Its pods are held to nothing, for a reason that every report shows.
    #[track_caller]
    pub fn privileged(mut self, reason: Reason) -> Self {
        self.view.level.say(view::PodSecurity::Privileged(reason));
        self
    }

    /// Its values: the text of a YAML file, `include_str!("signoz.yaml")`. A credential in it is an error.
    #[track_caller]
    pub fn values(mut self, yaml: &'static str) -> Self {
        self.view.values.say(yaml);
        self
    }

    /// May create objects of this kind in its namespace, beside the ordinary ones (workloads, Services, accounts, Roles, config,
    /// claims, budgets).
    #[track_caller]
    pub fn creates(mut self, kind: ApiKind) -> Self {
        self.view.creates.push(Said::here(kind));
        self
    }

    /// May create objects of this kind and these names that lie in no namespace.
    #[track_caller]
    pub fn creates_in_no_namespace(mut self, kind: ApiKind, names: ObjectNames) -> Self {
        self.view.creates_in_no_namespace.push(Said::here((kind, names)));
        self
    }

    /// May create Secrets in its namespace, for a reason that every report shows.
    #[track_caller]
    pub fn creates_secrets(mut self, reason: Reason) -> Self {
        self.view.creates_secrets.say(reason);
        self
    }

    /// Reads this item: a Secret of the item's name lies in its namespace, for its values to name.
    #[track_caller]
    pub fn reads(mut self, item: Item) -> Self {
        self.view.items.push(Said::here(item));
        self
    }
}

/// Something that a cluster installs.
#[diagnostic::on_unimplemented(
    message = "a cluster installs charts",
    label = "no chart",
    note = "write `.installs(chart::kyverno(chart_version!(\"3.9.1\")))` for one that Casemate knows, or `.installs(Chart::new(..))`; a \
            service is run, `.runs(..)`"
)]
pub trait Installs: Sealed {
    #[doc(hidden)]
    fn installed(self) -> view::Installed;
}

impl Sealed for Chart {}
impl Sealed for OurChart {}

#[diagnostic::do_not_recommend]
impl Installs for Chart {
    fn installed(self) -> view::Installed {
        view::Installed::Theirs(self.view)
    }
}

#[diagnostic::do_not_recommend]
impl Installs for OurChart {
    fn installed(self) -> view::Installed {
        view::Installed::Ours(self.into_view())
    }
}
