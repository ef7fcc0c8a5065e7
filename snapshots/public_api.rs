//! The public interface of both crates, as a list: whatever a user can name, and every trait that a type of ours implements.
//!
//! A door that was not meant to be one, a `Default`, a `From`, a constructor, is seen here by whoever reviews the change that
//! opens it.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise, in its helpers, too")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, TraitItem, Visibility};

pub(crate) fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

pub(crate) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Tokens as people write them.
pub(crate) fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (spaced, close) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" :", ":"),
        ("[ ", "["),
        (" ]", "]"),
        ("->", " -> "),
        ("  ", " "),
    ] {
        text = text.replace(spaced, close);
    }
    text
}

fn hidden(attributes: &[Attribute]) -> &'static str {
    let is_hidden = |attribute: &Attribute| text(attribute).replace(' ', "").contains("doc(hidden)");
    if attributes.iter().any(is_hidden) { " (hidden)" } else { "" }
}

fn derived(attributes: &[Attribute]) -> String {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    derives.flat_map(|attribute| [" ".to_owned(), text(&attribute.meta)]).collect()
}

fn fields(fields: &Fields) -> String {
    let public = fields.iter().filter(|field| is_public(&field.vis)).count();
    match (public, fields.len()) {
        (0, 0) => String::new(),
        (0, _) => " { private }".to_owned(),
        (public, all) => format!(" {{ {public} of {all} fields public }}"),
    }
}

fn lines_of(item: &Item, lines: &mut BTreeSet<String>) {
    match item {
        Item::Fn(one) if is_public(&one.vis) => {
            lines.insert(format!("{}{}", text(&one.sig), hidden(&one.attrs)));
        }
        Item::Const(one) if is_public(&one.vis) => {
            lines.insert(format!("const {}: {}", one.ident, text(&one.ty)));
        }
        Item::Type(one) if is_public(&one.vis) => {
            lines.insert(format!("type {} = {}", one.ident, text(&one.ty)));
        }
        Item::Struct(one) if is_public(&one.vis) => {
            lines.insert(format!("struct {}{}{}", one.ident, fields(&one.fields), derived(&one.attrs)));
        }
        Item::Enum(one) if is_public(&one.vis) => {
            let variants: Vec<String> = one.variants.iter().map(|variant| variant.ident.to_string()).collect();
            lines.insert(format!("enum {} {{ {} }}{}", one.ident, variants.join(", "), derived(&one.attrs)));
        }
        Item::Trait(one) if is_public(&one.vis) => {
            lines.insert(format!("trait {}: {}", one.ident, text(&one.supertraits)));
            for method in &one.items {
                match method {
                    TraitItem::Fn(method) => {
                        lines.insert(format!("trait {}: {}{}", one.ident, text(&method.sig), hidden(&method.attrs)));
                    }
                    TraitItem::Const(constant) => {
                        lines.insert(format!("trait {}: const {}: {}", one.ident, constant.ident, text(&constant.ty)));
                    }
                    _ => {}
                }
            }
        }
        Item::Mod(one) if is_public(&one.vis) => {
            one.content.iter().flat_map(|(_, items)| items).for_each(|item| lines_of(item, lines));
        }
        // Everything is listed where it is made; what has another name outside is listed again.
        Item::Use(one) if is_public(&one.vis) && text(one).contains(" as ") => {
            lines.insert(text(one));
        }
        Item::Macro(one) => {
            let is_exported = one.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export"));
            if let (true, Some(name)) = (is_exported, &one.ident) {
                lines.insert(format!("macro {name}!"));
            }
        }
        Item::Impl(one) => match &one.trait_ {
            Some((path, _)) => {
                lines.insert(format!("impl {} for {}", text(path), text(&one.self_ty)));
            }
            None => {
                for method in &one.items {
                    match method {
                        ImplItem::Fn(method) if is_public(&method.vis) => {
                            let (of, what) = (text(&one.self_ty), text(&method.sig));
                            lines.insert(format!("{of}: {what}{}", hidden(&method.attrs)));
                        }
                        ImplItem::Const(constant) if is_public(&constant.vis) => {
                            let (of, what) = (text(&one.self_ty), text(&constant.ty));
                            lines.insert(format!("{of}: const {}: {what}", constant.ident));
                        }
                        _ => {}
                    }
                }
            }
        },
        _ => {}
    }
}

fn listed(folder: &str) -> String {
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder), &mut paths);
    let mut lines = BTreeSet::new();
    for path in paths {
        let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        file.items.iter().for_each(|item| lines_of(item, &mut lines));
    }
    lines.into_iter().collect::<Vec<_>>().join("\n")
}

#[test]
fn what_a_user_of_the_language_can_name() {
    let listed = listed("dsl/src");
    insta::with_settings!(
        { snapshot_path => "documents", prepend_module_to_snapshot => false, omit_expression => true },
        { insta::assert_snapshot!("public-api", listed) }
    );
}

#[test]
fn no_type_of_the_language_has_a_door_beside_its_own() {
    let listed = listed("dsl/src");
    for door in
        ["impl From<", "impl Into<", "impl TryFrom<", "impl FromStr", "impl Deserialize", "Deserialize", "unsafe"]
    {
        assert!(!listed.lines().any(|line| line.contains(door)), "`{door}` stands in the public interface");
    }
}

#[test]
fn only_what_may_be_empty_has_a_default() {
    let listed = listed("dsl/src");
    let defaults: Vec<&str> = listed.lines().filter(|line| line.contains("Default")).collect();
    assert_eq!(defaults, ["impl Default for ContainerLimits", "impl Default for Quota"]);
}
