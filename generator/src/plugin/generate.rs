//! `plugin generate`: what the services in this program render for an Application, if the checkout has the sources that it was built from.
//!
//! Nothing in the checkout is compiled, run or believed: it is hashed. What lies in the Application's directory has no say; its path says
//! which part is asked for.

use std::path::{Component, Path, PathBuf};

use casemate_sources::{Difference, LOCK, Sources, root_of};

use super::part::Part;
use super::{Environment, MOST_TEXT, Refusal};
use crate::graph::Graph;
use crate::render::{self, Encoding, File};
use crate::resolve::Finding;

/// A directory of a checkout whose sources are those of this program.
#[derive(Debug)]
pub(crate) struct Checkout {
    /// The directory, without links.
    directory: PathBuf,
    /// The root of its workspace, without links.
    root: PathBuf,
}

/// Why nothing was generated.
#[derive(Debug)]
pub(crate) enum Ungenerated {
    /// The Application may not have it, or there is nothing.
    Refused(Refusal),
    /// Two declarations would be one object.
    Invalid(Vec<Finding>),
}

/// Holds the checkout that a directory lies in to the sources that this program was built from.
///
/// # Errors
///
/// Other sources, a part of them, or none; a program that does not know its own.
pub(crate) fn check(directory: &Path, built_from: Option<&str>) -> Result<Checkout, Refusal> {
    let unreadable = |error: &std::io::Error| Refusal {
        lines: vec![format!("{}: cannot be read: {error}", directory.display().to_string().escape_debug())],
        is_io: true,
    };
    let Some(built_from) = built_from else {
        let line = "let `main.rs` call `casemate::run_built_from`, and build the plugin's image again: this program does not know its sources";
        return Err(line.to_owned().into());
    };
    let sources = Sources::parse(built_from)?;
    if directory.symlink_metadata().map_err(|error| unreadable(&error))?.is_symlink() {
        let display = directory.display().to_string();
        return Err(format!("{}: a symbolic link, and no render makes one: remove it", display.escape_debug()).into());
    }
    let directory = directory.canonicalize().map_err(|error| unreadable(&error))?;
    let Some(root) = root_of(&directory).map(Path::to_owned) else {
        let line = format!(
            "let Argo CD send the whole repository, without `--plugin-use-manifest-generate-paths`, and render into the workspace: no \
             directory above this one has a `{LOCK}`"
        );
        return Err(line.into());
    };
    let differences = sources.differences(&root).map_err(|problems| Refusal {
        lines: problems.iter().map(ToString::to_string).collect(),
        is_io: problems.iter().all(casemate_sources::Problem::is_io),
    })?;
    if differences.is_empty() { Ok(Checkout { directory, root }) } else { Err(differ(&differences)) }
}

/// What only part of a checkout lacks, and what only another commit has, look alike where files are missing and none differs.
fn differ(differences: &[Difference]) -> Refusal {
    const BUILD: &str = "build the plugin's image from this commit";
    let line = |difference: &Difference| {
        let (path, what) = match difference {
            Difference::Changed(path) => (path, format!("is not what this program was built from: {BUILD}")),
            Difference::Added(path) => (path, format!("was not there when this program was built: {BUILD}")),
            Difference::Missing(path) => (
                path,
                format!(
                    "was there when this program was built, and is not here: let Argo CD send the whole repository, or {BUILD}"
                ),
            ),
        };
        format!("{}: {what}", path.escape_debug())
    };
    Refusal { lines: differences.iter().map(line).collect(), is_io: false }
}

/// The texts of the objects that are rendered for a directory, in the order of their paths: the bytes that `render` writes there.
///
/// # Errors
///
/// A directory that nothing is rendered for; one that is not the Application's.
pub(crate) fn generate(
    checkout: &Checkout,
    environment: &Environment,
    graphs: &[Graph],
) -> Result<Vec<String>, Ungenerated> {
    let Checkout { directory, .. } = checkout;
    for graph in graphs {
        // Most Applications are another cluster's.
        if !directory.iter().any(|name| name == graph.cluster.name.as_str()) {
            continue;
        }
        let files = render::render(graph, None, Encoding::Yaml).map_err(Ungenerated::Invalid)?;
        let above = graph.cluster.argocd.directory.as_str();
        let files: Vec<File> = files
            .into_iter()
            .filter(|file| file.title.is_some() && checkout.is_at(&Path::new(above).join(&*file.directory)))
            .collect();
        if !files.is_empty() {
            return texts(directory, environment, files).map_err(Ungenerated::Refused);
        }
    }
    Err(Ungenerated::Refused(nothing(directory).into()))
}

