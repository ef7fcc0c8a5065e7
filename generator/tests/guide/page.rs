//! The blocks of a page.

/// A block of code.
#[derive(Debug)]
pub(crate) struct Block<'p> {
    /// What it is written in.
    pub(crate) language: &'p str,
    /// The file that it shows, or nothing.
    pub(crate) path: &'p str,
    /// What it shows of it.
    pub(crate) lines: Vec<&'p str>,
}

/// The blocks of a page, in their order.
pub(crate) fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else { continue };
        let mut body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let path = body.first().and_then(|first| first.strip_prefix("// ").or_else(|| first.strip_prefix("# ")));
        let path = path.unwrap_or_default();
        if !path.is_empty() {
            body.remove(0);
        }
        blocks.push(Block { language, path, lines: body });
    }
    blocks
}

/// Whether these lines stand in a text, apart from what `…` leaves out; else the first piece that does not.
pub(crate) fn shows(lines: &[&str], text: &str) -> Result<(), String> {
    let text: Vec<&str> = text.lines().collect();
    let mut from = 0;
    for piece in lines.split(|line| matches!(line.trim(), "…" | "// …" | "# …")) {
        let piece: Vec<&str> = piece.iter().copied().skip_while(|line| line.is_empty()).collect();
        let blank = piece.iter().rev().take_while(|line| line.is_empty()).count();
        let piece = &piece[..piece.len() - blank];
        if piece.is_empty() {
            continue;
        }
        let found = text[from..].windows(piece.len()).position(|window| window == piece);
        from += found.ok_or_else(|| piece.join("\n"))? + piece.len();
    }
    Ok(())
}

#[test]
fn lines_stand_in_a_text_in_their_order() {
    let text = "a\n  b\nc\n\nd\n";
    for lines in [&["a", "  b"][..], &["a", "…", "d"], &["", "c", ""], &["  # …", "d"], &["c", "", "d"]] {
        assert_eq!(shows(lines, text), Ok(()), "{lines:?}");
    }
    for lines in [&["b"][..], &["a", "c"], &["d", "…", "a"], &["c", "d"], &["a", "…", "x"], &["a", "a"]] {
        assert!(shows(lines, text).is_err(), "{lines:?}");
    }
}

#[test]
fn blocks_begin_with_the_path_of_their_file() {
    let page = "text\n```rust\n// a.rs\nfn a() {}\n```\n```console\n$ ls\n```\n";
    let blocks: Vec<_> = blocks(page).into_iter().map(|block| (block.language, block.path, block.lines)).collect();
    assert_eq!(blocks, [("rust", "a.rs", vec!["fn a() {}"]), ("console", "", vec!["$ ls"])]);
}
