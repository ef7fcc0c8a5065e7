//! The committed tree before the oracle, which knows nothing of the code that rendered it.

#![expect(clippy::expect_used, reason = "a test that cannot read the tree stops")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use casemate_oracle::{Beyond, Caller, Database, Peer, Peers, Watch, World, allowed_beyond, judge};

/// Where the API server listens.
const API_SERVER: &str = "192.168.1.10/32";

fn world(cluster: &str) -> World {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    World::read(&repository, &format!("out/{cluster}")).expect("the committed tree can be read")
}

fn peer(namespace: &str, labels: &[(&str, &str)], service: (&str, u16), pod_port: u16) -> Peer {
    Peer {
        namespace: namespace.to_owned(),
        labels: labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        port: pod_port,
        tcp: true,
        meshed: false,
        service: Some((service.0.to_owned(), service.1)),
    }
}

fn caller(namespace: &str, labels: &[(&str, &str)]) -> Caller {
    Caller {
        namespace: namespace.to_owned(),
        labels: labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        account: None,
    }
}

/// What watches the homelab, from within the mesh.
fn watch() -> Watch {
    let labels = [("app.kubernetes.io/name", "opentelemetry-collector")];
    Watch {
        scraper: Caller { account: Some("opentelemetry-collector".to_owned()), ..caller("telemetry", &labels) },
        traces: Some(collector()),
    }
}

fn collector() -> Peer {
    let labels = [("app.kubernetes.io/name", "opentelemetry-collector")];
    Peer { meshed: true, ..peer("telemetry", &labels, ("opentelemetry-collector", 4317), 4317) }
}

/// What CloudNativePG runs among the services.
const DATABASES: [(&str, &str); 2] = [("monolith", "monolith-pg"), ("mealie", "mealie-pg")];

fn database((namespace, name): (&str, &str)) -> Database {
    Database {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        labels: BTreeMap::from([("cnpg.io/cluster".to_owned(), name.to_owned())]),
        ports: BTreeSet::from([5432, 8000]),
    }
}

fn peers() -> Peers {
    const NAME: &str = "app.kubernetes.io/name";
    const COMPONENT: &str = "app.kubernetes.io/component";
    Peers {
        called: vec![
            peer("nats", &[(NAME, "nats")], ("nats", 4222), 4222),
            peer("seaweedfs", &[(NAME, "seaweedfs"), (COMPONENT, "s3")], ("seaweedfs-s3", 8333), 8333),
            peer("argocd", &[(NAME, "argocd-server")], ("argocd-server", 80), 8080),
            peer("longhorn-system", &[("app", "longhorn-ui")], ("longhorn-frontend", 80), 8000),
            peer("signoz", &[(COMPONENT, "signoz")], ("signoz", 8080), 8080),
            peer("signoz", &[(COMPONENT, "otel-agent")], ("signoz-k8s-infra-otel-agent", 4318), 4318),
            peer(
                "signoz",
                &[("clickhouse.altinity.com/chi", "signoz-clickhouse")],
                ("chi-signoz-clickhouse-cluster-0-0", 8123),
                8123,
            ),
            peer("signoz", &[(COMPONENT, "otel-collector")], ("signoz-otel-collector", 4318), 4318),
            peer("gpu-operator", &[("app", "nvidia-dcgm-exporter")], ("nvidia-dcgm-exporter", 9400), 9400),
            peer("agent-nats", &[("app.kubernetes.io/instance", "agent-nats")], ("agent-nats", 4222), 4222),
            peer("mcp", &[(NAME, "mcp-context-forge")], ("context-forge-gateway-mcp-stack-mcpgateway", 80), 4444),
            peer("smtp-relay", &[(NAME, "maddy")], ("smtp-relay", 25), 25),
            peer("downloads", &[(NAME, "sonarr")], ("sonarr", 8989), 8989),
            peer("downloads", &[(NAME, "radarr")], ("radarr", 7878), 7878),
            peer("mail-archive", &[(NAME, "mail-archive")], ("dovecot", 143), 143),
            collector(),
        ],
        callers: vec![
            watch().scraper,
            caller("signoz", &[(COMPONENT, "otel-deployment")]),
            caller("envoy-gateway-system", &[("gateway.envoyproxy.io/owning-gateway-name", "lan")]),
            caller("cnpg-system", &[(NAME, "cloudnative-pg")]),
            caller("atlas-operator-system", &[(NAME, "atlas-operator")]),
        ],
        claims: [("jellyfin", "media"), ("n8n", "n8n-config")]
            .map(|(space, name)| (space.to_owned(), name.to_owned()))
            .into(),
        watch: Some(watch()),
        databases: DATABASES.map(database).into(),
        created_pods: [("agent-sandboxes", "goose-agent"), ("model-cache", "model-copy")]
            .map(|(space, name)| (space.to_owned(), name.to_owned()))
            .into(),
        secrets: DATABASES.map(|(space, name)| (space.to_owned(), format!("{name}-app"))).into(),
        api_servers: BTreeSet::from([(API_SERVER.to_owned(), 6443)]),
        pod_networks: BTreeSet::from(["10.42.0.0/16".to_owned()]),
        public_hosts: ["api.example.com", "public.example.com"].map(str::to_owned).into(),
        ..Peers::default()
    }
}

#[test]
fn the_oracle_foresaw_every_field() {
    let verdict = judge(&world("homelab"), &peers());
    assert!(verdict.is_clean(), "{verdict}");
    assert!(verdict.documents >= 100, "the tree of the homelab has about a hundred objects: {verdict}");
}

