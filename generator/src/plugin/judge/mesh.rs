//! What every pod of a service says to the mesh: that it has a proxy, of a release that is pinned by its digest, within limits, and that
//! nobody is let in who is not named.

use serde_json::Value;

use super::{AGAIN, Judge, quoted};

/// Where the pod template of a workload is; nothing for what is none.
fn template(kind: &str) -> Option<&'static str> {
    match kind {
        "DaemonSet" | "Deployment" | "Job" | "StatefulSet" => Some("/spec/template"),
        "CronJob" => Some("/spec/jobTemplate/spec/template"),
        _ => None,
    }
}

/// Whether a value is one that is rendered.
type IsRendered = fn(&str) -> bool;

/// The annotations of a rendered pod.
const SAID: [(&str, IsRendered); 6] = [
    ("config.linkerd.io/default-inbound-policy", |value| value == "deny"),
    ("config.linkerd.io/proxy-cpu-request", is_quantity),
    ("config.linkerd.io/proxy-memory-limit", is_quantity),
    ("config.linkerd.io/proxy-memory-request", is_quantity),
    ("config.linkerd.io/proxy-version", is_pinned),
    ("linkerd.io/inject", |value| value == "enabled"),
];

pub(super) fn judge(judge: &mut Judge, object: &Value) {
    let kind = object["kind"].as_str().unwrap_or_default();
    let Some(template) = template(kind) else { return };
    let annotations = object.pointer(&format!("{template}/metadata/annotations"));
    for (key, is_rendered) in SAID {
        match annotations.and_then(|said| said.get(key)?.as_str()) {
            Some(value) if is_rendered(value) => {}
            Some(value) => judge.because(
                format!("its pods say {}, which is never rendered", quoted(&format!("{key}: {value}"))),
                AGAIN,
            ),
            None => judge.because(format!("its pods do not say `{key}`"), AGAIN),
        }
    }
}

/// A release and the digest of its image: a release alone is a name, which somebody else can give to other bytes.
fn is_pinned(version: &str) -> bool {
    let is_hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    version.split_once("@sha256:").is_some_and(|(release, digest)| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
        !release.is_empty() && release.bytes().all(is_plain) && digest.len() == 64 && digest.bytes().all(is_hexadecimal)
    })
}

/// A number with a unit, or without one, and more than none of it.
fn is_quantity(quantity: &str) -> bool {
    let number = quantity.trim_end_matches(|unit: char| unit.is_ascii_alphabetic());
    number.parse::<u64>().is_ok_and(|number| number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_pinned_by_its_digest() {
        let digest = "0a".repeat(32);
        assert!(is_pinned(&format!("edge-26.8.3@sha256:{digest}")));
        for version in [
            "edge-26.8.3".to_owned(),
            "edge-26.8.3@sha256:".to_owned(),
            format!("@sha256:{digest}"),
            format!("edge-26.8.3@sha256:{}", &digest[1..]),
            format!("edge-26.8.3@sha256:{digest}0"),
            format!("edge-26.8.3@sha256:{}", digest.to_uppercase()),
            format!("evil.example/proxy:edge-26.8.3@sha256:{digest}"),
        ] {
            assert!(!is_pinned(&version), "{version}");
        }
    }

    #[test]
    fn a_quantity_is_some() {
        for quantity in ["10m", "64Mi", "1"] {
            assert!(is_quantity(quantity), "{quantity}");
        }
        for none in ["", "0", "0m", "Mi", "-1", "1.5.2"] {
            assert!(!is_quantity(none), "{none}");
        }
    }
}
