//! The control plane: one etcd, and API servers upon it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;

use crate::api::Api;
use crate::certificates::{Authority, Certificate, write};
use crate::interrupt;
use crate::pins::{ETCD, Judge, KUBERNETES};
use crate::ports;
use crate::processes::Processes;
use crate::programs::Programs;

const TOKEN: &str = "the-ground";

const ETCD_PROCESS: &str = "etcd";

/// What API servers share: the store, the authority, the keys.
#[derive(Debug)]
pub(crate) struct Store {
    home: PathBuf,
    /// The ports for clients and for peers.
    etcd: [u16; 2],
    serving: Certificate,
    authority: String,
}

/// A running API server.
#[derive(Debug)]
pub(crate) struct Plane {
    pub(crate) api: Api,
    pub(crate) kubeconfig: PathBuf,
    name: String,
}

impl Store {
    /// Starts etcd. Its data is thrown away, so that it need not reach the disk.
    pub(crate) fn start(
        home: &Path,
        programs: &Programs,
        processes: &mut Processes,
        authority: &Authority,
    ) -> Result<Self> {
        std::fs::create_dir_all(home)?;
        let serving = authority.serving()?;
        write(&home.join("authority.pem"), authority.pem())?;
        write(&home.join("serving.pem"), &serving.chain)?;
        write(&home.join("serving.key"), &serving.key)?;
        write(&home.join("serving.pub"), &serving.public_key)?;
        write(&home.join("tokens.csv"), &format!("{TOKEN},admin,admin,\"system:masters\"\n"))?;
        let store =
            Self { home: home.to_owned(), etcd: ports::free()?, serving, authority: authority.pem().to_owned() };
        store.start_etcd(programs, processes)?;
        Ok(store)
    }

    fn start_etcd(&self, programs: &Programs, processes: &mut Processes) -> Result<()> {
        let [clients, peers] = self.etcd.map(|port| format!("http://127.0.0.1:{port}"));
        let mut command = Command::new(programs.path(&ETCD, "etcd")?);
        command
            .args(["--name", "ground", "--unsafe-no-fsync", "--log-level", "warn"])
            .arg("--data-dir")
            .arg(self.home.join("etcd"))
            .args(["--listen-client-urls", &clients, "--advertise-client-urls", &clients])
            .args(["--listen-peer-urls", &peers, "--initial-advertise-peer-urls", &peers])
            .args(["--initial-cluster", &format!("ground={peers}")]);
        processes.start(ETCD_PROCESS, &mut command)
    }

    /// Stops etcd and starts it again over what it had stored. API servers over it are to be stopped before.
    pub(crate) fn restart(&self, programs: &Programs, processes: &mut Processes) -> Result<()> {
        processes.stop(ETCD_PROCESS);
        self.start_etcd(programs, processes)
    }

    /// Starts an API server whose objects lie under a prefix of their own, and waits until it is ready.
    pub(crate) fn serve(
        &self,
        kubernetes: &Judge,
        prefix: &str,
        programs: &Programs,
        processes: &mut Processes,
    ) -> Result<Plane> {
        self.serve_as(kubernetes, prefix, prefix, &[], programs, processes)
    }

    /// Starts one more API server over the same objects, which does not ask these plugins.
    pub(crate) fn serve_without(
        &self,
        plugins: &[&str],
        (prefix, name): (&str, &str),
        programs: &Programs,
        processes: &mut Processes,
    ) -> Result<Plane> {
        let options = ["--disable-admission-plugins", &plugins.join(",")];
        self.serve_as(&KUBERNETES, prefix, &format!("{prefix}-{name}"), &options, programs, processes)
    }

    fn serve_as(
        &self,
        kubernetes: &Judge,
        prefix: &str,
        name: &str,
        options: &[&str],
        programs: &Programs,
        processes: &mut Processes,
    ) -> Result<Plane> {
        let [port] = ports::free()?;
        let file = |name: &str| self.home.join(name);
        let mut command = Command::new(programs.path(kubernetes, "kube-apiserver")?);
        command
            .args([
                "--etcd-servers",
                &format!("http://127.0.0.1:{}", self.etcd[0]),
                "--etcd-prefix",
                &format!("/{prefix}"),
            ])
            .args(["--bind-address", "127.0.0.1", "--secure-port", &port.to_string()])
            .arg("--tls-cert-file")
            .arg(file("serving.pem"))
            .arg("--tls-private-key-file")
            .arg(file("serving.key"))
            .arg("--token-auth-file")
            .arg(file("tokens.csv"))
            .args(["--authorization-mode", "RBAC", "--service-account-issuer", "https://kubernetes.default.svc"])
            .arg("--service-account-key-file")
            .arg(file("serving.pub"))
            .arg("--service-account-signing-key-file")
            .arg(file("serving.key"))
            .args(["--service-cluster-ip-range", "10.96.0.0/16", "--endpoint-reconciler-type", "none"])
            // Without it the API server itself refuses privileged pods before Pod Security is asked.
            .args(["--allow-privileged=true"])
            .args(options);
        let program = format!("kube-apiserver-{name}");
        processes.start(&program, &mut command)?;
        let server = format!("https://127.0.0.1:{port}");
        let api = Api::new(server.clone(), TOKEN.to_owned(), &self.authority)?;
        interrupt::until("the API server", Duration::from_mins(2), || {
            processes.all_alive()?;
            Ok(match api.request("GET", "/readyz", "", None) {
                Ok(answer) if answer.status == 200 => Ok(()),
                Ok(answer) => Err(answer.message()),
                Err(error) => Err(format!("{error:#}")),
            })
        })?;
        let kubeconfig = self.home.join(format!("{name}.kubeconfig"));
        let config = json!({
            "apiVersion": "v1", "kind": "Config", "current-context": "ground",
            "contexts": [{"name": "ground", "context": {"cluster": "ground", "user": "admin"}}],
            "clusters": [{"name": "ground", "cluster": {"server": server, "certificate-authority": file("authority.pem")}}],
            "users": [{"name": "admin", "user": {"token": TOKEN}}],
        });
        write(&kubeconfig, &config.to_string())?;
        Ok(Plane { api, kubeconfig, name: program })
    }

    /// Starts the controller manager and the scheduler.
    pub(crate) fn control(&self, plane: &Plane, programs: &Programs, processes: &mut Processes) -> Result<()> {
        let common = |command: &mut Command| {
            command
                .arg("--kubeconfig")
                .arg(&plane.kubeconfig)
                .args(["--leader-elect=false", "--secure-port=0", "--bind-address=127.0.0.1"])
                .args(["--kube-api-qps=200", "--kube-api-burst=400"]);
        };
        let mut manager = Command::new(programs.path(&KUBERNETES, "kube-controller-manager")?);
        common(&mut manager);
        manager
            .arg("--service-account-private-key-file")
            .arg(self.home.join("serving.key"))
            .arg("--root-ca-file")
            .arg(self.home.join("authority.pem"));
        processes.start("kube-controller-manager", &mut manager)?;
        let mut scheduler = Command::new(programs.path(&KUBERNETES, "kube-scheduler")?);
        common(&mut scheduler);
        processes.start("kube-scheduler", &mut scheduler).context("the scheduler")
    }

    /// The certificate that servers of this run present.
    pub(crate) fn serving(&self) -> &Certificate {
        &self.serving
    }
}

impl Plane {
    /// Stops the API server.
    pub(crate) fn stop(self, processes: &mut Processes) {
        processes.stop(&self.name);
    }
}