#[test]
fn the_oracle_foresaw_every_field_of_a_second_cluster() {
    let peers = Peers {
        api_servers: BTreeSet::from([("192.168.7.10/32".to_owned(), 6443)]),
        pod_networks: BTreeSet::from(["10.52.0.0/16".to_owned()]),
        public_hosts: BTreeSet::new(),
        watch: None,
        ..peers()
    };
    let verdict = judge(&world("cottage"), &peers);
    assert!(verdict.is_clean(), "{verdict}");
    assert!(verdict.documents >= 80, "the tree of the cottage has about ninety objects: {verdict}");
}

#[test]
fn each_cluster_has_its_register() {
    for cluster in ["homelab", "cottage"] {
        let world = world(cluster);
        let register = world.pages().get(&format!("out/{cluster}/register/README.md")).expect("it has one");
        for heading in ["## Layer 1: Network Perimeter", "## Security Review Checklist", "### Public hosts"] {
            assert!(register.lines().any(|line| line == heading), "{cluster}: {heading}");
        }
        assert!(world.pages().len() > 4, "{cluster}: a page for each service: {:?}", world.pages().keys());
    }
}

#[test]
fn clusters_of_one_catalogue_differ_where_their_values_do() {
    let read = |cluster: &str, path: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../out").join(cluster).join("services").join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    for (path, homelab, cottage) in [
        ("trips/trips-api/deployment-trips-api.yaml", "replicas: 2\n", "replicas: 1\n"),
        ("trips/trips-api/deployment-trips-api.yaml", "https://trips.example.com", "https://trips.cottage.example.net"),
        ("trips/trips-api/onepassworditem-trips-api-key.yaml", "vaults/k8s-homelab/", "vaults/k8s-cottage/"),
        (
            "stargazer/_namespace/persistentvolumeclaim-stargazer-data.yaml",
            "storageClassName: longhorn\n",
            "storageClassName: local-path\n",
        ),
        ("cloudflared/cloudflared/deployment-cloudflared.yaml", "replicas: 2\n", "replicas: 1\n"),
    ] {
        let (in_homelab, in_cottage) = (read("homelab", path), read("cottage", path));
        assert!(in_homelab.contains(homelab) && !in_homelab.contains(cottage), "{path}: {in_homelab}");
        assert!(in_cottage.contains(cottage) && !in_cottage.contains(homelab), "{path}: {in_cottage}");
    }
    // What takes nothing is the same to the byte, but for what the proxies log where somebody watches.
    let same = "stargazer/stargazer/cronjob-stargazer.yaml";
    let logged = "            config.linkerd.io/access-log: json\n";
    assert_eq!(read("homelab", same).replacen(logged, "", 1), read("cottage", same));
}

#[test]
fn only_the_declared_hosts_are_reached() {
    let hosts: BTreeSet<(String, String)> = allowed_beyond(&world("homelab"))
        .into_iter()
        .map(|(caller, beyond, _, _)| {
            let beyond = match beyond {
                Beyond::Host(host) => host,
                Beyond::Block(block) => block,
                Beyond::Any => "any address".to_owned(),
            };
            (caller, beyond)
        })
        .collect();
    let reached = |caller: &str, host: &str| (caller.to_owned(), host.to_owned());
    let declared = BTreeSet::from([
        reached("adguard/adguard", "adguardteam.github.io"),
        reached("adguard/adguard", "dns.quad9.net"),
        reached("agent-platform/agent-orchestrator", API_SERVER),
        reached("agent-sandboxes/agent-sandbox-controller", API_SERVER),
        reached("agent-sandboxes/goose-agent", "api.anthropic.com"),
        reached("agent-sandboxes/goose-agent", "github.com"),
        reached("model-cache/model-cache-operator", API_SERVER),
        reached("model-cache/model-cache-operator", "ghcr.io"),
        reached("model-cache/model-cache-operator", "huggingface.co"),
        reached("model-cache/model-copy", "ghcr.io"),
        reached("model-cache/model-copy", "huggingface.co"),
        reached("api-gateway/api-gateway", API_SERVER),
        reached("cluster-agents/cluster-agents", "api.github.com"),
        reached("dashboards/dashboards", API_SERVER),
        reached("gatus/gatus", API_SERVER),
        reached("imapsync/imapsync", "imap.example.org"),
        reached("jellyfin/jellyfin", "api.themoviedb.org"),
        reached("jellyfin/jellyfin", "image.tmdb.org"),
        reached("marine/marine-ingest", "stream.aisstream.io"),
        reached("mealie/mealie", "any address"),
        reached("monolith/monolith", API_SERVER),
        reached("monolith/monolith", "any address"),
        reached("monolith/searxng", "any address"),
        reached("n8n/n8n", "api.github.com"),
        reached("n8n/n8n", "api.telegram.org"),
        reached("n8n/n8n", "imap.example.org"),
        reached("n8n/n8n", "license.n8n.io"),
        reached("n8n/n8n", "smtp.example.org"),
        reached("wakapi/wakapi", "id.example.org"),
        reached("cloudflared/cloudflared", "198.41.192.0/24"),
        reached("cloudflared/cloudflared", "198.41.200.0/24"),
        reached("cloudflared/cloudflared", "example.cloudflareaccess.com"),
        reached("stargazer/stargazer", "api.met.no"),
        reached("stargazer/stargazer", "djlorenz.github.io"),
        reached("stargazer/stargazer", "download.geofabrik.de"),
    ]);
    assert_eq!(hosts, declared);
}
