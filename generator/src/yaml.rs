//! The one place where values become text.
//!
//! Kubernetes reads YAML with Go's parser, which follows YAML 1.1 where it can: `on`, `no`, `1_000` and `12:30:45` are no
//! strings to it unless they are quoted. The emitter is `serde-saphyr`, which quotes all of them; what this module adds is
//! the choice between quotes and literal blocks. Left to itself the emitter writes blocks that Go refuses or that no reviewer
//! wants (folded lines, explicit indentation, kept newlines). Here a string becomes a literal block only if
//! [nothing about it](reads_back_from_a_block) depends on a subtlety of the format, and stands in quotes otherwise.
//! `tests/yaml_strings.rs` holds the choice against Go's own parser.

use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_saphyr::{LitStr, SerializerOptions};

/// Writes a value as one YAML document: two blanks a level, lists under their key without indentation as `kubectl` prints
/// them, keys in the order of the value, no document markers, a newline at the end.
pub(crate) fn to_yaml(value: &Value) -> Result<String, serde_saphyr::ser::Error> {
    let mut text = String::new();
    write_yaml(&mut text, &Node(value))?;
    Ok(text)
}

/// Appends a document like [`to_yaml`]'s to a text, such as the header line of a manifest. The document serialises its strings
/// by [`serialize_text`].
pub(crate) fn write_yaml(text: &mut String, document: &impl Serialize) -> Result<(), serde_saphyr::ser::Error> {
    serde_saphyr::to_fmt_writer_with_options(text, document, options())
}

/// Writes a value as indented JSON with a newline at the end.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}

/// What the emitter is told. It must not choose blocks by itself: it would fold long lines, and write blocks which begin with
/// a tab, which Go refuses.
fn options() -> SerializerOptions {
    let mut options = SerializerOptions::default();
    options.indent_step = 2;
    options.compact_list_indent = true;
    options.prefer_block_scalars = false;
    options
}

/// A value whose strings choose their own style.
struct Node<'a>(&'a Value);

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) => serialize_text(text, serializer),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Node)),
            Value::Object(fields) => serializer.collect_map(fields.iter().map(|(key, value)| (key, Node(value)))),
            plain => plain.serialize(serializer),
        }
    }
}

/// A string that chooses its own style. To other formats than YAML it is a string like any.
pub(crate) fn serialize_text<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if reads_back_from_a_block(text) { LitStr(text).serialize(serializer) } else { serializer.serialize_str(text) }
}

/// Whether a string may stand as a literal block.
///
/// It has several lines and at most one newline at its end (more would need `|+`), its first line says by itself how far
/// the block is indented, no line begins with a tab or ends with a blank (which editors take away), and every character is
/// one that the block shows as it is.
fn reads_back_from_a_block(text: &str) -> bool {
    let lines = text.strip_suffix('\n').unwrap_or(text);
    lines.contains('\n')
        && !lines.ends_with('\n')
        && !lines.starts_with([' ', '\n'])
        && lines.split('\n').all(|line| !line.starts_with('\t') && !line.ends_with([' ', '\t']))
        && lines.chars().all(stands_for_itself)
}

/// Whether a character may stand in a literal block: no control character but the newline and the tab, no other line break
/// of YAML 1.1 or 1.2, no byte order mark, and nothing that the format excludes.
fn stands_for_itself(character: char) -> bool {
    match character {
        '\n' | '\t' => true,
        '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{to_json, to_yaml};

    #[test]
    fn manifests_look_as_kubectl_prints_them() {
        let deployment = json!({
            "kind": "Deployment",
            "apiVersion": "apps/v1",
            "spec": {
                "paused": false,
                "replicas": 3,
                "containers": [{"name": "api", "args": ["--level", "on"], "env": []}],
                "volumes": [{"name": "scratch", "emptyDir": {}}],
            },
        });
        assert_eq!(
            to_yaml(&deployment).unwrap(),
            "kind: Deployment\n\
             apiVersion: apps/v1\n\
             spec:\n\
             \x20 paused: false\n\
             \x20 replicas: 3\n\
             \x20 containers:\n\
             \x20 - name: api\n\
             \x20   args:\n\
             \x20   - --level\n\
             \x20   - \"on\"\n\
             \x20   env: []\n\
             \x20 volumes:\n\
             \x20 - name: scratch\n\
             \x20   emptyDir: {}\n"
        );
    }

    #[test]
    fn a_config_file_is_a_literal_block_that_keeps_its_indentation() {
        let config = json!({"data": {"config.yaml": "ingress:\n  - hostname: a.example.com\n\n  - service: x\n"}});
        assert_eq!(
            to_yaml(&config).unwrap(),
            "data:\n  config.yaml: |\n    ingress:\n      - hostname: a.example.com\n\n      - service: x\n"
        );
        assert_eq!(to_yaml(&json!({"a": ["x\ny"]})).unwrap(), "a:\n- |-\n  x\n  y\n");
    }

    #[test]
    fn strings_that_a_block_could_change_stand_in_quotes() {
        for text in [
            " a\nb",
            "\ta\nb",
            "a\n\tb",
            "\na\nb",
            "a\nb\n\n",
            "a \nb",
            "a\nb\t",
            "a\n \nb",
            "a\r\nb",
            "a\n\u{85}b",
            "a\n\u{2028}b",
            "a\n\u{feff}b",
            "a\n\u{7f}b",
            "a\n\u{0}b",
            "a\n",
            "\n",
        ] {
            let yaml = to_yaml(&json!({"k": text})).unwrap();
            assert!(yaml.starts_with("k: \"") && yaml.lines().count() == 1, "{text:?} became {yaml:?}");
        }
    }

    #[test]
    fn long_lines_are_never_folded() {
        let yaml = to_yaml(&json!({"k": "word ".repeat(1_000).trim_end()})).unwrap();
        assert_eq!(yaml.lines().count(), 1);
    }

    #[test]
    fn json_is_indented_and_ends_with_a_newline() {
        assert_eq!(to_json(&json!({"b": [1], "a": null})).unwrap(), "{\n  \"b\": [\n    1\n  ],\n  \"a\": null\n}\n");
    }
}
