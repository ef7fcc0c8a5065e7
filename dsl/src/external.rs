//! Hosts outside of the cluster.

use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Host, PortNumber};

/// A host outside of the cluster that a service reaches.
///
/// Linkerd judges external hosts by namespace: what one service reaches, its neighbours in the namespace could reach on the same
/// port. Every report says so; a namespace of its own separates a service.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let forecast = External::https(host!("api.met.no"));
/// let mail = External::tcp(host!("smtp.example.org"), port_number!(587));
/// ```
#[derive(Debug)]
#[must_use = "a host is reached by the service that says `.reaches(..)`"]
pub struct External(view::External);

impl External {
    /// HTTPS on port 443, recognised by the name that the client asks for (SNI).
    pub const fn https(host: Host) -> Self {
        Self::tls(host, crate::port_number!(443))
    }

    /// TLS from the first byte, on another port.
    pub const fn tls(host: Host, port: PortNumber) -> Self {
        Self(view::External { host, port, protocol: view::ExternalProtocol::Tls, seal: Seal::new() })
    }

    /// HTTP without TLS.
    pub const fn plain_http(host: Host, port: PortNumber) -> Self {
        Self(view::External { host, port, protocol: view::ExternalProtocol::PlainHttp, seal: Seal::new() })
    }

    /// A protocol in which the server speaks first or TLS begins later (SMTP, PostgreSQL).
    ///
    /// Nothing on the wire names the host, so *any* host can be reached on this port; every report says so.
    pub const fn tcp(host: Host, port: PortNumber) -> Self {
        Self(view::External { host, port, protocol: view::ExternalProtocol::Tcp, seal: Seal::new() })
    }
}

/// What a service can reach outside of the cluster.
#[diagnostic::on_unimplemented(
    message = "a host outside of the cluster says what is spoken there",
    label = "needs `External::https(host!(\"…\"))`",
    note = "the mesh lets through what it recognises: `External::https(..)`, `::tls(..)`, `::plain_http(..)` or `::tcp(..)`; \
            a port within the cluster is said with `.calls(..)`"
)]
pub trait Reachable: Sealed {
    #[doc(hidden)]
    fn reached(self) -> view::External;
}

impl Sealed for External {}

#[diagnostic::do_not_recommend]
impl Reachable for External {
    fn reached(self) -> view::External {
        self.0
    }
}
