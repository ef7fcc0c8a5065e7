//! What nobody is granted, each with the sentence that says the way that works.

use core::marker::PhantomData;

use super::Grantable;
use crate::seal::Sealed;
use crate::view;

/// A need that is granted to nobody, and why.
#[derive(Debug)]
pub struct Refused<W>(PhantomData<fn() -> W>);

impl<W> Clone for Refused<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W> Copy for Refused<W> {}

impl<W> Refused<W> {
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }

    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn read(self) -> Self {
        self
    }

    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn read_everywhere(self, _reason: crate::word::Reason) -> Self {
        self
    }

    /// Is refused by [`Container::may`](crate::Container::may).
    #[must_use]
    pub const fn manage(self) -> Self {
        self
    }
}

impl<W> Sealed for Refused<W> {}

/// Who is granted what nobody is.
#[derive(Debug)]
pub enum Nobody {}

/// Why a need is refused.
pub mod why {
    use core::marker::PhantomData;

    use super::Nobody;

    macro_rules! reasons {
        ($($(#[$doc:meta])+ $name:ident;)+) => {$(
            $(#[$doc])+
            #[derive(Debug)]
            pub struct $name<T = Nobody>(PhantomData<fn() -> T>);
        )+};
    }

    reasons! {
        /// It reads or makes credentials.
        ReachesSecrets;
        /// It acts within pods.
        CommandsPods;
        /// It hands out rights.
        GrantsRights;
        /// It runs what it chooses with others' rights, or takes away what is theirs.
        RunsOthers;
        /// It gives neighbours another configuration.
        WritesEveryConfigMap;
        /// It lies in no namespace.
        LiesInNoNamespace;
        /// It changes what the platform holds services to.
        WritesPlatform;
    }
}

impl<W: Excused> Grantable for Refused<W> {
    fn need(self) -> view::ApiNeed {
        W::need()
    }
}

/// A reason that does not hold for somebody.
pub trait Excused: Sealed {
    #[doc(hidden)]
    fn need() -> view::ApiNeed;
}

/// Writes a trait that nobody implements, whose sentence is what a refused need says.
macro_rules! refusals {
    ($($(#[$doc:meta])+ $name:ident: $message:literal, $label:literal, $note:literal;)+) => {$(
        $(#[$doc])+
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        pub trait $name: Sealed {
            #[doc(hidden)]
            fn never() -> view::ApiNeed;
        }

        impl<T> Sealed for why::$name<T> {}

        impl<T: $name> Excused for why::$name<T> {
            fn need() -> view::ApiNeed {
                T::never()
            }
        }
    )+};
}

refusals! {
    /// Nobody: it is what reading Secrets through the API asks for.
    ReachesSecrets:
        "nobody reads or makes credentials through the API",
        "no need that a service may have",
        "take the field that is needed: `.env(var!(\"…\"), ITEM.field(field!(\"…\")))` or `.secret_file(..)`";

    /// Nobody: it is what commands in pods ask for.
    CommandsPods:
        "nobody acts within pods through the API",
        "no need that a service may have",
        "call what the pods serve: `.calls(ledger::API)`, which both ends allow and every report shows";

    /// Nobody: it is what roles and bindings ask for.
    GrantsRights:
        "nobody hands out rights through the API",
        "no need that a service may have",
        "say what each service needs where it is declared: `.may(api::PODS.read())`";

    /// Nobody: it is what writing workloads asks for.
    RunsOthers:
        "this is read only: who writes it runs what it likes with others' rights",
        "no need that a service may have",
        "read it with `.read()`, or `.read_everywhere(because!(\"…\"))`; what a service needs to run, it declares";

    /// Nobody: it is what writing all ConfigMaps asks for.
    WritesEveryConfigMap:
        "who writes every ConfigMap of a namespace configures its neighbours",
        "names no ConfigMap",
        "name the one that the service keeps: `api::CONFIG_MAPS.named(name!(\"state\")).manage()`";

    /// Nobody: it is what reading a namespace's nodes asks for.
    LiesInNoNamespace:
        "this lies in no namespace: who reads it reads it of the whole cluster",
        "needs a reason",
        "write `.read_everywhere(because!(\"…\"))`: every report shows it";

    /// Nobody: it is what writing the platform's resources asks for.
    WritesPlatform:
        "no service writes what the platform holds services to",
        "no need that a service may have",
        "read it with `.read()`; policies, certificates, secrets, routes and Applications follow from declarations";
}
