//! Which rule of a tunnel takes a request: written from what cloudflared 2026.8.2 was seen to do, and held to it.

use serde_json::Value;

use crate::expression::Expression;

/// The number of the first rule that takes a URL.
pub(crate) fn rule_for(rules: &[Value], url: &str) -> Option<usize> {
    let (_, rest) = url.split_once("://").expect("a URL has a scheme");
    let (authority, rest) = rest.find(['/', '?']).map_or((rest, ""), |at| rest.split_at(at));
    let path = rest.split('?').next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let path = decoded(path);
    rules.iter().position(|rule| {
        let takes_host = rule["hostname"].as_str().is_none_or(|hostname| takes(hostname, host));
        let takes_path =
            rule["path"].as_str().is_none_or(|expression| Expression::parse(expression).is_found_in(&path));
        takes_host && takes_path
    })
}

/// Letter by letter; a rule that is written in Unicode takes its form in ASCII, too.
fn takes(hostname: &str, host: &str) -> bool {
    let exactly = match hostname.strip_prefix('*') {
        Some(suffix) => host.ends_with(suffix),
        None => host == hostname,
    };
    exactly || (!hostname.is_ascii() && host == in_ascii(hostname))
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next(), rest.next()].map(|digit| char::from(digit.expect("two digits follow")));
            let digits = String::from_iter(digits);
            bytes.push(u8::from_str_radix(&digits, 16).expect("the digits are hexadecimal"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("these paths are UTF-8")
}

fn in_ascii(hostname: &str) -> String {
    let label = |label: &str| if label.is_ascii() { label.to_owned() } else { format!("xn--{}", punycode(label)) };
    hostname.split('.').map(label).collect::<Vec<_>>().join(".")
}

/// A label in the letters of ASCII (RFC 3492).
fn punycode(label: &str) -> String {
    const BASE: u32 = 36;
    let digit =
        |value: u32| char::from_digit(value, BASE).map(|_| b"abcdefghijklmnopqrstuvwxyz0123456789"[value as usize]);
    let mut text: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(text.len()).expect("a label is short");
    if basic > 0 {
        text.push('-');
    }
    let (mut next, mut delta, mut bias, mut handled) = (128_u32, 0_u32, 72_u32, basic);
    let total = u32::try_from(label.chars().count()).expect("a label is short");
    while handled < total {
        let least = label.chars().map(u32::from).filter(|point| *point >= next).min().expect("some are left");
        delta += (least - next) * (handled + 1);
        next = least;
        for point in label.chars().map(u32::from) {
            if point < next {
                delta += 1;
            }
            if point == next {
                let (mut left, mut step) = (delta, BASE);
                loop {
                    let threshold = step.saturating_sub(bias).clamp(1, 26);
                    if left < threshold {
                        break;
                    }
                    let value = threshold + (left - threshold) % (BASE - threshold);
                    text.extend(digit(value).map(char::from));
                    left = (left - threshold) / (BASE - threshold);
                    step += BASE;
                }
                text.extend(digit(left).map(char::from));
                bias = adapted(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        next += 1;
    }
    text
}

fn adapted(delta: u32, points: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut steps = 0;
    while delta > 455 {
        delta /= 35;
        steps += 36;
    }
    steps + 36 * delta / (delta + 38)
}
