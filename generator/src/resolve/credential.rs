//! Credentials in texts: shapes of well-known tokens, private keys, passwords in URLs, and values under telling names.
//!
//! It is no proof. It stops the usual accident before it stands in Git for ever (security model, layer 5 and anti-patterns).

use casemate_dsl::word::names_credential;

/// What looks like a credential in `text`, in words, if anything does.
pub(crate) fn in_text(text: &str) -> Option<&'static str> {
    by_shape(text).or_else(|| has_password_in_parameters(text).then_some("a credential in a parameter"))
}

/// What looks like a credential by itself, whatever stands around it.
pub(crate) fn by_shape(text: &str) -> Option<&'static str> {
    if text.contains("-----BEGIN") && text.contains("PRIVATE KEY") {
        return Some("a private key");
    }
    if has_password_in_url(text) {
        return Some("a URL with a user or password");
    }
    if has_bearer_token(text) {
        return Some("a bearer token");
    }
    text.split(|c: char| !is_of_key(c)).find_map(token_shape)
}

/// What looks like a credential in an argument of a command: like [`in_text`], and a value that stands at a telling flag.
pub(crate) fn in_argument(argument: &str) -> Option<&'static str> {
    if let Some((flag, value)) = argument.split_once('=') {
        let name = flag.trim_start_matches('-').replace(['-', '.'], "_");
        if names_credential(&name) && is_literal(value) {
            return Some("a credential at a flag");
        }
    }
    in_text(argument)
}

/// Whether this flag names a credential, so that the next argument would be one.
pub(crate) fn is_telling_flag(argument: &str) -> bool {
    argument.starts_with('-')
        && !argument.contains('=')
        && names_credential(&argument.trim_start_matches('-').replace('-', "_"))
}

/// What looks like a credential in a config file, with its line: like [`in_text`], and a value that is given to a telling key.
pub(crate) fn in_config(text: &str) -> Option<(usize, &'static str)> {
    text.lines().enumerate().find_map(|(index, line)| {
        // In a comment stands what the file could say, with values that are made up.
        let found = if line.trim_start().starts_with(['#', ';', '/']) {
            by_shape(line)
        } else {
            in_text(line).or_else(|| assigned(line).then_some("a credential at a key that names one"))
        };
        found.map(|what| (index + 1, what))
    })
}

/// Whether a line of a config file gives a literal to a key that names a credential: `key: value`, `key = value`, `"key": "value"`.
fn assigned(line: &str) -> bool {
    line.char_indices().filter(|(_, c)| matches!(c, ':' | '=')).any(|(at, _)| {
        let (before, value) = line.split_at(at);
        let before = before.trim_end().trim_end_matches(['"', '\'']);
        let key = before.rsplit(|c: char| !is_of_key(c)).next().unwrap_or_default();
        // `//name:port` is an address.
        let is_host = before[..before.len() - key.len()].ends_with('/');
        let key = key.trim_start_matches(['-', '.']);
        // The key first: a line of sixty thousand colons has as many values, each as long as what is left of it.
        let is_literal_value = || {
            let value = value.trim_start_matches([':', '=']).trim();
            is_literal(value.split([',', ';', '}']).next().unwrap_or_default())
        };
        !is_host && is_telling_key(key) && is_literal_value()
    })
}

fn is_of_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Whether a key of a config file names a credential. Alone, `key` and its like are common words there: `key: http.method`.
pub(crate) fn is_telling_key(key: &str) -> bool {
    let common = ["key", "keys", "auth", "cookie", "pat"];
    !common.iter().any(|word| word.eq_ignore_ascii_case(key)) && names_credential(&key.replace(['-', '.'], "_"))
}

/// Whether `value` says something itself, rather than where it is found.
pub(crate) fn is_literal(value: &str) -> bool {
    let value = value.trim().trim_end_matches([',', ';']).trim_matches(['"', '\'']).trim();
    let elsewhere = value.is_empty()
        || value.starts_with(['$', '/', '{', '[', '|', '>', '%'])
        || matches!(value, "null" | "~" | "true" | "false");
    !elsewhere
}

fn has_password_in_url(text: &str) -> bool {
    text.match_indices("://").any(|(at, separator)| {
        let rest = &text[at + separator.len()..];
        let end =
            rest.find(|c: char| matches!(c, '/' | '?' | '#' | '"' | '\'') || c.is_whitespace()).unwrap_or(rest.len());
        let authority = &rest[..end];
        authority
            .rsplit_once('@')
            .is_some_and(|(user, _)| user.split_once(':').is_none_or(|(_, password)| is_literal(password)))
    })
}

/// Whether a header stands there with its token: `Authorization: Bearer abc…`.
fn has_bearer_token(text: &str) -> bool {
    text.match_indices("Bearer ").any(|(at, scheme)| {
        let token = text[at + scheme.len()..].split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).next();
        token.is_some_and(|token| token.len() >= 16 && is_literal(token) && token.chars().any(|c| c.is_ascii_digit()))
    })
}

/// Whether the query of a URL, or a connection string (`host=db password=…`, `Server=db;Password=…`), gives a credential its value.
fn has_password_in_parameters(text: &str) -> bool {
    let given = |parameter: &str| {
        parameter
            .split_once('=')
            .filter(|(_, value)| is_literal(value))
            .map(|(name, _)| name.trim().replace(['-', '.'], "_"))
    };
    let query = |url: &str| {
        let (_, query) = url.split_once('?').unwrap_or_default();
        query.split(['&', ';']).filter_map(given).any(|name| names_credential(&name))
    };
    let password = |name: String| ["password", "passwd", "pwd"].iter().any(|word| name.eq_ignore_ascii_case(word));
    text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).filter(|word| word.contains("://")).any(query)
        || text.split(|c: char| c.is_whitespace() || c == ';').filter_map(given).any(password)
}

