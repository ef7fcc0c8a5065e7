//! Ports on loopback that stay free until somebody listens on them.
//!
//! A port that the system gives away lies where it also takes the near ends of connections from: until its server starts, some
//! connection may have taken it, and a server that is not the first to start often only writes that into its log.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Result, bail};

/// Below it are the services that a machine may run already.
const FIRST: u16 = 10_000;

/// Where Linux starts when it picks a port itself, unless it was told otherwise.
const USUALLY_PICKED_FROM: u16 = 32_768;

/// How far this process has come, so that it gives no port away twice.
static GIVEN: AtomicU32 = AtomicU32::new(0);

/// Free ports, all different.
pub(crate) fn free<const N: usize>() -> Result<[u16; N]> {
    let end = picked_from();
    let mut ports = [0; N];
    for port in &mut ports {
        *port = next(end)?;
    }
    Ok(ports)
}

fn next(end: u16) -> Result<u16> {
    for _ in FIRST..end {
        let port = nth(GIVEN.fetch_add(1, Ordering::Relaxed), end);
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port from {FIRST} to {end} is free")
}

/// The ports in the order in which this process tries them. Processes at the same time start at different ones.
fn nth(given: u32, end: u16) -> u16 {
    let room = u32::from(end - FIRST);
    let start = std::process::id().wrapping_mul(97) % room;
    FIRST + u16::try_from((start + given % room) % room).unwrap_or_default()
}

/// The first port that the system may pick.
fn picked_from() -> u16 {
    let range = std::fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
    let first = range.split_whitespace().next().and_then(|first| first.parse().ok());
    first.filter(|first| *first > FIRST + 1000).unwrap_or(USUALLY_PICKED_FROM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_port_is_given_away_twice_nor_lies_where_connections_begin() {
        let mut all: Vec<u16> = (0..40).flat_map(|_| free::<4>().unwrap()).collect();
        assert!(all.iter().all(|port| (FIRST..picked_from()).contains(port)), "{all:?}");
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 160);
    }

    #[test]
    fn a_port_on_which_somebody_listens_is_passed_over() {
        let soon = GIVEN.load(Ordering::Relaxed);
        let ports = (soon..soon + 200).map(|given| nth(given, picked_from()));
        let _held: Vec<_> = ports.filter_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()).collect();
        let [port] = free().unwrap();
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok(), "{port} is held");
    }
}
