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
    pub(crate) service: &'a str,
}

impl Tunnel<'_> {
    pub(crate) fn rules(&self) -> impl Iterator<Item = TunnelRule<'_>> {
        list(&self.config, "ingress").iter().map(|value| TunnelRule {
            value,
            hostname: at(value, "hostname").as_str(),
            service: text(value, "service"),
        })
    }

    /// What the configuration holds beyond the closed list.
    pub(crate) fn breaches(&self) -> Vec<(&'static str, String)> {
        static FIELDS: OnceLock<Fields> = OnceLock::new();
        let fields = FIELDS.get_or_init(|| Fields::of(TUNNEL));
        let mut walk = Walk::default();
        match self.config.as_object() {
            Some(map) => walk.object("config.yaml", map, fields),
            None => walk.breaches.push(("value", "the configuration is no map".to_owned())),
        }
        walk.breaches
    }
}

impl TunnelRule<'_> {
    /// Name, namespace and port of the Service of the cluster that the rule forwards to.
    pub(crate) fn target(&self, cluster_domain: &str) -> Option<(&str, &str, i64)> {
        let (host, port) = self.service.strip_prefix("http://")?.rsplit_once(':')?;
        let (service, namespace) = host.strip_suffix(cluster_domain)?.strip_suffix(".svc.")?.split_once('.')?;
        Some((service, namespace, port.parse().ok()?))
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
