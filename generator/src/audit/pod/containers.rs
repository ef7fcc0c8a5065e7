//! Images and resources.

use super::{ContainerKind, Pod};
use crate::audit::judge::Judge;
use crate::audit::yaml::{Field, Value};
use crate::model::Rule;

pub(super) fn judge(judge: &mut Judge, pod: &Pod<'_>) {
    for container in &pod.containers {
        let at = container.field.get("image");
        if let Some(wrong) = image(&at) {
            judge.add(Rule::TagAndDigest, &at, container.says(wrong));
        }
        // One for debugging has none: it lives on what the pod has.
        if container.kind == ContainerKind::Ephemeral {
            continue;
        }
        let resources = container.field.get("resources");
        for name in ["cpu", "memory"] {
            let request = resources.at(["requests", name]);
            // What is limited and not requested is requested by the limit.
            if is_nothing(&request) && is_nothing(&resources.at(["limits", name])) {
                judge.add(Rule::RequestsAndMemoryLimit, &request, container.says(format_args!("requests no {name}")));
            }
        }
        let limit = resources.at(["limits", "memory"]);
        if is_nothing(&limit) {
            judge.add(Rule::RequestsAndMemoryLimit, &limit, container.says("has no limit of memory"));
        }
    }
    for volume in pod.spec.get("volumes").items() {
        let at = volume.at(["image", "reference"]);
        if !volume.get("image").is_absent()
            && let Some(wrong) = image(&at)
        {
            judge.add(Rule::TagAndDigest, &at, format!("the image of a volume {wrong}"));
        }
    }
}

/// What is wrong with a reference to an image, after the name of who has it.
fn image(at: &Field<'_>) -> Option<&'static str> {
    let text = at.text_or_empty();
    if text.is_empty() {
        return Some("has no image");
    }
    let (name, digest) = match text.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (text, None),
    };
    // The port of a registry is no tag.
    let tag = name.rsplit('/').next().and_then(|last| last.split_once(':')).map(|(_, tag)| tag);
    let has_digest = digest
        .and_then(|digest| digest.strip_prefix("sha256:"))
        .is_some_and(|hex| hex.len() == 64 && hex.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')));
    match (tag, has_digest) {
        (Some("latest"), _) => Some("has an image whose tag is `latest`"),
        (Some(""), _) | (None, false) => Some("has an image without tag and digest"),
        (None, true) => Some("has an image without a tag"),
        (Some(_), false) => Some("has an image without a digest"),
        (Some(_), true) => None,
    }
}

/// Whether a quantity is absent or zero, which is the same to a node.
fn is_nothing(at: &Field<'_>) -> bool {
    match at.value() {
        Some(Value::Integer(number)) => *number == 0,
        Some(Value::Float(number)) => *number == 0.0,
        Some(Value::Text(text)) => {
            let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            digits.parse().is_ok_and(|number: f64| number == 0.0)
        }
        None | Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::yaml::{Documents, Node};

    fn node(text: &str) -> Node {
        Documents::of(text).next().unwrap().unwrap()
    }

    fn wrong(reference: &str) -> Option<&'static str> {
        let node = node(&format!("image: {reference:?}"));
        image(&Field::root(&node).get("image"))
    }

    #[test]
    fn an_image_has_a_tag_and_a_digest() {
        let digest = format!("sha256:{}", "0a".repeat(32));
        assert_eq!(wrong(&format!("registry.example.com:5000/shop/web:1.4.2@{digest}")), None);
        assert_eq!(wrong(&format!("registry.example.com:5000/shop/web@{digest}")), Some("has an image without a tag"));
        assert_eq!(wrong("registry.example.com:5000/shop/web"), Some("has an image without tag and digest"));
        assert_eq!(wrong("web:1.4.2"), Some("has an image without a digest"));
        assert_eq!(wrong("web:1.4.2@sha256:0a"), Some("has an image without a digest"));
        assert_eq!(wrong(&format!("web:latest@{digest}")), Some("has an image whose tag is `latest`"));
        assert_eq!(wrong(""), Some("has no image"));
    }

    #[test]
    fn a_quantity_of_nothing_is_none() {
        for nothing in ["0", "0m", "\"0\"", "0.0", "0Mi", "", "[]"] {
            assert!(is_nothing(&Field::root(&node(&format!("- {nothing}"))).items().next().unwrap()), "{nothing}");
        }
        for something in ["1", "10m", "0.5", "128Mi"] {
            assert!(!is_nothing(&Field::root(&node(&format!("- {something}"))).items().next().unwrap()), "{something}");
        }
    }
}
