//! The rendered tree, as text and as documents.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::field::text;
use crate::finding::Finding;
use crate::pages;
use crate::yaml;

/// One object: a file of the tree.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file, relative to the repository, with `/` between folders.
    pub path: String,
    /// `apiVersion`.
    pub api_version: String,
    /// `kind`.
    pub kind: String,
    /// `metadata.namespace`.
    pub namespace: Option<String>,
    /// `metadata.name`.
    pub name: String,
    /// The whole object.
    pub value: Value,
}

impl Document {
    /// Kind, namespace and name in one line.
    #[must_use]
    pub fn object(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{} {namespace}/{}", self.kind, self.name),
            None => format!("{} {}", self.kind, self.name),
        }
    }

    /// The namespace, empty for an object that has none.
    pub(crate) fn space(&self) -> &str {
        self.namespace.as_deref().unwrap_or_default()
    }

    pub(crate) fn finding(&self, rule: &'static str, sentence: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), object: self.object(), rule, sentence: sentence.into() }
    }

    /// The API group; empty for the core.
    pub(crate) fn group(&self) -> &str {
        self.api_version.split_once('/').map_or("", |(group, _)| group)
    }
}

/// A rendered tree: the documents that could be read, and what was wrong with the others.
#[derive(Clone, Debug, Default)]
pub struct World {
    documents: Vec<Document>,
    platform: Vec<Document>,
    unreadable: Vec<Finding>,
    /// What the plugin's sidecar is made of, which no Application reads and which are no objects.
    sidecar: Vec<(String, String)>,
    /// Pages for people, which no Application reads: paths and texts.
    pages: BTreeMap<String, String>,
}

impl World {
    /// Reads texts, each with its path relative to the repository.
    pub fn from_texts<P: Into<String>, T: AsRef<str>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut world = Self::default();
        for (path, text) in files {
            world.add(path.into(), text.as_ref());
        }
        world.sort();
        world
    }

    /// Reads every file under `repository/tree`. A `.casemate` file is skipped, a page of the register is kept as text; any other file
    /// that is not `*.yaml` is a finding.
    ///
    /// # Errors
    ///
    /// When a folder or a file cannot be read, or is no text.
    pub fn read(repository: &Path, tree: &str) -> io::Result<Self> {
        let mut files = Vec::new();
        collect(&repository.join(tree), tree, &mut files)?;
        Ok(Self::from_texts(files))
    }

    /// The same tree with one file changed or added, or, without a text, removed: a broken twin, cheaply.
    #[must_use]
    pub fn with_file(&self, path: &str, text: Option<&str>) -> Self {
        let mut world = self.clone();
        world.documents.retain(|document| document.path != path);
        world.platform.retain(|document| document.path != path);
        world.unreadable.retain(|finding| finding.path != path);
        world.sidecar.retain(|(file, _)| file != path);
        world.pages.remove(path);
        if let Some(text) = text {
            world.add(path.to_owned(), text);
            world.sort();
        }
        world
    }

    fn sort(&mut self) {
        for tier in [&mut self.documents, &mut self.platform] {
            tier.sort_by(|one, other| one.path.cmp(&other.path));
        }
    }

    /// The documents of the platform, below a folder `platform`: namespaces of charts, their Applications and projects, and what
    /// lies beside charts. In the order of their paths. Kyverno's policies are none of them: they are of the whole cluster.
    #[must_use]
    pub fn platform(&self) -> &[Document] {
        &self.platform
    }

    /// The other documents, in the order of their paths.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The pages of the register, by path: files `*.md` in a cluster's folder `register`.
    #[must_use]
    pub const fn pages(&self) -> &BTreeMap<String, String> {
        &self.pages
    }

    /// What could not be read.
    #[must_use]
    pub fn unreadable(&self) -> &[Finding] {
        &self.unreadable
    }

    /// The files of the plugin's sidecar: paths and texts.
    pub(crate) fn sidecar(&self) -> &[(String, String)] {
        &self.sidecar
    }

    fn add(&mut self, path: String, text: &str) {
        if path.rsplit_once('/').is_some_and(|(folder, _)| folder.ends_with("/argocd/plugin")) {
            self.sidecar.push((path, text.to_owned()));
            return;
        }
        if pages::is_page(&path) {
            self.pages.insert(path, text.to_owned());
            return;
        }
        let is_yaml = Path::new(&path).extension().is_some_and(|extension| extension == "yaml");
        let parsed = if is_yaml { yaml::parse(text) } else { Err("no file of a tree but `*.yaml`".to_owned()) };
        match parsed.and_then(|value| document(&path, value)) {
            Ok(document) => {
                if !text.starts_with('#') {
                    self.unreadable
                        .push(document.finding("header", "the first line does not say that the file is generated"));
                }
                let folders = document.path.rsplit_once('/').map_or("", |(folders, _)| folders);
                let is_platform = folders.split('/').any(|folder| folder == "platform") && !folders.ends_with(POLICIES);
                if is_platform { &mut self.platform } else { &mut self.documents }.push(document);
            }
            Err(sentence) => {
                self.unreadable.push(Finding { path, object: String::new(), rule: "readable", sentence });
            }
        }
    }
}

/// The folder of Kyverno's policies.
const POLICIES: &str = "/platform/_policies";

fn document(path: &str, value: Value) -> Result<Document, String> {
    let word = |at: &str| match text(&value, at) {
        "" => Err(format!("`{at}` is missing")),
        found => Ok(found.to_owned()),
    };
    let (api_version, kind, name) = (word("apiVersion")?, word("kind")?, word("metadata.name")?);
    let namespace = Some(text(&value, "metadata.namespace").to_owned()).filter(|namespace| !namespace.is_empty());
    Ok(Document { path: path.to_owned(), api_version, kind, namespace, name, value })
}

fn collect(folder: &Path, relative: &str, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{relative}/{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else if name != ".casemate" {
            files.push((path, fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}
