//! Every string comes back from Go's YAML parser as it was: as a value, as a key and in a list.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

// The emitter is private to the crate, so that nobody outside can make a manifest of a string: it is compiled in here.
#[path = "../src/yaml.rs"]
mod yaml;
mod yaml_reader;
mod yaml_recipe;

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Map, Value, json};

/// Strings in one document that `kubectl` reads.
const BATCH: usize = 500;

/// An emitter under test.
type Emitter = fn(&Value) -> String;

fn ours(value: &Value) -> String {
    yaml::to_yaml(value).unwrap()
}

fn emitter_by_default(value: &Value) -> String {
    serde_saphyr::to_string(value).unwrap()
}

fn strings() -> Vec<String> {
    yaml_recipe::groups().into_iter().flat_map(|group| group.strings).collect()
}

#[test]
fn the_recipe_has_more_than_seven_thousand_strings() {
    let groups = yaml_recipe::groups();
    for group in &groups {
        println!("{:>5}  {}", group.strings.len(), group.name);
        assert!(!group.strings.is_empty(), "{}", group.name);
    }
    let count = strings().len();
    println!("{count:>5}  in all");
    assert!(count > 7_212, "only {count} strings");
}

#[test]
fn no_string_is_written_in_a_way_that_depends_on_the_reader() {
    for string in strings() {
        assert_eq!(strictly_read(ours, &string), Ok(()), "{string:?}");
    }
}

#[test]
fn the_strict_reader_refuses_what_the_emitter_writes_by_default() {
    let refused = strings().iter().filter(|string| strictly_read(emitter_by_default, string).is_err()).count();
    assert!(refused > 100, "only {refused} strings were refused");
}

#[test]
fn the_strict_reader_refuses_words_numbers_and_times_without_quotes() {
    for text in [
        "y",
        "No",
        "ON",
        "~",
        "=",
        "<<",
        "1_000",
        "0o17",
        "0x1f",
        ".5",
        "1e3",
        "12:30:45",
        "2001-01-01",
        "2001-1-1 1:2:3",
        ".NaN",
        "a: b",
        "a #b",
        "- a",
        "*a",
        "--- a",
    ] {
        assert!(yaml_reader::read_value(&format!("k: {text}\n")).is_err(), "{text:?}");
    }
}

#[test]
fn go_reads_every_string_back() {
    let Some(wrong) = wrong_to_go(ours, &strings()) else { return };
    assert!(
        wrong.is_empty(),
        "{} strings changed or were refused, such as {:?}",
        wrong.len(),
        &wrong[..wrong.len().min(10)]
    );
}

#[test]
fn go_refuses_blocks_that_the_emitter_writes_by_default() {
    let strings = ["\ta\nb", "\t\n", "a\nb"].map(String::from);
    let Some(wrong) = wrong_to_go(emitter_by_default, &strings) else { return };
    assert_eq!(wrong, strings[..2]);
}

/// Reads one string back, by the strict reader, from each place where a string can stand.
fn strictly_read(emit: Emitter, string: &str) -> Result<(), String> {
    let mut keyed = Map::new();
    keyed.insert(string.to_owned(), json!("v"));
    let places = [
        ("value", yaml_reader::read_value(&emit(&json!({"k": string})))),
        ("key", yaml_reader::read_key(&emit(&Value::Object(keyed)))),
        ("item", yaml_reader::read_item(&emit(&json!([string])))),
    ];
    for (place, read) in places {
        let read = read.map_err(|wrong| format!("as {place}: {wrong}"))?;
        if read != string {
            return Err(format!("as {place}: became {read:?}"));
        }
    }
    Ok(())
}

/// The strings that `kubectl` refuses or reads as something else, or nothing where there is no `kubectl`.
fn wrong_to_go(emit: Emitter, strings: &[String]) -> Option<Vec<String>> {
    if Command::new("kubectl").args(["version", "--client"]).output().is_err() {
        println!("skipped: kubectl is not on the PATH, so nothing was read by Go's parser");
        return None;
    }
    Some(strings.chunks(BATCH).flat_map(|batch| wrong_of(emit, batch)).collect())
}

/// Halves a batch that did not come back until the strings are found that are to blame.
fn wrong_of(emit: Emitter, batch: &[String]) -> Vec<String> {
    let documents: Vec<String> = documents_of(batch).iter().map(emit).collect();
    if read_by_go(&documents.join("---\n")).is_some_and(|read| read == documents_of(batch)) {
        return Vec::new();
    }
    match batch {
        [one] => vec![one.clone()],
        several => {
            let (left, right) = several.split_at(several.len() / 2);
            [wrong_of(emit, left), wrong_of(emit, right)].concat()
        }
    }
}

/// The strings as values, as keys and as items, in objects of a kind that `kubectl` has no types for.
fn documents_of(strings: &[String]) -> Vec<Value> {
    let object = |place: &str, strings: Value| json!({"apiVersion": "test.casemate.dev/v1", "kind": "Strings", "metadata": {"name": place}, "strings": strings});
    let numbered = || strings.iter().enumerate();
    vec![
        object("values", numbered().map(|(number, string)| (format!("s{number}"), json!(string))).collect()),
        object("keys", numbered().map(|(number, string)| (string.clone(), json!(number))).collect()),
        object("items", json!(strings)),
    ]
}

/// What Go's parser makes of a stream of documents.
fn read_by_go(documents: &str) -> Option<Vec<Value>> {
    let mut kubectl = Command::new("kubectl")
        .args(["annotate", "--local", "--filename", "-", "--output", "json", "test.casemate.dev/read=back"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = kubectl.stdin.take().unwrap();
    let documents = documents.to_owned();
    let writer = std::thread::spawn(move || input.write_all(documents.as_bytes()));
    let output = kubectl.wait_with_output().unwrap();
    // `kubectl` may stop reading at an error: then its exit code says so.
    writer.join().unwrap().ok();
    if !output.status.success() {
        return None;
    }
    let mut objects: Vec<Value> =
        serde_json::Deserializer::from_slice(&output.stdout).into_iter().collect::<Result<_, _>>().ok()?;
    for object in &mut objects {
        object.pointer_mut("/metadata")?.as_object_mut()?.remove("annotations");
    }
    Some(objects)
}
