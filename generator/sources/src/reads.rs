//! What a text of Rust reads from other files when it is compiled. It is taken apart into words, since a comment or a text may name `include_str!`, too.

/// A file that is read.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Read {
    /// Its path.
    File {
        /// Where the path starts.
        base: Base,
        /// With `/` between names.
        path: String,
        /// Whether it is Rust.
        is_code: bool,
    },
    /// A path that is not written in one text.
    Unknown {
        /// The line, from one.
        line: usize,
    },
}

/// Where a path starts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Base {
    /// In the directory of the file that reads.
    File,
    /// In the directory of the package.
    Package,
}

/// The variable that [`embed`](crate::embed) sets, which names a file that is made of the sources.
const OWN: &str = "CASEMATE_SOURCES";

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Token<'t> {
    Word(&'t str),
    /// What is between the quotes; nothing, if it has escapes.
    Text(Option<&'t str>),
    Sign(u8),
}

/// Everything that a text reads.
pub(crate) fn of(text: &str) -> Vec<Read> {
    if !text.contains("include") && !text.contains("path") {
        return Vec::new();
    }
    let (tokens, lines) = tokens(text);
    let mut reads = Vec::new();
    for (number, token) in tokens.iter().enumerate() {
        match (token, &tokens[number + 1..]) {
            (
                Token::Word(name @ ("include_str" | "include_bytes" | "include")),
                [Token::Sign(b'!'), Token::Sign(b'(' | b'[' | b'{'), argument @ ..],
            ) => match path(argument) {
                Some(Path::Written(base, path)) => {
                    reads.push(Read::File { base, path, is_code: *name == "include" });
                }
                Some(Path::Made) => {}
                None => reads.push(Read::Unknown { line: lines[number] }),
            },
            // `#[path = "..."]`, also within `cfg_attr`.
            (
                Token::Word("path"),
                [Token::Sign(b'='), Token::Text(Some(path)), Token::Sign(b']' | b')' | b','), ..],
            ) if path.strip_suffix(".rs").is_some() => {
                reads.push(Read::File { base: Base::File, path: (*path).to_owned(), is_code: true });
            }
            _ => {}
        }
    }
    reads
}

enum Path {
    Written(Base, String),
    /// Of a file that a build script makes of the sources.
    Made,
}

/// The path that an argument is, if it can be told.
fn path(argument: &[Token<'_>]) -> Option<Path> {
    match argument {
        [Token::Text(Some(path)), rest @ ..] => {
            (ends(rest) && !path.starts_with('/')).then(|| Path::Written(Base::File, (*path).to_owned()))
        }
        [Token::Word("env"), Token::Sign(b'!'), _, Token::Text(Some(OWN)), _, rest @ ..] => {
            ends(rest).then_some(Path::Made)
        }
        [Token::Word("concat"), Token::Sign(b'!'), _, pieces @ ..] => concatenated(pieces),
        _ => None,
    }
}

fn concatenated(pieces: &[Token<'_>]) -> Option<Path> {
    let (base, mut pieces) = match pieces {
        [Token::Word("env"), Token::Sign(b'!'), _, Token::Text(Some("OUT_DIR")), ..] => return Some(Path::Made),
        [
            Token::Word("env"),
            Token::Sign(b'!'),
            _,
            Token::Text(Some("CARGO_MANIFEST_DIR")),
            _,
            Token::Sign(b','),
            rest @ ..,
        ] => (Base::Package, rest),
        all => (Base::File, all),
    };
    let mut path = String::new();
    loop {
        match pieces {
            [Token::Text(Some(piece)), Token::Sign(b','), rest @ ..] => {
                path.push_str(piece);
                pieces = rest;
            }
            [Token::Text(Some(piece)), Token::Sign(b')' | b']' | b'}'), rest @ ..] => {
                path.push_str(piece);
                pieces = rest;
                break;
            }
            [Token::Sign(b')' | b']' | b'}'), rest @ ..] => {
                pieces = rest;
                break;
            }
            _ => return None,
        }
    }
    let is_relative = path.starts_with('/') == (base == Base::Package);
    (is_relative && !path.is_empty() && ends(pieces)).then_some(Path::Written(base, path))
}

/// Whether an argument is over.
fn ends(rest: &[Token<'_>]) -> bool {
    matches!(rest, [Token::Sign(b')' | b']' | b'}'), ..] | [Token::Sign(b','), Token::Sign(b')' | b']' | b'}'), ..])
}

/// The words, texts and signs of a text, and the line of each.
fn tokens(text: &str) -> (Vec<Token<'_>>, Vec<usize>) {
    let (mut tokens, mut lines) = (Vec::new(), Vec::new());
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.bytes().next() {
        let (token, length) = next(rest, first);
        if let Some(token) = token {
            tokens.push(token);
            lines.push(line);
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    (tokens, lines)
}

/// The token that a text starts with, if it is one, and its length.
fn next(rest: &str, first: u8) -> (Option<Token<'_>>, usize) {
    if rest.starts_with("//") {
        return (None, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (None, comment(rest));
    }
    if let Some(text) = raw(rest) {
        return text;
    }
    match first {
        b'"' => quoted(rest),
        b'\'' => (None, character(rest)),
        _ if is_of_a_word(first) => {
            let length = rest.bytes().position(|byte| !is_of_a_word(byte)).unwrap_or(rest.len());
            match (&rest[..length], rest.as_bytes().get(length)) {
                // The letter before the quotes of bytes and of texts of C.
                ("b" | "c", Some(b'"' | b'\'')) => (None, length),
                (word, _) => (Some(Token::Word(word)), length),
            }
        }
        _ if first.is_ascii_whitespace() => (None, 1),
        _ => (Some(Token::Sign(first)), 1),
    }
}

/// Part of a name or a number; names may have letters of any script.
fn is_of_a_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// The length of a comment with others in it.
fn comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// `r"..."` with any number of `#`, also of bytes and of C.
fn raw(rest: &str) -> Option<(Option<Token<'_>>, usize)> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix("cr")).or_else(|| rest.strip_prefix('r'))?;
    let signs = after.bytes().take_while(|byte| *byte == b'#').count();
    let text = after[signs..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(signs));
    let length = text.find(&end).unwrap_or(text.len());
    let whole = rest.len() - text.len() + length + end.len();
    Some((Some(Token::Text(Some(&text[..length]))), whole.min(rest.len())))
}

fn quoted(rest: &str) -> (Option<Token<'_>>, usize) {
    let bytes = rest.as_bytes();
    let (mut at, mut has_escapes) = (1, false);
    while at < bytes.len() && bytes[at] != b'"' {
        let is_escape = bytes[at] == b'\\';
        has_escapes |= is_escape;
        at += if is_escape { 2 } else { 1 };
    }
    let end = at.min(rest.len());
    let text = (!has_escapes).then(|| &rest[1..end]);
    (Some(Token::Text(text)), (end + 1).min(rest.len()))
}

/// The length of a character, or of the sign before the name of a lifetime.
fn character(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1);
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), Some((escaped, _))) => {
            let after = escaped + rest[escaped..].chars().next().map_or(0, char::len_utf8);
            rest[after..].find('\'').map_or(rest.len(), |end| after + end + 1)
        }
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> Read {
        Read::File { base: Base::File, path: path.to_owned(), is_code: false }
    }

    #[test]
    fn every_way_to_name_a_file_is_seen() {
        for text in [
            r#"include_str!("../a.conf")"#,
            r#"include_bytes! ["../a.conf"]"#,
            r#"include_str!{ "../a.conf", }"#,
            r##"std::include_str!(r#"../a.conf"#)"##,
            r#"include_str!(concat!("../", "a", ".conf"))"#,
            "include_str!(/* here */\n \"../a.conf\" // it is\n)",
            r#"const A: char = '"'; const B: &[u8] = b"\""; fn c<'a>(_: &'a str) -> &'a str { include_str!("../a.conf") }"#,
            r#"let d = ('\'', '\\', b'"', '\u{22}', 'ä', r"\"); include_str!("../a.conf")"#,
        ] {
            assert_eq!(of(text), [file("../a.conf")], "{text}");
        }
        let of_package = Read::File { base: Base::Package, path: "/../a".to_owned(), is_code: false };
        assert_eq!(of(r#"include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../a"))"#), [of_package]);
        for text in [
            r#"#[path = "../a.rs"] mod a;"#,
            r#"#[cfg_attr(unix, path = "../a.rs")] mod a;"#,
            r#"include!("../a.rs");"#,
        ] {
            let code = Read::File { base: Base::File, path: "../a.rs".to_owned(), is_code: true };
            assert_eq!(of(text), [code], "{text}");
        }
    }

    #[test]
    fn what_only_speaks_of_a_file_is_not() {
        for text in [
            r#"// include_str!("a")"#,
            r#"/* /* */ include_str!("a") */"#,
            r#""include_str!(\"a\")""#,
            r##"r#"include_str!("a")"#"##,
            r#"fn include_str(path: &str) { include_str("a"); let path = "a.rs"; }"#,
            r#"include_str!(env!("CASEMATE_SOURCES"))"#,
            r#"include!(concat!(env!("OUT_DIR"), "/a.rs"));"#,
            "\"\\ä",
            "'\\",
            "'",
            "\"",
            "r#\"",
            "/*",
            "include_str!(",
        ] {
            let unknown = text == "include_str!(";
            assert_eq!(of(text).is_empty(), !unknown, "{text}");
        }
    }

    #[test]
    fn a_path_that_only_the_compiler_knows_is_told_with_its_line() {
        for argument in [
            "$path",
            "PATH",
            r#"concat!("a/", stringify!($name))"#,
            r#"env!("ELSEWHERE")"#,
            r#"concat!(env!("ELSEWHERE"), "/a")"#,
            r#"concat!(env!("CARGO_MANIFEST_DIR"), "-other/a")"#,
            r#""a\u{2e}conf""#,
            r#""/etc/hostname""#,
            "concat!()",
        ] {
            let text = format!("fn a() {{}}\n\ninclude_str!({argument})");
            assert_eq!(of(&text), [Read::Unknown { line: 3 }], "{text}");
        }
    }
}