impl Checkout {
    /// Whether the directory is the one at this path of the repository, which holds the workspace or is its root.
    fn is_at(&self, path: &Path) -> bool {
        let names: PathBuf = path.components().filter(|name| matches!(name, Component::Normal(_))).collect();
        let repository = self.directory.ancestors().nth(names.components().count());
        self.directory.ends_with(&names) && repository.is_some_and(|repository| self.root.starts_with(repository))
    }
}

fn texts(directory: &Path, environment: &Environment, files: Vec<File>) -> Result<Vec<String>, Refusal> {
    let Some(part) = Part::of(directory) else { return Err(nothing(directory).into()) };
    let mut lines = environment.contradictions(&part, directory);
    if files.iter().map(|file| file.text.len()).sum::<usize>() > MOST_TEXT {
        lines.push("declare fewer objects here: Argo CD takes no more than 100 MB".to_owned());
    }
    if !lines.is_empty() {
        return Err(Refusal { lines, is_io: false });
    }
    Ok(files.into_iter().map(|file| file.text).collect())
}

fn nothing(directory: &Path) -> String {
    format!(
        "give the Application the path of a directory that is rendered, `<cluster>/services/<namespace>/<service>`: nothing is rendered for {}",
        directory.display().to_string().escape_debug()
    )
}

#[cfg(test)]
mod tests {
    use std::fs;

    use casemate_dsl::prelude::*;
    use tempfile::TempDir;

    use super::*;
    use crate::example::{cluster, ledger};
    use crate::resolve::resolve;

    fn graph(cluster: Cluster) -> Graph {
        resolve(cluster).unwrap().graph
    }

    /// A checkout with this directory, of the sources that are returned.
    fn checkout(directory: &str) -> (TempDir, String) {
        let root = tempfile::tempdir().unwrap();
        for directory in [directory, "services"] {
            fs::create_dir_all(root.path().join(directory)).unwrap();
        }
        for path in [LOCK, "services/Cargo.toml"] {
            fs::write(root.path().join(path), "").unwrap();
        }
        let sources = Sources::read(root.path(), ["services".to_owned()]).unwrap();
        (root, sources.to_string())
    }

    fn generated(cluster: Cluster, directory: &str) -> Result<Vec<String>, Refusal> {
        let (root, sources) = checkout(directory);
        let checkout = check(&root.path().join(directory), Some(&sources))?;
        generate(&checkout, &Environment::default(), &[graph(cluster)]).map_err(|ungenerated| match ungenerated {
            Ungenerated::Refused(refusal) => refusal,
            Ungenerated::Invalid(findings) => findings.iter().map(ToString::to_string).collect::<String>().into(),
        })
    }

    #[test]
    fn a_program_that_does_not_know_its_sources_prints_nothing() {
        let (root, sources) = checkout("out");
        let said = |built_from| check(root.path(), built_from).map_err(|refusal| (refusal.is_io, refusal.to_string()));
        assert!(said(Some(&sources)).is_ok());
        for (built_from, first) in [
            (None, "let `main.rs` call `casemate::run_built_from`, and build the plugin's image again"),
            (
                Some("# unknown: let the package in /a lie in the workspace\n"),
                "let the package in /a lie in the workspace",
            ),
            (Some(""), "build the program again"),
        ] {
            let (is_io, text) = said(built_from).unwrap_err();
            assert!(!is_io && text.starts_with(first), "{text}");
        }
    }

    #[test]
    fn the_tree_lies_where_the_cluster_says_in_the_workspace_or_above_it() {
        let declared = || cluster().runs(Deployment::new(ledger()));
        let at = "example/services/payments/ledger";
        let texts = generated(declared(), &format!("out/{at}")).unwrap();
        assert!(texts.iter().any(|text| text.contains("\nkind: Deployment\n")), "{texts:?}");
        for elsewhere in [at.to_owned(), format!("docs/out/{at}"), format!("other/{at}"), format!("out/{at}/below")] {
            let refusal = generated(declared(), &elsewhere).unwrap_err();
            assert!(refusal.to_string().starts_with("give the Application the path of a directory"), "{refusal}");
        }
    }
}
