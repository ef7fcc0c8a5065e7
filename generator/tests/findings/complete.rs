//! That nothing is missing here: every sentence that `resolve` can say is said by a test, and every mistake has its twin.
//!
//! A sentence is a text of the source with a blank in it; `{name}` stands for anything. A message that is built in two places of the
//! source has to be shown twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files in a folder of this package and below it, with their texts.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in
            fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path())
        {
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).expect("a source is a text");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The string literals of a source, without its comments and what follows `#[cfg(test)]`, each with what stands before it.
fn literals(source: &str) -> Vec<(&str, String)> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = source[at..].find(['"', '\'', '/']) {
        let quote = at + offset;
        let rest = &source[quote..];
        at = quote
            + if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with('"') {
                let before = source[..quote].trim_end_matches('#');
                let hashes = &source[before.len()..quote];
                let start = if before.ends_with('r') { before.len() - 1 } else { quote };
                let length = if start < quote { end_of_raw(rest, hashes) } else { end_of_literal(rest) };
                let literal: syn::LitStr = syn::parse_str(&source[start..quote + length]).expect("a literal of Rust");
                found.push((source[..start].trim_end(), literal.value()));
                length
            } else {
                // A character, such as `'"'`; a lifetime is none.
                ["'\"'", "'\\''", "'/'"].into_iter().find(|it| rest.starts_with(it)).map_or(1, str::len)
            };
    }
    found
}

/// Where the literal ends that `text` begins with.
fn end_of_literal(text: &str) -> usize {
    let mut escaped = true;
    let end = text.char_indices().find(|(_, character)| {
        let ends = *character == '"' && !escaped;
        escaped = *character == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// The same for a raw literal with these hashes.
fn end_of_raw(text: &str, hashes: &str) -> usize {
    let end = format!("\"{hashes}");
    text[1..].find(&end).map_or(text.len(), |at| 1 + at + end.len())
}

/// What stands around the placeholders of a format string.
fn fragments(format: &str) -> Vec<String> {
    // A place, `file:line`, is one thing to a reader.
    let escaped = format.replace("{}:{}", "{}").replace("{{", "\u{1}").replace("}}", "\u{2}");
    let mut found = Vec::new();
    for (index, part) in escaped.split('{').enumerate() {
        let fragment = if index == 0 { part } else { part.split_once('}').map_or(part, |(_, after)| after) };
        found.push(fragment.replace('\u{1}', "{").replace('\u{2}', "}"));
    }
    found
}

/// Whether the fragments stand in this line, in their order.
fn says(line: &str, fragments: &[String]) -> bool {
    let mut rest = line;
    fragments.iter().all(|fragment| match rest.split_once(fragment.as_str()) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

/// The sentences of a source that a finding can consist of.
fn sentences(source: &str) -> Vec<String> {
    let for_others = |before: &str| ["reason =", "expect(", "because!("].iter().any(|other| before.ends_with(other));
    let said = literals(source).into_iter().filter(|(before, _)| !for_others(before)).map(|(_, literal)| literal);
    said.map(|literal| literal.trim().to_owned()).filter(|literal| literal.contains(' ')).collect()
}

/// The lines of all inline snapshots of these tests.
fn snapshots() -> Vec<String> {
    let tests = sources("tests/findings");
    let literals = tests.iter().flat_map(|(_, text)| literals(text));
    let snapshots = literals.filter(|(before, _)| before.ends_with('@'));
    snapshots.flat_map(|(_, text)| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn every_sentence_of_resolve_is_said_here() {
    let lines = snapshots();
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for (path, text) in sources("src/resolve") {
        // Warnings are no findings: what they are about is rendered.
        let of_findings = if path.ends_with("warning.rs") { Vec::new() } else { sentences(&text) };
        for sentence in of_findings {
            *wanted.entry(sentence).or_default() += 1;
        }
    }
    assert!(wanted.len() > 300, "resolve says {} sentences", wanted.len());
    let unsaid: Vec<_> = wanted
        .into_iter()
        .filter_map(|(sentence, times)| {
            let (format, text) = (fragments(&sentence), [sentence.clone()]);
            let said = lines.iter().filter(|line| says(line, &format) || says(line, &text)).count();
            (said < times).then(|| format!("{said} of {times}: {sentence}"))
        })
        .collect();
    assert!(unsaid.is_empty(), "no test provokes:\n{}", unsaid.join("\n"));
}

/// What a test of these calls when it shows a mistake, and when it shows the twin.
const MISTAKE: [&str; 2] = ["refused(", "findings("];
const TWIN: &str = "accepted(";

#[test]
fn every_mistake_has_its_twin() {
    let mut shown = 0;
    let mut alone = Vec::new();
    for (path, text) in sources("tests/findings") {
        // `locations.rs` is about the places of findings that have their twins elsewhere.
        if path.ends_with("main.rs") || path.ends_with("complete.rs") || path.ends_with("locations.rs") {
            continue;
        }
        for test in text.split("#[test]\nfn ").skip(1) {
            let body = test.split("\n}\n").next().unwrap_or_default();
            if MISTAKE.iter().any(|call| body.contains(call)) {
                shown += 1;
                if !body.contains(TWIN) {
                    alone.push(body.split('(').next().unwrap_or_default().to_owned());
                }
            }
        }
    }
    assert!(shown > 200, "{shown} tests show a mistake");
    assert!(alone.is_empty(), "without a twin: {alone:#?}");
}

#[test]
fn a_sentence_is_found_by_what_stands_around_its_placeholders() {
    let line = "payments/ledger: port 8080 is served twice, first at ports.rs on the same line";
    let (said, other) = (
        "port {number} is served twice, first at {}:{}",
        "port {number} is served with two protocols, first at {place}",
    );
    assert!(says(line, &fragments(said)));
    assert!(!says(line, &fragments(other)));
}

#[test]
fn sentences_are_literals_that_are_no_comment() {
    let source = r##"
        // "a comment" and its "text"
        #[expect(dead_code, reason = "for a lint")]
        let (quote, name) = ('"', "name");
        let wrong = format!("the \"{name}\" is \\ wrong");
        findings.add(id, at, wrong, r#"say "it" once"#);
        #[cfg(test)]
        let test = "of a test";
    "##;
    assert_eq!(sentences(source), [r#"the "{name}" is \ wrong"#, r#"say "it" once"#]);
}
