//! The command line.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::{Parser, ValueEnum};

/// Deploys the rendered trees with the real programs their users run, and reports what each said.
///
/// Of all clusters in `out/`, one after the other, the largest is taken through everything, and the others through what
/// their own trees can show; what is not repeated for them is printed with its reason.
///
/// etcd, kube-apiserver, controller manager, scheduler, simulated kubelets (kwok), redis and Argo CD run on loopback, on
/// ports asked from the system, without containers. The Go programs are built from their published modules the first
/// time (about twenty minutes on two cores) and kept in `.ground/`. Two things that no registry has are stood in for:
/// Linkerd's injector and policy controller, and the 1Password operator. Everything is stopped at the end, also after
/// Ctrl-C.
///
/// The last line says `N passed, N failed`; the exit code is 1 when something failed. Nothing passes by being skipped: what
/// is missing fails by name, unless it was left out by --without.
#[derive(Debug, Parser)]
#[command(
    name = "casemate-ground",
    version,
    after_help = "Examples:
  cargo run -p casemate-ground                        judge every cluster in out/
  cargo run -p casemate-ground -- --tree out/other    judge one cluster's tree, through everything
  cargo run -p casemate-ground -- --without argocd    the API server only: seconds, not minutes
  cargo run -p casemate-ground -- --keep              leave it running and look around with kubectl
  cargo run -p casemate-ground -- --build-only        build the programs, judge nothing

Needs: go (1.26 or newer), git, sh; redis-server (installed with apt-get when run as root); kubectl for the script of
`casemate bootstrap`, which is skipped by name without it.
Versions are pinned in ground/judges/*/go.mod; CRDs in ground/crds."
)]
pub(crate) struct Arguments {
    /// The rendered tree of one cluster, instead of all in out/: the folder that holds bootstrap/, argocd/ and services/
    #[arg(long, value_name = "DIR")]
    tree: Vec<PathBuf>,

    /// Another folder of CRDs, beside those in ground/crds
    #[arg(long, value_name = "DIR")]
    pub(crate) crds: Vec<PathBuf>,

    /// Leaves a judge out; its row in the table says so
    #[arg(long, value_name = "NAME")]
    without: Vec<Left>,

    /// Leaves the one cluster of --tree running at the end, prints the KUBECONFIG, and stops at Ctrl-C
    #[arg(long, requires = "tree")]
    pub(crate) keep: bool,

    /// Builds the judges' programs and stops there
    #[arg(long)]
    pub(crate) build_only: bool,

    /// How often Argo CD tries each service in vain, and is about to try again, before the CRDs arrive
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) tries: u64,

    /// How long the whole tree may take to become Synced and Healthy once all CRDs are there
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    patience: u64,
}

/// What can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Left {
    /// Strings of the YAML emitter, read by sigs.k8s.io/yaml
    Yaml,
    /// What the declared charts render, as far as they lie in published modules
    Helm,
    /// Who reaches whom by the rendered `NetworkPolicies`
    Cyclonus,
    /// Kyverno's engine and command over the rendered policies
    Kyverno,
    /// Kyverno's controllers beside an API server: what they admit, refuse, change and make, and what happens without them
    Webhooks,
    /// Strict creation, Pod Security, broken twins, access reviews
    Apiserver,
    /// Deployment by Argo CD with controllers and simulated kubelets, and everything that happens to it
    Argocd,
}

impl Arguments {
    /// The repository that this program was built from.
    pub(crate) fn repository() -> Result<PathBuf> {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let repository = here.parent().context("ground/ has no parent folder")?;
        repository.canonicalize().with_context(|| {
            format!("{} is gone; build the ground again in the clone you want to judge", repository.display())
        })
    }

    /// The trees to judge: one for each cluster.
    pub(crate) fn trees(&self) -> Result<Vec<PathBuf>> {
        let named = if self.tree.is_empty() { rendered(&Self::repository()?.join("out"))? } else { self.tree.clone() };
        ensure!(!self.keep || named.len() == 1, "--keep leaves one cluster running: name one --tree");
        let canonical = |tree: &PathBuf| {
            tree.canonicalize().with_context(|| {
                format!(
                    "there is no tree {}: render it first (`cargo run -- render`), or name one with --tree",
                    tree.display()
                )
            })
        };
        named.iter().map(canonical).collect()
    }

    /// Where built programs and logs are kept.
    pub(crate) fn cache() -> Result<PathBuf> {
        let cache = match std::env::var_os("CASEMATE_GROUND_CACHE") {
            Some(cache) => PathBuf::from(cache),
            None => Self::repository()?.join(".ground"),
        };
        std::fs::create_dir_all(&cache).with_context(|| format!("cannot make {}", cache.display()))?;
        cache.canonicalize().with_context(|| cache.display().to_string())
    }

    /// Whether a judge was left out by name.
    pub(crate) fn without(&self, judge: Left) -> bool {
        self.without.contains(&judge)
    }

    /// How long the tree may take.
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs(self.patience)
    }
}

/// Each folder in `out`, by name: `render` gives each cluster one, and puts nothing else there.
fn rendered(out: &Path) -> Result<Vec<PathBuf>> {
    let missing = || format!("{} holds no cluster: render it first (`cargo run -- render`)", out.display());
    let entries = std::fs::read_dir(out).with_context(missing)?;
    let mut trees = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    trees.retain(|path| path.is_dir());
    trees.sort();
    ensure!(!trees.is_empty(), missing());
    Ok(trees)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_folder_in_out_is_a_cluster_and_none_is_an_error() {
        let out = tempfile::tempdir().unwrap();
        assert!(rendered(out.path()).is_err());
        for name in ["homelab", "cottage"] {
            std::fs::create_dir(out.path().join(name)).unwrap();
        }
        std::fs::write(out.path().join("notes"), "").unwrap();
        assert_eq!(rendered(out.path()).unwrap(), ["cottage", "homelab"].map(|name| out.path().join(name)));
    }

    #[test]
    fn one_cluster_is_kept_and_no_more() {
        let keep = |trees: &[&str]| {
            let words = ["ground", "--keep"].into_iter().chain(trees.iter().flat_map(|tree| ["--tree", tree]));
            Arguments::try_parse_from(words).is_ok_and(|arguments| arguments.trees().is_ok())
        };
        assert!(keep(&["."]));
        assert!(!keep(&[".", ".."]));
        assert!(!keep(&[]));
    }

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
