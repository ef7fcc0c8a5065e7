//! Reasons: what a reviewer reads beside a decision.

use super::ascii::contains;
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
    if contains(bytes, b'\n') || bytes.len() > 200 {
        return Err("a reason is one line of at most 200 bytes");
    }
    let mut words = 0;
    let mut inside = false;
    let mut i = 0;
    while i < bytes.len() {
        let blank = bytes[i] == b' ';
        if !blank && !inside {
            words += 1;
        }
        inside = !blank;
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
