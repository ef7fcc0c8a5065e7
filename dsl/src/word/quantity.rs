//! Quantities, in the form in which the API server gives them back.
//!
//! Anything else would be a difference that Argo CD sees in every comparison.

use super::ascii::{ends_with, number};
use super::{Verdict, word};

word! {
    /// An amount of processor time: whole cores (`2`) or thousandths of one (`250m`).
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const QUARTER: Cpu = cpu!("250m");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const QUARTER: Cpu = cpu!("0.25");
    /// ```
    Cpu, check_cpu
}

word! {
    /// An amount of memory, in `Ki`, `Mi`, `Gi` or `Ti`.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const SMALL: Memory = memory!("64Mi");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const SMALL: Memory = memory!("64MB");
    /// ```
    Memory, check_memory
}

word! {
    /// An amount of storage, in `Ki`, `Mi`, `Gi` or `Ti`.
    Storage, check_storage
}

impl Cpu {
    /// Thousandths of a core.
    #[must_use]
    pub fn millis(self) -> u64 {
        match self.0.strip_suffix('m') {
            Some(millis) => millis.parse().unwrap_or(0),
            None => self.0.parse::<u64>().unwrap_or(0) * 1000,
        }
    }
}

impl Memory {
    /// Bytes.
    #[must_use]
    pub fn bytes(self) -> u64 {
        bytes_of(self.0)
    }
}

impl Storage {
    /// Bytes.
    #[must_use]
    pub fn bytes(self) -> u64 {
        bytes_of(self.0)
    }
}

fn bytes_of(text: &str) -> u64 {
    let (number, power) = match text.as_bytes() {
        [number @ .., b'K', b'i'] => (number, 1),
        [number @ .., b'M', b'i'] => (number, 2),
        [number @ .., b'G', b'i'] => (number, 3),
        [number @ .., b'T', b'i'] => (number, 4),
        number => (number, 0),
    };
    number.iter().fold(0_u64, |sum, digit| sum * 10 + u64::from(digit - b'0')) * 1024_u64.pow(power)
}

const fn check_cpu(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let says = "an amount of cpu is whole cores or thousandths of one, above zero: `2`, `250m`";
    if ends_with(bytes, b"m") {
        return match number(bytes, 0, bytes.len() - 1) {
            Some(value) if value > 0 && value.is_multiple_of(1000) => {
                Err("whole cores are written without thousandths: `2`, not `2000m`")
            }
            Some(value) if value > 0 => Ok(()),
            _ => Err(says),
        };
    }
    match number(bytes, 0, bytes.len()) {
        Some(value) if value > 0 && value < 10_000 => Ok(()),
        _ => Err(says),
    }
}

const TOO_LARGE: &str = "a quantity is an int64 of bytes: at most `8388607Ti`";

const fn check_memory(text: &str) -> Verdict {
    match binary(text) {
        Amount::Canonical => Ok(()),
        Amount::Divisible => {
            Err("a quantity is written in its largest unit, as the API server gives it back: `1Gi`, not `1024Mi`")
        }
        Amount::TooLarge => Err(TOO_LARGE),
        Amount::Malformed => {
            Err("an amount of memory is a whole number above zero with `Ki`, `Mi`, `Gi` or `Ti`: `256Mi`")
        }
    }
}

const fn check_storage(text: &str) -> Verdict {
    match binary(text) {
        Amount::Canonical => Ok(()),
        Amount::Divisible => {
            Err("a quantity is written in its largest unit, as the API server gives it back: `1Gi`, not `1024Mi`")
        }
        Amount::TooLarge => Err(TOO_LARGE),
        Amount::Malformed => {
            Err("an amount of storage is a whole number above zero with `Ki`, `Mi`, `Gi` or `Ti`: `5Gi`")
        }
    }
}

enum Amount {
    Canonical,
    Divisible,
    TooLarge,
    Malformed,
}

const fn binary(text: &str) -> Amount {
    let bytes = text.as_bytes();
    let unit = ends_with(bytes, b"Ki") || ends_with(bytes, b"Mi") || ends_with(bytes, b"Gi") || ends_with(bytes, b"Ti");
    if !unit {
        return Amount::Malformed;
    }
    match number(bytes, 0, bytes.len() - 2) {
        Some(0) | None => Amount::Malformed,
        Some(value) if value.is_multiple_of(1024) => Amount::Divisible,
        Some(8_388_608..) if ends_with(bytes, b"Ti") => Amount::TooLarge,
        Some(_) => Amount::Canonical,
    }
}

/// A [`Cpu`](crate::word::Cpu), checked where it is written.
#[macro_export]
macro_rules! cpu {
    ($text:literal) => {{
        const CHECKED: $crate::word::Cpu = $crate::word::Cpu::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`cpu!` takes one literal: `cpu!(\"250m\")`")
    };
}

/// A [`Memory`](crate::word::Memory), checked where it is written.
#[macro_export]
macro_rules! memory {
    ($text:literal) => {{
        const CHECKED: $crate::word::Memory = $crate::word::Memory::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`memory!` takes one literal: `memory!(\"256Mi\")`")
    };
}

/// A [`Storage`](crate::word::Storage), checked where it is written.
#[macro_export]
macro_rules! storage {
    ($text:literal) => {{
        const CHECKED: $crate::word::Storage = $crate::word::Storage::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`storage!` takes one literal: `storage!(\"5Gi\")`")
    };
}
