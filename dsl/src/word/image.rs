//! Images: registry, repository, tag and digest.

use super::Verdict;
use super::ascii::{
    contains, has_upper_case, holds_at, is_digest, is_domain, is_graphic, is_lower_alphanumeric, is_placeholder,
    number, position,
};

/// An image, named by registry, repository, tag *and* digest.
///
/// The digest says which bytes run; the tag says to a reader which version they are. [`image!`](crate::image!) wants both.
/// Images are constants, outside of the chain of a declaration: Renovate edits them there, and rustfmt leaves a chain alone
/// that holds so long a literal.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const IMAGE: Image = image!(
///     "registry.example.com/ledger:1.4.2@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"
/// );
/// ```
///
/// ```compile_fail,E0080
/// # use casemate_dsl::prelude::*;
/// const IMAGE: Image = image!("registry.example.com/ledger:1.4.2");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Image {
    text: &'static str,
    awaits_digest: bool,
}

impl Image {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(text: &'static str) -> Self {
        match check_pinned(text) {
            Ok(()) => Self { text, awaits_digest: false },
            Err(why) => panic!("{}", why),
        }
    }

    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked_without_digest(text: &'static str) -> Self {
        match check_tagged(text) {
            Ok(()) => Self { text, awaits_digest: true },
            Err(why) => panic!("{}", why),
        }
    }

    /// What was written: with a digest, unless [`awaits_digest`](Self::awaits_digest).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.text
    }

    /// Whether the digest is not known yet: the image is rendered with a marked placeholder, and cannot be pulled.
    #[must_use]
    pub const fn awaits_digest(self) -> bool {
        self.awaits_digest
    }

    /// The host of the registry.
    #[must_use]
    pub fn registry(self) -> &'static str {
        self.text.split('/').next().unwrap_or_default()
    }
}

const fn check_pinned(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let at = position(bytes, b'@', 0);
    if at == bytes.len() {
        return Err("an image is pinned by digest: `registry.example.com/name:1.4.2@sha256:<64 hex digits>`; \
                    if it is not known yet, say `image_awaiting_digest!`");
    }
    if let Err(why) = check_reference(bytes, at) {
        return Err(why);
    }
    if !is_digest(bytes, at + 1) {
        return Err("a digest is `sha256:` and 64 lower-case hexadecimal digits");
    }
    if is_placeholder(bytes, at + 1) {
        return Err(
            "this digest is the placeholder: say `image_awaiting_digest!(\"registry.example.com/name:1.4.2\")`",
        );
    }
    Ok(())
}

const fn check_tagged(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if contains(bytes, b'@') {
        return Err("an image whose digest is known is written with `image!`");
    }
    check_reference(bytes, bytes.len())
}

/// `registry/repository:tag`, in `bytes` up to `end`; the grammar is that of the OCI distribution specification.
const fn check_reference(bytes: &[u8], end: usize) -> Verdict {
    let no_registry = "an image names its registry: `docker.io/library/nginx:1.29@sha256:…`";
    let malformed = "an image is `registry/repository:tag@sha256:<64 hex digits>`, nothing else";
    let slash = position(bytes, b'/', 0);
    if slash >= end {
        return Err(no_registry);
    }
    let colon = last_colon(bytes, slash, end);
    if colon == end || colon + 1 == end {
        return Err("an image has a tag beside its digest, so that a reader sees the version: `name:1.4.2@sha256:…`");
    }
    let tag = colon + 1;
    if end - tag == 6 && holds_at(bytes, b"latest", tag) {
        return Err("`latest` names no version: write the tag that this image was released under");
    }
    let (repository, _) = bytes.split_at(colon);
    if has_upper_case(repository) || !is_graphic(bytes) {
        return Err("the repository of an image is written in lower case, without blanks");
    }
    if !is_registry(bytes, slash) {
        return Err(no_registry);
    }
    if end - tag > 128 {
        return Err("a tag has at most 128 characters");
    }
    if is_repository(bytes, slash + 1, colon) && is_tag(bytes, tag, end) { Ok(()) } else { Err(malformed) }
}

/// Where the last colon stands between `from` and `to`, or `to`.
const fn last_colon(bytes: &[u8], from: usize, to: usize) -> usize {
    let mut colon = to;
    let mut i = from;
    while i < to {
        if bytes[i] == b':' {
            colon = i;
        }
        i += 1;
    }
    colon
}

/// Whether a registry stands before `end`: a host of two labels or more, or any host with a port.
const fn is_registry(bytes: &[u8], end: usize) -> bool {
    let colon = position(bytes, b':', 0);
    if colon < end {
        return is_domain(bytes, 0, colon) && matches!(number(bytes, colon + 1, end), Some(1..=65_535));
    }
    position(bytes, b'.', 0) < end && is_domain(bytes, 0, end)
}

/// Whether names stand between `from` and `to`, with slashes between them.
const fn is_repository(bytes: &[u8], from: usize, to: usize) -> bool {
    let mut start = from;
    while start <= to {
        let mut end = position(bytes, b'/', start);
        if end > to {
            end = to;
        }
        if !is_component(bytes, start, end) {
            return false;
        }
        start = end + 1;
    }
    true
}

/// Letters and digits with `.`, `_`, `__` or hyphens between them.
const fn is_component(bytes: &[u8], from: usize, to: usize) -> bool {
    if from >= to || !is_lower_alphanumeric(bytes[from]) || !is_lower_alphanumeric(bytes[to - 1]) {
        return false;
    }
    let mut i = from;
    while i < to {
        let start = i;
        while !is_lower_alphanumeric(bytes[i]) {
            let hyphens = bytes[i] == b'-' && bytes[start] == b'-';
            let underscores = bytes[i] == b'_' && bytes[start] == b'_' && i - start < 2;
            let dot = bytes[i] == b'.' && i == start;
            if !(hyphens || underscores || dot) {
                return false;
            }
            i += 1;
        }
        i += 1;
    }
    true
}

const fn is_tag(bytes: &[u8], from: usize, to: usize) -> bool {
    let mut i = from;
    while i < to {
        let first = bytes[i].is_ascii_alphanumeric() || bytes[i] == b'_';
        if !(first || (i > from && matches!(bytes[i], b'.' | b'-'))) {
            return false;
        }
        i += 1;
    }
    true
}

/// An [`Image`](crate::word::Image) with tag and digest, checked where it is written.
#[macro_export]
macro_rules! image {
    ($text:literal) => {{
        const CHECKED: $crate::word::Image = $crate::word::Image::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`image!` takes one literal: `image!(\"registry.example.com/name:1.4.2@sha256:…\")`")
    };
}

/// An [`Image`](crate::word::Image) whose digest is not known yet.
///
/// It is rendered with a placeholder that no registry holds; `render` names it in its summary, `--deny-warnings` refuses it.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:main");
/// assert!(IMAGE.awaits_digest());
/// ```
#[macro_export]
macro_rules! image_awaiting_digest {
    ($text:literal) => {{
        const CHECKED: $crate::word::Image = $crate::word::Image::checked_without_digest($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`image_awaiting_digest!` takes one literal: `image_awaiting_digest!(\"registry.example.com/name:1.4.2\")`"
        )
    };
}
