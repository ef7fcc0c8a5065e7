//! A cluster that is a directory: what `kubectl` and `helm` would say, and how they were called.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::{Ran, Workplace};

/// What was called to change something.
const CHANGES: [&str; 5] = [" apply ", " create secret ", " delete ", " upgrade ", " uninstall "];

/// A place with the homelab's script, stand-ins on its path, and a cluster that is as declared.
#[derive(Debug)]
pub(super) struct Cluster {
    place: Workplace,
    /// The shell that runs the script.
    pub(super) shell: &'static str,
}

impl Cluster {
    pub(super) fn new(test: &str) -> Self {
        let place = Workplace::empty(test);
        let script = place.run(&["bootstrap", "--cluster", "homelab"]);
        assert_eq!(script.code, 0, "{}", script.err);
        place.write("bootstrap.sh", &script.out);
        let cluster = Self { place, shell: "sh" };
        for directory in ["bin", "fake/applied"] {
            fs::create_dir_all(cluster.place.path(directory)).expect("the directory can be made");
        }
        for (name, text) in
            [("kubectl", include_str!("kubectl.sh")), ("helm", include_str!("helm.sh")), ("op", include_str!("op.sh"))]
        {
            cluster.program(name, text);
        }
        let values = script.out.lines().find_map(|line| line.strip_prefix("ONEPASSWORD_VALUES='"));
        let values = values.and_then(|line| line.strip_suffix('\'')).expect("the script has the values");
        for (file, text) in [
            ("version", "v1.35.2+k3s1"),
            ("ready", "True"),
            ("node", "192.168.1.13"),
            ("pods", "10.42.1.0/24"),
            ("dns", "pod/coredns"),
            ("service", "10.43.0.1"),
            ("servers", "192.168.1.10\n"),
            ("cilium", "false"),
            ("gateway", ""),
            ("applications", "root Synced Healthy\n"),
            ("service-tier", "trips"),
            (
                "marker",
                "error: admission policy 'casemate-break-glass' with binding 'casemate-break-glass' denied request\n",
            ),
            ("webhooks", "vpol.validate.kyverno.svc-fail"),
            ("values.json", &format!("{values}\n")),
            ("calls", ""),
        ] {
            cluster.set(file, text);
        }
        cluster
    }

    /// Runs the script against the context `lab`.
    pub(super) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[("KUBE_CONTEXT", "lab")], "")
    }

    /// Runs it with these variables, and this on its standard input.
    pub(super) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Ran {
        let path = format!("{}:/usr/bin:/bin", self.place.path("bin").display());
        let mut command = Command::new(self.shell);
        command
            .arg(self.place.path("bootstrap.sh"))
            .args(arguments)
            .current_dir(&self.place.0)
            .env_clear()
            .env("PATH", path)
            .env("FAKE", self.place.path("fake"))
            .env("CHECKOUT", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the script can be run");
        // A script that reads nothing closes the pipe.
        let _ = child.stdin.take().expect("it has a standard input").write_all(input.as_bytes());
        Ran::from(child.wait_with_output().expect("the script ends"))
    }

    /// Runs all of it, with secrets that `op` reads.
    pub(super) fn run_all(&self) -> Ran {
        let variables =
            [("KUBE_CONTEXT", "lab"), ("OP_CREDENTIALS", "op://v/i/credentials"), ("OP_TOKEN", "op://v/i/token")];
        self.run_with(&[], &variables, "")
    }

    /// Puts a fact of the cluster, or of the stand-ins, into place.
    pub(super) fn set(&self, file: &str, text: &str) {
        self.place.write(&format!("fake/{file}"), text);
    }

    pub(super) fn has(&self, file: &str) -> bool {
        self.place.path(&format!("fake/{file}")).exists()
    }

    pub(super) fn read(&self, file: &str) -> String {
        self.place.read(&format!("fake/{file}"))
    }

    /// Every call since the last time.
    pub(super) fn calls(&self) -> Vec<String> {
        let calls = self.read("calls");
        self.set("calls", "");
        calls.lines().map(str::to_owned).collect()
    }

    /// Those that change something.
    pub(super) fn changes(&self) -> Vec<String> {
        let is_change =
            |call: &String| !call.contains("--dry-run=server") && CHANGES.iter().any(|change| call.contains(change));
        self.calls().into_iter().filter(is_change).collect()
    }

    /// Puts a program onto the path.
    pub(super) fn program(&self, name: &str, text: &str) {
        let path = format!("bin/{name}");
        self.place.write(&path, text);
        fs::set_permissions(self.place.path(&path), fs::Permissions::from_mode(0o755))
            .expect("it can be made a program");
    }

    /// Renders the tree beside the script.
    pub(super) fn render(&self) {
        assert_eq!(self.place.run(&["render"]).code, 0);
    }

    /// A path below the directory that is the cluster.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.place.path("fake").join(path)
    }

    /// Every file here, with what it holds.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let state = self.place.state();
        state.iter().map(|(path, (_, bytes))| (path.display().to_string(), text(bytes))).collect()
    }

    /// The script.
    pub(super) fn script(&self) -> String {
        self.place.read("bootstrap.sh")
    }
}
