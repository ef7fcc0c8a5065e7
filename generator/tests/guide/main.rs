//! The guide, `docs/guide`: what it shows of declarations is compiled, and what it shows of the tree is rendered from them.
//!
//! A block of a page begins with the path of its file. What follows stands there, line by line; `…` stands for what is left out.

#![expect(unreachable_pub, reason = "the declarations are written as in a repository of one's own")]

mod page;
#[path = "../../../docs/guide/services/src/lib.rs"]
mod services;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use casemate_oracle::{Peer, Peers, World, judge};

// The declarations name each other from the root of their crate.
use services::*;

fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The pages in their order: name and text.
fn pages() -> Vec<(String, String)> {
    let names = fs::read_dir(guide()).unwrap_or_else(|error| panic!("the guide: {error}"));
    let mut pages: Vec<_> = names
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "md") && name != "README.md")
        .map(|name| (name.clone(), read(&guide().join(&name))))
        .collect();
    pages.sort();
    pages
}

/// The rendered trees of both clusters: paths below `out`, and texts.
fn tree() -> BTreeMap<String, String> {
    let mut tree = BTreeMap::new();
    for cluster in [homelab::cluster(), cottage::cluster()] {
        let rendered = casemate::render(cluster).unwrap_or_else(|findings| panic!("{findings}"));
        assert_eq!(rendered.warnings().len(), 0, "{:?}", rendered.warnings().collect::<Vec<_>>());
        tree.extend(rendered.files().map(|(path, text)| (format!("out/{path}"), text.to_owned())));
    }
    tree
}

#[test]
fn every_block_shows_what_is_there() {
    let tree = tree();
    for (name, text) in pages() {
        for block in page::blocks(&text) {
            let shown = match block.language {
                "console" | "toml" => continue,
                "yaml" => tree.get(block.path).cloned(),
                _ => Some(read(&guide().join(block.path))),
            };
            let shown = shown.unwrap_or_else(|| panic!("{name}: `{}` is not rendered", block.path));
            if let Err(piece) = page::shows(&block.lines, &shown) {
                panic!("{name}: this does not stand in `{}`:\n{piece}\nbut:\n{shown}", block.path);
            }
        }
    }
}

#[test]
fn every_page_shows_what_is_rendered_from_its_declaration() {
    for (name, text) in pages() {
        let languages: Vec<_> = page::blocks(&text).into_iter().map(|block| block.language).collect();
        assert!(languages.contains(&"rust"), "{name}: {languages:?}");
        assert!(languages.contains(&"yaml"), "{name}: {languages:?}");
    }
}

#[test]
fn the_guide_names_its_pages_in_their_order_and_the_readme_names_the_guide() {
    let index = read(&guide().join("README.md"));
    let places: Vec<_> = pages()
        .into_iter()
        .map(|(name, _)| index.find(&format!("]({name})")).unwrap_or_else(|| panic!("the guide does not name {name}")))
        .collect();
    assert!(places.len() >= 11, "{places:?}");
    assert!(places.is_sorted(), "{places:?}");
    assert!(read(&guide().join("../../README.md")).contains("](docs/guide/README.md)"));
}

#[test]
fn what_the_guide_declares_is_clean() {
    let nats = Peer {
        namespace: "nats".to_owned(),
        labels: BTreeMap::from([("app.kubernetes.io/name".to_owned(), "nats".to_owned())]),
        port: 4222,
        tcp: true,
        meshed: false,
        service: Some(("nats".to_owned(), 4222)),
    };
    // The API server of either cluster, as its file says.
    let api_servers = [("192.168.1.10/32".to_owned(), 6443), ("192.168.9.10/32".to_owned(), 6443)].into();
    let peers = Peers { called: vec![nats], api_servers, ..Peers::default() };
    for cluster in ["out/homelab/", "out/cottage/"] {
        let tree = tree();
        let files = tree.iter().filter(|(path, _)| path.starts_with(cluster));
        let world = World::from_texts(files.map(|(path, text)| (path.as_str(), text.as_str())));
        let verdict = judge(&world, &peers);
        assert!(verdict.is_clean(), "{verdict}");
    }
}
