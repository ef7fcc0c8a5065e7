//! The tunnel's configuration: a rule for each hostname, and 404 for everything else.

use casemate_dsl::view::Decision;
use serde::Serialize;

use crate::graph::{Facts, IngressRule, Perimeter};
use crate::yaml;

/// Where cloudflared finds its configuration.
pub(super) const CONFIG_PATH: &str = "/etc/cloudflared/config/config.yaml";

/// Where cloudflared finds the tunnel's credentials.
pub(super) const CREDENTIALS_PATH: &str = "/etc/cloudflared/credentials/credentials.json";

/// What is rendered of cloudflared's configuration; the keys that would weaken the tunnel have no field here.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Config {
    tunnel: &'static str,
    credentials_file: &'static str,
    /// QUIC only: it is UDP, and the policy opens nothing else.
    protocol: &'static str,
    /// The policies know addresses of IPv4 only.
    edge_ip_version: &'static str,
    metrics: &'static str,
    management_diagnostics: bool,
    no_autoupdate: bool,
    /// The checks at its start ask hosts that the mesh keeps shut.
    no_prechecks: bool,
    ingress: Vec<Rule>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    #[serde(skip_serializing_if = "Option::is_none")]
    hostname: Option<&'static str>,
    service: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin_request: Option<OriginRequest>,
}

/// Access stands at each rule: cloudflared accepts it at the top level too, and then ignores it.
#[derive(Debug, Serialize)]
struct OriginRequest {
    access: Access,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Access {
    required: bool,
    team_name: &'static str,
    /// Never empty: cloudflared would let nobody in, or everybody, depending on its version.
    aud_tag: [&'static str; 1],
}

/// The configuration as text.
pub(super) fn config(facts: &Facts, perimeter: &Perimeter) -> String {
    let tunnel = &perimeter.tunnel;
    let mut ingress: Vec<Rule> = perimeter
        .rules
        .iter()
        .map(|(host, IngressRule { to, decision })| Rule {
            hostname: Some(host.as_str()),
            // The origin is plain HTTP on purpose: the mesh encrypts it, and an `https` origin would hide it from the mesh.
            service: format!("http://{}:{}", to.host(facts.kubernetes.domain), to.port()),
            origin_request: match decision {
                Decision::Access(audience) => Some(OriginRequest {
                    access: Access { required: true, team_name: tunnel.team.as_str(), aud_tag: [audience.as_str()] },
                }),
                Decision::Public(_) => None,
            },
        })
        .collect();
    ingress.push(Rule { hostname: None, service: "http_status:404".to_owned(), origin_request: None });
    text(&Config {
        tunnel: tunnel.id.as_str(),
        credentials_file: CREDENTIALS_PATH,
        protocol: "quic",
        edge_ip_version: "4",
        metrics: "0.0.0.0:2000",
        management_diagnostics: false,
        no_autoupdate: true,
        no_prechecks: true,
        ingress,
    })
}

#[expect(
    clippy::expect_used,
    reason = "the struct above has string keys and strings, numbers and lists in them: each has a YAML form"
)]
fn text(config: &Config) -> String {
    let value = serde_json::to_value(config).expect("the configuration has a JSON form");
    yaml::to_yaml(&value).expect("the configuration has a YAML form")
}
