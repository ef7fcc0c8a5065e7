//! Ports that services serve.

use core::marker::PhantomData;

use crate::identity::{Identity, Workload};
use crate::seal::Sealed;
use crate::view;
use crate::word::PortNumber;

/// HTTP/1, and WebSocket over it.
#[derive(Debug)]
pub enum Http {}

/// gRPC, and other HTTP/2 without TLS of its own.
#[derive(Debug)]
pub enum Grpc {}

/// Any other protocol over TCP: the mesh encrypts it without looking inside.
#[derive(Debug)]
pub enum Tcp {}

/// TLS that the application speaks itself, as a webhook does: the mesh judges who may call, and leaves the TLS within as it is.
#[derive(Debug)]
pub enum Tls {}

/// UDP, which passes the mesh by: both ends allow it by NetworkPolicy alone, nothing encrypts it, and every report says so.
#[derive(Debug)]
pub enum Udp {}

/// What a port speaks.
pub trait Protocol: Sealed + 'static {
    /// The protocol as a value.
    const KIND: view::Protocol;
}

impl Sealed for Http {}
impl Sealed for Grpc {}
impl Sealed for Tcp {}
impl Sealed for Tls {}
impl Sealed for Udp {}

impl Protocol for Http {
    const KIND: view::Protocol = view::Protocol::Http;
}

impl Protocol for Grpc {
    const KIND: view::Protocol = view::Protocol::Grpc;
}

impl Protocol for Tcp {
    const KIND: view::Protocol = view::Protocol::Tcp;
}

impl Protocol for Tls {
    const KIND: view::Protocol = view::Protocol::Tls;
}

impl Protocol for Udp {
    const KIND: view::Protocol = view::Protocol::Udp;
}

/// A port of the service `W` that speaks `P`.
///
/// It is a constant beside the declaration. Others name it to call the service, and its type keeps them from serving it.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// /// Takes bookings from other services.
/// pub const API: Port<Ledger, Http> = port!(8080);
/// ```
///
/// ```compile_fail,E0080
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// pub const API: Port<Ledger, Http> = port!(80);
/// ```
#[derive(Debug)]
pub struct Port<W, P> {
    number: PortNumber,
    serves: PhantomData<fn() -> (W, P)>,
}

impl<W, P> Clone for Port<W, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W, P> Copy for Port<W, P> {}

impl<W, P> Port<W, P> {
    /// Checks the number again: a peer's may be one that no service can serve.
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn numbered(number: PortNumber) -> Self {
        Self { number: PortNumber::checked(number.number() as u32), serves: PhantomData }
    }

    /// Checks the number again: it is one below 1024.
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn low(number: PortNumber) -> Self {
        Self { number: PortNumber::checked_low(number.number() as u32), serves: PhantomData }
    }
}

impl<W: Workload, P: Protocol> Port<W, P> {
    pub(crate) fn served(self) -> view::ServedPort {
        view::ServedPort { number: self.number, protocol: P::KIND }
    }

    pub(crate) fn endpoint(self) -> view::Endpoint {
        view::Endpoint::Service { identity: Identity::of::<W>(), port: self.number, protocol: P::KIND }
    }
}

/// A port that belongs to a service.
#[diagnostic::on_unimplemented(
    message = "this is no port: a service serves and exposes what it declares",
    label = "no port of a service",
    note = "declare `pub const API: Port<Ledger, Http> = port!(8080);` and name it, as its callers do: `API`"
)]
pub trait Served: Sealed {
    /// Whose it is.
    type Owner;

    /// What it speaks.
    type Speaks: Protocol;

    #[doc(hidden)]
    fn view(self) -> view::ServedPort;
}

impl<W, P> Sealed for Port<W, P> {}

#[diagnostic::do_not_recommend]
impl<W: Workload, P: Protocol> Served for Port<W, P> {
    type Owner = W;
    type Speaks = P;

    fn view(self) -> view::ServedPort {
        self.served()
    }
}

/// A port that belongs to the service `W`.
#[diagnostic::on_unimplemented(
    message = "this is no port of `{W}`",
    label = "declared by another service, or by none",
    note = "serve, probe and expose a port that is declared `Port<{W}, _>`; to reach another service, `.calls(..)` its port"
)]
pub trait OwnPort<W>: Served {}

#[diagnostic::do_not_recommend]
impl<W, T: Served<Owner = W>> OwnPort<W> for T {}

/// A protocol that the tunnel, scrapers and probes speak.
#[diagnostic::on_unimplemented(
    message = "this port does not speak HTTP",
    label = "an `Http` port is needed here",
    note = "the tunnel forwards HTTP, metrics are read over HTTP, and in the mesh only HTTP probes are let in: serve a \
            `Port<_, Http>` beside this one, or probe with `exec`"
)]
pub trait SpeaksHttp: Protocol {}

#[diagnostic::do_not_recommend]
impl SpeaksHttp for Http {}

/// A protocol in which the API server asks.
#[diagnostic::on_unimplemented(
    message = "the API server asks over TLS, with a certificate of the service's own",
    label = "a `Tls` port is needed here",
    note = "declare `pub const HOOK: Port<Ledger, Tls> = port!(9443);`, serve it, and mount `.webhook_certificate(path!(\"/certs\"))`"
)]
pub trait SpeaksTls: Protocol {}

#[diagnostic::do_not_recommend]
impl SpeaksTls for Tls {}

/// A [`Port`](crate::Port), its number checked where it is written.
#[macro_export]
macro_rules! port {
    ($number:literal) => {{
        const CHECKED: $crate::word::PortNumber = $crate::word::PortNumber::checked($number);
        $crate::Port::numbered(CHECKED)
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`port!` takes one number: `port!(8080)`")
    };
}

/// A [`Port`](crate::Port) below 1024, its number checked where it is written.
///
/// No capability comes with it: the pod lowers the first port that takes none (`net.ipv4.ip_unprivileged_port_start`), for itself.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Resolver {}
/// # impl Workload for Resolver {
/// #     const NAME: Name = name!("resolver");
/// #     const NAMESPACE: Namespace = namespace!("dns");
/// # }
/// /// Answers queries.
/// pub const DNS: Port<Resolver, Udp> = low_port!(53);
/// ```
///
/// ```compile_fail,E0080
/// # use casemate_dsl::prelude::*;
/// # pub enum Resolver {}
/// # impl Workload for Resolver {
/// #     const NAME: Name = name!("resolver");
/// #     const NAMESPACE: Namespace = namespace!("dns");
/// # }
/// pub const DNS: Port<Resolver, Udp> = low_port!(5353);
/// ```
#[macro_export]
macro_rules! low_port {
    ($number:literal) => {{
        const CHECKED: $crate::word::PortNumber = $crate::word::PortNumber::checked_low($number);
        $crate::Port::low(CHECKED)
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`low_port!` takes one number: `low_port!(53)`")
    };
}

/// The number of a port that somebody else serves, checked where it is written.
#[macro_export]
macro_rules! port_number {
    ($number:literal) => {{
        const CHECKED: $crate::word::PortNumber = $crate::word::PortNumber::checked_of_peer($number);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`port_number!` takes one number: `port_number!(443)`")
    };
}
