//! The namespaces' file: one constant for each.

use super::names;

/// What stands for the namespace in Rust: a constant, which is there or is added at the end of the text.
pub(super) fn with(text: &str, namespace: &str) -> Result<(String, Option<String>), String> {
    if let Some(constant) = declared(text, namespace) {
        return Ok((constant, None));
    }
    let constant = names::constant(namespace);
    if text.contains(&format!("const {constant}:")) {
        return Err(format!("`{constant}` is a constant of another value"));
    }
    if !text.lines().any(|line| line == "use casemate_dsl::prelude::*;") {
        return Err("it does not begin with `use casemate_dsl::prelude::*;` as the template's does".to_owned());
    }
    let end = if text.ends_with('\n') { "" } else { "\n" };
    Ok((constant, Some(format!("{text}{end}\n/// The namespace `{namespace}`.\n{}\n", declaration(namespace)))))
}

/// The line that declares a namespace.
pub(super) fn declaration(namespace: &str) -> String {
    format!("pub const {}: Namespace = namespace!(\"{namespace}\");", names::constant(namespace))
}

/// The public constant that has this namespace as its value.
fn declared(text: &str, namespace: &str) -> Option<String> {
    let value = format!("namespace!(\"{namespace}\");");
    text.match_indices(&value).find_map(|(at, _)| {
        let before = text[..at].trim_end().strip_suffix(": Namespace =")?;
        let (_, constant) = before.rsplit_once("\npub const ")?;
        let is_constant = constant.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_constant.then(|| constant.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::with;

    const TEXT: &str =
        "use casemate_dsl::prelude::*;\n\n/// Photos.\npub const PHOTOS: Namespace = namespace!(\"trips\");\n";

    #[test]
    fn a_namespace_that_is_there_keeps_its_constant() {
        assert_eq!(with(TEXT, "trips"), Ok(("PHOTOS".to_owned(), None)));
    }

    #[test]
    fn a_namespace_that_rustfmt_broke_into_two_lines_is_there() {
        let text = TEXT.replace("= namespace", "=\n    namespace");
        assert_eq!(with(&text, "trips"), Ok(("PHOTOS".to_owned(), None)));
    }

    #[test]
    fn a_new_namespace_is_added_at_the_end() {
        let added = "\n/// The namespace `my-stars`.\npub const MY_STARS: Namespace = namespace!(\"my-stars\");\n";
        assert_eq!(with(TEXT, "my-stars"), Ok(("MY_STARS".to_owned(), Some(format!("{TEXT}{added}")))));
    }

    #[test]
    fn a_constant_of_another_namespace_is_not_taken() {
        assert_eq!(with(TEXT, "photos"), Err("`PHOTOS` is a constant of another value".to_owned()));
    }

    #[test]
    fn a_file_without_the_prelude_is_not_touched() {
        assert!(with("pub const A: u8 = 0;\n", "photos").is_err());
    }
}
