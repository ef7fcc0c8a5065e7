//! Reading values by path.

use serde_json::Value;

/// The value at a dotted path of keys that hold no dot themselves; [`Value::Null`] where there is none.
pub(crate) fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    let mut here = value;
    for key in path.split('.') {
        match here.get(key) {
            Some(next) => here = next,
            None => return &Value::Null,
        }
    }
    here
}

/// The text at a path; empty where there is none.
pub(crate) fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    at(value, path).as_str().unwrap_or_default()
}

/// The whole number at a path.
pub(crate) fn number(value: &Value, path: &str) -> Option<i64> {
    at(value, path).as_i64()
}

/// The items of the list at a path; none where there is no list.
pub(crate) fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    at(value, path).as_array().map_or(&[], Vec::as_slice)
}

/// The strings of the list at a path.
pub(crate) fn texts<'a>(value: &'a Value, path: &str) -> Vec<&'a str> {
    list(value, path).iter().filter_map(Value::as_str).collect()
}

/// The entries of the map at a path whose values are strings.
pub(crate) fn pairs<'a>(value: &'a Value, path: &str) -> Vec<(&'a str, &'a str)> {
    let map = at(value, path).as_object();
    map.into_iter().flatten().filter_map(|(key, value)| Some((key.as_str(), value.as_str()?))).collect()
}

/// Whether there is anything at a path.
pub(crate) fn has(value: &Value, path: &str) -> bool {
    !at(value, path).is_null()
}
