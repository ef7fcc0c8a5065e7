//! Environment variables. Whether one names a credential is part of its type.

use super::Verdict;

/// The name of an environment variable; `CREDENTIAL` says whether it names one.
///
/// Which it is, [`names_credential`] decides from the name. A literal fits only the harmless ones.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// let _: Var<false> = var!("LOG_LEVEL");
/// let _: Var<true> = var!("DB_PASSWORD");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Var<const CREDENTIAL: bool>(&'static str);

impl<const CREDENTIAL: bool> Var<CREDENTIAL> {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(text: &'static str) -> Self {
        assert!(
            names_credential(text) == CREDENTIAL,
            "whether a variable names a credential is decided by its name: write `var!(\"…\")`"
        );
        match check_variable(text) {
            Ok(()) => Self(text),
            Err(why) => panic!("{}", why),
        }
    }

    /// The name, as it was written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

const fn check_variable(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let says = "a variable has letters, digits and underscores, no digit first: `LOG_LEVEL`";
    if bytes.is_empty() || bytes.len() > 255 || bytes[0].is_ascii_digit() {
        return Err(says);
    }
    let mut i = 0;
    while i < bytes.len() {
        if !(bytes[i].is_ascii_alphanumeric() || bytes[i] == b'_') {
            return Err(says);
        }
        i += 1;
    }
    Ok(())
}

/// Whether a variable of this name holds a credential: its last part decides, a number after it does not count.
///
/// `API_KEY`, `API_KEY_2`, `DB_PASSWORD`, `PGPASSWORD` and `clientSecret` do; `PASSWORD_HINTS_ALLOWED`, `TOKEN_FILE` and `PUBLIC_KEY`
/// do not.
///
/// ```
/// use casemate_dsl::word::names_credential;
/// assert!(names_credential("DB_PASSWORD"));
/// assert!(!names_credential("PASSWORD_HINTS_ALLOWED"));
/// ```
#[must_use]
pub const fn names_credential(name: &str) -> bool {
    part_names_credential(name.as_bytes(), 0, name.len())
}

/// The same for the bytes from `from` to `to`.
pub(super) const fn part_names_credential(bytes: &[u8], from: usize, to: usize) -> bool {
    let mut end = to;
    while end > from && (bytes[end - 1].is_ascii_digit() || bytes[end - 1] == b'_') {
        end -= 1;
    }
    let (_, name) = bytes.split_at(from);
    let (name, _) = name.split_at(end - from);
    if ends_with_any(name, HARMLESS) {
        return false;
    }
    if ends_with_any(name, TELLING) {
        return true;
    }
    let mut i = 0;
    while i < TELLING_PARTS.len() {
        let part = TELLING_PARTS[i];
        if ends_with_ignoring_case(name, part) && is_part(name, name.len() - part.len()) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether a part of the name begins at `at`: as in `API_KEY`, or as in `secretKey`.
const fn is_part(name: &[u8], at: usize) -> bool {
    at == 0
        || !name[at - 1].is_ascii_alphanumeric()
        || (name[at].is_ascii_uppercase() && !name[at - 1].is_ascii_uppercase())
}

const fn ends_with_any(name: &[u8], endings: &[&[u8]]) -> bool {
    let mut i = 0;
    while i < endings.len() {
        if ends_with_ignoring_case(name, endings[i]) {
            return true;
        }
        i += 1;
    }
    false
}

/// Endings that look like a credential's and are none.
const HARMLESS: &[&[u8]] = &[
    b"PUBLIC_KEY",
    b"PUBLICKEY",
    b"PUBKEY",
    b"PARTITION_KEY",
    b"PARTITIONKEY",
    b"SORT_KEY",
    b"SORTKEY",
    b"PRIMARY_KEY",
    b"PRIMARYKEY",
    // A limit of language models.
    b"MAX_TOKENS",
];

/// Endings that tell, also without an underscore before them.
const TELLING: &[&[u8]] = &[
    b"PASSWORD",
    b"PASSWORDS",
    b"PASSWD",
    b"PASSPHRASE",
    b"SECRET",
    b"SECRETS",
    b"TOKEN",
    b"TOKENS",
    b"APIKEY",
    b"APIKEYS",
    b"CREDENTIAL",
    b"CREDENTIALS",
    b"PRIVATEKEY",
];

/// Endings that tell when they are a whole part of the name.
const TELLING_PARTS: &[&[u8]] =
    &[b"KEY", b"KEYS", b"PASS", b"PWD", b"SALT", b"DSN", b"PSK", b"AUTH", b"COOKIE", b"PAT"];

const fn ends_with_ignoring_case(bytes: &[u8], wanted: &[u8]) -> bool {
    if bytes.len() < wanted.len() {
        return false;
    }
    let offset = bytes.len() - wanted.len();
    let mut i = 0;
    while i < wanted.len() {
        if !bytes[offset + i].eq_ignore_ascii_case(&wanted[i]) {
            return false;
        }
        i += 1;
    }
    true
}

/// A [`Var`](crate::word::Var), checked where it is written; its type says whether it names a credential.
#[macro_export]
macro_rules! var {
    ($text:literal) => {{
        const CHECKED: $crate::word::Var<{ $crate::word::names_credential($text) }> = $crate::word::Var::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`var!` takes one literal: `var!(\"LOG_LEVEL\")`")
    };
}
