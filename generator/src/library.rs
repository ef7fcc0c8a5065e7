//! The generator as a library: a whole cluster in, a whole tree out.

use std::fmt;

use casemate_dsl::Cluster;

use crate::render::{self, Encoding};
use crate::resolve;

/// The rendered tree of a cluster, in memory.
///
/// It can be read and compared; nothing accepts it back.
#[derive(Debug)]
pub struct Rendered {
    files: Vec<(String, String)>,
    warnings: Vec<String>,
}

impl Rendered {
    /// The files, objects as YAML and the register's pages as Markdown: path from the root of the tree, and text; in the order of their
    /// paths.
    #[must_use]
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// What renders and is not fit for a cluster yet: an image whose digest is not known.
    #[must_use]
    pub fn warnings(&self) -> impl ExactSizeIterator<Item = &str> {
        self.warnings.iter().map(String::as_str)
    }
}

/// Everything that is wrong with a cluster's declarations, at once.
///
/// Each finding names the service, the line of its declaration, what is wrong, and what to write instead.
#[derive(Debug)]
pub struct Findings(Vec<String>);

impl Findings {
    /// One text for each finding, in the order of the source.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n\n"))
    }
}

impl std::error::Error for Findings {}

/// Renders a cluster in memory.
///
/// # Errors
///
/// Everything that is wrong with the declarations; then nothing is rendered.
///
/// ```no_run
/// # fn cluster() -> casemate_dsl::Cluster { unimplemented!() }
/// for (path, text) in casemate::render(cluster())?.files() {
///     println!("--- {path}\n{text}");
/// }
/// # Ok::<(), casemate::Findings>(())
/// ```
pub fn render(cluster: Cluster) -> Result<Rendered, Findings> {
    let texts = |found: Vec<resolve::Finding>| Findings(found.iter().map(ToString::to_string).collect());
    let resolved = resolve::resolve(cluster).map_err(texts)?;
    let mut files = render::render(&resolved.graph, None, Encoding::Yaml).map_err(texts)?;
    files.extend(render::beside(&resolved.graph));
    files.sort_by(|one, other| (&one.directory, &one.name).cmp(&(&other.directory, &other.name)));
    Ok(Rendered {
        files: files.into_iter().map(|file| (format!("{}/{}", file.directory, file.name), file.text)).collect(),
        warnings: resolved.warnings.iter().map(ToString::to_string).collect(),
    })
}
