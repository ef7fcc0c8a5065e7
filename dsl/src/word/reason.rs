//! Reasons: what a reviewer reads beside a decision.

use super::ascii::has_invisible;
use super::{Verdict, word};

word! {
    /// Why something is as it is, in at least three words; every report shows it.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const WHY: Reason = because!("photos are meant for everybody");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const WHY: Reason = because!("public");
    /// ```
    Reason, check_reason
}

const fn check_reason(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if has_invisible(bytes) || bytes.len() > 200 {
        return Err("a reason is one line of at most 200 bytes, without control or invisible characters");
    }
    let mut words = 0;
    let mut inside = false;
    let mut i = 0;
    while i < bytes.len() {
        // A dash alone is no word.
        let tells = bytes[i].is_ascii_alphanumeric() || !bytes[i].is_ascii();
        if tells && !inside {
            words += 1;
        }
        inside = bytes[i] != b' ' && (inside || tells);
        i += 1;
    }
    if words < 3 {
        return Err("a reason has at least three words: a reviewer reads it");
    }
    Ok(())
}

/// A [`Reason`](crate::word::Reason), checked where it is written.
#[macro_export]
macro_rules! because {
    ($text:literal) => {{
        const CHECKED: $crate::word::Reason = $crate::word::Reason::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`because!` takes one literal: `because!(\"photos are meant for everybody\")`")
    };
}
