//! The tunnel's configuration: rules for each hostname, and 404 for everything else.

use std::fmt::Write as _;

use casemate_dsl::view::Decision;
use casemate_dsl::word::{Host, Path};
use serde::Serialize;

use crate::graph::{Facts, IngressRule, Origin, Perimeter};
use crate::yaml;

/// Where cloudflared finds its configuration.
pub(super) const CONFIG_PATH: &str = "/etc/cloudflared/config/config.yaml";

/// Where cloudflared finds the tunnel's credentials.
pub(super) const CREDENTIALS_PATH: &str = "/etc/cloudflared/credentials/credentials.json";

/// What is rendered of cloudflared's configuration before the rules; the keys that would weaken the tunnel have no field here.
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
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    #[serde(skip_serializing_if = "Option::is_none")]
    hostname: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    service: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin_request: Option<OriginRequest>,
}

/// Access stands at each rule: cloudflared accepts it at the top level too, and then ignores it.
#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct OriginRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<Access>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connect_timeout: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keep_alive_connections: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keep_alive_timeout: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tcp_keep_alive: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disable_chunked_encoding: Option<bool>,
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Access {
    required: bool,
    team_name: &'static str,
    /// Never empty: cloudflared would let nobody in, or everybody, depending on its version.
    aud_tag: [&'static str; 1],
}

/// The configuration as text.
pub(super) fn config(facts: &Facts, perimeter: &Perimeter) -> String {
    let mut config = text(&Config {
        tunnel: perimeter.tunnel.id.as_str(),
        credentials_file: CREDENTIALS_PATH,
        protocol: "quic",
        edge_ip_version: "4",
        metrics: "0.0.0.0:2000",
        management_diagnostics: false,
        no_autoupdate: true,
        no_prechecks: true,
    });
    config.push_str("ingress:\n");
    for (host, rule) in perimeter.each_rule() {
        if let Decision::Public(reason) = rule.decision {
            let _ = writeln!(config, "# public: {reason}");
        }
        config.push_str(&text(&[of_host(facts, perimeter, host, rule)]));
    }
    let nothing = Rule { hostname: None, path: None, service: "http_status:404".to_owned(), origin_request: None };
    config.push_str(&text(&[nothing]));
    config
}

fn of_host(facts: &Facts, perimeter: &Perimeter, host: Host, rule: &IngressRule) -> Rule {
    let IngressRule { path, to, decision, origin } = rule;
    let access = match decision {
        Decision::Access(audience) => {
            Some(Access { required: true, team_name: perimeter.tunnel.team.as_str(), aud_tag: [audience.as_str()] })
        }
        Decision::Public(_) => None,
    };
    let request = origin_request(access, origin);
    Rule {
        hostname: Some(host.as_str()),
        path: path.map(expression),
        // The origin is plain HTTP on purpose: the mesh encrypts it, and an `https` origin would hide it from the mesh.
        service: format!("http://{}:{}", to.host(facts.kubernetes.domain), to.port()),
        origin_request: (request != OriginRequest::default()).then_some(request),
    }
}

fn origin_request(access: Option<Access>, origin: &Origin) -> OriginRequest {
    let Origin { connect_timeout, keep_alive_connections, keep_alive_timeout, tcp_keep_alive, without_chunks } = origin;
    let duration = |seconds: &Option<u32>| seconds.map(|seconds| format!("{seconds}s"));
    OriginRequest {
        access,
        connect_timeout: duration(connect_timeout),
        keep_alive_connections: *keep_alive_connections,
        keep_alive_timeout: duration(keep_alive_timeout),
        tcp_keep_alive: duration(tcp_keep_alive),
        disable_chunked_encoding: without_chunks.then_some(true),
    }
}

/// The expression that finds a path and what is below it, and nothing else: cloudflared looks for it anywhere in the decoded path.
/// `$` is the end of the text in Go, a newline before it or not.
fn expression(path: Path) -> String {
    let mut expression = String::from("^");
    for character in path.as_str().chars() {
        if !(character.is_ascii_alphanumeric() || matches!(character, '/' | '-' | '_' | '~')) {
            expression.push('\\');
        }
        expression.push(character);
    }
    expression + "(/|$)"
}

#[expect(
    clippy::expect_used,
    reason = "the structs above have string keys and strings, numbers and lists in them: each has a YAML form"
)]
fn text(part: &impl Serialize) -> String {
    let value = serde_json::to_value(part).expect("the configuration has a JSON form");
    yaml::to_yaml(&value).expect("the configuration has a YAML form")
}
