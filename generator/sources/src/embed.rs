//! The build script of a program of declarations.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::packages;
use crate::sources::Sources;
use crate::walk::Walk;
use crate::{LOCK, root_of};

/// The whole of a build script: writes the sources of its program to a file, and tells the compiler its path as `CASEMATE_SOURCES`, and Cargo when to
/// ask again.
///
/// Sources that are not in the workspace, such as a package that a patch has elsewhere on the disk, fail no build: the
/// text then says so, and so does `plugin generate`. An image is built from a clean checkout; in any other one a file that nobody committed,
/// or a new `.cargo/config.toml` that Cargo was not told of, makes the program refuse the commit.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     casemate_sources::embed()
/// }
/// ```
#[must_use]
pub fn embed() -> ExitCode {
    match embedded() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={error}");
            ExitCode::FAILURE
        }
    }
}

fn embedded() -> Result<(), String> {
    let variable = |name: &str| -> Result<OsString, String> {
        std::env::var_os(name).ok_or_else(|| format!("`{name}` is not set: let Cargo run this as a build script"))
    };
    let package = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let made = PathBuf::from(variable("OUT_DIR")?);
    let (cargo, target) = (variable("CARGO")?, variable("TARGET")?);
    let target = target.to_string_lossy();
    let found = packages::local(&cargo, &package, &target).and_then(|local| found(&package, local, &made));
    let Found { text, watched } = found.unwrap_or_else(|reason| {
        // A package that was found nowhere may come to lie in the workspace by an edit of these.
        let above = root_of(&package).into_iter().flat_map(|root| [root.join(LOCK), root.join("Cargo.toml")]);
        Found { text: Sources::unknown(&reason), watched: above.chain([package.clone()]).collect() }
    });
    let path = made.join("casemate-sources");
    fs::write(&path, text).map_err(|error| format!("{}: cannot be written: {error}", path.display()))?;
    println!("cargo::rustc-env=CASEMATE_SOURCES={}", path.display());
    for path in watched {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    Ok(())
}

#[derive(Debug)]
struct Found {
    text: String,
    watched: BTreeSet<PathBuf>,
}

/// The sources of a package that is made of these, where the build script writes to `made`.
///
/// # Errors
///
/// Why they are not known, in one line that says what to do.
fn found(package: &Path, local: BTreeSet<PathBuf>, made: &Path) -> Result<Found, String> {
    let again = |what: String| format!("{what}, and build the plugin's image again");
    let root = root_of(package).and_then(|root| root.canonicalize().ok());
    let root = root.ok_or_else(|| again(format!("let a `{LOCK}` lie above {}", package.display())))?;
    let mut packages = BTreeSet::new();
    for directory in local {
        let display = directory.display().to_string();
        let inside = directory.canonicalize().ok().and_then(|whole| Some(whole.strip_prefix(&root).ok()?.to_owned()));
        let inside = inside.ok_or_else(|| {
            again(format!(
                "let the package in {display} lie in the workspace, or come from a registry: no checkout has it"
            ))
        })?;
        let inside = inside.to_str().filter(|inside| !inside.chars().any(char::is_control));
        match inside {
            Some("") => {
                return Err(again(
                    "move the package at the root of the workspace into a directory of its own: what is rendered would be among its \
                     sources"
                        .to_owned(),
                ));
            }
            Some(_) if made.starts_with(&directory) => {
                return Err(again(format!("let Cargo build into a directory outside of the package in {display}")));
            }
            Some(inside) => packages.insert(inside.to_owned()),
            None => return Err(again(format!("rename {display}: the path is no text of one line"))),
        };
    }
    let Walk { files, problems, beside, .. } = Walk::over(&root, &packages);
    let mut watched = beside;
    watched.extend(packages.iter().map(|package| root.join(package)));
    let text = match problems.first() {
        Some(problem) => Sources::unknown(&again(problem.to_string())),
        None => Sources::of(packages, files).to_string(),
    };
    Ok(Found { text, watched })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("services/src")).unwrap();
        for (path, text) in [("Cargo.lock", ""), ("Cargo.toml", ""), ("services/src/main.rs", "")] {
            fs::write(root.path().join(path), text).unwrap();
        }
        root
    }

    fn of(root: &Path, local: &[&Path]) -> Result<Found, String> {
        let local = local.iter().map(|path| (*path).to_owned()).collect();
        found(&root.join("services"), local, &root.join("target/debug/build/services-0/out"))
    }

    #[test]
    fn cargo_asks_again_when_a_source_changes() {
        let root = workspace();
        let whole = root.path().canonicalize().unwrap();
        fs::write(whole.join("a.conf"), "").unwrap();
        fs::write(whole.join("services/src/main.rs"), "const A: &str = include_str!(\"../../a.conf\");").unwrap();
        let Found { text, watched } = of(&whole, &[&whole.join("services")]).unwrap();
        let paths = ["Cargo.lock", "Cargo.toml", "a.conf", "services"].map(|path| whole.join(path));
        assert_eq!(watched.into_iter().collect::<Vec<_>>(), paths);
        let sources = Sources::parse(&text).unwrap();
        assert_eq!(sources.differences(&whole), Ok(Vec::new()));
    }

    #[test]
    fn sources_that_no_checkout_has_are_not_known() {
        let (root, elsewhere) = (workspace(), tempfile::tempdir().unwrap());
        let services = root.path().join("services");
        let reason = |local: &[&Path]| of(root.path(), local).unwrap_err();
        let said = reason(&[&services, elsewhere.path()]);
        let path = elsewhere.path().display().to_string();
        assert!(said.starts_with(&format!("let the package in {path} lie in the workspace")), "{said}");
        assert!(reason(&[root.path()]).starts_with("move the package at the root"), "{}", reason(&[root.path()]));
        let target = root.path().join("target");
        fs::create_dir(&target).unwrap();
        assert!(reason(&[&target]).starts_with("let Cargo build into a directory outside"), "{}", reason(&[&target]));
        fs::remove_file(root.path().join("Cargo.lock")).unwrap();
        assert!(reason(&[&services]).starts_with("let a `Cargo.lock` lie above"), "{}", reason(&[&services]));
    }

    #[test]
    fn a_problem_becomes_the_reason() {
        let root = workspace();
        fs::write(root.path().join("services/src/main.rs"), "include_str!(PATH)").unwrap();
        let Found { text, .. } = of(root.path(), &[&root.path().join("services")]).unwrap();
        let reason = Sources::parse(&text).unwrap_err();
        assert!(reason.starts_with("services/src/main.rs: line 1 reads a file"), "{reason}");
        assert!(reason.ends_with(", and build the plugin's image again"), "{reason}");
    }
}
