//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};

/// Deploys the rendered tree with the real programs its users run, and reports what each said.
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
  cargo run -p casemate-ground                        judge out/homelab
  cargo run -p casemate-ground -- --tree out/other    judge another cluster's tree
  cargo run -p casemate-ground -- --without argocd    the API server only: seconds, not minutes
  cargo run -p casemate-ground -- --keep              leave it running and look around with kubectl
  cargo run -p casemate-ground -- --build-only        build the programs, judge nothing

Needs: go (1.26 or newer), git, sh; redis-server (installed with apt-get when run as root).
Versions are pinned in ground/judges/*/go.mod; CRDs in ground/crds."
)]
pub(crate) struct Arguments {
    /// The rendered tree of one cluster: the folder that holds bootstrap/, argocd/ and services/
    #[arg(long, value_name = "DIR")]
    tree: Option<PathBuf>,

    /// Another folder of CRDs, beside those in ground/crds
    #[arg(long, value_name = "DIR")]
    pub(crate) crds: Vec<PathBuf>,

    /// Leaves a judge out; its row in the table says so
    #[arg(long, value_name = "NAME")]
    without: Vec<Left>,

    /// Leaves everything running at the end, prints the KUBECONFIG, and stops at Ctrl-C
    #[arg(long)]
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

    /// The tree to judge.
    pub(crate) fn tree(&self) -> Result<PathBuf> {
        let tree = match &self.tree {
            Some(tree) => tree.clone(),
            None => Self::repository()?.join("out/homelab"),
        };
        tree.canonicalize().with_context(|| {
            format!(
                "there is no tree {}: render it first (`cargo run -- render`), or name one with --tree",
                tree.display()
            )
        })
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
