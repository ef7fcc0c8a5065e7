//! YAML as Go reads it, or not at all.
//!
//! The API server, Argo CD and cloudflared read YAML 1.1 with Go's parsers; `on`, `1_000` or `2001-01-01` without quotes is
//! a boolean, a number or a time to some of them. Whatever two readers could read differently is an error here: such plain
//! scalars, null, floats, duplicate keys, anchors, aliases, tags, merge keys, and a second document.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Map, Value};

/// Reads the one document of a text.
///
/// # Errors
///
/// A sentence with the line, when the text is no YAML or when two readers could disagree about it.
pub fn parse(text: &str) -> Result<Value, String> {
    let mut reader = Reader { events: Parser::new_from_str(text) };
    let first = reader.next()?;
    let mut event = if matches!(first.0, Event::StreamStart) { reader.next()? } else { first };
    if !matches!(event.0, Event::DocumentStart(..)) {
        return Err("there is no document".to_owned());
    }
    event = reader.next()?;
    let value = reader.node(event)?;
    loop {
        match reader.next()?.0 {
            Event::DocumentEnd => {}
            Event::StreamEnd => return Ok(value),
            _ => return Err("there is a second document".to_owned()),
        }
    }
}

/// The events of one text, with the line of each.
struct Reader<'a> {
    events: Parser<'a, granit_parser::StrInput<'a>>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, usize), String> {
        match self.events.next() {
            Some(Ok((event, span))) => Ok((event, line(&span))),
            Some(Err(error)) => Err(error.to_string()),
            None => Ok((Event::StreamEnd, 0)),
        }
    }

    fn node(&mut self, (event, line): (Event<'a>, usize)) -> Result<Value, String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                bare(anchor, tag.is_some(), line)?;
                scalar(text, style).map_err(|why| format!("line {line}: {why}"))
            }
            Event::SequenceStart(_, anchor, tag) => {
                bare(anchor, tag.is_some(), line)?;
                let mut items = Vec::new();
                loop {
                    let next = self.next()?;
                    if matches!(next.0, Event::SequenceEnd) {
                        return Ok(Value::Array(items));
                    }
                    items.push(self.node(next)?);
                }
            }
            Event::MappingStart(_, anchor, tag) => {
                bare(anchor, tag.is_some(), line)?;
                self.mapping()
            }
            Event::Alias(_) => Err(format!("line {line}: an alias has no place in a manifest")),
            _ => Err(format!("line {line}: a value is missing")),
        }
    }

    fn mapping(&mut self) -> Result<Value, String> {
        let mut map = Map::new();
        loop {
            let next = self.next()?;
            if matches!(next.0, Event::MappingEnd) {
                return Ok(Value::Object(map));
            }
            let line = next.1;
            let Value::String(key) = self.node(next)? else {
                return Err(format!("line {line}: a key that is no string"));
            };
            let value = self.next()?;
            let value = self.node(value)?;
            if map.contains_key(&key) {
                return Err(format!("line {line}: the key `{key}` stands twice"));
            }
            map.insert(key, value);
        }
    }
}

fn line(span: &Span) -> usize {
    span.start.line()
}

fn bare(anchor: usize, tagged: bool, line: usize) -> Result<(), String> {
    if anchor != 0 {
        return Err(format!("line {line}: an anchor has no place in a manifest"));
    }
    if tagged {
        return Err(format!("line {line}: a tag has no place in a manifest"));
    }
    Ok(())
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Result<Value, String> {
    if style != ScalarStyle::Plain {
        return Ok(Value::String(text.into_owned()));
    }
    match text.as_ref() {
        "true" => return Ok(Value::Bool(true)),
        "false" => return Ok(Value::Bool(false)),
        _ => {}
    }
    if is_canonical_integer(&text) {
        return text.parse::<i64>().map(Value::from).map_err(|_| format!("`{text}` is too large"));
    }
    if is_ambiguous(&text) {
        return Err(format!("`{text}` without quotes is no string to every reader"));
    }
    Ok(Value::String(text.into_owned()))
}

fn is_canonical_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    text == "0" || (!digits.starts_with('0') && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether some reader of YAML 1.1 or 1.2 takes this plain scalar for something else than a string.
fn is_ambiguous(text: &str) -> bool {
    const WORDS: [&str; 12] = ["", "~", "null", "y", "n", "yes", "no", "on", "off", "true", "false", "<<"];
    let lower = text.to_ascii_lowercase();
    if WORDS.contains(&lower.as_str()) || text == "=" {
        return true;
    }
    let unsigned = lower.trim_start_matches(['+', '-']).replace('_', "");
    if [".inf", ".nan"].contains(&unsigned.as_str()) {
        return true;
    }
    let radix = |prefix: &str, base: u32| {
        unsigned.strip_prefix(prefix).is_some_and(|rest| rest.chars().all(|digit| digit.is_digit(base)))
    };
    if radix("0x", 16) || radix("0o", 8) || radix("0b", 2) {
        return true;
    }
    let starts_like_a_number = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    (starts_like_a_number && unsigned.parse::<f64>().is_ok()) || is_sexagesimal(&unsigned) || is_date(&lower)
}

/// `12:30:45`: 45045 to a reader of YAML 1.1.
fn is_sexagesimal(text: &str) -> bool {
    let mut parts = text.split(':');
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    parts.next().is_some_and(number)
        && text.contains(':')
        && parts.all(|part| number(part) && part.split('.').next().is_some_and(|whole| whole.len() <= 2))
}

/// `2001-01-01`, with or without a time.
fn is_date(text: &str) -> bool {
    let digits = |part: &str, most: usize| {
        !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = text.splitn(3, '-');
    let (Some(year), Some(month), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let day = rest.split(['t', ' ']).next().unwrap_or_default();
    year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_what_every_reader_agrees_on() {
        let text = "# header\na: b\nnumber: 10\nyes-man: 'on'\nlist: [1.4.2, 10Mi, 0.0.0.0:2000, \"1_000\"]\nempty: {}\nblock: |\n  one\n  two\n";
        let expected = json!({"a": "b", "number": 10, "yes-man": "on", "list": ["1.4.2", "10Mi", "0.0.0.0:2000", "1_000"],
            "empty": {}, "block": "one\ntwo\n"});
        assert_eq!(parse(text), Ok(expected));
    }

    #[test]
    fn refuses_what_readers_read_differently() {
        let plain = [
            "on",
            "No",
            "y",
            "~",
            "null",
            "",
            "1_000",
            "0x1f",
            "014",
            "1e3",
            "1.5",
            ".5",
            "+1",
            "12:30:45",
            "2001-01-01",
            "2001-01-01T10:00:00Z",
            "TRUE",
            "0o7",
            "0b1",
            "-.inf",
            ".NaN",
            "=",
            "123e45",
            "1_0.5",
            "-0",
        ];
        for scalar in plain {
            assert!(parse(&format!("key: {scalar}\n")).is_err(), "{scalar}");
            assert!(parse(&format!("- {scalar}\n")).is_err(), "{scalar}");
        }
        for text in [
            "a: 1\na: 2\n",
            "on: a\n",
            "a: &x 1\n",
            "a: !!str 1\n",
            "a: {<<: {b: c}}\n",
            "a: 1\n---\nb: 2\n",
            "",
            "a: [\n",
            "1: a\n",
            "# only a comment\n",
            "a: &x b\nc: *x\n",
            "'a': 1\n\"a\": 2\n",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
