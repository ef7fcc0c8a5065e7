//! Quoting what others wrote, so that it can neither hide nor be taken for a part of the review.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Longer quotations are cut: a name has at most 253 characters, and a review quotes names.
const MOST_OF_A_QUOTATION: usize = 300;

/// A text in which nothing is invisible: control characters, changes of direction and characters without width are spelled.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_invisible(character) {
            let _ = write!(visible, "{}", character.escape_unicode());
        } else {
            visible.push(character);
        }
    }
    Cow::Owned(visible)
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A line of a diff: tabs stay.
pub(super) fn line(text: &str) -> String {
    text.split('\t').map(visible).collect::<Vec<_>>().join("\t")
}

/// At most so many bytes of a text, and whether that is less than all.
pub(super) fn cut(text: &str, most: usize) -> (&str, bool) {
    if text.len() <= most {
        return (text, false);
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (text.get(..end).unwrap_or_default(), true)
}

/// What is quoted of a name or a value.
pub(crate) fn quotation(text: &str) -> String {
    let (kept, was_cut) = cut(text, MOST_OF_A_QUOTATION);
    let kept = visible(kept);
    // Spelling makes it longer.
    let (kept, was_cut_again) = cut(&kept, MOST_OF_A_QUOTATION);
    if was_cut || was_cut_again { format!("{kept}…") } else { kept.to_owned() }
}

/// A code span of Markdown, which the text cannot close.
pub(super) fn code(text: &str) -> String {
    let text = quotation(text);
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let space = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A code span of HTML.
pub(super) fn html_code(text: &str) -> String {
    let text = quotation(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<code>{text}</code>")
}

/// How many backticks stand in a row, at most.
pub(super) fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for byte in text.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// A word for a shell.
pub(super) fn shell(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_invisible() {
        assert_eq!(visible("a\u{202e}b\n\u{1b}[31mc\u{200b}"), r"a\u{202e}b\u{a}\u{1b}[31mc\u{200b}");
        assert_eq!(visible("grüße 🏰"), "grüße 🏰");
        assert_eq!(line("a\tb\r"), "a\tb\\u{d}");
    }

    #[test]
    fn a_code_span_cannot_be_closed_from_within() {
        assert_eq!(code("name"), "`name`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``x"), "``` ``x ```");
        assert_eq!(code(""), "`\"\"`");
        assert_eq!(code("a\n# b"), r"`a\u{a}# b`");
    }

    #[test]
    fn html_is_text_in_html() {
        assert_eq!(html_code("</summary><b>&"), "<code>&lt;/summary&gt;&lt;b&gt;&amp;</code>");
    }

    #[test]
    fn long_quotations_are_cut_between_characters() {
        let long = "ü".repeat(400);
        assert_eq!(quotation(&long), format!("{}…", "ü".repeat(150)));
        assert!(quotation(&"\u{202e}".repeat(400)).len() <= MOST_OF_A_QUOTATION + "…".len());
    }

    #[test]
    fn a_word_stays_a_word_in_a_shell() {
        assert_eq!(shell("out/a.yaml"), "out/a.yaml");
        assert_eq!(shell("$(rm -r x)"), "'$(rm -r x)'");
        assert_eq!(shell("it's"), r"'it'\''s'");
        assert_eq!(shell(""), "''");
    }
}
