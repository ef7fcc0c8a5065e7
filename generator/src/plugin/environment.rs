//! What Argo CD tells a plugin about the Application, and what the Application itself may not tell it.
//!
//! Whoever can write an Application chooses its variables and parameters. None could make a tree more than what was rendered, and a
//! variable that somebody set expects something of the plugin: to go on without it would apply something else than was meant. So
//! each is refused by name. What Argo CD says of the Application is compared with the tree, and decides nothing.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::part::Part;

/// What is known of the Application, empty where a person runs the plugin.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Environment {
    name: Option<String>,
    project: Option<String>,
    namespace: Option<String>,
    path: Option<String>,
}

/// The prefixes of what an Application chooses: of its `plugin.env` and of its `plugin.parameters`.
const CHOSEN: [&str; 2] = ["ARGOCD_ENV_", "PARAM_"];

/// All of its parameters at once.
const PARAMETERS: &str = "ARGOCD_APP_PARAMETERS";

impl Environment {
    /// Reads the variables of a process.
    ///
    /// # Errors
    ///
    /// Every variable that an Application chose, by name. Its value is not repeated.
    pub(crate) fn read(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Self, Vec<String>> {
        let mut environment = Self::default();
        let mut refused = Vec::new();
        for (name, value) in variables {
            let name = name.to_string_lossy();
            let field = match name.as_ref() {
                "ARGOCD_APP_NAME" => &mut environment.name,
                "ARGOCD_APP_PROJECT_NAME" => &mut environment.project,
                "ARGOCD_APP_NAMESPACE" => &mut environment.namespace,
                "ARGOCD_APP_SOURCE_PATH" => &mut environment.path,
                PARAMETERS if ["", "null", "[]"].iter().any(|none| value == *none) => continue,
                chosen if chosen == PARAMETERS || CHOSEN.iter().any(|prefix| chosen.starts_with(prefix)) => {
                    refused.push(format!(
                        "remove `env` and `parameters` from the Application's `source.plugin`: the plugin takes none, and \
                         `{}` is set",
                        chosen.escape_debug()
                    ));
                    continue;
                }
                _ => continue,
            };
            *field = Some(value.to_string_lossy().into_owned());
        }
        refused.sort_unstable();
        if refused.is_empty() { Ok(environment) } else { Err(refused) }
    }

    /// Whether Argo CD runs the plugin.
    pub(super) fn is_of_an_application(&self) -> bool {
        let Self { name, project, namespace, path } = self;
        [name, project, namespace, path].iter().any(|said| said.is_some())
    }

    /// The path of the Application, where Argo CD sent that directory alone: then the names above it are lost on the way, and there is
    /// nothing to compare it with. It is what Argo CD itself found the directory by.
    pub(super) fn path_of_a_directory_sent_alone(&self, directory: &Path) -> Option<PathBuf> {
        let path = names(self.path.as_deref()?)?;
        (Part::of(directory).is_none() && !directory.ends_with(&path)).then_some(path)
    }

    /// Everything that Argo CD says of the Application and that is not so in the tree.
    pub(super) fn contradictions(&self, part: &Part, directory: &Path) -> Vec<String> {
        let Self { name, project, namespace, path } = self;
        let differs = |said: &Option<String>, expected: &str| said.as_ref().is_some_and(|said| said != expected);
        let mut contradictions = Vec::new();
        let mut contradict = |what: &str, said: &Option<String>, expected: &str| {
            let said = said.as_deref().unwrap_or_default().escape_debug();
            contradictions.push(format!(
                "give the Application back the {what} that was rendered for this directory, `{expected}`: it has `{said}`"
            ));
        };
        if path.as_ref().is_some_and(|path| !ends_with(directory, path)) {
            contradict("path", path, &directory.display().to_string());
        }
        if differs(name, &part.application()) {
            contradict("name", name, &part.application());
        }
        if differs(project, &part.project()) {
            contradict("project", project, &part.project());
        }
        if let Some(expected) = part.namespace().filter(|expected| differs(namespace, expected)) {
            contradict("destination namespace", namespace, expected);
        }
        contradictions
    }
}

/// Whether a directory is the one that a path of the repository names, wherever the repository lies.
fn ends_with(directory: &Path, path: &str) -> bool {
    names(path).is_some_and(|names| directory.ends_with(names))
}

/// The names of a path within the repository, if it is one.
fn names(path: &str) -> Option<PathBuf> {
    let mut names = PathBuf::new();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(name) => names.push(name),
            Component::CurDir => {}
            Component::ParentDir | Component::Prefix(_) | Component::RootDir => return None,
        }
    }
    (!names.as_os_str().is_empty()).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Environment, Vec<String>> {
        Environment::read(variables.iter().map(|(name, value)| ((*name).into(), (*value).into())))
    }

    #[test]
    fn a_persons_environment_says_nothing() {
        let environment = read(&[("HOME", "/root"), ("KUBE_VERSION", "1.33.0"), ("PARAMETER", "x")]).unwrap();
        assert!(!environment.is_of_an_application());
        for none in ["", "null", "[]"] {
            assert_eq!(read(&[(PARAMETERS, none)]), Ok(Environment::default()));
        }
    }

    #[test]
    fn whatever_an_application_chooses_is_refused_by_name() {
        for (name, value) in [
            ("ARGOCD_ENV_SKIP", "true"),
            ("ARGOCD_ENV_", ""),
            ("PARAM_CLUSTER", "cottage"),
            (PARAMETERS, "[{\"name\":\"cluster\",\"string\":\"cottage\"}]"),
            (PARAMETERS, "{}"),
        ] {
            let refused = read(&[("ARGOCD_APP_NAME", "a"), (name, value)]).unwrap_err();
            assert_eq!(refused.len(), 1, "{name}");
            assert!(refused[0].contains(name) && (value.is_empty() || !refused[0].contains(value)), "{refused:?}");
        }
        assert_eq!(read(&[("PARAM_B", ""), ("ARGOCD_ENV_A", "")]).unwrap_err().len(), 2);
    }

    #[test]
    fn a_path_is_compared_by_its_names() {
        let directory = Path::new("/tmp/_cmp_server/0/out/homelab/services/shop/api");
        for path in ["out/homelab/services/shop/api", "./out/homelab/services/shop/api/", "api"] {
            assert!(ends_with(directory, path), "{path}");
        }
        for path in ["", ".", "/", "pi", "out/homelab/services/shop", "api/../api", "/tmp/_cmp_server/0/out/x"] {
            assert!(!ends_with(directory, path), "{path}");
        }
    }

    #[test]
    fn what_argo_cd_says_is_compared() {
        let directory = Path::new("/x/out/homelab/services/shop/api");
        let part = Part::of(directory).unwrap();
        let said = |name: &str, project: &str, namespace: &str, path: &str| {
            read(&[
                ("ARGOCD_APP_NAME", name),
                ("ARGOCD_APP_PROJECT_NAME", project),
                ("ARGOCD_APP_NAMESPACE", namespace),
                ("ARGOCD_APP_SOURCE_PATH", path),
            ])
            .unwrap()
            .contradictions(&part, directory)
        };
        let path = "out/homelab/services/shop/api";
        assert_eq!(said("shop.api", "shop", "shop", path), Vec::<String>::new());
        for (wrong, what) in [
            (said("shop.other", "shop", "shop", path), "name that"),
            (said("shop.api", "default", "shop", path), "project that"),
            (said("shop.api", "shop", "kube-system", path), "destination namespace that"),
            (said("shop.api", "shop", "shop", "out/cottage/services/shop/api"), "path that"),
        ] {
            assert_eq!(wrong.len(), 1, "{wrong:?}");
            assert!(wrong[0].contains(what), "{wrong:?}");
        }
    }
}
