//! When a plain scalar is a string to everybody: written from the types of YAML 1.1 (bool, null, int, float, timestamp,
//! merge, value), from YAML 1.2's core schema, and from what Go's parser accepts beyond both.

use super::shows;

/// Whether a scalar without quotes is this very string to every reader.
pub(crate) fn is_a_string(text: &str) -> bool {
    is_one_token(text) && !is_a_word(text) && !is_a_number(text) && !is_a_base_60_number(text) && !is_a_timestamp(text)
}

/// Whether the parser takes the text for one plain scalar.
fn is_one_token(text: &str) -> bool {
    let mut characters = text.chars();
    let (Some(first), second) = (characters.next(), characters.next()) else { return false };
    let begins = match first {
        '-' | '?' => second.is_some_and(|second| second != ' '),
        ':' | ',' | '[' | ']' | '{' | '}' | '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' | ' ' => {
            false
        }
        _ => true,
    };
    let marker = ["---", "..."]
        .iter()
        .filter_map(|marker| text.strip_prefix(marker))
        .any(|rest| rest.is_empty() || rest.starts_with(' '));
    begins
        && !marker
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(shows)
}

/// Words in any case, though YAML 1.1 reads only three cases of each.
fn is_a_word(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(&word);
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"].contains(&word.as_str())
        || [".inf", ".nan", "inf", "nan"].contains(&unsigned)
}

/// Whole numbers, fractions, exponents and other bases, underscores anywhere.
fn is_a_number(text: &str) -> bool {
    let text = text.to_ascii_lowercase().replace('_', "");
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(&text);
    if let Some(digits) = unsigned.strip_prefix("0x") {
        return all_digits(digits, 16);
    }
    // Without a sign before the prefix, Go takes one behind it.
    for (radix, prefix) in [(8, "0o"), (2, "0b")] {
        if let Some(digits) = unsigned.strip_prefix(prefix) {
            let digits = if unsigned == text { digits.strip_prefix(['+', '-']).unwrap_or(digits) } else { digits };
            return all_digits(digits, radix);
        }
    }
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    all_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent), 10)
        && all_digits(&format!("{whole}{fraction}"), 10)
}

fn all_digits(text: &str, radix: u32) -> bool {
    !text.is_empty() && text.chars().all(|digit| digit.is_digit(radix))
}

/// `190:20:30` and `190:20:30.15`; only the latter may begin with a zero.
fn is_a_base_60_number(text: &str) -> bool {
    let text = text.replace('_', "");
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let (places, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut places = places.split(':');
    let first = places.next().unwrap_or_default();
    let rest: Vec<&str> = places.collect();
    all_digits(first, 10)
        && (unsigned.contains('.') || !first.starts_with('0'))
        && !rest.is_empty()
        && rest
            .iter()
            .all(|place| place.len() <= 2 && all_digits(place, 10) && place.parse().is_ok_and(|value: u8| value < 60))
        && fraction.chars().all(|digit| digit.is_ascii_digit())
}

/// A date, alone or with anything behind it that could be a time.
fn is_a_timestamp(text: &str) -> bool {
    let date: Vec<&str> = text.splitn(3, '-').collect();
    let [year, month, rest] = date[..] else { return false };
    let day = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = &rest[day..];
    let time = behind.strip_prefix(['t', 'T', ' ']);
    year.len() == 4
        && all_digits(year, 10)
        && matches!(month.len(), 1 | 2)
        && all_digits(month, 10)
        && matches!(day, 1 | 2)
        && (behind.is_empty() || time.is_some_and(|time| is_a_time(time.trim_start())))
}

/// `21:59:43`, a fraction, and a zone: `Z`, `-5`, `+01` or `+01:00`.
fn is_a_time(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let clock = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':').len();
    let behind = &text[clock..];
    let behind = behind.strip_prefix(['.', ',']).map_or(behind, |fraction| fraction.trim_start_matches(is_digit));
    let zone = match behind.trim_start().strip_prefix(['+', '-']) {
        Some(offset) => {
            let (hours, minutes) = offset.split_once(':').unwrap_or((offset, "00"));
            matches!(hours.len(), 1 | 2) && all_digits(hours, 10) && minutes.len() == 2 && all_digits(minutes, 10)
        }
        None => matches!(behind.trim_start(), "" | "Z"),
    };
    text[..clock].matches(':').count() == 2 && zone
}
