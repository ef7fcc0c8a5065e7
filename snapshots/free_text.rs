//! Free texts: whatever somebody writes into a value stays that value. No text becomes a key, an annotation, a comment, a document or a file.

use casemate_dsl::prelude::*;
use serde_json::Value;

use crate::example::{API, Ledger, cluster};

/// What stands in the texts of the declaration that the others are compared with.
const TAME: &str = "tame";

/// What somebody could write to get out of a value. Nothing at all is no text: a variable without a value is an empty one.
const HOSTILE: &[&str] = &[
    "a: b",
    "\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: forged\n",
    "x\nlinkerd.io/inject: disabled",
    "x\n    linkerd.io/inject: disabled\n",
    "# no comment",
    "x # no comment",
    "- item",
    "{a: b}",
    "[a, b]",
    "&anchor *alias",
    "!!binary aGk=",
    "<<: *merge",
    "{{ name }} {% raw %}",
    "null",
    "yes",
    "0x1f",
    "1_000",
    "12:34:56",
    " ",
    "\t",
    "\tx",
    "x ",
    "\n",
    "x\n",
    "x\n\n",
    "\r\n",
    "x\ry",
    "'",
    "\"",
    "\\",
    "\\n",
    "%YAML 1.2",
    "...",
    "--- x",
    "?",
    "? x",
    "|",
    ">-",
    "@x",
    "`x`",
    "```\n</details>\n```",
    "<!-- x -->",
    "\u{7}\u{1b}[31m\u{7f}",
    "\u{85}\u{a0}\u{2028}\u{2029}",
    "\u{202e}reversed\u{202c}",
    "\u{feff}x",
    "\u{fffd}\u{10ffff}",
    "$(NOTHING)",
    "$$(NOTHING)",
];

/// The ledger with this text in every place that takes one.
fn saying(text: &str) -> Cluster {
    let leaked: &'static str = Box::leak(text.to_owned().into_boxed_str());
    let container = Ledger::container(crate::example::IMAGE)
        .resources(cpu!("250m"), memory!("256Mi"))
        .serves(API)
        .probes(Probes::ready(http(API, path!("/healthz"))).alive(exec(["/check".to_owned(), text.to_owned()])))
        .command(["/ledger".to_owned(), text.to_owned()])
        .args([text.to_owned(), text.to_owned()])
        .pre_stop_exec(["/drain".to_owned(), text.to_owned()])
        .env(var!("TEXT"), leaked)
        .env(var!("OWNED"), text.to_owned())
        .env(var!("FILLED"), template("{{ it }}|").with("it", text.to_owned()))
        .config(path!("/etc/ledger/plain.conf"), leaked)
        .config(path!("/etc/ledger/script.sh"), executable(leaked))
        .config(path!("/etc/ledger/filled.conf"), template("it = {{ it }}|").with("it", leaked))
        .directory(path!("/etc/more"), Files::new().text(file_name!("more.conf"), leaked));
    cluster().runs(Deployment::new(container))
}

fn rendered(text: &str) -> Vec<(String, String)> {
    let rendered = casemate::render(saying(text)).unwrap_or_else(|findings| panic!("{text:?}: {findings}"));
    rendered.files().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// Compares two values: where they differ, one has the tame text in it, and the other has `text` in its place.
fn compare(place: &str, text: &str, tame: &Value, other: &Value) -> usize {
    match (tame, other) {
        (Value::Object(tame), Value::Object(other)) => {
            assert_eq!(tame.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{place} of {text:?}");
            tame.iter()
                .zip(other.values())
                .map(|((key, tame), other)| compare(&format!("{place}/{key}"), text, tame, other))
                .sum()
        }
        (Value::Array(tame), Value::Array(other)) => {
            assert_eq!(tame.len(), other.len(), "{place} of {text:?}");
            tame.iter().zip(other).map(|(tame, other)| compare(place, text, tame, other)).sum()
        }
        (Value::String(tame), Value::String(other)) if tame.contains(TAME) => {
            assert_eq!(*other, tame.replace(TAME, text), "{place} of {text:?}");
            1
        }
        // A hash of the contents ends it.
        (Value::String(tame), Value::String(other)) if tame.starts_with("ledger-config-") => {
            assert!(other.starts_with("ledger-config-") && other.len() == tame.len(), "{place} of {text:?}");
            0
        }
        (tame, other) => {
            assert_eq!(tame, other, "{place} of {text:?}");
            0
        }
    }
}

#[test]
fn a_text_stays_the_value_that_it_was_written_into() {
    let tame = rendered(TAME);
    let long = "x: ".repeat(20_000);
    for text in HOSTILE.iter().copied().chain([long.as_str()]) {
        let hostile = rendered(text);
        let paths = |files: &[(String, String)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
        assert_eq!(paths(&tame), paths(&hostile), "{text:?}");
        let mut found = 0;
        for ((path, tame), (_, hostile)) in tame.iter().zip(&hostile) {
            assert_eq!(tame.lines().next(), hostile.lines().next(), "{path} of {text:?}");
            // Pages for people quote reasons, and no value.
            if path.contains("/register/") {
                assert_eq!(tame, hostile, "{path} of {text:?}");
                continue;
            }
            let [tame, hostile] =
                [tame, hostile].map(|text| casemate_oracle::parse(text).unwrap_or_else(|why| panic!("{path}: {why}")));
            found += compare(path, text, &tame, &hostile);
        }
        // Three of the environment, four files, and five words of commands.
        assert_eq!(found, 12, "{text:?}");
    }
}

#[test]
fn a_reason_is_one_visible_line() {
    // Reasons stand in annotations and in reports.
    let refused = |text: &str| Reason::why_not(text).is_some();
    assert!(!refused("photos are meant for everybody"));
    for text in [
        "three words\nand a line",
        "three words \u{202e}reversed",
        "three \u{1b}[31mred words",
        "three zero\u{200b}width words",
    ] {
        assert!(refused(text), "{text:?}");
    }
    assert!(refused(&"word ".repeat(41)), "a long one");
}
