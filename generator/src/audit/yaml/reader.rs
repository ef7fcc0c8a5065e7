//! The documents of a file, one by one: a broken one does not hide the next.

use std::collections::HashMap;
use std::rc::Rc;

use granit_parser::{Event, Parser, ScalarStyle, Span, StrInput, Tag};

use super::node::{Mapping, Mark, Node, Value};
use super::scalar;
use crate::review::quote::quotation;

/// Deeper than any object, definitions of custom resources included, and far from the end of a stack.
const MOST_LEVELS: usize = 128;
/// More values than any object has; what an alias repeats counts each time.
const MOST_VALUES: usize = 500_000;
/// Nobody reads more of them, and a file that has so many is none of Kubernetes.
const MOST_BROKEN: usize = 20;

/// What could not be read, where, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::audit) struct Broken {
    pub(in crate::audit) mark: Mark,
    pub(in crate::audit) why: String,
}

/// The documents of a text, in their order.
pub(in crate::audit) struct Documents<'a> {
    events: Parser<'a, StrInput<'a>>,
    anchors: HashMap<usize, Node>,
    values: usize,
    broken: usize,
    is_at_end: bool,
}

impl<'a> Documents<'a> {
    pub(in crate::audit) fn of(text: &'a str) -> Self {
        let options = granit_parser::options! {
            emit_comments: false,
            flow_nesting_limit: MOST_LEVELS,
            block_nesting_limit: MOST_LEVELS,
        };
        Self {
            events: Parser::new_from_str_with_options(text, options),
            anchors: HashMap::new(),
            values: 0,
            broken: 0,
            is_at_end: false,
        }
    }

    fn next_event(&mut self) -> Result<(Event<'a>, Mark), Broken> {
        match self.events.next() {
            Some(Ok((event, span))) => Ok((event, start(&span))),
            Some(Err(error)) => {
                let mark = error.marker();
                Err(Broken { mark: Mark { line: mark.line(), column: mark.col() + 1 }, why: error.info() })
            }
            None => Ok((Event::StreamEnd, Mark { line: 1, column: 1 })),
        }
    }

    fn document(&mut self) -> Result<Node, Broken> {
        self.anchors.clear();
        self.values = 0;
        let (event, mark) = self.next_event()?;
        self.node(event, mark, 0)
    }

    fn count(&mut self, values: usize, mark: Mark) -> Result<(), Broken> {
        self.values = self.values.saturating_add(values);
        if self.values > MOST_VALUES {
            let why = format!("it has more than {MOST_VALUES} values, those that aliases repeat counted each time");
            return Err(Broken { mark, why });
        }
        Ok(())
    }

    fn node(&mut self, event: Event<'a>, mark: Mark, level: usize) -> Result<Node, Broken> {
        let deep = || Broken { mark, why: format!("it is nested deeper than {MOST_LEVELS} levels") };
        if level > MOST_LEVELS {
            return Err(deep());
        }
        let (node, anchor) = match event {
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor).cloned() else {
                    return Err(Broken { mark, why: "an alias stands within what it repeats".to_owned() });
                };
                if level + node.height > MOST_LEVELS {
                    return Err(deep());
                }
                self.count(node.size, mark)?;
                // Where it is repeated, there it is found.
                return Ok(Node { mark, ..node });
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.count(1, mark)?;
                (Node::scalar(mark, value(&text, style, tag.as_deref(), mark)?), anchor)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.count(1, mark)?;
                let mut items = Vec::new();
                loop {
                    match self.next_event()? {
                        (Event::SequenceEnd, _) => break,
                        (event, mark) => items.push(self.node(event, mark, level + 1)?),
                    }
                }
                (Node::sequence(mark, items), anchor)
            }
            Event::MappingStart(_, anchor, _) => {
                self.count(1, mark)?;
                (self.mapping(mark, level)?, anchor)
            }
            _ => return Err(Broken { mark, why: "a value is missing".to_owned() }),
        };
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn mapping(&mut self, mark: Mark, level: usize) -> Result<Node, Broken> {
        let mut entries = Mapping::new();
        let mut merged = Vec::new();
        loop {
            let (event, mark) = match self.next_event()? {
                (Event::MappingEnd, _) => break,
                next => next,
            };
            if matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<") {
                let (event, mark) = self.next_event()?;
                let value = self.node(event, mark, level + 1)?;
                merged.push((mark, value));
                continue;
            }
            let key = key(&self.node(event, mark, level + 1)?)?;
            let (event, value_mark) = self.next_event()?;
            let value = self.node(event, value_mark, level + 1)?;
            if let Some((first, _)) = entries.insert(Rc::clone(&key), (mark, value)) {
                let key = quotation(&key);
                return Err(Broken {
                    mark,
                    why: format!("the key `{key}` stands twice, first in line {}", first.line),
                });
            }
        }
        for (mark, value) in merged {
            self.merge(&mut entries, mark, &value)?;
        }
        Ok(Node::mapping(mark, entries))
    }

    /// Adds what `<<` names, except for what the mapping says itself or an earlier one said.
    fn merge(&mut self, entries: &mut Mapping, mark: Mark, value: &Node) -> Result<(), Broken> {
        let sources = match &value.value {
            Value::Mapping(_) => std::slice::from_ref(value),
            Value::Sequence(items) => items,
            _ => &[],
        };
        if sources.is_empty() {
            return Err(Broken { mark, why: "`<<` takes a mapping, or a list of them".to_owned() });
        }
        for source in sources {
            let Value::Mapping(others) = &source.value else {
                return Err(Broken { mark, why: "`<<` takes a mapping, or a list of them".to_owned() });
            };
            for (key, (_, node)) in others.iter() {
                if !entries.contains_key(key) {
                    self.count(node.size, mark)?;
                    entries.insert(Rc::clone(key), (mark, Node { mark, ..node.clone() }));
                }
            }
        }
        Ok(())
    }
}

