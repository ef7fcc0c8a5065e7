//! Custom resources: another operator's, and a service's own.

use super::{ApiNeed, Offered, Refused, Resource, why};
use crate::identity::Workload;
use crate::view;
use crate::word::{Reason, ResourceName, is_of_the_platform};

/// A custom resource that another operator defines, made by [`custom!`](crate::custom_resource!); `PLATFORM` says whether the
/// platform's own security rests on it, which [`is_of_the_platform`] decides from the group.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let rollouts = api::custom!("argoproj.io", "applications").read();
/// let sandboxes = api::custom!("extensions.agents.x-k8s.io", "sandboxclaims")
///     .manage(because!("each job runs in a sandbox of its own"));
/// ```
///
/// ```compile_fail,E0080
/// # use casemate_dsl::prelude::*;
/// let pods = api::custom!("apps", "deployments").read();
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Custom<const PLATFORM: bool>(Resource);

impl<const PLATFORM: bool> Custom<PLATFORM> {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(name: ResourceName) -> Self {
        assert!(
            is_of_the_platform(name.group()) == PLATFORM,
            "whether a resource is the platform's is decided by its group: write `api::custom!(\"…\", \"…\")`"
        );
        Self(Resource { group: name.group(), plural: name.plural() })
    }

    /// May get, list and watch them.
    #[must_use]
    pub const fn read(self) -> ApiNeed {
        self.0.read()
    }

    /// May get, list and watch those of all namespaces, and why: every report shows it.
    #[must_use]
    pub const fn read_everywhere(self, reason: Reason) -> ApiNeed {
        self.0.read_everywhere(reason)
    }
}

impl Custom<false> {
    /// May get, list, watch, create, update, patch and delete those of its own namespace, and why: their operator acts on them with
    /// rights of its own.
    #[must_use]
    pub const fn manage(self, reason: Reason) -> ApiNeed {
        self.0.need(view::Verbs::ManageOthers(reason), view::Within::Namespace)
    }
}

impl Custom<true> {
    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn manage(self, _reason: Reason) -> Refused<why::WritesPlatform> {
        Refused::new()
    }
}

/// A custom resource that the service itself defines and serves, made by [`own!`](crate::own_resource!).
///
/// It may write their status, and take finalizers away. One service of a cluster owns a resource.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const MODEL_CACHES: api::Own = api::own!("caches.example.com", "modelcaches");
/// let here = MODEL_CACHES.manage();
/// let everywhere = MODEL_CACHES.manage_everywhere(because!("teams keep caches in their own namespaces"));
/// ```
///
/// ```compile_fail,E0080
/// # use casemate_dsl::prelude::*;
/// const ITEMS: api::Own = api::own!("onepassword.com", "onepassworditems");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Own(Resource);

impl Own {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(name: ResourceName) -> Self {
        assert!(
            !is_of_the_platform(name.group()),
            "this group belongs to the platform: a service's own resources are in a group of its own, `caches.example.com`"
        );
        Self(Resource { group: name.group(), plural: name.plural() })
    }

    /// May do everything with those of its own namespace.
    #[must_use]
    pub const fn manage(self) -> ApiNeed {
        self.0.need(view::Verbs::Own, view::Within::Namespace)
    }

    /// May do everything with those of all namespaces, and why: every report shows it.
    #[must_use]
    pub const fn manage_everywhere(self, reason: Reason) -> ApiNeed {
        self.0.need(view::Verbs::Own, view::Within::Cluster(reason))
    }

    /// The resource as one that its service `W` offers to others.
    #[must_use]
    pub const fn offered<W: Workload>(self) -> Offered<W> {
        Offered::of(self.0)
    }
}

/// Another operator's custom resource as a [`Custom`](crate::api::Custom), by group and plural; written `api::custom!("group", "plural")`.
#[macro_export]
macro_rules! custom_resource {
    ($group:literal, $plural:literal) => {{
        const NAME: $crate::word::ResourceName = $crate::word::ResourceName::checked($group, $plural);
        const CHECKED: $crate::api::Custom<{ $crate::word::is_of_the_platform($group) }> =
            $crate::api::Custom::checked(NAME);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`api::custom!` takes a group and a plural: `api::custom!(\"argoproj.io\", \"applications\")`"
        )
    };
}

/// A custom resource of the service's own as an [`Own`](crate::api::Own), by group and plural; written `api::own!("group", "plural")`.
#[macro_export]
macro_rules! own_resource {
    ($group:literal, $plural:literal) => {{
        const NAME: $crate::word::ResourceName = $crate::word::ResourceName::checked($group, $plural);
        const CHECKED: $crate::api::Own = $crate::api::Own::checked(NAME);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`api::own!` takes a group and a plural: `api::own!(\"caches.example.com\", \"modelcaches\")`"
        )
    };
}
