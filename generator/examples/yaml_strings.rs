//! Prints the strings that YAML emitters get wrong, and our documents of them, one JSON object a line, for a judge that reads
//! YAML by other means: `want` is the string, `value_doc` is `{k: want}`, `key_doc` is `{want: v}`, `item_doc` is `[want]`.

// The emitter is private to the crate, so that nobody outside can make a manifest of a string: it is compiled in here.
#[path = "../src/yaml.rs"]
#[expect(dead_code, reason = "the functions that this example does not need")]
mod yaml;
#[path = "../tests/yaml_recipe/mod.rs"]
mod yaml_recipe;

use std::error::Error;
use std::io::{self, BufWriter, Write as _};

use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(io::stdout().lock());
    for group in yaml_recipe::groups() {
        for string in group.strings {
            let mut keyed = Map::new();
            keyed.insert(string.clone(), json!("v"));
            let line = json!({
                "group": group.name,
                "want": string,
                "value_doc": yaml::to_yaml(&json!({"k": string}))?,
                "key_doc": yaml::to_yaml(&Value::Object(keyed))?,
                "item_doc": yaml::to_yaml(&json!([string]))?,
            });
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
    Ok(())
}
