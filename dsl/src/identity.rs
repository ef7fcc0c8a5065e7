//! Identities: who a service is, in the mesh, in Kubernetes and in the types of its ports.

use core::any::TypeId;

use crate::Container;
use crate::word::{Image, Name, Namespace};

/// The identity of a service: an empty enum that names it.
///
/// Everything that a service has bears this type, so that no service can serve, probe or expose the port of another. Its
/// ServiceAccount, and with it its identity in the mesh, has the same name.
///
/// ```
/// use casemate_dsl::prelude::*;
///
/// identity!(pub Ledger = "ledger" in namespace!("payments"));
/// ```
///
/// [`identity!`](crate::identity!) writes what can be written out, too:
///
/// ```
/// use casemate_dsl::prelude::*;
///
/// /// The ledger's identity in the mesh.
/// pub enum Ledger {}
///
/// impl Workload for Ledger {
///     const NAME: Name = name!("ledger");
///     const NAMESPACE: Namespace = namespace!("payments");
/// }
/// ```
pub trait Workload: Sized + 'static {
    /// The service's name.
    const NAME: Name;

    /// The namespace in which it runs.
    const NAMESPACE: Namespace;

    /// A container of this service, which runs `image`.
    ///
    /// The container says its resources and, unless it runs to an end, its probes before a workload takes it.
    #[track_caller]
    fn container(image: Image) -> Container<Self> {
        Container::started(None, image)
    }

    /// Another container of this service, which runs `image` beside the one that bears the service's name.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// # identity!(pub Ledger = "ledger" in namespace!("payments"));
    /// # const EXPORTER: Image = image_awaiting_digest!("registry.example.com/exporter:1.4.2");
    /// let exporter = Ledger::container_named(name!("exporter"), EXPORTER).resources(cpu!("5m"), memory!("16Mi"));
    /// ```
    #[track_caller]
    fn container_named(name: Name, image: Image) -> Container<Self> {
        Container::started(Some(name), image)
    }
}

/// The identity of a service: a type that nothing else has, the service's name, and the namespace in which it runs.
///
/// The name has at most 63 characters, lower-case letters, digits and inner hyphens, and begins with a letter; whatever else it is
/// does not compile. The namespace is a constant.
///
/// ```
/// use casemate_dsl::prelude::*;
///
/// const PAYMENTS: Namespace = namespace!("payments");
///
/// identity!(pub Ledger = "ledger" in PAYMENTS);
/// identity!(pub Audit = "audit" in PAYMENTS);
///
/// /// No other service can serve, probe or expose it.
/// pub const API: Port<Ledger, Http> = port!(8080);
/// ```
///
/// ```compile_fail
/// # use casemate_dsl::prelude::*;
/// identity!(pub Ledger = "The Ledger" in namespace!("payments"));
/// ```
#[macro_export]
macro_rules! identity {
    ($(#[$attribute:meta])* $visibility:vis $service:ident = $name:literal in $namespace:expr) => {
        #[doc = ::core::concat!("The identity of `", $name, "`, in the mesh and in the types of what it has.")]
        $(#[$attribute])*
        $visibility enum $service {}

        impl $crate::Workload for $service {
            const NAME: $crate::word::Name = $crate::name!($name);
            const NAMESPACE: $crate::word::Namespace = $namespace;
        }
    };
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`identity!` takes a type, the service's name and its namespace: \
             `identity!(pub Ledger = \"ledger\" in namespaces::PAYMENTS)`"
        );
    };
}

/// An identity as a value.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Identity {
    namespace: Namespace,
    name: Name,
    type_id: TypeId,
}

impl Identity {
    pub(crate) fn of<W: Workload>() -> Self {
        Self { namespace: W::NAMESPACE, name: W::NAME, type_id: TypeId::of::<W>() }
    }

    /// The service's name.
    #[must_use]
    pub const fn name(&self) -> Name {
        self.name
    }

    /// The namespace in which it runs.
    #[must_use]
    pub const fn namespace(&self) -> Namespace {
        self.namespace
    }
}
