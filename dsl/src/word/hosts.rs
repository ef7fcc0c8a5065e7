//! All hosts below a domain.

use super::ascii::{holds_at, is_domain, position};
use super::{Verdict, word};

word! {
    /// All hosts below a domain, as a pattern: `*.example.com`. The domain has at least two labels.
    ///
    /// `*` stands for one label or more, as Linkerd reads it; the domain itself does not match.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const GATEWAYS: Hosts = hosts!("*.discord.gg");
    /// assert_eq!(GATEWAYS.domain(), "discord.gg");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const ALL: Hosts = hosts!("*");
    /// ```
    Hosts, check_hosts
}

impl Hosts {
    /// The domain below which they are.
    #[must_use]
    pub const fn domain(self) -> &'static str {
        self.as_str().split_at(2).1
    }
}

const fn check_hosts(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if !holds_at(bytes, b"*.", 0) || position(bytes, b'*', 1) < bytes.len() {
        return Err(
            "hosts below a domain are written with one `*` before it: `*.example.com`; one host is `host!(\"…\")`",
        );
    }
    let dot = position(bytes, b'.', 2);
    let last = last_dot(bytes);
    if dot == bytes.len() || !is_domain(bytes, 2, bytes.len()) || bytes[last + 1].is_ascii_digit() {
        return Err(
            "a domain has two or more labels in lower case: below a single one lie hosts of everybody, `*.example.com`",
        );
    }
    Ok(())
}

const fn last_dot(bytes: &[u8]) -> usize {
    let mut i = bytes.len() - 1;
    while bytes[i] != b'.' {
        i -= 1;
    }
    if i + 1 < bytes.len() { i } else { 0 }
}

/// A [`Hosts`](crate::word::Hosts), checked where it is written.
#[macro_export]
macro_rules! hosts {
    ($text:literal) => {{
        const CHECKED: $crate::word::Hosts = $crate::word::Hosts::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`hosts!` takes one literal: `hosts!(\"*.example.com\")`")
    };
}
