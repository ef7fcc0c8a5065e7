//! The judges' programs: built from their published modules once, kept outside of the tracked tree.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::pins::{HELM, Judge};
use crate::processes::Processes;

/// Where programs are kept and how they are found.
#[derive(Debug)]
pub(crate) struct Programs {
    repository: PathBuf,
    cache: PathBuf,
}

impl Programs {
    /// Programs in `cache`, a folder that need not exist.
    pub(crate) fn new(repository: &Path, cache: &Path) -> Self {
        Self { repository: repository.to_owned(), cache: cache.to_owned() }
    }

    /// A built program.
    pub(crate) fn path(&self, judge: &Judge, name: &str) -> Result<PathBuf> {
        Ok(self.cache.join("bin").join(format!("{name}-{}", judge.version(&self.repository)?)))
    }

    /// Builds what is not there. A program counts as built when the stamp beside it names the same `go.mod`, `go.sum` and
    /// sources: a change of any of them builds it anew.
    pub(crate) fn build(&self, judge: &Judge, processes: &mut Processes) -> Result<()> {
        let version = judge.version(&self.repository)?;
        std::fs::create_dir_all(self.cache.join("bin"))?;
        let stamp = self.sources(judge)?;
        for (name, package) in judge.programs {
            let binary = self.path(judge, name)?;
            let stamped = binary.with_added_extension("stamp");
            if binary.exists() && std::fs::read_to_string(&stamped).is_ok_and(|text| text == stamp) {
                continue;
            }
            eprintln!(
                "  building {name} {version} (minutes when the Go build cache is cold; `go` prints to {})",
                processes.log(&format!("build-{name}")).display()
            );
            let mut command = self.go(judge);
            command.arg("build").arg("-o").arg(&binary);
            if let Some(variable) = judge.stamp {
                command.arg("-ldflags").arg(format!("-X {variable}={version}"));
            }
            processes.complete(&format!("build-{name}"), command.arg(package))?;
            std::fs::write(&stamped, &stamp)?;
        }
        Ok(())
    }

    /// Where the module's own files (CRDs, stages, default configuration) lie.
    pub(crate) fn module(&self, judge: &Judge) -> Result<PathBuf> {
        self.download(judge, judge.module, &judge.version(&self.repository)?)
    }

    /// Where the files of a module lie that is no judge.
    pub(crate) fn published(&self, module: &str, version: &str) -> Result<PathBuf> {
        self.download(&HELM, module, version)
    }

    fn download(&self, judge: &Judge, module: &str, version: &str) -> Result<PathBuf> {
        let output = self
            .go(judge)
            .args(["mod", "download", "-json", &format!("{module}@{version}")])
            .output()
            .context("cannot run `go`")?;
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        match answer["Dir"].as_str() {
            Some(directory) => Ok(PathBuf::from(directory)),
            None => bail!("go mod download {module}@{version}: {}", String::from_utf8_lossy(&output.stderr)),
        }
    }

    fn go(&self, judge: &Judge) -> Command {
        let mut command = Command::new("go");
        // `auto`: the version in go.mod decides, and `go` fetches that toolchain from the module registry when it is
        // newer than the installed one.
        command
            .env("GOTOOLCHAIN", "auto")
            .env("GOFLAGS", "-buildvcs=false")
            .current_dir(judge.directory(&self.repository));
        command
    }

    fn sources(&self, judge: &Judge) -> Result<String> {
        let directory = judge.directory(&self.repository);
        let mut stamp = String::new();
        for name in ["go.mod", "go.sum", "main.go"] {
            let path = directory.join(name);
            if path.exists() {
                stamp += &std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            }
        }
        Ok(stamp)
    }
}

/// Whether a program is on the PATH.
pub(crate) fn installed(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|directory| directory.join(name).is_file())
}

/// Installs redis from the distribution when it is missing and we may.
pub(crate) fn redis(processes: &mut Processes) -> Result<()> {
    if installed("redis-server") {
        return Ok(());
    }
    let root = rustix::process::geteuid().is_root();
    if !root || !installed("apt-get") {
        bail!(
            "`redis-server` is missing, which Argo CD needs: `apt-get install redis-server`, or leave Argo CD out with --without argocd"
        );
    }
    // A service that the package would start is not wanted: the ground starts its own, on a port of its own.
    for (name, arguments) in [
        ("apt-update", ["update", "-q"].as_slice()),
        ("apt-install", &["install", "-qy", "--no-install-recommends", "redis-server"]),
    ] {
        eprintln!("  apt-get {}", arguments.join(" "));
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
        processes.complete(name, &mut command)?;
    }
    Ok(())
}
