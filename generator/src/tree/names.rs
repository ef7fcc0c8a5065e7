//! Which names may stand in a tree.

/// The longest name: file systems allow 255 bytes, and a staged directory adds to its name.
const LONGEST_NAME: usize = 236;

/// The longest path below the target, so that a tree can be checked out everywhere.
const LONGEST_PATH: usize = 1_000;

/// The ownership manifest of a directory.
pub(crate) const MANIFEST: &str = ".casemate";

/// The beginning and the end of the names of what an interrupted run may leave behind.
const STAGED: (&str, &str) = (".casemate-", ".tmp");

/// Says why a name cannot be the name of a file or directory of the tree.
pub(super) fn check_name(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        Err("a name is empty")
    } else if name.len() > LONGEST_NAME {
        Err("a name is longer than 236 bytes")
    } else if name.starts_with('.') || name.ends_with('.') {
        Err("a name begins or ends with a dot")
    } else if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')) {
        Ok(())
    } else {
        Err("a name has other characters than letters, digits, `.`, `-` and `_`")
    }
}

/// Says why a path, with slashes between its names, cannot be a path of the tree.
pub(super) fn check_path(path: &str) -> Result<(), &'static str> {
    if path.len() > LONGEST_PATH {
        return Err("the path is longer than 1000 bytes");
    }
    path.split('/').try_for_each(check_name)
}

/// The name of the `number`th staged file of a directory.
pub(super) fn staged_file(number: usize) -> String {
    format!("{}{number}{}", STAGED.0, STAGED.1)
}

/// The name under which a manifest is staged that records old and new bytes.
pub(super) fn staged_transition() -> String {
    format!("{}transition{}", STAGED.0, STAGED.1)
}

/// The name under which the final manifest is staged.
pub(super) fn staged_manifest() -> String {
    format!("{}manifest{}", STAGED.0, STAGED.1)
}

/// The name under which a whole new directory is staged, beside its place.
pub(super) fn staged_directory(name: &str) -> String {
    format!("{}new-{name}{}", STAGED.0, STAGED.1)
}

/// Whether a name is one of those that only staging gives.
pub(super) fn is_staged(name: &str) -> bool {
    name.starts_with(STAGED.0) && name.ends_with(STAGED.1)
}

/// Whether Argo CD's directory sources read a file of this name.
pub(super) fn is_applied_by_argo_cd(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| {
        ["yaml", "yml", "json", "jsonnet"].iter().any(|read| extension.eq_ignore_ascii_case(read))
    })
}

/// The path of a name in a directory, both below the target.
pub(super) fn child(directory: &str, name: &str) -> String {
    format!("{directory}/{name}")
}

/// The directories above a path, the nearest first, the target itself excluded.
pub(super) fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(above, _)| above.rsplit_once('/')).map(|(above, _)| above)
}

#[cfg(test)]
mod tests {
    use super::{above, check_name, check_path, is_applied_by_argo_cd, is_staged};

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in ["", ".", "..", ".casemate", ".git", "a/b", "a\\b", "a:b", "a b", "a\0", "\u{e4}", "x.", "C:"] {
            assert!(check_name(name).is_err(), "{name:?}");
        }
        for path in ["", "/", "/etc", "a//b", "a/../b", "../a", "a/", "./a", "a/.git/b"] {
            assert!(check_path(path).is_err(), "{path:?}");
        }
        assert!(check_name(&"a".repeat(237)).is_err());
        assert!(check_path(&["a"; 501].join("/")).is_err());
    }

    #[test]
    fn names_of_objects_are_accepted() {
        for path in ["homelab", "homelab/services/trips/_namespace", "a/networkpolicy-api-to-trips.db.yaml", "1/A"] {
            assert_eq!(check_path(path), Ok(()), "{path:?}");
        }
    }

    #[test]
    fn argo_cd_reads_yaml_json_and_jsonnet() {
        for name in ["a.yaml", "a.YML", "a.json", "a.jsonnet", ".yaml", "a.b.yaml"] {
            assert!(is_applied_by_argo_cd(name), "{name}");
        }
        for name in ["README.md", "yaml", ".casemate", "a.yaml.bak", ".casemate-1.tmp"] {
            assert!(!is_applied_by_argo_cd(name), "{name}");
        }
    }

    #[test]
    fn only_our_own_temporary_names_are_staged_ones() {
        assert!(is_staged(".casemate-0.tmp"));
        for name in [".casemate", "casemate-0.tmp", ".casemate-x", "x.tmp"] {
            assert!(!is_staged(name), "{name}");
        }
    }

    #[test]
    fn the_target_is_not_above_anything() {
        assert_eq!(above("a/b/c").collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(above("a").count(), 0);
    }
}
