//! What a plain scalar is: as Go's reader decides it, which every Kubernetes tool uses.

use super::node::Value;

/// The value of a scalar without quotes and without a tag.
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Value::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Value::Bool(false),
        text => number(text).unwrap_or_else(|| Value::Text(text.into())),
    }
}

fn number(text: &str) -> Option<Value> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return None;
    }
    let digits = text.replace('_', "");
    integer(&digits).map(Value::Integer).or_else(|| float(&digits).map(Value::Float))
}

/// Whole numbers of any base: `0755` and `0o755` are octal.
fn integer(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.to_ascii_lowercase();
    let (radix, digits) = if let Some(digits) = lower.strip_prefix("0x") {
        (16, digits)
    } else if let Some(digits) = lower.strip_prefix("0b") {
        (2, digits)
    } else if let Some(digits) = lower.strip_prefix("0o") {
        (8, digits)
    } else if lower.len() > 1 && lower.starts_with('0') {
        (8, &lower[1..])
    } else {
        (10, lower.as_str())
    };
    // `from_str_radix` takes a sign of its own.
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let value = i128::from_str_radix(digits, radix).ok()?;
    i64::try_from(if negative { -value } else { value }).ok()
}

fn float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_one = !unsigned.is_empty()
        && unsigned.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'))
        && unsigned.contains(|c: char| c.is_ascii_digit());
    if is_one { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match plain(text) {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Integer(value) => value.to_string(),
            Value::Float(value) => format!("{value:?}"),
            Value::Text(text) => format!("{text:?}"),
            Value::Sequence(_) | Value::Mapping(_) => "a collection".to_owned(),
        }
    }

    #[test]
    fn words_are_those_of_yaml_1_1() {
        for (text, value) in [
            ("yes", "true"),
            ("On", "true"),
            ("y", "true"),
            ("NO", "false"),
            ("off", "false"),
            ("", "null"),
            ("~", "null"),
            ("yEs", "\"yEs\""),
            ("restricted", "\"restricted\""),
        ] {
            assert_eq!(shown(text), value, "{text}");
        }
    }

    #[test]
    fn zero_is_zero_however_it_is_written() {
        for zero in ["0", "00", "0x0", "0b0", "0o0", "-0", "+0", "0_0"] {
            assert_eq!(shown(zero), "0", "{zero}");
        }
        for zero in ["0.0", "0.", ".0", "0e0"] {
            assert_eq!(shown(zero), "0.0", "{zero}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_text() {
        for text in
            ["1.2.3", "10m", "128Mi", "2026-11-23", "0x", "0xg", "-", "+", ".", "1:30", "--1", "0x-1", "e1", "09a"]
        {
            assert_eq!(shown(text), format!("{text:?}"));
        }
        assert_eq!(shown("0755"), "493");
        assert_eq!(shown("08"), "8.0", "no octal number: Go reads a float");
        assert_eq!(shown("99999999999999999999"), "1e20");
    }
}
