//! Amounts, as Kubernetes writes them.

/// A quantity in thousandths.
pub(crate) fn milli(quantity: &str) -> Option<u128> {
    let end = quantity.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(quantity.len());
    let (digits, suffix) = quantity.split_at(end);
    let factor: u128 = match suffix {
        "m" => 1,
        "" => 1_000,
        "k" => 1_000_000,
        "M" => 1_000_000_000,
        "G" => 1_000_000_000_000,
        "T" => 1_000_000_000_000_000,
        "Ki" => 1_000 << 10,
        "Mi" => 1_000 << 20,
        "Gi" => 1_000 << 30,
        "Ti" => 1_000 << 40,
        _ => return None,
    };
    digits.parse::<u128>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities() {
        for (text, expected) in [
            ("250m", Some(250)),
            ("1", Some(1_000)),
            ("1k", Some(1_000_000)),
            ("1Ki", Some(1_024_000)),
            ("2Gi", Some(2_147_483_648_000)),
            ("", None),
            ("1.5", None),
            ("1Zi", None),
        ] {
            assert_eq!(milli(text), expected, "{text}");
        }
    }
}
