//! URLs, none of which can carry a password.

use super::ascii::{contains, ends_with, has_upper_case, holds, holds_at, is_graphic, position};
use super::{Verdict, word};

word! {
    /// A URL of something outside, without user or password.
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
    if !holds(bytes, b"://") || !is_graphic(bytes) {
        return Err("a URL has a scheme, a host and no blank: `https://api.example.org/v1`");
    }
    if has_user(bytes) {
        return Err(
            "this URL carries a user or password, which would stand in Git: take the whole URL from 1Password, \
                    `ITEM.field(field!(\"url\"))`",
        );
    }
    Ok(())
}

/// Whether anything stands before an `@` in the authority.
const fn has_user(bytes: &[u8]) -> bool {
    let mut i = 0;
    while i < bytes.len() && !holds_at(bytes, b"://", i) {
        i += 1;
    }
    i += 3;
    while i < bytes.len() && !matches!(bytes[i], b'/' | b'?' | b'#') {
        if bytes[i] == b'@' {
            return true;
        }
        i += 1;
    }
    false
}

const fn check_repository(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if !holds_at(bytes, b"https://", 0) || !is_graphic(bytes) || ends_with(bytes, b"/") {
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
