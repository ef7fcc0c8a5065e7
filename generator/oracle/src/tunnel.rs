//! cloudflared's own configuration: it accepts almost everything without a word, so the oracle is closed here, too.

use std::sync::OnceLock;

use serde_json::Value;

use crate::closed::{Fields, TUNNEL, Walk};
use crate::field::{at, has, list, text};
use crate::scene::Scene;
use crate::workload::Workload;
use crate::world::Document;
use crate::yaml;

/// A workload that runs cloudflared, and the configuration that it mounts.
#[derive(Debug)]
pub(crate) struct Tunnel<'a> {
    pub(crate) workload: &'a Workload<'a>,
    pub(crate) container: &'a Value,
    pub(crate) document: &'a Document,
    pub(crate) config: Value,
}

/// One rule of the tunnel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TunnelRule<'a> {
    pub(crate) value: &'a Value,
    pub(crate) hostname: Option<&'a str>,
    /// The expression for its paths; none for every path.
    pub(crate) path: Option<&'a str>,
    pub(crate) service: &'a str,
}

impl Tunnel<'_> {
    pub(crate) fn rules(&self) -> impl Iterator<Item = TunnelRule<'_>> {
        list(&self.config, "ingress").iter().map(|value| TunnelRule {
            value,
            hostname: at(value, "hostname").as_str(),
            path: at(value, "path").as_str(),
            service: text(value, "service"),
        })
    }

    /// What the configuration holds beyond the closed list.
    pub(crate) fn breaches(&self) -> Vec<(&'static str, String)> {
        static FIELDS: OnceLock<Fields> = OnceLock::new();
        let fields = FIELDS.get_or_init(|| Fields::of(TUNNEL));
        let mut walk = Walk::default();
        let mut config = self.config.clone();
        for path in taken_paths(&mut config) {
            if path.as_str().and_then(prefix_of).is_none() {
                walk.breaches.push(("paths", format!("{path} is not `^/<path>(/|$)`, a path and all below it")));
            }
        }
        match config.as_object() {
            Some(map) => walk.object("config.yaml", map, fields),
            None => walk.breaches.push(("value", "the configuration is no map".to_owned())),
        }
        walk.breaches
    }
}

/// Takes the paths out of the rules that have a hostname. The closed list has none: which expression is harmless, only [`prefix_of`]
/// knows.
fn taken_paths(config: &mut Value) -> Vec<Value> {
    let rules = config.get_mut("ingress").and_then(Value::as_array_mut).into_iter().flatten();
    let of_hosts = rules.filter_map(Value::as_object_mut).filter(|rule| rule.contains_key("hostname"));
    of_hosts.filter_map(|rule| rule.shift_remove("path")).collect()
}

/// The path whose own and lower paths an expression finds, and no others: `/api` of `^/api(/|$)`. cloudflared looks for an expression
/// anywhere in a path, and reads it as Go does.
pub(crate) fn prefix_of(expression: &str) -> Option<String> {
    let mut prefix = String::new();
    let mut rest = expression.strip_prefix('^')?.strip_suffix("(/|$)")?.chars();
    while let Some(character) = rest.next() {
        prefix.push(match character {
            '\\' => rest.next().filter(char::is_ascii_punctuation)?,
            plain if plain.is_ascii_alphanumeric() || "/-_~".contains(plain) => plain,
            _ => return None,
        });
    }
    let is_path = prefix.len() > 1 && prefix.starts_with('/') && !prefix.ends_with('/') && !prefix.contains("//");
    is_path.then_some(prefix)
}

impl TunnelRule<'_> {
    /// Name, namespace and port of the Service of the cluster that the rule forwards to.
    pub(crate) fn target(&self, cluster_domain: &str) -> Option<(&str, &str, i64)> {
        let (host, port) = self.service.strip_prefix("http://")?.rsplit_once(':')?;
        let (service, namespace) = host.strip_suffix(cluster_domain)?.strip_suffix(".svc.")?.split_once('.')?;
        Some((service, namespace, port.parse().ok()?))
    }

    /// Whether every request for this rule's paths is one for `earlier`'s, whose hostname is the same.
    pub(crate) fn is_below(&self, earlier: &Self) -> bool {
        let prefix = |rule: &Self| rule.path.map(|path| prefix_of(path).unwrap_or_default());
        match (prefix(self), prefix(earlier)) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(path), Some(wider)) => {
                path.strip_prefix(&wider).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
        }
    }

    pub(crate) fn demands_access(&self) -> bool {
        has(self.value, "originRequest.access")
    }
}

/// Whether a container runs cloudflared.
fn is_cloudflared(container: &Value) -> bool {
    let image = text(container, "image").split(['@']).next().unwrap_or_default();
    let last = image.rsplit('/').next().unwrap_or_default();
    last.split(':').next() == Some("cloudflared")
}

/// Whether a text reads like a configuration of cloudflared.
pub(crate) fn is_config(text: &str) -> bool {
    yaml::parse(text).is_ok_and(|config| has(&config, "tunnel") && has(&config, "ingress"))
}

/// Every workload that runs cloudflared, with its configuration; the second list says which has none.
pub(crate) fn tunnels<'a>(scene: &'a Scene<'a>) -> (Vec<Tunnel<'a>>, Vec<(&'a Workload<'a>, String)>) {
    let (mut found, mut without) = (Vec::new(), Vec::new());
    for workload in &scene.workloads {
        for container in workload.containers().filter(|container| is_cloudflared(container)) {
            match config_of(scene, workload) {
                Ok((document, config)) => found.push(Tunnel { workload, container, document, config }),
                Err(sentence) => without.push((workload, sentence)),
            }
        }
    }
    (found, without)
}

fn config_of<'a>(scene: &Scene<'a>, workload: &Workload<'a>) -> Result<(&'a Document, Value), String> {
    let names = workload.volumes().iter().map(|volume| text(volume, "configMap.name"));
    let maps = names.filter_map(|name| scene.find("ConfigMap", workload.namespace(), name));
    let configs: Vec<_> =
        maps.filter_map(|map| Some((map, at(&map.value, "data").get("config.yaml")?.as_str()?))).collect();
    let [(document, config)] = configs.as_slice() else {
        return Err(format!("cloudflared mounts {} ConfigMaps with a `config.yaml`, not one", configs.len()));
    };
    yaml::parse(config).map(|config| (*document, config)).map_err(|why| format!("cloudflared's configuration: {why}"))
}

#[cfg(test)]
mod tests {
    use super::prefix_of;

    #[test]
    fn an_expression_is_a_prefix_or_refused() {
        assert_eq!(prefix_of("^/api(/|$)").as_deref(), Some("/api"));
        assert_eq!(prefix_of(r"^/api/v1\.2/a-b_c~d(/|$)").as_deref(), Some("/api/v1.2/a-b_c~d"));
        let others = [
            "",
            "/api",
            "^/api",
            "^/api/",
            "^/api/(/|$)",
            "^(/|$)",
            "^/(/|$)",
            "^api(/|$)",
            "^//api(/|$)",
            "^/api(/|$)x",
            "/api(/|$)",
            "^/v1.2(/|$)",
            "^/a|b(/|$)",
            "^/[a](/|$)",
            "^/a*(/|$)",
            r"^/\d(/|$)",
            r"^/\(/|$)",
            "^/a b(/|$)",
            "^/\u{e9}(/|$)",
            "(?i)^/a(/|$)",
        ];
        for other in others {
            assert_eq!(prefix_of(other), None, "{other}");
        }
    }
}
