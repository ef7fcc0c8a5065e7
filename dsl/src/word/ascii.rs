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
