//! Markdown of pages that GitHub renders. What somebody wrote is quoted so that it stays a text: it closes no cell, opens no tag, and
//! is no link.

use std::fmt::Write as _;

use crate::review::quote::visible;

/// A text of somebody's, as prose.
pub(super) fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let visible = visible(text);
    let mut rest = visible.as_ref();
    while let Some(character) = rest.chars().next() {
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        match character {
            // Entities where a table, or what comes before Markdown, would read a backslash differently.
            '\\' => escaped.push_str("&#92;"),
            '|' => escaped.push_str("&#124;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // What GitHub makes a link of: people, addresses of pages, of mail.
            '@' => escaped.push_str("`@`"),
            ':' if after.starts_with('/') => escaped.push_str("\\:"),
            '.' if escaped.to_ascii_lowercase().ends_with("www") => escaped.push_str("\\."),
            '`' | '*' | '_' | '[' | ']' | '{' | '}' | '#' | '~' | '$' | '!' | '+' => escaped.extend(['\\', character]),
            _ => escaped.push(character),
        }
        rest = after;
    }
    escaped
}

/// A name or a value as code; as prose, if code in a table could not hold it.
pub(super) fn code(code: &str) -> String {
    let is_plain = !code.is_empty()
        && !code.starts_with(' ')
        && !code.ends_with(' ')
        && !code.chars().any(|character| matches!(character, '`' | '|' | '\\'))
        && visible(code) == code;
    if is_plain { format!("`{code}`") } else { text(code) }
}

/// Several names as code, with commas between them.
pub(super) fn codes<T: AsRef<str>>(codes: impl IntoIterator<Item = T>) -> String {
    let quoted: Vec<String> = codes.into_iter().map(|it| code(it.as_ref())).collect();
    quoted.join(", ")
}

/// A link to a file of the tree, from the register's directory, which is two levels below the tree's root.
pub(super) fn link(path: &str) -> String {
    let (_, below) = path.split_once('/').unwrap_or(("", path));
    format!("[{below}](../{below})")
}

/// Begins a table.
pub(super) fn head(page: &mut String, columns: &[&str]) {
    row(page, columns);
    let _ = writeln!(page, "|{}", "---|".repeat(columns.len()));
}

/// Adds a row to a table.
pub(super) fn row<T: AsRef<str>>(page: &mut String, cells: &[T]) {
    page.push('|');
    for cell in cells {
        page.extend([" ", cell.as_ref(), " |"]);
    }
    page.push('\n');
}

/// What the first line of a page says: a reader of the text sees it, a reader of the page does not.
pub(super) fn header(page: &mut String, declared_by: &str) {
    let _ = writeln!(page, "<!-- Rendered by Casemate: edit the declaration of {declared_by}, not this file. -->");
}

/// What a field's absence looks like. No page of a tree has it: a test holds every tree to that.
pub(super) const LOST: &str = "**not shown**";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_stays_as_it_is() {
        for prose in ["photos are meant for everybody", "it's 5% of (all) users; really?", "Grüße, \"quoted\" - 1/2"]
        {
            assert_eq!(text(prose), prose);
        }
    }

    #[test]
    fn a_text_closes_no_cell_and_opens_nothing() {
        assert_eq!(text("a | b"), "a &#124; b");
        assert_eq!(text(r"a \| b"), "a &#92;&#124; b");
        assert_eq!(text("</td><script>x</script>&amp;"), "&lt;/td&gt;&lt;script&gt;x&lt;/script&gt;&amp;amp;");
        assert_eq!(text("**bold** _it_ `code` # h"), r"\*\*bold\*\* \_it\_ \`code\` \# h");
        assert_eq!(text("![i](https://e.example/x.png)"), r"\!\[i\](https\://e.example/x.png)");
        assert_eq!(text("see www.e.example, WWW.e"), r"see www\.e.example, WWW\.e");
        assert_eq!(text("ask @someone or a@b.c"), "ask `@`someone or a`@`b.c");
        assert_eq!(text("one\ntwo\u{202e}"), "one&#92;u\\{a\\}two&#92;u\\{202e\\}");
    }

    #[test]
    fn code_that_a_table_cannot_hold_is_prose() {
        assert_eq!(code("ledger-1"), "`ledger-1`");
        assert_eq!(code("a|b"), "a&#124;b");
        assert_eq!(code("a`b"), r"a\`b");
        assert_eq!(code(" a"), " a");
        assert_eq!(code(""), "");
        assert_eq!(codes(["a", "b"]), "`a`, `b`");
    }

    #[test]
    fn links_begin_in_the_registers_directory() {
        assert_eq!(link("homelab/services/a/b/c.yaml"), "[services/a/b/c.yaml](../services/a/b/c.yaml)");
    }
}
