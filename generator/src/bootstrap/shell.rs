//! Texts in a shell script.

use minijinja::Error;
use minijinja::syntax::SyntaxConfig;

/// Delimiters that no shell, no `awk` and no template of `kubectl` has a use for. A line with nothing but a block is none.
pub(super) fn syntax() -> Result<SyntaxConfig, Error> {
    SyntaxConfig::builder()
        .block_delimiters("«%", "%»")
        .variable_delimiters("«", "»")
        .comment_delimiters("«#", "#»")
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
}

/// A text as one word of POSIX `sh`, which means itself.
pub(super) fn quoted(text: &str) -> String {
    let means_itself = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:@,+=".contains(&byte);
    if !text.is_empty() && text.bytes().all(means_itself) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::quoted;

    #[test]
    fn a_shell_reads_back_what_was_quoted() {
        for text in [
            "",
            "a",
            "out/homelab",
            "a b",
            "$HOME",
            "`id`",
            "it's",
            "'",
            "\"",
            "\\",
            "a\nb",
            "*",
            "~",
            "-n",
            "ü;#&|<>(){}[]?!",
        ] {
            let script = format!("printf '%s' {}", quoted(text));
            let output = Command::new("sh").args(["-c", &script]).output().unwrap();
            // `printf` itself takes no option here.
            assert_eq!(String::from_utf8(output.stdout).unwrap(), text, "{script}");
        }
    }

    #[test]
    fn what_means_itself_stays_as_it_is() {
        assert_eq!(quoted("k8s-app=kube-dns"), "k8s-app=kube-dns");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
