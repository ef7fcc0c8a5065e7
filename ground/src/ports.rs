//! Ports, asked from the system.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result};

/// Free ports on loopback. All are held until all are known, so that they differ.
pub(crate) fn free<const N: usize>() -> Result<[u16; N]> {
    let mut held = Vec::new();
    let mut ports = [0; N];
    for port in &mut ports {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("cannot ask the system for a free port")?;
        *port = listener.local_addr()?.port();
        held.push(listener);
    }
    Ok(ports)
}
