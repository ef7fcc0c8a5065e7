//! Answers the house's DNS queries, without advertisements.
//!
//! Lost on its way here: an address of its own in the LAN, so the gateway there hands its queries on, port 80, and the capability
//! `NET_BIND_SERVICE`. The program's file demands that one, wherever it binds, so it is started from a copy, which demands none.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces, peers};

identity!(pub Adguard = "adguard" in namespaces::ADGUARD);

/// Queries.
pub const DNS: Port<Adguard, Udp> = low_port!(53);

/// Queries with long answers.
pub const DNS_OVER_TCP: Port<Adguard, Tcp> = low_port!(53);

/// Filters and statistics.
pub const WEB: Port<Adguard, Http> = port!(3000);

/// Statistics as metrics.
pub const METRICS: Port<Adguard, Http> = port!(8000);

const WORK: Scratch = Scratch::disk(name!("work"), memory!("4Gi"));
const CONF: Scratch = Scratch::disk(name!("conf"), memory!("64Mi"));
const PROGRAM: Scratch = Scratch::disk(name!("program"), memory!("256Mi"));

/// All of it is secret, since it holds what the user's password is checked with.
const CONFIG: Item = item!("config", "adguard-config");

/// Declares the resolver.
pub fn service(site: &Site) -> Deployment<Adguard> {
    let copies = Adguard::container_named(name!("copy"), images::ADGUARD)
        .resources(cpu!("5m"), memory!("64Mi"))
        .command(["cp", "/opt/adguardhome/AdGuardHome", "/program/AdGuardHome"])
        .mounts(PROGRAM, path!("/program"));
    let configures = Adguard::container_named(name!("configure"), images::ADGUARD)
        .resources(cpu!("5m"), memory!("16Mi"))
        .command(["cp", "/secret/AdGuardHome.yaml", "/conf/AdGuardHome.yaml"])
        .secret_file(path!("/secret/AdGuardHome.yaml"), CONFIG.field(field!("config")))
        .mounts(CONF, path!("/conf"));
    let exporter = Adguard::container_named(name!("exporter"), images::ADGUARD_EXPORTER)
        .resources(cpu!("5m"), memory!("100Mi"))
        .cpu_limit(cpu!("100m"))
        .serves(METRICS)
        .metrics(METRICS, path!("/metrics"))
        .probes(Probes::ready(http(METRICS, path!("/readyz"))).alive(http(METRICS, path!("/livez")).failing_after(6)))
        .reads(WORK, path!("/opt/adguardhome/work"));
    let asks = ["nslookup", "localhost", "127.0.0.1"];
    Deployment::new(
        Adguard::container(images::ADGUARD)
            .resources(cpu!("15m"), memory!("600Mi"))
            .cpu_limit(cpu!("500m"))
            .memory_limit(memory!("1500Mi"))
            .serves(DNS)
            .serves(DNS_OVER_TCP)
            .serves(WEB)
            .probes(Probes::ready(exec(asks)).alive(exec(asks).failing_after(6)))
            .command(["/program/AdGuardHome", "--no-check-update"])
            .args(["-c", "/opt/adguardhome/conf/AdGuardHome.yaml", "-w", "/opt/adguardhome/work"])
            .reads(PROGRAM, path!("/program"))
            .mounts(CONF, path!("/opt/adguardhome/conf"))
            .mounts(WORK, path!("/opt/adguardhome/work")),
    )
    .init_container(copies)
    .init_container(configures)
    .container(exporter)
    .replicas(3)
    .spread(Spread::NodesStrictly)
    .called_by(DNS, peers::lan::GATEWAY)
    .called_by(DNS_OVER_TCP, peers::lan::GATEWAY)
    .reaches(External::https(host!("dns.quad9.net")))
    .reaches(External::https(host!("adguardteam.github.io")))
    .exposed(WEB, site.zone.host(name!("adguard")).for_audience(site.operators))
}
