//! What was declared, as `casemate list` says it.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::pods::each;
use crate::tree::text;

/// An edge to another end: whose, on which port, and whether the mesh carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    /// `namespace/name`.
    pub(super) other: String,
    pub(super) port: u16,
    pub(super) protocol: &'static str,
    pub(super) meshed: bool,
}

/// What a service reaches outside of the cluster, as far as the network tells hosts apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Every public address: the mesh tells hosts apart, the network does not.
    Public(u16, &'static str),
    /// A network or one address.
    Network { first: Ipv4Addr, bits: u32, port: u16, protocol: &'static str },
}

/// One service.
#[derive(Clone, Debug, Default)]
pub(super) struct Service {
    pub(super) calls: Vec<Edge>,
    pub(super) called: Vec<Edge>,
    pub(super) reaches: Vec<Reach>,
    /// It may do something with the API.
    pub(super) uses_api: bool,
    /// The API server asks it.
    pub(super) is_asked: bool,
}

/// The services of a cluster, and who calls its databases beside them; by `namespace/name`.
#[derive(Debug)]
pub(super) struct Declared {
    services: BTreeMap<String, Service>,
    databases: BTreeMap<String, Vec<Edge>>,
}

impl Declared {
    /// Asks `casemate list`; none when it does not know the cluster.
    pub(super) fn read(repository: &Path, cluster: &str) -> Result<Option<Self>> {
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["run", "--quiet", "--", "list", "--format", "json"])
            .current_dir(repository)
            .stderr(Stdio::inherit())
            .output()
            .context("cannot run cargo")?;
        ensure!(output.status.success(), "`cargo run -- list --format json` failed");
        let clusters: Value = serde_json::from_slice(&output.stdout).context("what `casemate list` prints")?;
        let Some(known) = each(&clusters).find(|one| one["cluster"] == cluster) else { return Ok(None) };
        let name = |one: &Value| format!("{}/{}", text(&one["namespace"]), text(&one["name"]));
        let context = |one: &Value| format!("{}, as `casemate list` prints it", name(one));
        let services = each(&known["services"]).map(|one| Ok((name(one), service(one).with_context(|| context(one))?)));
        let databases = each(&known["databases"]).map(|one| {
            let called = each(&one["called"]).map(|line| edge(text(line), " on ")).collect::<Result<_>>();
            Ok((name(one), called.with_context(|| context(one))?))
        });
        Ok(Some(Self { services: services.collect::<Result<_>>()?, databases: databases.collect::<Result<_>>()? }))
    }

    /// Who calls a database beside services.
    pub(super) fn callers_of(&self, database: &str) -> &[Edge] {
        self.databases.get(database).map_or(&[], Vec::as_slice)
    }

    /// A service; an empty one when nobody declared it.
    pub(super) fn service(&self, name: &str) -> Service {
        self.services.get(name).cloned().unwrap_or_default()
    }
}

fn service(listed: &Value) -> Result<Service> {
    Ok(Service {
        calls: each(&listed["calls"]).map(|one| edge(text(one), ":")).collect::<Result<_>>()?,
        called: each(&listed["called"]).map(|one| edge(text(one), " on ")).collect::<Result<_>>()?,
        reaches: each(&listed["reaches"]).map(|one| reaches(text(one))).collect::<Result<Vec<_>>>()?.concat(),
        uses_api: each(&listed["may"]).next().is_some(),
        is_asked: each(&listed["asked"]).next().is_some(),
    })
}

/// `shop/web:8080`, `nats/nats:4222 (no mTLS: …)`, `lan/dns on 53/udp (…)`.
fn edge(line: &str, between: &str) -> Result<Edge> {
    let (head, note) = line.split_once(" (").unwrap_or((line, ""));
    let (other, port) = head.split_once(between).with_context(|| format!("no port in `{line}`"))?;
    let (port, protocol) = number(port)?;
    Ok(Edge { other: other.to_owned(), port, protocol, meshed: !note.starts_with("no mTLS") })
}