/// A broken document is one item; the next one follows it.
impl Iterator for Documents<'_> {
    type Item = Result<Node, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_at_end {
            let broken = match self.next_event() {
                Ok((Event::StreamEnd, _)) => break,
                Ok((Event::DocumentStart(..), _)) => match self.document() {
                    Ok(node) => return Some(Ok(node)),
                    Err(broken) => broken,
                },
                Ok(_) => continue,
                Err(broken) => broken,
            };
            self.broken += 1;
            if self.broken >= MOST_BROKEN {
                self.is_at_end = true;
                let why =
                    format!("{}; the rest of the file was not read, after {MOST_BROKEN} broken documents", broken.why);
                return Some(Err(Broken { why, ..broken }));
            }
            self.is_at_end = !matches!(self.events.proceed_next_document(), Ok(true));
            return Some(Err(broken));
        }
        self.is_at_end = true;
        None
    }
}

fn start(span: &Span) -> Mark {
    Mark { line: span.start.line(), column: span.start.col() + 1 }
}

/// The value of a scalar. A tag that YAML does not define means text to Go's reader, and none is resolved by a program here.
fn value(text: &str, style: ScalarStyle, tag: Option<&Tag>, mark: Mark) -> Result<Value, Broken> {
    let as_text = || Value::Text(text.into());
    let Some(tag) = tag else {
        return Ok(if style == ScalarStyle::Plain { scalar::plain(text) } else { as_text() });
    };
    let fits = match (tag.core_suffix(), scalar::plain(text)) {
        (Some("bool"), value @ Value::Bool(_))
        | (Some("int"), value @ Value::Integer(_))
        | (Some("float"), value @ Value::Float(_))
        | (Some("null"), value @ Value::Null) => Some(value),
        #[expect(clippy::cast_precision_loss, reason = "as every reader of YAML does")]
        (Some("float"), Value::Integer(integer)) => Some(Value::Float(integer as f64)),
        (Some("bool" | "int" | "float" | "null"), _) => None,
        _ => Some(as_text()),
    };
    fits.ok_or_else(|| Broken { mark, why: "a tag and its value do not fit".to_owned() })
}

/// A key as Kubernetes' tools turn it into JSON: `on: x` has the key `true`.
fn key(node: &Node) -> Result<Rc<str>, Broken> {
    match &node.value {
        Value::Text(text) => Ok(Rc::clone(text)),
        Value::Bool(value) => Ok(value.to_string().into()),
        Value::Integer(value) => Ok(value.to_string().into()),
        Value::Float(value) => Ok(value.to_string().into()),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => {
            Err(Broken { mark: node.mark, why: "a key is neither text nor a number".to_owned() })
        }
    }
}
