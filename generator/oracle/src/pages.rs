//! The pages of the register: Markdown for people, beside the tree that it is about.
//!
//! Where there is one, there is one for each service, and the register's own. They lead to files of the tree and nowhere else, have no
//! HTML but the comment in their first line, and none of them says that something is missing.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::world::{Document, World};

const RULE: &str = "register";

/// Whether a path is that of a page: `register/<name>.md` directly below a cluster.
pub(crate) fn is_page(path: &str) -> bool {
    let mut names = path.rsplit('/');
    let (name, folder, cluster) = (names.next(), names.next(), names.next());
    let is_markdown =
        name.and_then(|name| name.rsplit_once('.')).is_some_and(|(name, of)| !name.is_empty() && of == "md");
    is_markdown && folder == Some("register") && cluster.is_some() && !names.any(|name| name == "services")
}

/// Judges the pages of a tree.
pub(crate) fn judge(world: &World, findings: &mut Vec<Finding>) {
    let documents = || world.documents().iter().chain(world.platform());
    let files: BTreeSet<&str> =
        documents().map(|document| document.path.as_str()).chain(world.pages().keys().map(String::as_str)).collect();
    let mut find = |path: &str, sentence: String| {
        findings.push(Finding { path: path.to_owned(), object: String::new(), rule: RULE, sentence });
    };
    for (path, text) in world.pages() {
        for sentence in wrong(path, text, &files) {
            find(path, sentence);
        }
    }
    let folders: BTreeSet<&str> = world.pages().keys().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
    for folder in folders {
        let cluster = folder.strip_suffix("/register").unwrap_or_default();
        let services: BTreeSet<String> = documents().filter_map(|document| service(cluster, document)).collect();
        let expected: BTreeSet<String> = services
            .iter()
            .map(|service| format!("{folder}/{service}.md"))
            .chain([format!("{folder}/README.md")])
            .collect();
        let found: BTreeSet<String> = world
            .pages()
            .keys()
            .filter(|page| page.rsplit_once('/').is_some_and(|(of, _)| of == folder))
            .cloned()
            .collect();
        for page in expected.difference(&found) {
            find(page, "this page is missing".to_owned());
        }
        for page in found.difference(&expected) {
            find(page, "there is no service of which it could be".to_owned());
        }
    }
}

/// `namespace.name` of the service in whose folder a document is.
fn service(cluster: &str, document: &Document) -> Option<String> {
    let below = document.path.strip_prefix(cluster)?.strip_prefix("/services/")?;
    let (namespace, below) = below.split_once('/')?;
    let (name, _) = below.split_once('/')?;
    (name != "_namespace").then(|| format!("{namespace}.{name}"))
}

fn wrong(path: &str, text: &str, files: &BTreeSet<&str>) -> Vec<String> {
    let mut wrong = Vec::new();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if !first.starts_with("<!-- Rendered by Casemate: ") || !first.ends_with(" -->") {
        wrong.push("the first line does not say that the file is generated".to_owned());
    }
    if let Some(line) = rest.lines().find(|line| line.contains('<')) {
        wrong.push(format!("it has a tag: {line}"));
    }
    if rest.contains("**not shown**") {
        wrong.push("it says that something is not shown".to_owned());
    }
    let headings: BTreeSet<String> = rest.lines().filter_map(|line| Some(anchor(line.split_once("# ")?.1))).collect();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    for target in rest.split("](").skip(1).filter_map(|link| link.split(')').next()) {
        let is_there = match target.strip_prefix('#') {
            Some(heading) => headings.contains(heading),
            None => resolved(folder, target).is_some_and(|path| files.contains(path.as_str())),
        };
        if !is_there {
            wrong.push(format!("it leads to `{target}`, which is no file of the tree"));
        }
    }
    wrong
}

/// What GitHub makes of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// A relative path, from a folder.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let mut names: Vec<&str> = folder.split('/').collect();
    for name in target.split('/') {
        match name {
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "# generated\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: b, namespace: a}\n";
    const HEAD: &str = "<!-- Rendered by Casemate: edit the declaration of a/b, not this file. -->\n";

    /// What is found in a tree of one service, with these pages.
    fn found(pages: &[(&str, &str)]) -> Vec<String> {
        let mut files = vec![("out/c/services/a/b/serviceaccount-b.yaml".to_owned(), ACCOUNT.to_owned())];
        files.extend(pages.iter().map(|(path, text)| ((*path).to_owned(), format!("{HEAD}{text}"))));
        let mut findings = Vec::new();
        judge(&World::from_texts(files), &mut findings);
        findings.iter().map(|finding| format!("{}: {}", finding.path, finding.sentence)).collect()
    }

    const REGISTER: (&str, &str) =
        ("out/c/register/README.md", "# A\n[a](../services/a/b/serviceaccount-b.yaml) [b](a.b.md) [c](#a)\n");
    const SERVICE: (&str, &str) = ("out/c/register/a.b.md", "[back](README.md)\n");

    #[test]
    fn a_page_for_each_service_and_the_registers_own() {
        assert_eq!(found(&[REGISTER, SERVICE]), Vec::<String>::new());
        assert_eq!(found(&[]), Vec::<String>::new(), "a tree may have no register");
        let missing = ["out/c/register/a.b.md: this page is missing"];
        assert_eq!(found(&[(REGISTER.0, "")]), missing);
        assert_eq!(
            found(&[REGISTER, SERVICE, ("out/c/register/a.c.md", "")]),
            ["out/c/register/a.c.md: there is no service of which it could be"]
        );
    }

    #[test]
    fn pages_lead_to_files_of_the_tree() {
        for target in
            ["../services/a/b/other.yaml", "https://e.example", "../../../etc/passwd", "#nowhere", "/README.md"]
        {
            let text = format!("[a]({target})\n");
            let found = found(&[REGISTER, (SERVICE.0, &text)]);
            assert_eq!(found, [format!("{}: it leads to `{target}`, which is no file of the tree", SERVICE.0)]);
        }
    }

    #[test]
    fn pages_have_no_html_and_miss_nothing() {
        assert_eq!(found(&[REGISTER, (SERVICE.0, "a <b>\n")]), ["out/c/register/a.b.md: it has a tag: a <b>"]);
        assert_eq!(
            found(&[REGISTER, (SERVICE.0, "x: **not shown**\n")]),
            ["out/c/register/a.b.md: it says that something is not shown"]
        );
    }

    #[test]
    fn pages_are_nowhere_else() {
        for path in ["out/c/register/a.b.md", "c/register/README.md"] {
            assert!(is_page(path), "{path}");
        }
        for path in [
            "out/c/README.md",
            "out/c/register/a.yaml",
            "out/c/register/x/a.md",
            "out/c/services/a/register/b.md",
            "register/a.md",
        ] {
            assert!(!is_page(path), "{path}");
        }
    }
}
