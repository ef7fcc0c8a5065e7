//! Endpoints: what can be called. Naming one *is* the call, with all its consequences.

use crate::identity::Workload;
use crate::peer::PeerPort;
use crate::port::{Http, Port, Protocol};
use crate::view;
use crate::word::{Path, Scheme};

/// A port that can be called: a service's or a peer's.
#[diagnostic::on_unimplemented(
    message = "nobody serves this: a call names the port of a service or of a peer",
    label = "no endpoint",
    note = "call the constant that its owner declares, `ledger::API`; a host outside of the cluster is said with \
            `.reaches(External::https(host!(\"…\")))`"
)]
pub trait Callee: crate::seal::Sealed {
    #[doc(hidden)]
    fn called(self) -> view::Endpoint;
}

#[diagnostic::do_not_recommend]
impl<W: Workload, P: Protocol> Callee for Port<W, P> {
    fn called(self) -> view::Endpoint {
        self.endpoint()
    }
}

#[diagnostic::do_not_recommend]
impl<P: Protocol> Callee for PeerPort<P> {
    fn called(self) -> view::Endpoint {
        self.endpoint()
    }
}

/// The address of an endpoint, in a variable or a config file. Whoever holds it, calls it.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # const NATS: Peer = Peer::unmeshed(name!("nats"), label!("app", "nats"), because!("the chart is not meshed"));
/// # pub const CLIENT: PeerPort<Tcp> = NATS.port(name!("nats"), port_number!(4222));
/// let url = CLIENT.url_as(scheme!("nats"));
/// ```
#[derive(Debug)]
#[must_use = "an address calls nobody until a variable or a config file holds it"]
pub struct Address {
    pub(crate) endpoint: view::Endpoint,
    pub(crate) form: view::AddressForm,
}

impl Address {
    /// The same URL with a path.
    pub fn at(mut self, path: Path) -> Self {
        if let view::AddressForm::Url { path: slot, .. } = &mut self.form {
            *slot = Some(path);
        }
        self
    }
}

const HTTP: Scheme = crate::scheme!("http");

impl<W: Workload> Port<W, Http> {
    /// `http://` and the address of this port.
    pub fn url(self) -> Address {
        self.url_as(HTTP)
    }
}

impl<W: Workload, P: Protocol> Port<W, P> {
    /// A URL of this port with the scheme that its clients expect.
    pub fn url_as(self, scheme: Scheme) -> Address {
        Address { endpoint: self.endpoint(), form: view::AddressForm::Url { scheme, path: None } }
    }

    /// The host and number of this port: `host:port`.
    pub fn authority(self) -> Address {
        Address { endpoint: self.endpoint(), form: view::AddressForm::Authority }
    }

    /// The host alone.
    pub fn host(self) -> Address {
        Address { endpoint: self.endpoint(), form: view::AddressForm::Host }
    }
}

impl PeerPort<Http> {
    /// `http://` and the address of this port.
    pub fn url(self) -> Address {
        self.url_as(HTTP)
    }
}

impl<P: Protocol> PeerPort<P> {
    /// A URL of this port with the scheme that its clients expect.
    pub fn url_as(self, scheme: Scheme) -> Address {
        Address { endpoint: self.endpoint(), form: view::AddressForm::Url { scheme, path: None } }
    }

    /// The host and number of this port: `host:port`.
    pub fn authority(self) -> Address {
        Address { endpoint: self.endpoint(), form: view::AddressForm::Authority }
    }

    /// The host alone.
    pub fn host(self) -> Address {
        Address { endpoint: self.endpoint(), form: view::AddressForm::Host }
    }
}
