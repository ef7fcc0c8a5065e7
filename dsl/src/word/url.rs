//! URLs, none of which can carry a password.

use super::ascii::{contains, ends_with, has_upper_case, holds_at, is_graphic, position};
use super::variable::part_names_credential;
use super::{Verdict, word};

word! {
    /// A URL of something outside, without user or password, in a query neither.
    ///
    /// To call a service or a peer, use its port's `url()` instead: that is what opens the way.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const FEED: Url = url!("https://api.met.no/weatherapi");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const FEED: Url = url!("https://user:password@api.met.no/weatherapi");
    /// ```
    Url, check_url
}

word! {
    /// The Git repository that Argo CD reads, over HTTPS.
    Repository, check_repository
}

word! {
    /// The scheme of a URL: `nats`, `redis`.
    Scheme, check_scheme
}

const fn check_url(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if has_user(bytes) {
        return Err(
            "this URL carries a user or password, which would stand in Git: take the whole URL from 1Password, \
                    `ITEM.field(field!(\"url\"))`",
        );
    }
    if has_credential(bytes) {
        return Err(
            "a parameter of this URL names a credential, which would stand in Git: take the whole URL from 1Password, \
                    `ITEM.field(field!(\"url\"))`",
        );
    }
    if !is_graphic(bytes) || !is_absolute(bytes) {
        return Err("a URL has a scheme, a host and no blank: `https://api.example.org/v1`");
    }
    Ok(())
}

/// Whether `bytes` begins with a scheme, `://` and the first byte of a host. A scheme may hold another, as in `jdbc:mysql://`.
const fn is_absolute(bytes: &[u8]) -> bool {
    let mut i = 0;
    while i < bytes.len() && !holds_at(bytes, b"://", i) {
        let first = bytes[i].is_ascii_lowercase();
        if !(first || (i > 0 && (bytes[i].is_ascii_digit() || matches!(bytes[i], b'+' | b'-' | b'.' | b':')))) {
            return false;
        }
        i += 1;
    }
    i > 0 && i + 3 < bytes.len() && !ends_authority(bytes[i + 3])
}

const fn ends_authority(byte: u8) -> bool {
    matches!(byte, b'/' | b'?' | b'#')
}

/// Whether anything stands before an `@` in an authority: of the URL, or of one within it.
const fn has_user(bytes: &[u8]) -> bool {
    let mut inside = false;
    let mut i = 0;
    while i < bytes.len() {
        if holds_at(bytes, b"://", i) {
            inside = true;
            i += 3;
            // Whoever reads `https:///user:…@host` leniently skips the slashes.
            while i < bytes.len() && bytes[i] == b'/' {
                i += 1;
            }
            continue;
        }
        if inside && bytes[i] == b'@' {
            return true;
        }
        inside = inside && !ends_authority(bytes[i]);
        i += 1;
    }
    false
}

/// Whether a parameter of the query names a credential and has a value.
const fn has_credential(bytes: &[u8]) -> bool {
    let mut i = position(bytes, b'?', 0);
    while i < bytes.len() {
        let from = i + 1;
        let next = position(bytes, b'&', from);
        let equals = position(bytes, b'=', from);
        if equals + 1 < next && part_names_credential(bytes, from, equals) {
            return true;
        }
        i = next;
    }
    false
}

const fn check_repository(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if !holds_at(bytes, b"https://", 0) || !is_absolute(bytes) || !is_graphic(bytes) || ends_with(bytes, b"/") {
        return Err(
            "the repository is an HTTPS URL without a slash at its end: `https://git.example.com/platform/gitops.git`",
        );
    }
    if has_user(bytes) {
        return Err("the repository's URL carries no user or password: Argo CD has its own credentials");
    }
    if contains(bytes, b'*') || contains(bytes, b'?') || contains(bytes, b'#') {
        return Err("the repository is one URL: no wildcard, no query, no fragment");
    }
    Ok(())
}

const fn check_scheme(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let end = position(bytes, b':', 0);
    if end != bytes.len() || bytes.is_empty() || has_upper_case(bytes) || !bytes[0].is_ascii_lowercase() {
        return Err("a scheme is a lower-case word without `://`: `nats`");
    }
    let mut i = 0;
    while i < bytes.len() {
        if !(bytes[i].is_ascii_lowercase() || bytes[i].is_ascii_digit() || matches!(bytes[i], b'+' | b'-' | b'.')) {
            return Err("a scheme is a lower-case word without `://`: `nats`");
        }
        i += 1;
    }
    Ok(())
}

/// A [`Url`](crate::word::Url), checked where it is written.
#[macro_export]
macro_rules! url {
    ($text:literal) => {{
        const CHECKED: $crate::word::Url = $crate::word::Url::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`url!` takes one literal: `url!(\"https://api.example.org/v1\")`")
    };
}

/// A [`Repository`](crate::word::Repository), checked where it is written.
#[macro_export]
macro_rules! repository {
    ($text:literal) => {{
        const CHECKED: $crate::word::Repository = $crate::word::Repository::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`repository!` takes one literal: `repository!(\"https://git.example.com/platform/gitops.git\")`"
        )
    };
}

/// A [`Scheme`](crate::word::Scheme), checked where it is written.
#[macro_export]
macro_rules! scheme {
    ($text:literal) => {{
        const CHECKED: $crate::word::Scheme = $crate::word::Scheme::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`scheme!` takes one literal: `scheme!(\"nats\")`")
    };
}
