//! The catalogue's file: a `pub mod` and a `.runs(..)` for each service.
//!
//! It is edited as text, line by line, and only where it looks as the template does. Elsewhere a person knows better.

/// The widest line, as `rustfmt.toml` has it.
const WIDTH: usize = 120;

/// The catalogue with one more service, or what is not as it was expected.
pub(super) fn with(text: &str, module: &str) -> Result<String, String> {
    if text.lines().any(|line| line.trim_start_matches("pub ") == format!("mod {module};")) {
        return Err(format!("`mod {module};` is there already"));
    }
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // The later place first, so that the other one stays where it is.
    run(&mut lines, &format!(".runs({module}::service())"))?;
    declare(&mut lines, module)?;
    Ok(lines.join("\n") + "\n")
}

/// Adds the module to the last block of modules, in its order.
fn declare(lines: &mut Vec<String>, module: &str) -> Result<(), String> {
    let name = |line: &String| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned);
    let last = lines.iter().rposition(|line| name(line).is_some()).ok_or("it has no `pub mod <service>;`")?;
    let block = lines[..=last].iter().rposition(|line| name(line).is_none()).map_or(0, |before| before + 1);
    let place = (block..=last).find(|&line| name(&lines[line]).is_some_and(|other| *other > *module));
    lines.insert(place.unwrap_or(last + 1), format!("pub mod {module};"));
    Ok(())
}

/// Adds the call after the last one of `catalogue`.
fn run(lines: &mut Vec<String>, call: &str) -> Result<(), String> {
    let mut starts = (0..lines.len()).filter(|&line| lines[line].starts_with("pub fn catalogue("));
    let start = starts.next().ok_or("it has no `pub fn catalogue(..)`")?;
    let length = lines[start..].iter().position(|line| line == "}").ok_or("`catalogue` has no end")?;
    let body = start + 1..start + length;
    let is_call = |line: &usize| {
        let line = lines[*line].trim();
        line.starts_with(".runs(") && calls(line.trim_end_matches(';')).is_some()
    };
    match body.clone().rfind(is_call) {
        Some(last) => run_below(lines, last, call),
        None => run_beside(lines, body.last(), call)?,
    }
    Ok(())
}

/// Adds a line below one that is a call.
fn run_below(lines: &mut Vec<String>, last: usize, call: &str) {
    let indentation = indentation(&lines[last]);
    let end = if lines[last].ends_with(';') { ";" } else { "" };
    if !end.is_empty() {
        lines[last].pop();
    }
    lines.insert(last + 1, format!("{indentation}{call}{end}"));
}

/// Adds the call to the line that `catalogue` returns, which is broken if it gets too wide.
fn run_beside(lines: &mut Vec<String>, last: Option<usize>, call: &str) -> Result<(), String> {
    let unlike = || "`catalogue` does not end in `.runs(..)` as the template's does".to_owned();
    let last = last.ok_or_else(unlike)?;
    let indentation = indentation(&lines[last]);
    let tail = lines[last].trim();
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let (cluster, chain) = tail.split_at(tail.find(|letter| !is_word(letter)).unwrap_or(tail.len()));
    if cluster.is_empty() {
        return Err(unlike());
    }
    let mut chain = calls(chain).ok_or_else(unlike)?;
    chain.push(call);
    let whole = format!("{indentation}{cluster}{}", chain.concat());
    let broken = chain.iter().map(|call| format!("{indentation}    {call}"));
    let head = format!("{indentation}{cluster}");
    let replacement = if whole.len() <= WIDTH { vec![whole] } else { std::iter::once(head).chain(broken).collect() };
    lines.splice(last..=last, replacement);
    Ok(())
}

fn indentation(line: &str) -> String {
    line.chars().take_while(|letter| *letter == ' ').collect()
}

/// The `.runs(..)` that a text consists of, or `None` if there is anything else in it.
fn calls(text: &str) -> Option<Vec<&str>> {
    let mut calls = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let arguments = rest.strip_prefix(".runs(")?;
        let mut open = 1_u32;
        let end = arguments.bytes().position(|byte| {
            open = match byte {
                b'(' => open + 1,
                b')' => open - 1,
                _ => open,
            };
            open == 0
        })?;
        let (call, after) = rest.split_at(".runs(".len() + end + 1);
        calls.push(call);
        rest = after;
    }
    Some(calls)
}
