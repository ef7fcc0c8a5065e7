//! cloudflared, as the service that the declared tunnel means.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::Spread;
use casemate_dsl::view::{Decision, ExternalProtocol, Protocol};
use casemate_dsl::word::Cidr;

use super::config;
use crate::graph::{
    Config, Container, Facts, Kind, Mode, Mount, Outside, Perimeter, Placement, Pod, Probe, ProbeAction, Probes, Scale,
    ServedPort, Service, Strategy, Volume, VolumeSource,
};
use crate::resolve::{DEFAULT_ID, config_name, pinned, secret_name};

/// Where cloudflared tells whether it is connected. Nothing but its own probes can ask: no Service publishes it, no edge leads there.
const METRICS: u16 = 2000;

/// Where Cloudflare's edge takes tunnels over QUIC.
const EDGE_PORT: u16 = 7844;

/// The published addresses of the edge. *Cloudflare Tunnel: Tunnel with firewall*.
const EDGE: [Cidr; 2] = [casemate_dsl::cidr!("198.41.192.0/24"), casemate_dsl::cidr!("198.41.200.0/24")];

/// More would not carry more: replicas stand in for one another, and do not share the load.
const MOST_REPLICAS: u16 = 2;

/// The service that runs the tunnel.
pub(crate) fn cloudflared(facts: &Facts, perimeter: &Perimeter) -> Service {
    let id = perimeter.id;
    let credentials = perimeter.tunnel.credentials;
    let secret_volume = format!("secret-{}", credentials.item().name());
    let key = credentials.field().to_string();
    let files = BTreeMap::from([("config.yaml".to_owned(), config::config(facts, perimeter))]);
    let probe = |path: &str, failures| Probe {
        action: ProbeAction::Http { port: METRICS, path: path.to_owned() },
        initial_delay: None,
        period: None,
        timeout: Some(5),
        failures: Some(failures),
    };
    let container = Container {
        name: id.name.to_string(),
        image: pinned(perimeter.tunnel.image),
        command: None,
        args: Some(["tunnel", "--config", config::CONFIG_PATH, "run"].map(str::to_owned).to_vec()),
        working_dir: None,
        pre_stop: None,
        env: Vec::new(),
        ports: BTreeMap::from([(METRICS, Protocol::Http)]),
        udp: BTreeSet::new(),
        cpu: casemate_dsl::cpu!("25m"),
        memory: casemate_dsl::memory!("64Mi"),
        cpu_limit: None,
        memory_limit: casemate_dsl::memory!("256Mi"),
        ephemeral_storage: None,
        devices: BTreeMap::new(),
        user: DEFAULT_ID,
        group: DEFAULT_ID,
        // A pod that lost the edge is taken out; restarting it would not bring the edge back.
        probes: Some(Probes {
            readiness: Some(probe("/ready", 3)),
            liveness: Some(probe("/healthcheck", 10)),
            startup: None,
        }),
        unprobed: None,
        mounts: vec![
            Mount {
                path: config::CONFIG_PATH.to_owned(),
                volume: "config".to_owned(),
                sub_path: Some("config.yaml".to_owned()),
                read_only: true,
            },
            Mount {
                path: config::CREDENTIALS_PATH.to_owned(),
                volume: secret_volume.clone(),
                sub_path: Some(key.clone()),
                read_only: true,
            },
        ],
    };
    let secret = secret_name(id, credentials.item());
    let volumes = BTreeMap::from([
        (
            "config".to_owned(),
            Volume {
                source: VolumeSource::Config { keys: BTreeMap::from([("config.yaml".to_owned(), Mode::Readable)]) },
            },
        ),
        (secret_volume, Volume { source: VolumeSource::Secret { secret, keys: BTreeSet::from([key]) } }),
    ]);
    let scale = Scale::Fixed(facts.kubernetes.nodes.clamp(1, MOST_REPLICAS));
    Service {
        id,
        kind: Kind::Deployment { scale, strategy: Strategy::Default },
        revisions: None,
        placement: Placement { spread: (scale.most() > 1).then_some(Spread::Nodes), ..Placement::default() },
        pod: Pod {
            containers: vec![container],
            init_containers: Vec::new(),
            volumes,
            group: DEFAULT_ID,
            groups: BTreeSet::new(),
            grace_period: None,
            pull_secrets: BTreeSet::new(),
        },
        ports: BTreeMap::from([(METRICS, ServedPort { protocol: Protocol::Http, published: false })]),
        udp: BTreeSet::new(),
        claims: BTreeMap::new(),
        templates: BTreeMap::new(),
        items: BTreeSet::from([credentials.item()]),
        webhooks: BTreeSet::new(),
        made: BTreeSet::new(),
        config: Some(Config { name: config_name(id, &files), files }),
        metrics: None,
        grants: BTreeSet::new(),
        offers: BTreeMap::new(),
        outside: outside(perimeter),
    }
}

/// The edge, and the keys that Access signs with where any rule asks for it.
fn outside(perimeter: &Perimeter) -> BTreeSet<Outside> {
    let mut outside: BTreeSet<Outside> =
        EDGE.into_iter().map(|network| Outside::UdpRange { port: EDGE_PORT, network }).collect();
    if perimeter.each_rule().any(|(_, rule)| matches!(rule.decision, Decision::Access(_))) {
        outside.insert(Outside::Host {
            port: 443,
            host: perimeter.tunnel.team.access_host(),
            protocol: ExternalProtocol::Tls,
        });
    }
    outside
}
