//! What is outside of the cluster.

use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Host, Hosts, Ip, PortNumber, Reason};

/// Something outside of the cluster that a service reaches.
///
/// Linkerd judges external hosts by namespace: what one service reaches, its neighbours in the namespace could reach on the same
/// port. Every report says so; a namespace of its own separates a service.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let forecast = External::https(host!("api.met.no"));
/// let mail = External::tcp(host!("smtp.example.org"), port_number!(587));
/// let broker = External::lan(ip!("192.168.1.5"), port_number!(1883), because!("the house's broker stands there"));
/// let pages = External::any_web_page(because!("it reads the pages that people save"));
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
        Self::of(view::Outside::Host { host, port, protocol: view::ExternalProtocol::Tls })
    }

    /// HTTPS on port 443 to every host below a domain, and why they cannot be named one by one: every report shows it.
    ///
    /// The domain itself is not among them.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// let gateways = External::https_below(hosts!("*.discord.gg"), because!("gateways are assigned at run time"));
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// let commercial = External::https_below(hosts!("*.com"), because!("gateways are assigned at run time"));
    /// ```
    pub const fn https_below(hosts: Hosts, reason: Reason) -> Self {
        Self::of(view::Outside::Below { hosts, port: crate::port_number!(443), reason })
    }

    /// HTTP without TLS.
    pub const fn plain_http(host: Host, port: PortNumber) -> Self {
        Self::of(view::Outside::Host { host, port, protocol: view::ExternalProtocol::PlainHttp })
    }

    /// A protocol in which the server speaks first or TLS begins later (SMTP, PostgreSQL).
    ///
    /// Nothing on the wire names the host, so *any* host can be reached on this port; every report says so.
    pub const fn tcp(host: Host, port: PortNumber) -> Self {
        Self::of(view::Outside::Host { host, port, protocol: view::ExternalProtocol::Tcp })
    }

    /// A protocol over UDP, which passes the mesh by: *any* public address can be reached on this port; every report says so.
    pub const fn udp(host: Host, port: PortNumber) -> Self {
        Self::of(view::Outside::Udp { host, port })
    }

    /// Any host on the ports 80 and 443, and why no host can be named: every report shows it.
    ///
    /// Whoever breaks into such a service can send what it holds anywhere. Linkerd holds back nothing on these ports for the
    /// whole namespace, so no other service of the namespace names hosts on them.
    pub const fn any_web_page(reason: Reason) -> Self {
        Self::of(view::Outside::AnyWebPage { reason })
    }

    /// A device of the network around the cluster, by its address and over TCP, and why: every report shows it.
    ///
    /// It takes a cluster whose Linkerd knows its own networks from that one,
    /// [`ClusterNetworks::PodsAndServices`](crate::ClusterNetworks::PodsAndServices).
    pub const fn lan(address: Ip, port: PortNumber, reason: Reason) -> Self {
        Self::of(view::Outside::Lan { address, port, udp: false, reason })
    }

    /// A device of the network around the cluster, by its address and over UDP, and why: every report shows it.
    pub const fn lan_udp(address: Ip, port: PortNumber, reason: Reason) -> Self {
        Self::of(view::Outside::Lan { address, port, udp: true, reason })
    }

    const fn of(what: view::Outside) -> Self {
        Self(view::External { what, seal: Seal::new() })
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
