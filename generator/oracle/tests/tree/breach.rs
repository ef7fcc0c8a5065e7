//! One thing done to the good tree.

use serde_json::{Value, json};

/// A change of one document.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    /// Sets the value at a JSON pointer; a last token `-` appends to a list.
    Set(&'static str, Value),
    /// Removes the value at a JSON pointer.
    Remove(&'static str),
    /// Replaces a part of the text at a JSON pointer.
    Replace(&'static str, &'static str, &'static str),
    /// Removes the document.
    Drop,
    /// Adds a copy of the document with another name.
    Copy(&'static str),
    /// Adds a copy of the document in another file.
    Again,
}

/// A broken twin: the object, what is done to it, and the rule that has to notice.
pub(crate) type Twin = (&'static str, Change, &'static str);

pub(crate) fn set(object: &'static str, pointer: &'static str, value: Value, rule: &'static str) -> Twin {
    (object, Change::Set(pointer, value), rule)
}

pub(crate) fn remove(object: &'static str, pointer: &'static str, rule: &'static str) -> Twin {
    (object, Change::Remove(pointer), rule)
}

pub(crate) fn drop(object: &'static str, rule: &'static str) -> Twin {
    (object, Change::Drop, rule)
}

pub(crate) fn copy(object: &'static str, name: &'static str, rule: &'static str) -> Twin {
    (object, Change::Copy(name), rule)
}

pub(crate) fn replace(
    object: &'static str,
    pointer: &'static str,
    from: &'static str,
    to: &'static str,
    rule: &'static str,
) -> Twin {
    (object, Change::Replace(pointer, from, to), rule)
}

/// Applies a change to the documents of a tree.
pub(crate) fn apply(values: &mut Vec<(String, Value)>, object: &str, change: &Change) {
    let position = values.iter().position(|(_, value)| name(value) == object).unwrap_or_else(|| panic!("no {object}"));
    let mut value = values[position].1.clone();
    match change {
        Change::Drop => {
            values.remove(position);
            return;
        }
        Change::Copy(name) => {
            value["metadata"]["name"] = json!(name);
            let path = values[position].0.replace(".yaml", "-copy.yaml");
            values.push((path, value));
            return;
        }
        Change::Again => {
            let path = values[position].0.replace(".yaml", "-again.yaml");
            values.push((path, value));
            return;
        }
        Change::Set(pointer, new) => put(&mut value, pointer, Some(new.clone())),
        Change::Remove(pointer) => put(&mut value, pointer, None),
        Change::Replace(pointer, from, to) => {
            let text = value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no text at {pointer}"));
            assert!(text.contains(from), "{pointer} of {object} does not hold {from}");
            let text = text.replace(from, to);
            put(&mut value, pointer, Some(json!(text)));
        }
    }
    values[position].1 = value;
}

/// Sets or removes what is at a pointer.
pub(crate) fn put(value: &mut Value, pointer: &str, new: Option<Value>) {
    let (parent, last) = pointer.rsplit_once('/').expect("a pointer");
    let key = last.replace("~1", "/").replace("~0", "~");
    let parent = value.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {pointer}"));
    match (parent, new) {
        (Value::Object(map), Some(new)) => {
            map.insert(key, new);
        }
        (Value::Object(map), None) => {
            map.shift_remove(&key).unwrap_or_else(|| panic!("nothing at {pointer}"));
        }
        (Value::Array(items), Some(new)) if key == "-" => items.push(new),
        (Value::Array(items), Some(new)) => items[key.parse::<usize>().expect("an index")] = new,
        (Value::Array(items), None) => {
            items.remove(key.parse().expect("an index"));
        }
        _ => panic!("{pointer} leads into a scalar"),
    }
}

/// Kind, namespace and name of a value.
pub(crate) fn name(value: &Value) -> String {
    let word = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    match word("/metadata/namespace") {
        "" => format!("{} {}", word("/kind"), word("/metadata/name")),
        namespace => format!("{} {namespace}/{}", word("/kind"), word("/metadata/name")),
    }
}
