//! What the name of a service or a cluster is called in Rust.

/// Words that cannot name a module. *The Rust Reference, Keywords*; the last ones are crates that a declaration names.
const TAKEN: &[&str] = &[
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "alloc",
    "casemate",
    "casemate_dsl",
    "core",
    "std",
];

/// The module of a name: `trips_api` for `trips-api`; `None` where Rust has another meaning for it.
pub(super) fn module(name: &str) -> Option<String> {
    let module = name.replace('-', "_");
    (!TAKEN.contains(&module.as_str())).then_some(module)
}

/// The constant of a name: `TRIPS_API` for `trips-api`.
pub(super) fn constant(name: &str) -> String {
    name.replace('-', "_").to_ascii_uppercase()
}

/// The type of a name: `TripsApi` for `trips-api`, unless the text that it goes into has that word for something else.
pub(super) fn identity(name: &str, text: &str) -> String {
    let mut identity = String::new();
    for part in name.split('-') {
        let (first, rest) = part.split_at_checked(1).unwrap_or((part, ""));
        identity.push_str(&first.to_ascii_uppercase());
        identity.push_str(rest);
    }
    let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    if words.any(|word| word == identity) {
        identity.push_str("Service");
    }
    identity
}

#[cfg(test)]
mod tests {
    use super::{constant, identity, module};

    #[test]
    fn names_become_modules_constants_and_types() {
        assert_eq!(module("trips-api").as_deref(), Some("trips_api"));
        assert_eq!(constant("trips-api"), "TRIPS_API");
        assert_eq!(identity("trips-api-2", ""), "TripsApi2");
    }

    #[test]
    fn words_of_rust_name_no_module() {
        for name in ["type", "self", "gen", "core", "casemate-dsl"] {
            assert_eq!(module(name), None, "{name}");
        }
    }

    #[test]
    fn a_type_does_not_hide_another_that_its_file_names() {
        assert_eq!(identity("image", "const IMAGE: Image = image!();"), "ImageService");
        assert_eq!(identity("image", "const IMAGE: Images = image!();"), "Image");
    }
}
