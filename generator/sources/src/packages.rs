//! The packages that a program is made of and that lie on this machine, as Cargo says, which alone knows: a patch or an override may stand in a
//! configuration above the workspace.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The directories of the packages that a package is built from, itself among them. Those of tests are not.
///
/// # Errors
///
/// What Cargo said.
pub(crate) fn local(cargo: &OsStr, package: &Path, target: &str) -> Result<BTreeSet<PathBuf>, String> {
    let mut tree = Command::new(cargo);
    tree.args([
        "tree",
        "--frozen",
        "--prefix",
        "none",
        "--format",
        "{p}",
        "--edges",
        "normal,build",
        "--target",
        target,
    ]);
    tree.arg("--manifest-path").arg(package.join("Cargo.toml"));
    let failed = |why: String| {
        format!(
            "let `cargo tree --frozen` tell of what the program is made where the plugin's image is built, and build it again: {why}"
        )
    };
    let output = tree.output().map_err(|error| failed(format!("it cannot be run: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(failed(said.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    let text =
        String::from_utf8(output.stdout).map_err(|_| failed("a package lies at a path that is no text".to_owned()))?;
    Ok(text.lines().filter_map(directory).map(PathBuf::from).collect())
}

/// The directory of a package, in a line such as `a v0.1.0 (proc-macro) (/work/a) (*)`. What comes from a registry has none, what comes from Git
/// has an address.
fn directory(line: &str) -> Option<&str> {
    let line = line.strip_suffix(" (*)").unwrap_or(line);
    let (_, directory) = line.split_once(" (/")?;
    let start = line.len() - directory.len() - 1;
    line[start..].strip_suffix(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_cargo_says_where_a_package_lies() {
        for (line, expected) in [
            ("a v0.1.0 (/work/a)", Some("/work/a")),
            ("a v0.1.0 (/work/a) (*)", Some("/work/a")),
            ("a v0.1.0 (proc-macro) (/work/a (old)/b)", Some("/work/a (old)/b")),
            ("serde v1.0.0", None),
            ("serde_derive v1.0.0 (proc-macro)", None),
            ("b v1.0.0 (https://git.example.com/b?rev=1#0123abcd)", None),
            ("b v1.0.0 (file:///srv/b#0123abcd)", None),
            ("", None),
        ] {
            assert_eq!(directory(line), expected, "{line}");
        }
    }

    #[test]
    fn cargo_is_asked_about_this_very_package() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = local(env!("CARGO").as_ref(), package, "x86_64-unknown-linux-gnu").unwrap();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [package]);
        let said = local(env!("CARGO").as_ref(), &package.join("src"), "x86_64-unknown-linux-gnu").unwrap_err();
        assert!(said.starts_with("let `cargo tree --frozen` tell ") && said.contains(": error: "), "{said}");
        let said = local("/nowhere/cargo".as_ref(), package, "x86_64-unknown-linux-gnu").unwrap_err();
        assert!(said.contains("cannot be run"), "{said}");
    }
}
