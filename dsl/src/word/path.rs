//! Paths: of files and of HTTP requests, and within volumes.

use super::ascii::{holds, holds_at, is_graphic};
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

word! {
    /// A directory or file within a volume: relative, and already resolved.
    ///
    /// At most 255 characters: no slash first or last, no `..`, no `.` and no `//`, no wildcard, quote, colon or `$` (Kubernetes,
    /// *Volumes: Using subPath*; what it would expand, `subPathExpr`, has no word).
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const CONFIG: SubPath = sub_path!("home/config");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const CONFIG: SubPath = sub_path!("../config");
    /// ```
    SubPath, check_sub_path
}

word! {
    /// The name of a file in a directory: at most 253 letters, digits, `-`, `_` and `.`, no two dots first.
    ///
    /// It is what a key of a ConfigMap or a Secret can be (Kubernetes, *ConfigMaps*); names that begin with two dots are the kubelet's own.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const CONF: FileName = file_name!("ledger.toml");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const CONF: FileName = file_name!("conf.d/ledger.toml");
    /// ```
    FileName, check_file_name
}

const fn check_path(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes[0] != b'/' {
        return Err("a path begins with a slash: `/healthz`");
    }
    if bytes.len() > 1 && bytes[bytes.len() - 1] == b'/' {
        return Err("a path ends without a slash: `/var/cache`");
    }
    if holds(bytes, b"//") || has_dot_segment(bytes, 1) {
        return Err("a path is already resolved: no `//`, no `.` and no `..`");
    }
    if has_special(bytes) {
        return Err("a path has no query, no wildcard, no colon, no quote and no `$`: `/api/v1/health`");
    }
    if !is_graphic(bytes) || bytes.len() > 1024 {
        return Err("a path has at most 1024 printable ASCII characters and no blank");
    }
    Ok(())
}

const fn check_sub_path(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes[0] == b'/' || bytes[bytes.len() - 1] == b'/' {
        return Err("a path within a volume has no slash first or last: `home/config`");
    }
    if holds(bytes, b"//") || has_dot_segment(bytes, 0) {
        return Err("a path within a volume stays within it: no `..`, no `.` and no `//`");
    }
    if has_special(bytes) {
        return Err("a path within a volume has no wildcard, no colon, no quote and no `$`: `home/config`");
    }
    if !is_graphic(bytes) || bytes.len() > 255 {
        return Err("a path within a volume has at most 255 printable ASCII characters and no blank");
    }
    Ok(())
}

const fn check_file_name(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let says = "the name of a file has 1 to 253 letters, digits, `-`, `_` and `.`, no slash: `ledger.toml`";
    if bytes.is_empty() || bytes.len() > 253 {
        return Err(says);
    }
    let mut i = 0;
    while i < bytes.len() {
        if !(bytes[i].is_ascii_alphanumeric() || matches!(bytes[i], b'-' | b'_' | b'.')) {
            return Err(says);
        }
        i += 1;
    }
    if holds_at(bytes, b"..", 0) || text.len() == 1 && bytes[0] == b'.' {
        return Err("the name of a file is not `.` and does not begin with two dots: the kubelet's own do");
    }
    Ok(())
}

/// Whether a character means something else to a shell, a URL or Kubernetes.
const fn has_special(bytes: &[u8]) -> bool {
    let mut i = 0;
    while i < bytes.len() {
        if matches!(bytes[i], b'?' | b'#' | b'*' | b':' | b'\\' | b'"' | b'\'' | b'$') {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether one of the names from `from` on, between slashes, is `.` or `..`.
const fn has_dot_segment(bytes: &[u8], from: usize) -> bool {
    let mut start = from;
    let mut i = from;
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

/// A [`SubPath`](crate::word::SubPath), checked where it is written.
#[macro_export]
macro_rules! sub_path {
    ($text:literal) => {{
        const CHECKED: $crate::word::SubPath = $crate::word::SubPath::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`sub_path!` takes one literal: `sub_path!(\"home/config\")`")
    };
}

/// A [`FileName`](crate::word::FileName), checked where it is written.
#[macro_export]
macro_rules! file_name {
    ($text:literal) => {{
        const CHECKED: $crate::word::FileName = $crate::word::FileName::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`file_name!` takes one literal: `file_name!(\"ledger.toml\")`")
    };
}
