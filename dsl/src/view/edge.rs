//! What can be called, and what is reached outside.

use crate::identity::Identity;
use crate::seal::Seal;
use crate::word::{Host, Label, Name, Path, PortNumber, Reason, Scheme};

/// What a port speaks.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Protocol {
    /// HTTP/1 and WebSocket.
    Http,
    /// gRPC.
    Grpc,
    /// Anything else over TCP.
    Tcp,
}

/// A port that a container serves.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ServedPort {
    /// Its number.
    pub number: PortNumber,
    /// What it speaks.
    pub protocol: Protocol,
}

/// What can be called.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Endpoint {
    /// A port of a service.
    Service {
        /// Whose.
        identity: Identity,
        /// Its number.
        port: PortNumber,
        /// What it speaks.
        protocol: Protocol,
    },
    /// A port of a peer.
    Peer(PeerEndpoint),
}

/// A port of a peer.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PeerEndpoint {
    /// The peer's namespace.
    pub namespace: Name,
    /// The labels that its pods bear; never empty.
    pub labels: Vec<Label>,
    /// Whether it is in the mesh.
    pub mesh: PeerMesh,
    /// Its Service.
    pub service: Name,
    /// The Service's port.
    pub port: PortNumber,
    /// The pods' port.
    pub pod_port: PortNumber,
    /// What it speaks.
    pub protocol: Protocol,
}

/// Whether a peer is in the mesh.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum PeerMesh {
    /// It is, and runs as this account.
    Meshed {
        /// Its ServiceAccount.
        account: Name,
    },
    /// It is not, and why.
    Unmeshed {
        /// Why.
        reason: Reason,
    },
}

/// The address of an endpoint in a text.
#[derive(Debug)]
pub struct Address {
    /// Whose address.
    pub endpoint: Endpoint,
    /// In which form.
    pub form: AddressForm,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// The form of an address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AddressForm {
    /// `scheme://host:port/path`.
    Url {
        /// The scheme.
        scheme: Scheme,
        /// The path, if any.
        path: Option<Path>,
    },
    /// `host:port`.
    Authority,
    /// `host`.
    Host,
}

/// A host outside of the cluster.
#[derive(Debug)]
pub struct External {
    /// The host.
    pub host: Host,
    /// Its port.
    pub port: PortNumber,
    /// How it is recognised.
    pub protocol: ExternalProtocol,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// How the mesh recognises an external host.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ExternalProtocol {
    /// By the server name in the TLS handshake.
    Tls,
    /// By the `Host` header.
    PlainHttp,
    /// Not at all: any host on the port.
    Tcp,
}
