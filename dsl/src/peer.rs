//! Peers: what services talk to and others run.

use core::marker::PhantomData;

use crate::port::Protocol;
use crate::seal::Sealed;
use crate::view;
use crate::word::{Label, Name, PortNumber, Reason};

/// Pods that others run: a NATS or S3 chart, a database operator's cluster, `argocd-server`.
///
/// A peer grants nothing beyond the edges that name it. To a meshed peer an edge is mutual TLS; to an unmeshed one it is the
/// plain port, and every report says so with the reason given here.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const NATS: Peer = Peer::unmeshed(
///     name!("nats"),
///     label!("app.kubernetes.io/name", "nats"),
///     because!("the chart runs outside of the mesh"),
/// );
///
/// /// Takes messages.
/// pub const CLIENT: PeerPort<Tcp> = NATS.port(name!("nats"), port_number!(4222));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    namespace: Name,
    labels: [Option<Label>; 4],
    mesh: view::PeerMesh,
}

impl Peer {
    /// Pods in `namespace` with this label which are in the mesh and run as `account`.
    #[must_use]
    pub const fn meshed(namespace: Name, label: Label, account: Name) -> Self {
        Self { namespace, labels: [Some(label), None, None, None], mesh: view::PeerMesh::Meshed { account } }
    }

    /// Pods in `namespace` with this label which are not in the mesh, and why: calls to them are not encrypted by it.
    #[must_use]
    pub const fn unmeshed(namespace: Name, label: Label, reason: Reason) -> Self {
        Self { namespace, labels: [Some(label), None, None, None], mesh: view::PeerMesh::Unmeshed { reason } }
    }

    /// Only those of the pods which bear this label too.
    ///
    /// # Panics
    ///
    /// When more than four labels are named; in a constant that is a compile error.
    #[must_use]
    pub const fn also_labelled(mut self, label: Label) -> Self {
        let mut i = 0;
        while i < self.labels.len() {
            if self.labels[i].is_none() {
                self.labels[i] = Some(label);
                return self;
            }
            i += 1;
        }
        panic!("a peer is selected by at most four labels")
    }

    /// The port of the peer's Service `service`.
    #[must_use]
    pub const fn port<P>(self, service: Name, port: PortNumber) -> PeerPort<P> {
        PeerPort { peer: self, service, port, pod_port: port, speaks: PhantomData }
    }
}

impl Peer {
    /// These pods as a caller, by the name that policies and reports give it; [`called_by`](crate::Service::called_by) takes it.
    #[must_use]
    pub const fn caller(self, name: Name) -> Caller {
        Caller { peer: self, name }
    }
}

/// A peer that calls: a scraper, a collector that asks for health, an operator.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const OTEL: Peer = Peer::unmeshed(
///     name!("signoz"),
///     label!("app.kubernetes.io/component", "otel-deployment"),
///     because!("the chart runs outside of the mesh"),
/// );
///
/// /// Asks services for their health.
/// pub const HEALTH_CHECK: Caller = OTEL.caller(name!("otel-deployment"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    peer: Peer,
    name: Name,
}

impl Sealed for Caller {}

/// Who calls a service without being one.
#[diagnostic::on_unimplemented(
    message = "this is no caller beside services: `.called_by(..)` names a peer that calls",
    label = "no caller",
    note = "a peer calls as `PROMETHEUS.caller(name!(\"prometheus\"))`; a service says itself whom it calls: `.calls(ledger::API)`"
)]
pub trait Calling: Sealed {
    #[doc(hidden)]
    fn calling(self) -> view::PeerCaller;
}

#[diagnostic::do_not_recommend]
impl Calling for Caller {
    fn calling(self) -> view::PeerCaller {
        let Self { peer: Peer { namespace, labels, mesh }, name } = self;
        view::PeerCaller { namespace, name, labels: labels.into_iter().flatten().collect(), mesh }
    }
}

/// A port of a peer that speaks `P`.
#[derive(Debug)]
pub struct PeerPort<P> {
    peer: Peer,
    service: Name,
    port: PortNumber,
    pod_port: PortNumber,
    speaks: PhantomData<fn() -> P>,
}

impl<P> Clone for PeerPort<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for PeerPort<P> {}

impl<P> PeerPort<P> {
    /// The port at which the pods listen, where it differs from the Service's: policies judge that one.
    #[must_use]
    pub const fn at_pod_port(mut self, port: PortNumber) -> Self {
        self.pod_port = port;
        self
    }
}

impl<P: Protocol> PeerPort<P> {
    pub(crate) fn endpoint(self) -> view::Endpoint {
        view::Endpoint::Peer(self.at_peer())
    }

    pub(crate) fn at_peer(self) -> view::PeerEndpoint {
        view::PeerEndpoint {
            namespace: self.peer.namespace,
            labels: self.peer.labels.into_iter().flatten().collect(),
            mesh: self.peer.mesh,
            service: self.service,
            port: self.port,
            pod_port: self.pod_port,
            protocol: P::KIND,
        }
    }
}

impl<P> Sealed for PeerPort<P> {}

/// A port of a peer.
#[diagnostic::on_unimplemented(
    message = "a cluster exposes the ports of peers only",
    label = "no port of a peer",
    note = "a service exposes its own port, where it is declared: `.exposed(API, host!(\"…\").for_audience(AUDIENCE))`"
)]
pub trait OfPeer: Sealed {
    /// What it speaks.
    type Speaks: Protocol;

    #[doc(hidden)]
    fn exposed(self) -> view::Endpoint;
}

#[diagnostic::do_not_recommend]
impl<P: Protocol> OfPeer for PeerPort<P> {
    type Speaks = P;

    fn exposed(self) -> view::Endpoint {
        self.endpoint()
    }
}
