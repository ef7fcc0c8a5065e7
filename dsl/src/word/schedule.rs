//! Schedules of CronJobs.

use super::ascii::{number, position};
use super::{Verdict, word};

word! {
    /// When a CronJob runs: minute, hour, day of month, month, day of week.
    ///
    /// Numbers, `*`, ranges, steps and lists, as in Kubernetes, *CronJob: Schedule syntax*.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const EVERY_SIX_HOURS: Cron = cron!("0 */6 * * *");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const WRONG: Cron = cron!("0 24 * * *");
    /// ```
    Cron, check_cron
}

const RANGES: [(u32, u32); 5] = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];

const SAYS: [&str; 5] = [
    "the first field of a schedule is the minute: 0 to 59, `*`, a range, a step or a list",
    "the second field of a schedule is the hour: 0 to 23, `*`, a range, a step or a list",
    "the third field of a schedule is the day of the month: 1 to 31, `*`, a range, a step or a list",
    "the fourth field of a schedule is the month: 1 to 12, `*`, a range, a step or a list",
    "the fifth field of a schedule is the day of the week: 0 (Sunday) to 6, `*`, a range, a step or a list",
];

const fn check_cron(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let says =
        "a schedule has five fields with one blank between them: minute, hour, day, month, weekday: `0 */6 * * *`";
    let mut start = 0;
    let mut index = 0;
    while index < 5 {
        let end = position(bytes, b' ', start);
        if start >= end || (index < 4) == (end == bytes.len()) {
            return Err(says);
        }
        if !is_list(bytes, start, end, RANGES[index]) {
            return Err(SAYS[index]);
        }
        start = end + 1;
        index += 1;
    }
    Ok(())
}

const fn is_list(bytes: &[u8], from: usize, to: usize, range: (u32, u32)) -> bool {
    let mut start = from;
    while start <= to {
        let mut end = position(bytes, b',', start);
        if end > to {
            end = to;
        }
        if !is_step(bytes, start, end, range) {
            return false;
        }
        start = end + 1;
    }
    true
}

const fn is_step(bytes: &[u8], from: usize, to: usize, range: (u32, u32)) -> bool {
    let mut slash = position(bytes, b'/', from);
    if slash > to {
        slash = to;
    }
    if slash < to {
        match number(bytes, slash + 1, to) {
            Some(step) if step > 0 && step <= range.1 => {}
            _ => return false,
        }
    }
    if slash == from + 1 && bytes[from] == b'*' {
        return true;
    }
    let mut dash = position(bytes, b'-', from);
    if dash > slash {
        dash = slash;
    }
    let Some(first) = number(bytes, from, dash) else { return false };
    if dash == slash {
        return slash == to && range.0 <= first && first <= range.1;
    }
    let Some(last) = number(bytes, dash + 1, slash) else { return false };
    range.0 <= first && first <= last && last <= range.1
}

/// A [`Cron`](crate::word::Cron), checked where it is written.
#[macro_export]
macro_rules! cron {
    ($text:literal) => {{
        const CHECKED: $crate::word::Cron = $crate::word::Cron::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`cron!` takes one literal: `cron!(\"0 */6 * * *\")`")
    };
}
