//! What can be called, and what is reached outside.

use super::Database;
use crate::identity::Identity;
use crate::seal::Seal;
use crate::word::{Host, Hosts, Ip, Label, Name, Path, PortNumber, Reason, Scheme};

/// What a port speaks.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Protocol {
    /// HTTP/1 and WebSocket.
    Http,
    /// gRPC.
    Grpc,
    /// Anything else over TCP.
    Tcp,
    /// TLS that the application speaks itself.
    Tls,
    /// UDP.
    Udp,
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
    /// A database among services.
    Database(Database),
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

/// A peer that calls.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PeerCaller {
    /// The peer's namespace.
    pub namespace: Name,
    /// What policies and reports call it.
    pub name: Name,
    /// The labels that its pods bear; never empty.
    pub labels: Vec<Label>,
    /// Whether it is in the mesh.
    pub mesh: PeerMesh,
}

/// A port of a service that a peer calls.
#[derive(Debug)]
pub struct CalledPort {
    /// The port.
    pub port: ServedPort,
    /// Who calls it.
    pub caller: PeerCaller,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// Something outside of the cluster.
#[derive(Debug)]
pub struct External {
    /// What is reached.
    pub what: Outside,
    /// Keeps views from being forged.
    pub seal: Seal,
}

/// What is reached outside of the cluster.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Outside {
    /// A host.
    Host {
        /// The host.
        host: Host,
        /// Its port.
        port: PortNumber,
        /// How it is recognised.
        protocol: ExternalProtocol,
    },
    /// All hosts below a domain, by the server name in the TLS handshake.
    Below {
        /// The hosts.
        hosts: Hosts,
        /// Their port.
        port: PortNumber,
        /// Why not each by its name.
        reason: Reason,
    },
    /// Any host, on the ports of web pages.
    AnyWebPage {
        /// Why no host can be named.
        reason: Reason,
    },
    /// A device of the network around the cluster.
    Lan {
        /// Its address.
        address: Ip,
        /// Its port.
        port: PortNumber,
        /// Whether it is called over UDP.
        udp: bool,
        /// Why it is reached.
        reason: Reason,
    },
    /// A host over UDP, which nothing on the wire names.
    Udp {
        /// The host that is meant.
        host: Host,
        /// Its port.
        port: PortNumber,
    },
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
