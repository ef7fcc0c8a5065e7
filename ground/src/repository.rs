//! A Git repository of our own that holds a copy of the rendered tree, for Argo CD to read.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::tree::{Tree, text};

/// The repository. Its only difference from the rendered tree is the URL of the repository itself.
#[derive(Debug)]
pub(crate) struct Repository {
    directory: PathBuf,
    place: PathBuf,
    ours: String,
    theirs: String,
    /// In how many files the URL was replaced.
    pub(crate) replaced: usize,
}

impl Repository {
    /// Copies the tree into a new repository at `directory` and commits it.
    pub(crate) fn new(directory: &Path, tree: &Tree) -> Result<Self> {
        let source = &tree.root_application()?.object["spec"]["source"];
        let theirs = text(&source["repoURL"]).to_owned();
        let branch = text(&source["targetRevision"]);
        if theirs.is_empty() || branch.is_empty() {
            bail!("the root Application names no repoURL or no targetRevision");
        }
        let ours = format!("file://{}", directory.display());
        let mut repository = Self { directory: directory.to_owned(), place: tree.place()?, ours, theirs, replaced: 0 };
        std::fs::create_dir_all(directory)?;
        repository.git(&["init", "--quiet", "--initial-branch", branch])?;
        let mut paths = Vec::new();
        crate::tree::files(&tree.root, &mut paths)?;
        for path in paths {
            let relative = path.strip_prefix(&tree.root)?;
            let is_manifest = relative.extension().is_some_and(|extension| extension == "yaml");
            if is_manifest && !tree.manifests.iter().any(|manifest| manifest.path == relative) {
                continue;
            }
            let content = std::fs::read(&path).with_context(|| path.display().to_string())?;
            match String::from_utf8(content) {
                Ok(content) => {
                    repository.replaced += usize::from(content.contains(&repository.theirs));
                    repository.write(relative, &content)?;
                }
                Err(_) => bail!("{} is no text; a rendered tree holds text only", path.display()),
            }
        }
        repository.commit("the rendered tree")?;
        Ok(repository)
    }

    /// The text with our URL in place of the cluster's.
    pub(crate) fn localised(&self, text: &str) -> String {
        text.replace(&self.theirs, &self.ours)
    }

    /// The object with our URL in place of the cluster's.
    pub(crate) fn localised_object(&self, object: &Value) -> Result<Value> {
        Ok(serde_json::from_str(&self.localised(&object.to_string()))?)
    }

    /// Writes a file; `path` is relative to the tree.
    pub(crate) fn write(&self, path: &Path, content: &str) -> Result<()> {
        let file = self.directory.join(&self.place).join(path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&file, self.localised(content)).with_context(|| file.display().to_string())
    }

    /// Writes an object (JSON is YAML); `path` is relative to the tree.
    pub(crate) fn write_object(&self, path: &Path, object: &Value) -> Result<()> {
        self.write(path, &serde_json::to_string_pretty(object)?)
    }

    /// Makes a symbolic link; `path` is relative to the tree.
    pub(crate) fn link(&self, to: &Path, path: &Path) -> Result<()> {
        let link = self.directory.join(&self.place).join(path);
        std::os::unix::fs::symlink(to, &link).with_context(|| link.display().to_string())
    }

    /// Removes a file or a folder; `path` is relative to the tree.
    pub(crate) fn remove(&self, path: &Path) -> Result<()> {
        let file = self.directory.join(&self.place).join(path);
        let removed = if file.is_dir() { std::fs::remove_dir_all(&file) } else { std::fs::remove_file(&file) };
        removed.with_context(|| format!("cannot remove {}", file.display()))
    }

    /// Writes everything of another repository beside the tree, as its commit would have it: sources are no part of the tree, and no URL is replaced in
    /// them.
    pub(crate) fn add_sources(&self, from: &Path) -> Result<()> {
        for path in sources(from)? {
            let (source, copy) = (from.join(&path), self.directory.join(&path));
            if let Some(folder) = copy.parent() {
                std::fs::create_dir_all(folder)?;
            }
            if source.is_symlink() {
                let _ = std::fs::remove_file(&copy);
                std::os::unix::fs::symlink(std::fs::read_link(&source)?, &copy)?;
            } else {
                std::fs::copy(&source, &copy).with_context(|| path.clone())?;
            }
        }
        Ok(())
    }

    /// Writes a source; `path` is relative to the repository.
    pub(crate) fn write_source(&self, path: &str, content: &str) -> Result<()> {
        std::fs::write(self.directory.join(path), content).with_context(|| path.to_owned())
    }

    /// Removes a directory of sources; `path` is relative to the repository.
    pub(crate) fn remove_source(&self, path: &str) -> Result<()> {
        std::fs::remove_dir_all(self.directory.join(path)).with_context(|| path.to_owned())
    }

    /// Removes what [`Self::add_sources`] wrote.
    pub(crate) fn remove_sources(&self, from: &Path) -> Result<()> {
        for path in sources(from)? {
            std::fs::remove_file(self.directory.join(&path)).with_context(|| path.clone())?;
        }
        Ok(())
    }

    /// Commits everything.
    pub(crate) fn commit(&self, message: &str) -> Result<()> {
        self.git(&["add", "--all", "--force"])?;
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message])
    }

    fn git(&self, arguments: &[&str]) -> Result<()> {
        // The person's own Git configuration (signing, hooks, templates) has no say here.
        let output = Command::new("git")
            .args(["-c", "user.name=ground", "-c", "user.email=ground@localhost", "-c", "core.hooksPath=/dev/null"])
            .args(arguments)
            .current_dir(&self.directory)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .context("cannot run `git`")?;
        if !output.status.success() {
            bail!("git {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(())
    }
}

/// What a commit of a repository would have, but for rendered trees.
fn sources(repository: &Path) -> Result<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", ":!out"])
        .current_dir(repository)
        .output()
        .context("cannot run `git`")?;
    anyhow::ensure!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr).trim());
    let paths = String::from_utf8(output.stdout).context("a path is no text")?;
    let paths = paths.split('\0').filter(|path| repository.join(path).is_file());
    Ok(paths.filter(|path| !path.is_empty()).map(str::to_owned).collect())
}
