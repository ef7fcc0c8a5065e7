//! The border, held over the sources: nobody implements the language's traits, hands it a view, or builds it with a switch.
//!
//! `dsl/tests/refused/border_*.rs` show what somebody would try who wants past it. Here stands why all of that fails.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise, in its helpers, too")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::punctuated::Punctuated;
use syn::{FnArg, ImplItem, Item, Token, TraitItem, TypeParamBound, Visibility};

use crate::public_api::{is_public, sources, text};

/// The one trait that users implement: it says who a service is, in checked words.
const OF_USERS: [&str; 1] = ["Workload"];

/// All items of these texts, those of modules within them, too.
fn items(texts: &[String]) -> Vec<Item> {
    fn within(item: Item, found: &mut Vec<Item>) {
        match item {
            Item::Mod(module) if module.content.is_some() => {
                module.content.into_iter().flat_map(|(_, items)| items).for_each(|item| within(item, found));
            }
            other => found.push(other),
        }
    }
    let mut found = Vec::new();
    for text in texts {
        syn::parse_file(text).unwrap().items.into_iter().for_each(|item| within(item, &mut found));
    }
    found
}

fn texts(folder: &str) -> Vec<String> {
    let mut paths = Vec::new();
    sources(&root().join(folder), &mut paths);
    paths.into_iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn names(bounds: &Punctuated<TypeParamBound, Token![+]>) -> Vec<String> {
    let traits = bounds.iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    });
    traits.map(|segment| segment.ident.to_string()).collect()
}

/// The public traits that somebody else can implement.
fn unsealed(items: &[Item]) -> BTreeSet<String> {
    let traits: BTreeMap<String, Vec<String>> = items
        .iter()
        .filter_map(|item| match item {
            Item::Trait(one) if is_public(&one.vis) && one.ident != "Sealed" => {
                Some((one.ident.to_string(), names(&one.supertraits)))
            }
            _ => None,
        })
        .collect();
    let mut sealed: BTreeSet<String> = BTreeSet::from(["Sealed".to_owned()]);
    while let Some((name, _)) =
        traits.iter().find(|(name, above)| !sealed.contains(*name) && above.iter().any(|above| sealed.contains(above)))
    {
        sealed.insert(name.clone());
    }
    traits.into_keys().filter(|name| !sealed.contains(name)).collect()
}

/// The public functions that take a view.
fn takers(items: &[Item]) -> Vec<String> {
    let mut functions = Vec::new();
    for item in items {
        match item {
            Item::Fn(one) if is_public(&one.vis) => functions.push(&one.sig),
            Item::Trait(one) if is_public(&one.vis) => {
                functions.extend(one.items.iter().filter_map(|item| match item {
                    TraitItem::Fn(method) => Some(&method.sig),
                    _ => None,
                }));
            }
            Item::Impl(one) => functions.extend(one.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) if is_public(&method.vis) => Some(&method.sig),
                _ => None,
            })),
            _ => {}
        }
    }
    let takes = |input: &FnArg| matches!(input, FnArg::Typed(input) if text(&input.ty).contains("view::"));
    functions.into_iter().filter(|function| function.inputs.iter().any(takes)).map(text).collect()
}

/// What is public of a library: its modules and what it names from them.
fn offered(library: &str) -> Vec<String> {
    let items = syn::parse_file(&fs::read_to_string(root().join(library)).unwrap()).unwrap().items;
    let public = items.iter().filter_map(|item| match item {
        Item::Mod(one) if !matches!(one.vis, Visibility::Inherited) => Some(text(one)),
        Item::Use(one) if is_public(&one.vis) => Some(text(one)),
        _ => None,
    });
    public.collect()
}

#[test]
fn nobody_else_implements_a_trait_of_the_language() {
    let items = items(&texts("dsl/src"));
    assert!(items.iter().filter(|item| matches!(item, Item::Trait(_))).count() > 40, "the traits are found");
    let unsealed: Vec<String> = unsealed(&items).into_iter().collect();
    assert_eq!(unsealed, OF_USERS, "a trait without `Sealed` above it is implemented by whoever likes");
}

#[test]
fn no_public_function_takes_a_view() {
    let takers = takers(&items(&texts("dsl/src")));
    assert!(takers.is_empty(), "what was read from a declaration comes back: {takers:#?}");
}

/// What is imported from among the views under its own name: by other views, and two enums without a public taker.
const IMPORTED: [&str; 2] =
    ["use crate::view::{self, AccessMode, ClaimKind};", "use crate::view::{Endpoint, Exposure, Service};"];

#[test]
fn views_are_named_as_views() {
    // So that the test above sees them in a signature.
    for text in texts("dsl/src") {
        for import in text.lines().filter(|line| line.starts_with("use ") && line.contains("view::")) {
            assert!(IMPORTED.contains(&import), "{import}");
        }
    }
}

#[test]
fn the_generator_takes_clusters_and_nothing_else() {
    insta::assert_snapshot!(offered("generator/src/lib.rs").join("\n"), @"
    pub use cli::{ run, run_built_from, run_with } ;
    pub use library::{ Findings, Rendered, render } ;
    ");
}

#[test]
fn no_feature_flag_or_variable_builds_another_language() {
    for package in ["dsl", "generator", "services"] {
        let manifest = fs::read_to_string(root().join(package).join("Cargo.toml")).unwrap();
        for switch in ["[features]", "optional", "build ="] {
            assert!(!manifest.contains(switch), "{package}/Cargo.toml says `{switch}`");
        }
        // The one that there is tells the program of which sources it is made, and cannot do more.
        let script = fs::read_to_string(root().join(package).join("build.rs")).unwrap_or_default();
        let code: Vec<&str> = script.lines().filter(|line| !line.starts_with("//") && !line.is_empty()).collect();
        let only = ["fn main() -> std::process::ExitCode {", "    casemate_sources::embed()", "}"];
        assert_eq!(code, if package == "services" { &only[..] } else { &[] }, "{package} has a build script");
        for text in texts(&format!("{package}/src")) {
            assert!(!text.contains("feature = \""), "{package} has code of a feature");
        }
    }
    for text in texts("dsl/src") {
        for door in ["env!(", "std::env", "std::fs", "include!(", "extern \"C\""] {
            assert!(!text.contains(door), "`{door}` in the language: what is said stands in the declaration");
        }
    }
}

#[test]
fn a_hole_in_the_border_is_found() {
    let hole = "
        pub trait Sealed {}
        pub trait Served: Sealed {}
        pub trait OwnPort<W>: Served {}
        pub trait Open: Sized {}
        mod within { pub trait AlsoOpen {} trait Private {} }
        pub struct Cluster;
        impl Cluster {
            pub fn of(view: view::Cluster) -> Self { Self }
            pub fn many(views: Vec<crate::view::Service>) -> Self { Self }
            pub fn read(self) -> view::Cluster { view::Cluster }
            fn private(view: view::Cluster) {}
        }
    ";
    let items = items(&[hole.to_owned()]);
    assert_eq!(unsealed(&items).into_iter().collect::<Vec<_>>(), ["AlsoOpen", "Open"]);
    assert_eq!(takers(&items).len(), 2);
}