fn token_shape(word: &str) -> Option<&'static str> {
    let long_tail = |prefix: &str, least: usize| {
        word.strip_prefix(prefix).is_some_and(|tail| tail.len() >= least && tail.chars().any(|c| c.is_ascii_digit()))
    };
    let shapes: [(&str, usize, &str); 16] = [
        ("ghp_", 20, "a GitHub token"),
        ("gho_", 20, "a GitHub token"),
        ("ghs_", 20, "a GitHub token"),
        ("github_pat_", 20, "a GitHub token"),
        ("glpat-", 16, "a GitLab token"),
        ("xoxb-", 10, "a Slack token"),
        ("xoxp-", 10, "a Slack token"),
        ("sk-ant-", 20, "an Anthropic key"),
        ("sk-proj-", 20, "an OpenAI key"),
        ("sk_live_", 16, "a Stripe key"),
        ("AIza", 30, "a Google key"),
        ("hf_", 30, "a Hugging Face token"),
        ("npm_", 30, "an npm token"),
        ("dop_v1_", 30, "a DigitalOcean token"),
        ("ops_ey", 40, "a 1Password service account token"),
        ("eyJhbGciOi", 20, "a signed token (JWT)"),
    ];
    let aws = word.len() == 20
        && (word.starts_with("AKIA") || word.starts_with("ASIA"))
        && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if aws {
        return Some("an AWS access key");
    }
    shapes.into_iter().find(|(prefix, least, _)| long_tail(prefix, *least)).map(|(_, _, what)| what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_a_url_is_found_and_a_plain_url_is_not() {
        assert_eq!(in_text("postgres://app:hunter2@db:5432/app"), Some("a URL with a user or password"));
        assert_eq!(in_text("https://token@git.example.com/x"), Some("a URL with a user or password"));
        assert_eq!(in_text("https://example.com/@user/x:y"), None);
        assert_eq!(in_text("postgres://app:$(PASSWORD)@db/app"), None);
    }

    #[test]
    fn a_parameter_that_names_a_credential_takes_no_literal() {
        for telling in [
            "postgres://db/app?sslmode=require&password=hunter2",
            "https://hooks.example.com/send?token=abc",
            "host=db user=app password=hunter2",
            "Server=db;Database=app;Password=hunter2;",
        ] {
            assert_eq!(in_text(telling), Some("a credential in a parameter"), "{telling}");
        }
        for harmless in [
            "postgres://db/app?sslmode=require",
            "https://example.com/?sort_key=name",
            "host=db password=$(DB_PASSWORD)",
            "max_tokens=4096",
        ] {
            assert_eq!(in_text(harmless), None, "{harmless}");
        }
    }

    #[test]
    fn a_bearer_token_is_found_and_its_place_holder_is_not() {
        assert_eq!(in_text("Authorization: Bearer 0123456789abcdef"), Some("a bearer token"));
        assert_eq!(in_text("proxy_set_header Authorization \"Bearer $token\";"), None);
    }

    #[test]
    fn tokens_are_known_by_their_shape() {
        for token in [
            "ghp_0123456789abcdefghij0123456789abcdef",
            "AKIAIOSFODNN7EXAMPLE",
            "x=glpat-0123456789abcdefXYZ",
            "-----BEGIN RSA PRIVATE KEY-----",
        ] {
            assert!(in_text(token).is_some(), "{token}");
        }
        for harmless in
            ["ghp_", "task-12345678901234567890", "sk-learn", "hf_transfer", "stargazer/1.0 (ops@example.com)"]
        {
            assert_eq!(in_text(harmless), None, "{harmless}");
        }
    }

    #[test]
    fn a_flag_that_names_a_credential_takes_no_literal() {
        assert!(in_argument("--db-password=hunter2").is_some());
        assert!(in_argument("--db-password=$(DB_PASSWORD)").is_none());
        assert!(in_argument("--password-file=/run/secrets/password").is_none());
        assert!(is_telling_flag("--api-key"));
        assert!(!is_telling_flag("--api-key-file"));
    }

    #[test]
    fn a_config_line_that_names_a_credential_takes_no_literal() {
        assert_eq!(in_config("a: 1\nsecret_key: \"abc\"\n"), Some((2, "a credential at a key that names one")));
        assert_eq!(in_config("password = ${DB_PASSWORD}\nkey: /run/key\n# password: x\n"), None);
        assert_eq!(in_config("proxy_cache_path /x keys_zone=images:1m;\n"), None);
    }

    #[test]
    fn a_credential_is_found_wherever_it_stands_in_a_line() {
        for telling in [r#"{"user": "app", "password": "hunter2"}"#, "db = { user = 'app', password = 'hunter2' }"] {
            assert_eq!(in_config(telling), Some((1, "a credential at a key that names one")), "{telling}");
        }
        for harmless in [
            "- key: http.method",
            "auth: none",
            "proxy_pass http://session-token:8080;",
            "# password=hunter2",
            r#"{"password": "${DB_PASSWORD}"}"#,
        ] {
            assert_eq!(in_config(harmless), None, "{harmless}");
        }
    }
}
