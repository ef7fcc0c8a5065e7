//! The lines of a diff, made visible.

use similar::TextDiff;

use super::changes::Change;
use super::quote;

/// A longer line is cut: nobody reads it in a comment.
const MOST_OF_A_LINE: usize = 500;

/// Finding the difference takes time that grows with the square of it.
const MOST_LINES: usize = 10_000;

/// The lines of a change, each starting with what it does, without their ends.
pub(super) fn lines(change: Change<'_>) -> Vec<String> {
    match change {
        Change::Added(text) => whole('+', text),
        Change::Removed(text) => whole('-', text),
        Change::Edited(before, after) if before.lines().count().max(after.lines().count()) > MOST_LINES => {
            vec![format!(
                "@@ {} lines become {}: too many to compare here @@",
                before.lines().count(),
                after.lines().count()
            )]
        }
        Change::Edited(before, after) => {
            let diff = TextDiff::from_lines(before, after).unified_diff().context_radius(3).to_string();
            split(&diff).map(one).collect()
        }
    }
}

fn whole(sign: char, text: &str) -> Vec<String> {
    split(text).map(|line| one(&format!("{sign}{}", quote::cut(line, MOST_OF_A_LINE + 1).0))).collect()
}

/// At line feeds only: whatever else may end a line is spelled.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.strip_suffix('\n').unwrap_or(text).split('\n')
}

fn one(line: &str) -> String {
    let (kept, was_cut) = quote::cut(line, MOST_OF_A_LINE);
    let visible = quote::line(kept);
    if was_cut { format!("{visible}…") } else { visible }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_is_between() {
        let before = "a\nb\nc\nd\ne\nf\ng\nh\n";
        let after = "a\nb\nc\nd\nE\nf\ng\nh\n";
        assert_eq!(
            lines(Change::Edited(before, after)),
            ["@@ -2,7 +2,7 @@", " b", " c", " d", "-e", "+E", " f", " g", " h"]
        );
        assert_eq!(lines(Change::Added("a\n\nb\n")), ["+a", "+", "+b"]);
        assert_eq!(lines(Change::Removed("a")), ["-a"]);
    }

    #[test]
    fn hides_nothing_within_a_line() {
        assert_eq!(lines(Change::Added("a\u{202e}b\rc\n")), [r"+a\u{202e}b\u{d}c"]);
        let lines = lines(Change::Added(&"`".repeat(10_000)));
        assert_eq!(lines, [format!("+{}…", "`".repeat(499))]);
    }

    #[test]
    fn gives_up_on_files_that_would_take_minutes() {
        let (before, after) = ("a\n".repeat(20_000), "b\n".repeat(20_000));
        assert_eq!(lines(Change::Edited(&before, &after)).len(), 1);
    }
}
