//! Webhooks: what the API server asks a service before it takes an object.

use crate::api::Admission;
use crate::said::Setting;
use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Namespace, Path, Seconds};

/// A webhook: on which path it answers, about what, and in which namespaces.
///
/// Its certificate comes from cert-manager, which the cluster declares by [`Cluster::cert_manager`](crate::Cluster::cert_manager); the
/// container that answers mounts it, [`Container::webhook_certificate`](crate::Container::webhook_certificate). The API server has no
/// identity in the mesh: it is let in by its address.
///
/// It is asked about the namespaces that it names, each by its name, so that it can lock nobody else out. While it is away it is not
/// asked, unless it says [`or_refused`](Self::or_refused).
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let sidecars = Webhook::mutating(path!("/mutate-pods"), api::PODS.created(), namespace!("inference"));
/// let reviews = Webhook::validating(path!("/validate"), api::DEPLOYMENTS.created(), namespace!("inference"))
///     .and_about(api::DEPLOYMENTS.updated())
///     .and_in(namespace!("agents"))
///     .within(seconds!(5))
///     .or_refused();
/// ```
#[derive(Debug)]
#[must_use = "the API server asks the service that says `.webhook(PORT, ..)`"]
pub struct Webhook(view::Webhook);

impl Webhook {
    /// May change what it is asked about.
    pub fn mutating(path: Path, about: Admission, namespace: Namespace) -> Self {
        Self::of(true, path, about, namespace)
    }

    /// Accepts or refuses what it is asked about.
    pub fn validating(path: Path, about: Admission, namespace: Namespace) -> Self {
        Self::of(false, path, about, namespace)
    }

    fn of(mutates: bool, path: Path, about: Admission, namespace: Namespace) -> Self {
        Self(view::Webhook {
            mutates,
            path,
            about: vec![about.into_view()],
            namespaces: vec![namespace],
            refuses: false,
            timeout: Setting::unsaid(),
            seal: Seal::new(),
        })
    }

    /// Is asked about this, too.
    pub fn and_about(mut self, about: Admission) -> Self {
        self.0.about.push(about.into_view());
        self
    }

    /// Is asked about this namespace, too.
    pub fn and_in(mut self, namespace: Namespace) -> Self {
        self.0.namespaces.push(namespace);
        self
    }

    /// Has the API server refuse what it is asked about while it is away (`failurePolicy: Fail`).
    pub fn or_refused(mut self) -> Self {
        self.0.refuses = true;
        self
    }

    /// Answers within this time, instead of 10 seconds; at most 30.
    #[track_caller]
    pub fn within(mut self, timeout: Seconds) -> Self {
        self.0.timeout.say(timeout);
        self
    }
}

/// What the API server can ask.
#[diagnostic::on_unimplemented(
    message = "the API server asks a webhook about something, in namespaces that are named",
    label = "no webhook",
    note = "write `Webhook::mutating(path!(\"/mutate\"), api::PODS.created(), NAMESPACE)`, or `Webhook::validating(..)`"
)]
pub trait Asked: Sealed {
    #[doc(hidden)]
    fn asked(self) -> view::Webhook;
}

impl Sealed for Webhook {}

#[diagnostic::do_not_recommend]
impl Asked for Webhook {
    fn asked(self) -> view::Webhook {
        self.0
    }
}
