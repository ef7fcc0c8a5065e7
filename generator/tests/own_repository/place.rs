//! Where the tests work: the packed crates, and a repository that builds with them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};
use std::sync::OnceLock;

/// The packages that a repository of one's own builds with.
const PACKAGES: [&str; 3] = ["casemate-dsl", "casemate", "casemate-sources"];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What stays between runs, so that only what changed is built again.
fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-repository").join(name)
}

/// The packages, as `cargo package` packs them, unpacked.
pub(crate) fn packed() -> &'static [PathBuf; 3] {
    static PACKED: OnceLock<[PathBuf; 3]> = OnceLock::new();
    PACKED.get_or_init(|| {
        let mut package = Command::new(env!("CARGO"));
        package.args(["package", "--quiet", "--offline", "--no-verify", "--allow-dirty", "--target-dir"]);
        package.arg(kept("package")).args(PACKAGES.iter().flat_map(|name| ["-p", name])).current_dir(workspace());
        Ran::from(package.output().expect("cargo can be run")).succeeds();
        PACKAGES.map(unpacked)
    })
}

/// A package, unpacked. If it has not changed since the last run, its files keep their times, and it is not built again.
fn unpacked(name: &str) -> PathBuf {
    let name = format!("{name}-{}", env!("CARGO_PKG_VERSION"));
    let archive = kept("package").join("package").join(format!("{name}.crate"));
    let (directory, last) = (vendor().join(&name), kept("package").join(format!("{name}.crate")));
    let bytes = fs::read(&archive).expect("cargo has packed it");
    if fs::read(&last).is_ok_and(|last| last == bytes) {
        return directory;
    }
    for stale in [&directory, &last] {
        let _ = if stale.is_dir() { fs::remove_dir_all(stale) } else { fs::remove_file(stale) };
    }
    fs::create_dir_all(vendor()).expect("the directory can be made");
    let mut tar = Command::new("tar");
    // Times of now: those in the archive are all the same, and would hide a change.
    tar.arg("-xzmf").arg(&archive).arg("-C").arg(vendor());
    Ran::from(tar.output().expect("`tar` unpacks packages: install it")).succeeds();
    fs::write(&last, bytes).expect("the copy can be written");
    directory
}

/// Where a user has the packages who commits them, so that they are sources of the repository like others.
fn vendor() -> PathBuf {
    kept("repository").join("vendor")
}

/// A new repository. It has the same place in every run, or the packages in it were built again each time.
#[derive(Debug)]
pub(crate) struct Repository(PathBuf);

impl Repository {
    /// What `casemate init` makes with these arguments, and where its dependencies lie.
    pub(crate) fn new(arguments: &[&str]) -> Self {
        let repository = Self(kept("repository"));
        fs::create_dir_all(repository.root()).expect("the directory can be made");
        for entry in fs::read_dir(repository.root()).expect("the directory can be listed") {
            let path = entry.expect("it has a name").path();
            if path.is_file() {
                fs::remove_file(path).expect("the file can be removed");
            } else if path != vendor() {
                fs::remove_dir_all(path).expect("the directory can be removed");
            }
        }
        let arguments = ["casemate", "init"].iter().chain(arguments).map(OsString::from);
        let ran = casemate::run_with([], arguments.chain([repository.root().into()]));
        assert_eq!(ran, ExitCode::SUCCESS);
        let mut config = "[net]\noffline = true\n\n[patch.crates-io]\n".to_owned();
        for (name, path) in PACKAGES.iter().zip(packed()) {
            let path = path.strip_prefix(repository.root()).expect("they lie in the repository");
            config.extend([name, " = { path = \"", &path.to_string_lossy(), "\" }\n"]);
        }
        fs::create_dir(repository.path(".cargo")).expect("the directory can be made");
        repository.write(".cargo/config.toml", &config);
        // The versions that are in the cache.
        fs::copy(workspace().join("Cargo.lock"), repository.path("Cargo.lock")).expect("the file can be copied");
        repository
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.0.clone()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file can be read")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).expect("the file can be written");
    }

    /// Runs the program that was built last.
    pub(crate) fn casemate(&self, arguments: &str) -> Ran {
        let mut casemate = Command::new(kept("target").join("debug/casemate"));
        casemate.args(arguments.split(' ')).current_dir(self.root());
        Ran::from(casemate.output().expect("the program can be run"))
    }

    /// Runs cargo in the repository.
    pub(crate) fn cargo(&self, arguments: &str) -> Ran {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments.split(' ')).current_dir(self.root()).env("CARGO_TARGET_DIR", kept("target"));
        Ran::from(cargo.output().expect("cargo can be run"))
    }
}

/// How a program ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn succeeds(&self) {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
    }
}

impl From<Output> for Ran {
    fn from(Output { status, stdout, stderr }: Output) -> Self {
        Self {
            code: status.code().expect("no signal ends the program"),
            out: String::from_utf8_lossy(&stdout).into_owned(),
            err: String::from_utf8_lossy(&stderr).into_owned(),
        }
    }
}