/// `api.example.org:443`, `any host on 80 and 443 (…)`, `any host on 587 (…)`, `198.51.100.0/24:7844/udp`, `192.168.1.5:80 (…)`.
fn reaches(line: &str) -> Result<Vec<Reach>> {
    let head = line.split(" (").next().unwrap_or(line);
    if let Some(ports) = head.strip_prefix("any host on ") {
        let one = |port| number(port).map(|(port, protocol)| Reach::Public(port, protocol));
        return ports.split(" and ").map(one).collect();
    }
    let (host, port) = head.split_once(':').with_context(|| format!("no port in `{line}`"))?;
    let (port, protocol) = number(port)?;
    let (first, bits) = host.split_once('/').unwrap_or((host, "32"));
    Ok(vec![match (first.parse(), bits.parse()) {
        (Ok(first), Ok(bits)) => Reach::Network { first, bits, port, protocol },
        _ => Reach::Public(port, protocol),
    }])
}

fn number(port: &str) -> Result<(u16, &'static str)> {
    let (number, protocol) = match port.split_once('/') {
        None => (port, "TCP"),
        Some((number, "udp")) => (number, "UDP"),
        Some(_) => bail!("`{port}` is no port"),
    };
    Ok((number.parse().with_context(|| format!("`{port}` is no port"))?, protocol))
}

impl Reach {
    /// Whether an address on a port is meant.
    pub(super) fn is(&self, address: Ipv4Addr, on: (u16, &'static str)) -> bool {
        match *self {
            Self::Public(port, protocol) => (port, protocol) == on && is_public(address),
            Self::Network { first, bits, port, protocol } => {
                let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
                (port, protocol) == on && first.to_bits() & mask == address.to_bits() & mask
            }
        }
    }
}

/// Addresses that lie in nobody's own network.
fn is_public(address: Ipv4Addr) -> bool {
    let shared = address.octets()[0] == 100 && address.octets()[1] & 0b1100_0000 == 64;
    let own = address.is_private() || address.is_loopback() || address.is_link_local() || shared;
    !own && address.octets()[0] != 0 && address.octets()[0] < 224
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_read_as_they_are_printed() {
        let read =
            |line, between| edge(line, between).map(|one| (one.other, one.port, one.protocol, one.meshed)).unwrap();
        assert_eq!(read("shop/web:8080", ":"), ("shop/web".to_owned(), 8080, "TCP", true));
        assert_eq!(read("nats/nats:4222 (no mTLS: outside)", ":"), ("nats/nats".to_owned(), 4222, "TCP", false));
        assert_eq!(read("lan/dns on 53/udp (no mTLS: old)", " on "), ("lan/dns".to_owned(), 53, "UDP", false));
        assert!(edge("shop/web", ":").is_err());
        assert!(edge("shop/web:http", ":").is_err());
    }

    #[test]
    fn what_lies_outside_is_read_as_it_is_printed() {
        assert_eq!(reaches("api.example.org:443").unwrap(), [Reach::Public(443, "TCP")]);
        let pages = reaches("any host on 80 and 443 (it reads: what people name)").unwrap();
        assert_eq!(pages, [Reach::Public(80, "TCP"), Reach::Public(443, "TCP")]);
        let range = reaches("198.41.192.0/24:7844/udp").unwrap();
        assert!(range[0].is(Ipv4Addr::new(198, 41, 192, 9), (7844, "UDP")));
        assert!(!range[0].is(Ipv4Addr::new(198, 41, 193, 9), (7844, "UDP")));
        let device = reaches("192.168.1.5:80 (the printer)").unwrap();
        assert!(device[0].is(Ipv4Addr::new(192, 168, 1, 5), (80, "TCP")));
        assert!(!device[0].is(Ipv4Addr::new(192, 168, 1, 6), (80, "TCP")));
    }

    #[test]
    fn nobodys_own_network_is_public() {
        for own in [
            "10.1.2.3",
            "100.64.0.5",
            "127.0.0.1",
            "169.254.169.254",
            "172.20.0.9",
            "192.168.1.77",
            "224.0.0.1",
            "0.0.0.1",
        ] {
            assert!(!is_public(own.parse().unwrap()), "{own}");
        }
        assert!(is_public("203.0.113.7".parse().unwrap()) && is_public("100.128.0.1".parse().unwrap()));
    }
}
