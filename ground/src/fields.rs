//! Whether every field that we wrote came back.

use serde_json::Value;

/// The fields of `written` that `read` lacks or holds with another value, as paths.
pub(crate) fn lost(written: &Value, read: &Value) -> Vec<String> {
    let mut lost = Vec::new();
    compare("", written, read, &mut lost);
    lost
}

fn compare(path: &str, written: &Value, read: &Value, lost: &mut Vec<String>) {
    match (written, read) {
        (Value::Object(written), Value::Object(read)) => {
            for (key, value) in written {
                let path = format!("{path}.{key}");
                match read.get(key) {
                    Some(read) => compare(&path, value, read, lost),
                    None => lost.push(format!("{path} is gone (was {value})")),
                }
            }
        }
        (Value::Array(written), Value::Array(read)) if written.len() == read.len() => {
            for (index, (written, read)) in written.iter().zip(read).enumerate() {
                compare(&format!("{path}[{index}]"), written, read, lost);
            }
        }
        (Value::Number(written), Value::Number(read)) if written.as_f64() == read.as_f64() => {}
        (written, read) if written == read => {}
        (written, read) => lost.push(format!("{path} is {read} (was {written})")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_server_adds_is_no_loss() {
        let written = json!({"spec": {"ports": [{"port": 80}]}});
        let read = json!({"spec": {"ports": [{"port": 80, "protocol": "TCP"}], "type": "ClusterIP"}, "status": {}});
        assert_eq!(lost(&written, &read), Vec::<String>::new());
    }

    #[test]
    fn a_dropped_field_a_changed_value_and_a_longer_list_are_losses() {
        let written = json!({"a": {}, "b": "1000m", "c": [1], "d": {"e": null}});
        let read = json!({"b": "1", "c": [1, 2], "d": {}});
        let lost = lost(&written, &read);
        assert_eq!(lost.len(), 4, "{lost:?}");
        assert_eq!(lost[0], ".a is gone (was {})");
        assert_eq!(lost[3], ".d.e is gone (was null)");
    }

    #[test]
    fn whole_numbers_are_equal_however_they_are_written() {
        assert_eq!(lost(&json!({"a": 1}), &json!({"a": 1.0})), Vec::<String>::new());
        assert_eq!(lost(&json!({"a": 1}), &json!({"a": 2})).len(), 1);
    }
}
