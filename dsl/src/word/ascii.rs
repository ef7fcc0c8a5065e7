//! Questions about bytes that a `const fn` can ask.

/// Whether `byte` is a lower-case letter or a digit.
pub(super) const fn is_lower_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// Whether the bytes from `from` to `to` are a DNS label: lower-case letters, digits and inner hyphens, at most 63 of them.
pub(super) const fn is_label(bytes: &[u8], from: usize, to: usize) -> bool {
    if from >= to || to - from > 63 || bytes[from] == b'-' || bytes[to - 1] == b'-' {
        return false;
    }
    let mut i = from;
    while i < to {
        if !is_lower_alphanumeric(bytes[i]) && bytes[i] != b'-' {
            return false;
        }
        i += 1;
    }
    true
}

/// Where `wanted` stands first at or after `from`, or the length of `bytes`.
pub(super) const fn position(bytes: &[u8], wanted: u8, from: usize) -> usize {
    let mut i = from;
    while i < bytes.len() && bytes[i] != wanted {
        i += 1;
    }
    i
}

/// Whether `wanted` stands anywhere in `bytes`.
pub(super) const fn contains(bytes: &[u8], wanted: u8) -> bool {
    position(bytes, wanted, 0) < bytes.len()
}

/// Whether any byte is an upper-case letter.
pub(super) const fn has_upper_case(bytes: &[u8]) -> bool {
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i].is_ascii_uppercase() {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether every byte prints: no blank, no control character, nothing outside of ASCII.
pub(super) const fn is_graphic(bytes: &[u8]) -> bool {
    let mut i = 0;
    while i < bytes.len() {
        if !bytes[i].is_ascii_graphic() {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether `bytes` holds `wanted` at `at`.
pub(super) const fn holds_at(bytes: &[u8], wanted: &[u8], at: usize) -> bool {
    if at + wanted.len() > bytes.len() {
        return false;
    }
    let mut i = 0;
    while i < wanted.len() {
        if bytes[at + i] != wanted[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether `bytes` holds `wanted` anywhere.
pub(super) const fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    let mut at = 0;
    while at + wanted.len() <= bytes.len() {
        if holds_at(bytes, wanted, at) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether `bytes` ends with `wanted`.
pub(super) const fn ends_with(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.len() >= wanted.len() && holds_at(bytes, wanted, bytes.len() - wanted.len())
}

/// The decimal number between `from` and `to` without sign or leading zero, or `None`; at most nine digits.
pub(super) const fn number(bytes: &[u8], from: usize, to: usize) -> Option<u32> {
    if from >= to || to - from > 9 || (bytes[from] == b'0' && to - from > 1) {
        return None;
    }
    let mut value = 0_u32;
    let mut i = from;
    while i < to {
        if !bytes[i].is_ascii_digit() {
            return None;
        }
        value = value * 10 + (bytes[i] - b'0') as u32;
        i += 1;
    }
    Some(value)
}

/// Whether the bytes from `from` to `to` are lower-case hexadecimal digits.
pub(super) const fn is_hex(bytes: &[u8], from: usize, to: usize) -> bool {
    let mut i = from;
    while i < to {
        if !(bytes[i].is_ascii_digit() || (bytes[i] >= b'a' && bytes[i] <= b'f')) {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether the bytes from `from` to `to` are a domain: labels with dots between them, at most 253 bytes.
pub(super) const fn is_domain(bytes: &[u8], from: usize, to: usize) -> bool {
    let mut start = from;
    while start <= to {
        let mut end = position(bytes, b'.', start);
        if end > to {
            end = to;
        }
        if !is_label(bytes, start, end) {
            return false;
        }
        start = end + 1;
    }
    to - from <= 253
}

/// Whether `bytes` ends with a digest, `sha256:` and 64 digits, that begins at `from`.
pub(super) const fn is_digest(bytes: &[u8], from: usize) -> bool {
    holds_at(bytes, b"sha256:", from) && bytes.len() == from + 71 && is_hex(bytes, from + 7, bytes.len())
}

/// Whether the digest that begins at `from` is the one that stands for an unknown digest: zeros alone.
pub(super) const fn is_placeholder(bytes: &[u8], from: usize) -> bool {
    let mut i = from + 7;
    while i < bytes.len() && bytes[i] == b'0' {
        i += 1;
    }
    i == bytes.len()
}

/// Whether `bytes`, a UTF-8 text, holds what a reviewer does not see as it is: control characters, line separators, marks that
/// turn the direction of a text, and characters without width.
pub(super) const fn has_invisible(bytes: &[u8]) -> bool {
    let mut i = 0;
    while i < bytes.len() {
        let rest = (bytes[i], at_or_zero(bytes, i + 1), at_or_zero(bytes, i + 2));
        if matches!(
            rest,
            (0..0x20 | 0x7f, _, _)
                | (0xc2, 0x80..=0x9f, _)
                | (0xd8, 0x9c, _)
                | (0xe2, 0x80, 0x8b..=0x8f | 0xa8..=0xae)
                | (0xe2, 0x81, 0xa0..=0xaf)
                | (0xef, 0xbb, 0xbf)
        ) {
            return true;
        }
        i += 1;
    }
    false
}

const fn at_or_zero(bytes: &[u8], at: usize) -> u8 {
    if at < bytes.len() { bytes[at] } else { 0 }
}
