//! The command line, as a person or a CI job runs it: the real program, in directories of its own.

#![expect(clippy::expect_used, reason = "a test that cannot begin stops")]

mod arguments;
mod audit;
mod bootstrap;
mod check;
mod clusters;
mod generate;
mod guard;
mod guard_policies;
mod output;
mod own;
mod refused;
mod write;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

/// A file that every tree of these tests has.
const FILE: &str = "out/homelab/services/trips/trips-nginx/service-trips-nginx.yaml";

/// A directory in which the program runs.
#[derive(Debug)]
struct Workplace(PathBuf);

impl Workplace {
    /// An empty one, named after its test.
    fn empty(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command-line").join(test);
        if path.exists() {
            fs::remove_dir_all(&path).expect("what an earlier run left can be removed");
        }
        fs::create_dir_all(&path).expect("the directory can be made");
        Self(path)
    }

    /// One with a rendered tree.
    fn rendered(test: &str) -> Self {
        let place = Self::empty(test);
        let ran = place.run(&["render"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        place
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casemate"));
        command.args(arguments).current_dir(&self.0).env("RUST_BACKTRACE", "0");
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().expect("the program can be run"))
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file can be read")
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).expect("the file can be written");
    }

    fn append(&self, path: &str, text: &str) {
        self.write(path, &(self.read(path) + text));
    }

    /// Every file and directory here: when it was changed, and what it holds.
    fn state(&self) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
        let mut state = BTreeMap::new();
        let mut left = vec![self.0.clone()];
        while let Some(path) = left.pop() {
            let metadata = fs::symlink_metadata(&path).expect("what is there can be looked at");
            let bytes = if metadata.is_file() { fs::read(&path).expect("the file can be read") } else { Vec::new() };
            if metadata.is_dir() {
                let entries = fs::read_dir(&path).expect("the directory can be listed");
                left.extend(entries.map(|entry| entry.expect("the entry can be read").path()));
            }
            state.insert(path, (metadata.modified().expect("the system knows times"), bytes));
        }
        state
    }
}

/// How a run of the program ended, and what it said.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(Output { status, stdout, stderr }: Output) -> Self {
        Self {
            code: status.code().expect("no signal ends the program"),
            out: String::from_utf8(stdout).expect("the program prints UTF-8"),
            err: String::from_utf8(stderr).expect("the program prints UTF-8"),
        }
    }
}
