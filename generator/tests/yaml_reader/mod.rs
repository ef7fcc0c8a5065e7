//! A reader that knows only what our emitter may write: plain scalars that no version of YAML reads as anything but this
//! string, quotes on one line, and literal blocks without any subtlety. It is written from YAML's pages and shares
//! nothing with the emitter; whatever else it meets is an error.

mod plain;

/// Reads `k: <string>`, or says what is wrong with it.
pub(crate) fn read_value(document: &str) -> Result<String, String> {
    scalar(document.strip_prefix("k: ").ok_or("no `k: `")?)
}

/// Reads `<string>: v`, long keys as `? <string>` and `: v`.
pub(crate) fn read_key(document: &str) -> Result<String, String> {
    let key = match document.strip_prefix("? ") {
        Some(long) => long.strip_suffix("\n: v\n"),
        None => document.strip_suffix(": v\n"),
    };
    let key = scalar(&format!("{}\n", key.ok_or("no value `v`")?))?;
    if document.starts_with(['"', '?']) || !key.contains([':', ',', '[', ']', '{', '}']) {
        Ok(key)
    } else {
        Err("a plain key with an indicator of flow style".to_owned())
    }
}

/// Reads `- <string>`.
pub(crate) fn read_item(document: &str) -> Result<String, String> {
    scalar(document.strip_prefix("- ").ok_or("no `- `")?)
}

fn scalar(text: &str) -> Result<String, String> {
    let text = text.strip_suffix('\n').ok_or("no newline at the end")?;
    if let Some(quoted) = text.strip_prefix('"') {
        double_quoted(quoted.strip_suffix('"').ok_or("an open quote")?)
    } else if let Some(quoted) = text.strip_prefix('\'') {
        single_quoted(quoted.strip_suffix('\'').ok_or("an open quote")?)
    } else if let Some(block) = text.strip_prefix("|-\n") {
        literal_block(block)
    } else if let Some(block) = text.strip_prefix("|\n") {
        Ok(literal_block(block)? + "\n")
    } else if plain::is_a_string(text) {
        Ok(text.to_owned())
    } else {
        Err("a plain scalar that somebody may read as something else".to_owned())
    }
}

fn single_quoted(text: &str) -> Result<String, String> {
    let read = text.replace("''", "\u{0}");
    if read.contains('\'') || !read.chars().all(|character| character == '\0' || shows(character)) {
        return Err("a character that cannot stand within single quotes".to_owned());
    }
    Ok(read.replace('\0', "'"))
}

fn double_quoted(text: &str) -> Result<String, String> {
    let mut read = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '"' || !shows(character) {
            return Err(format!("{character:?} within quotes"));
        }
        if character != '\\' {
            read.push(character);
            continue;
        }
        read.push(match characters.next() {
            Some('0') => '\0',
            Some('a') => '\u{7}',
            Some('b') => '\u{8}',
            Some('t') => '\t',
            Some('n') => '\n',
            Some('v') => '\u{b}',
            Some('f') => '\u{c}',
            Some('r') => '\r',
            Some('e') => '\u{1b}',
            Some('N') => '\u{85}',
            Some('L') => '\u{2028}',
            Some('P') => '\u{2029}',
            Some(same @ ('"' | '\\')) => same,
            Some('x') => numbered(&mut characters, 2)?,
            Some('u') => numbered(&mut characters, 4)?,
            other => return Err(format!("unknown escape {other:?}")),
        });
    }
    Ok(read)
}

fn numbered(characters: &mut std::str::Chars<'_>, digits: usize) -> Result<char, String> {
    let digits: String = characters.take(digits).collect();
    u32::from_str_radix(&digits, 16)
        .ok()
        .and_then(char::from_u32)
        .ok_or(format!("no character has the number {digits}"))
}

/// Reads the lines of a block, which stand two blanks deep.
fn literal_block(block: &str) -> Result<String, String> {
    let lines: Vec<&str> = block
        .split('\n')
        .map(|line| if line.is_empty() { Some(line) } else { line.strip_prefix("  ") })
        .collect::<Option<_>>()
        .ok_or("a line of a block is not indented")?;
    if lines.first().is_none_or(|first| first.is_empty() || first.starts_with(' ')) {
        return Err("the first line does not say how far the block is indented".to_owned());
    }
    for line in &lines {
        if line.starts_with('\t') || line.ends_with([' ', '\t']) || !line.chars().all(|c| c == '\t' || shows(c)) {
            return Err(format!("the line {line:?} of a block"));
        }
    }
    if lines.last().is_none_or(|last| last.is_empty()) {
        return Err("a block that ends with an empty line".to_owned());
    }
    Ok(lines.join("\n"))
}

/// Characters that every YAML parser lets stand for themselves.
fn shows(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
}
