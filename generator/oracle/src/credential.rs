//! What a credential looks like, whatever holds it.

/// Beginnings of well-known tokens, with the least length of what follows.
const TOKENS: [(&str, usize); 24] = [
    ("ghp_", 30),
    ("gho_", 30),
    ("ghu_", 30),
    ("ghs_", 30),
    ("github_pat_", 20),
    ("glpat-", 16),
    ("xoxb-", 10),
    ("xoxp-", 10),
    ("xapp-", 10),
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 30),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("sk-ant-", 16),
    ("sk-", 32),
    ("ops_eyJ", 10),
    ("hvs.", 20),
    ("npm_", 30),
    ("dckr_pat_", 20),
    ("SG.", 30),
    ("AGE-SECRET-KEY-", 20),
    ("dop_v1_", 30),
    ("pypi-", 40),
];

/// Words that make a name one of a credential.
const WORDS: [&str; 14] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "secrets",
    "token",
    "tokens",
    "apikey",
    "credential",
    "credentials",
    "privatekey",
    "accesskey",
    "authkey",
];

/// Last words that make such a name one of something about a credential.
const ABOUT: [&str; 18] = [
    "file",
    "path",
    "dir",
    "directory",
    "url",
    "uri",
    "endpoint",
    "issuer",
    "audience",
    "ttl",
    "expiry",
    "seconds",
    "lifetime",
    "length",
    "enabled",
    "header",
    "name",
    "type",
];

/// What a text holds that is a credential, if anything.
pub(crate) fn shape(text: &str) -> Option<&'static str> {
    if text.contains("-----BEGIN ") && text.contains("PRIVATE KEY") {
        return Some("a private key");
    }
    if text.split(|letter: char| !is_token_letter(letter)).any(is_token) {
        return Some("a token");
    }
    has_userinfo(text).then_some("user or password in a URL")
}

fn is_token_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_-.".contains(letter)
}

fn is_token(word: &str) -> bool {
    let known = TOKENS.iter().any(|(start, least)| {
        word.strip_prefix(start)
            .is_some_and(|rest| rest.len() >= *least && rest.bytes().any(|byte| byte.is_ascii_alphanumeric()))
    });
    known || (word.starts_with("eyJ") && word.split('.').count() == 3 && word.len() > 40)
}

fn has_userinfo(text: &str) -> bool {
    text.match_indices("://").any(|(position, _)| {
        let rest = text.get(position + 3..).unwrap_or_default();
        let end =
            rest.find(|letter: char| letter.is_whitespace() || "/?#\"'`<>,;)".contains(letter)).unwrap_or(rest.len());
        rest.get(..end).is_some_and(|authority| authority.contains('@'))
    })
}

/// Whether a name (of a variable, a flag, a key) means a credential.
pub(crate) fn is_name(name: &str) -> bool {
    let mut separated = String::new();
    let mut last_was_lower = false;
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && last_was_lower {
            separated.push('_');
        }
        last_was_lower = letter.is_ascii_lowercase();
        separated.push(letter.to_ascii_lowercase());
    }
    let words: Vec<_> =
        separated.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let keys = ["api", "private", "access", "auth", "signing", "encryption", "master", "shared", "account"];
    let pairs = words.windows(2).any(|pair| matches!(pair, [first, "key" | "keys"] if keys.contains(first)));
    let about = words.last().is_some_and(|word| ABOUT.contains(word));
    (pairs || words.iter().any(|word| WORDS.contains(word))) && !about
}

/// Whether a value refers to something, or switches something, instead of being a credential itself.
pub(crate) fn is_reference(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    value.is_empty()
        || value.starts_with("$(")
        || value.starts_with("${")
        || value.starts_with("{{")
        || (value.starts_with('/') && !value.contains(char::is_whitespace))
        || ["true", "false", "yes", "no", "on", "off", "none", "null"].contains(&value.to_ascii_lowercase().as_str())
        || value.bytes().all(|byte| b"{}[]|>-".contains(&byte))
}

/// The first line of a text that gives a literal to a name of a credential.
pub(crate) fn named_literal(text: &str) -> Option<&str> {
    text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';'])).find_map(|line| {
        let position = line.find(['=', ':'])?;
        let (name, value) = (line.get(..position)?, line.get(position + 1..)?);
        let name = name.trim().trim_start_matches("- ").trim_matches(['"', '\'']);
        (is_name(name) && name.len() <= 64 && !is_reference(value.trim_end_matches(','))).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for bad in [
            "-----BEGIN RSA PRIVATE KEY-----\nabc",
            "ghp_0123456789abcdefghij0123456789abcdef",
            "x=AKIAABCDEFGHIJKLMNOP",
            "postgres://user:secret@db:5432/x",
            "see https://user@host/x",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        ] {
            assert!(shape(bad).is_some(), "{bad}");
        }
        for good in ["https://host/a@b", "user@example.com", "http://a.b.svc.cluster.local:80", "sk-short", "a: b", ""]
        {
            assert!(shape(good).is_none(), "{good}");
        }
    }

    #[test]
    fn names() {
        for bad in ["DB_PASSWORD", "apiKey", "API_KEY", "--auth-token", "clientSecret", "GITHUB_TOKEN"] {
            assert!(is_name(bad), "{bad}");
        }
        for good in ["PASSWORD_FILE", "credentials-file", "LOG_LEVEL", "TOKEN_TTL", "KEY", "SECRETARIAT", "MONKEY"] {
            assert!(!is_name(good), "{good}");
        }
        assert_eq!(named_literal("log: x\npassword: hunter2\n"), Some("password"));
        assert_eq!(named_literal("# password: x\npassword: ${PASSWORD}\npassword: /run/secret\n"), None);
    }
}
