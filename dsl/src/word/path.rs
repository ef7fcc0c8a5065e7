//! Absolute paths, of files and of HTTP requests.

use super::ascii::{holds, is_graphic};
use super::{Verdict, word};

word! {
    /// An absolute path: in the container's file system, or of an HTTP request.
    ///
    /// No `..`, no `//`, no slash at the end, no query: Linkerd authorises a probe by its exact path.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const HEALTH: Path = path!("/healthz");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const HEALTH: Path = path!("healthz");
    /// ```
    Path, check_path
}

const fn check_path(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes[0] != b'/' {
        return Err("a path begins with a slash: `/healthz`");
    }
    if bytes.len() > 1 && bytes[bytes.len() - 1] == b'/' {
        return Err("a path ends without a slash: `/var/cache`");
    }
    if holds(bytes, b"//") || has_dot_segment(bytes) {
        return Err("a path is already resolved: no `//`, no `.` and no `..`");
    }
    let mut i = 0;
    while i < bytes.len() {
        if matches!(bytes[i], b'?' | b'#' | b'*' | b':' | b'\\' | b'"' | b'\'' | b'$') {
            return Err("a path has no query, no wildcard, no colon, no quote and no `$`: `/api/v1/health`");
        }
        i += 1;
    }
    if !is_graphic(bytes) || bytes.len() > 1024 {
        return Err("a path has at most 1024 printable ASCII characters and no blank");
    }
    Ok(())
}

const fn has_dot_segment(bytes: &[u8]) -> bool {
    let mut start = 1;
    let mut i = 1;
    while i <= bytes.len() {
        if i == bytes.len() || bytes[i] == b'/' {
            let length = i - start;
            if (length == 1 && bytes[start] == b'.')
                || (length == 2 && bytes[start] == b'.' && bytes[start + 1] == b'.')
            {
                return true;
            }
            start = i + 1;
        }
        i += 1;
    }
    false
}

/// A [`Path`](crate::word::Path), checked where it is written.
#[macro_export]
macro_rules! path {
    ($text:literal) => {{
        const CHECKED: $crate::word::Path = $crate::word::Path::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`path!` takes one literal: `path!(\"/healthz\")`")
    };
}
