//! Versions. Each judge's `go.mod` under `ground/judges/` is the one place that pins it; here it is read.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A module whose programs we run.
#[derive(Debug)]
pub(crate) struct Judge {
    /// The folder under `ground/judges`.
    pub(crate) folder: &'static str,
    /// The published module that holds the programs.
    pub(crate) module: &'static str,
    /// The programs: the name that we give the binary, and its package.
    pub(crate) programs: &'static [(&'static str, &'static str)],
    /// A linker flag that takes the version, for programs that report it.
    pub(crate) stamp: Option<&'static str>,
}

/// The YAML reader of Kubernetes' clients.
pub(crate) const YAML: Judge =
    Judge { folder: "yaml", module: "sigs.k8s.io/yaml", programs: &[("yaml", ".")], stamp: None };

/// The evaluator of `NetworkPolicies`, behind a program of ours.
pub(crate) const CYCLONUS: Judge = Judge {
    folder: "cyclonus",
    module: "github.com/mattfenwick/cyclonus",
    programs: &[("cyclonus", ".")],
    stamp: None,
};

/// Helm's loader and engine, behind a program of ours.
pub(crate) const HELM: Judge =
    Judge { folder: "helm", module: "helm.sh/helm/v3", programs: &[("helm", ".")], stamp: None };

/// The store.
pub(crate) const ETCD: Judge = Judge {
    folder: "etcd",
    module: "go.etcd.io/etcd/server/v3",
    programs: &[("etcd", "go.etcd.io/etcd/server/v3")],
    stamp: None,
};

/// The control plane. Without the stamp it reports v0.0.0-master, which clients cannot parse.
pub(crate) const KUBERNETES: Judge = Judge {
    folder: "kubernetes",
    module: "k8s.io/kubernetes",
    programs: &[
        ("kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver"),
        ("kube-controller-manager", "k8s.io/kubernetes/cmd/kube-controller-manager"),
        ("kube-scheduler", "k8s.io/kubernetes/cmd/kube-scheduler"),
    ],
    stamp: Some("k8s.io/component-base/version.gitVersion"),
};

/// An API server of the Kubernetes that clusters declare, the newest that every program of the stack supports.
pub(crate) const OLDER_KUBERNETES: Judge = Judge {
    folder: "kubernetes-1.35",
    module: "k8s.io/kubernetes",
    programs: &[("kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver")],
    stamp: Some("k8s.io/component-base/version.gitVersion"),
};

/// Simulated kubelets.
pub(crate) const KWOK: Judge = Judge {
    folder: "kwok",
    module: "sigs.k8s.io/kwok",
    programs: &[("kwok", "sigs.k8s.io/kwok/cmd/kwok")],
    stamp: None,
};

/// Kyverno: its command, its engine under a command of our own, and its controllers.
pub(crate) const KYVERNO: Judge = Judge {
    folder: "kyverno",
    module: "github.com/kyverno/kyverno",
    programs: &[
        ("kyverno", "github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno"),
        ("kyverno-engine", "."),
        ("kyverno-admission-controller", "github.com/kyverno/kyverno/cmd/kyverno"),
        ("kyverno-background-controller", "github.com/kyverno/kyverno/cmd/background-controller"),
    ],
    stamp: None,
};

/// Argo CD, every component in one binary.
pub(crate) const ARGOCD: Judge = Judge {
    folder: "argocd",
    module: "github.com/argoproj/argo-cd/v3",
    programs: &[("argocd", "github.com/argoproj/argo-cd/v3/cmd")],
    stamp: Some("github.com/argoproj/argo-cd/v3/common.version"),
};

impl Judge {
    /// The folder with its `go.mod`.
    pub(crate) fn directory(&self, repository: &Path) -> PathBuf {
        repository.join("ground/judges").join(self.folder)
    }

    /// The pinned version.
    pub(crate) fn version(&self, repository: &Path) -> Result<String> {
        let path = self.directory(repository).join("go.mod");
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        required(&text, self.module)
            .with_context(|| format!("{} requires no {}: `go get -tool` writes it", path.display(), self.module))
    }
}

/// The version that a `go.mod` requires of a module.
fn required(text: &str, module: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let line = line.trim().trim_start_matches("require ");
        let version = line.strip_prefix(module)?.strip_prefix(' ')?.split(' ').next()?;
        version.starts_with('v').then(|| version.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_exactly_that_module() {
        let text = "module x\n\nreplace k8s.io/api => k8s.io/api v0.1.0\n\nrequire (\n\tk8s.io/api v0.2.0 // indirect\n\tk8s.io/apimachinery v0.3.0\n)\nrequire sigs.k8s.io/yaml v1.6.0\n";
        assert_eq!(required(text, "k8s.io/api").as_deref(), Some("v0.2.0"));
        assert_eq!(required(text, "sigs.k8s.io/yaml").as_deref(), Some("v1.6.0"));
        assert_eq!(required(text, "k8s.io/kubernetes"), None);
    }

    #[test]
    fn every_judge_is_pinned() {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for judge in [YAML, CYCLONUS, HELM, ETCD, KUBERNETES, OLDER_KUBERNETES, KWOK, KYVERNO, ARGOCD] {
            judge.version(repository).unwrap();
            assert!(judge.directory(repository).join("go.sum").exists(), "{} has no go.sum", judge.folder);
        }
    }
}
