//! Reading the objects of a text: YAML, as far as all readers agree about it.
//!
//! Whatever two readers could read differently (a plain `on`, an alias, a key that stands twice) is refused, and whoever asked says so:
//! what cannot be read for certain is not judged.

use granit_parser::{Event, Parser, ScalarStyle, StrInput};
use serde_json::{Map, Value};

/// Deeper than any manifest, and far from the end of a stack.
const MOST_LEVELS: usize = 64;

/// The objects of a text.
pub(crate) fn read(text: &str) -> Result<Vec<Value>, String> {
    let mut reader = Reader { events: Parser::new_from_str(text) };
    let mut objects = Vec::new();
    loop {
        match reader.next()? {
            Event::StreamStart | Event::DocumentEnd => {}
            Event::DocumentStart(..) => {
                let event = reader.next()?;
                match reader.node(event, 0)? {
                    Value::Null => {}
                    object => objects.push(object),
                }
            }
            Event::StreamEnd => return Ok(objects),
            _ => return Err("it is no stream of documents".to_owned()),
        }
    }
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Event<'a>, String> {
        match self.events.next() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(error)) => Err(error.to_string()),
            None => Ok(Event::StreamEnd),
        }
    }

    fn node(&mut self, event: Event<'a>, level: usize) -> Result<Value, String> {
        if level > MOST_LEVELS {
            return Err("it is nested deeper than any manifest".to_owned());
        }
        match event {
            Event::Scalar(text, style, 0, None) => scalar(&text, style),
            Event::SequenceStart(_, 0, None) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => return Ok(Value::Array(items)),
                        next => items.push(self.node(next, level + 1)?),
                    }
                }
            }
            Event::MappingStart(_, 0, None) => self.mapping(level),
            Event::Alias(_) | Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) => {
                Err("it has an anchor, an alias or a tag".to_owned())
            }
            _ => Err("a value is missing".to_owned()),
        }
    }

    fn mapping(&mut self, level: usize) -> Result<Value, String> {
        let mut map = Map::new();
        loop {
            let key = match self.next()? {
                Event::MappingEnd => return Ok(Value::Object(map)),
                Event::Scalar(text, style, 0, None) if style != ScalarStyle::Plain || text != "<<" => text.into_owned(),
                _ => return Err("it has a key that is no plain text".to_owned()),
            };
            let value = self.next()?;
            let value = self.node(value, level + 1)?;
            if map.insert(key, value).is_some() {
                return Err("a key stands twice in it".to_owned());
            }
        }
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Result<Value, String> {
    const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];
    if style != ScalarStyle::Plain {
        return Ok(Value::String(text.to_owned()));
    }
    Ok(match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "" | "~" | "null" => Value::Null,
        word if WORDS.contains(&word.to_ascii_lowercase().as_str()) => {
            return Err("it has a word that some read as true or false, without quotes".to_owned());
        }
        number => match number.parse::<i64>() {
            Ok(integer) if integer.to_string() == number => Value::from(integer),
            _ => Value::String(number.to_owned()),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_yaml_and_json() {
        let text = "# header\na: b\nn: 10\nl:\n- \"on\"\n- true\nt: |\n  x\n  y\n---\n{\"c\": [null]}\n";
        assert_eq!(
            read(text).unwrap(),
            [json!({"a": "b", "n": 10, "l": ["on", true], "t": "x\ny\n"}), json!({"c": [null]})]
        );
        assert_eq!(read("# nothing\n").unwrap(), Vec::<Value>::new());
    }

    #[test]
    fn refuses_what_readers_read_differently() {
        for text in [
            "a: yes",
            "a: True",
            "a: &x b",
            "a: *x",
            "a: !!str b",
            "a: 1\na: 2",
            "<<: {}",
            "? [a]\n: b",
            "a: [",
            "\u{0}",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn refuses_depth_without_end() {
        for bracket in ["[", "{a: ", "- "] {
            assert!(read(&bracket.repeat(100_000)).is_err(), "{bracket}");
        }
    }
}
