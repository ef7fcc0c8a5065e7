//! The plugin, as Argo CD runs it: controller, repo server, cmp-server, `casemate plugin`. What it refuses is read where a person reads
//! it: in the Application's condition.

mod generate;
mod guard;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::applications::{complaints, settled, summary};
use crate::arguments::Arguments;
use crate::deployment::Deployment;
use crate::foreign::owner;
use crate::interrupt;
use crate::processes::Processes;
use crate::table::Findings;

pub(crate) use generate::generated;
pub(crate) use guard::guarded;

/// How long one change may take to be seen.
const PATIENCE: Duration = Duration::from_mins(2);

/// A sidecar's plugin. Here both run beside each other, so that their names differ.
#[derive(Debug)]
pub(crate) struct Plugin {
    /// By which an Application asks for it.
    pub(crate) name: &'static str,
    /// What it runs, as a condition quotes it.
    command: &'static str,
    arguments: [&'static str; 2],
}

const GUARD: Plugin = Plugin { name: "casemate", command: "plugin guard", arguments: ["plugin", "guard"] };
const GENERATE: Plugin =
    Plugin { name: "casemate-generate", command: "plugin generate", arguments: ["plugin", "generate"] };

/// Writes a `plugin.yaml` for each, with the program of this repository, and says where: the folders that their `argocd-cmp-server` are told.
pub(crate) fn configure(home: &Path) -> Result<Vec<(&'static Plugin, PathBuf)>> {
    let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--package", "homelab", "--bin", "casemate"])
        .current_dir(Arguments::repository()?)
        .status()
        .context("cannot run cargo")?;
    anyhow::ensure!(built.success(), "`cargo build --package homelab --bin casemate` failed");
    // It lies beside this one.
    let program = std::env::current_exe()?.with_file_name("casemate");
    let write = |plugin: &'static Plugin| {
        let folder = home.join(plugin.name);
        std::fs::create_dir_all(&folder)?;
        let [first, second] = plugin.arguments;
        let configuration = json!({
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "ConfigManagementPlugin",
            "metadata": {"name": plugin.name},
            "spec": {"generate": {"command": [program, first, second]}},
        });
        std::fs::write(folder.join("plugin.yaml"), configuration.to_string())?;
        Ok((plugin, folder))
    };
    [&GUARD, &GENERATE].map(write).into_iter().collect()
}

/// One Application of the tree that is switched to a plugin.
#[derive(Debug)]
struct Plugged<'d> {
    deployment: &'d Deployment<'d>,
    plugin: &'static Plugin,
    name: String,
    /// Its directory, from the root of the tree.
    folder: PathBuf,
    /// Its Deployment, and the file of it.
    service: Value,
    file: String,
    namespace: String,
    /// Where the sources of the program lie, if the repository has them beside the tree.
    sources: Option<PathBuf>,
    /// The file of its Application, from the root of the tree.
    application: PathBuf,
    /// Its Application as the tree has it, and as it asks for the plugin.
    plain: Value,
    object: Value,
}

impl<'d> Plugged<'d> {
    /// An Application of a service with a Deployment, which this plugin is to be asked about.
    fn by(plugin: &'static Plugin, deployment: &'d Deployment<'d>) -> Result<Self> {
        let service = deployment
            .tree
            .of_kind("Deployment")
            .find(|manifest| manifest.path.starts_with("services"))
            .context("the tree has no service with a Deployment")?;
        let folder = service.path.parent().context("a manifest without a folder")?.to_owned();
        let name = owner(deployment, &folder)?;
        let application =
            deployment.tree.of_kind("Application").find(|one| one.name() == name).context("it has no Application")?;
        let mut object = application.object.clone();
        let source = object["spec"]["source"].as_object_mut().context("an Application without a source")?;
        source.remove("directory");
        source.insert("plugin".to_owned(), json!({"name": plugin.name}));
        let file = service.path.file_name().and_then(|name| name.to_str()).context("a manifest without a name")?;
        Ok(Self {
            deployment,
            plugin,
            name,
            folder,
            service: service.object.clone(),
            file: file.to_owned(),
            sources: None,
            namespace: service.namespace().to_owned(),
            application: application.path.clone(),
            plain: application.object.clone(),
            object,
        })
    }

    fn write(&self, name: &str, content: &str) -> Result<()> {
        self.deployment.repository.write(&self.folder.join(name), content)
    }

    fn remove(&self, name: &str) -> Result<()> {
        self.deployment.repository.remove(&self.folder.join(name))
    }

    fn link(&self, to: &str, name: &str) -> Result<()> {
        self.deployment.repository.link(Path::new(to), &self.folder.join(name))
    }

    fn empty(&self) -> Result<()> {
        self.deployment.repository.remove(&self.folder)
    }

    fn write_application(&self, object: &Value) -> Result<()> {
        self.deployment.repository.write_object(&self.application, object)
    }

    /// Puts the directory and the Application back as they were when it was well, and the sources.
    fn restore(&self) -> Result<()> {
        self.empty()?;
        let from = self.deployment.tree.root.join(&self.folder);
        for entry in std::fs::read_dir(&from)? {
            let entry = entry?;
            let name = entry.file_name().into_string().map_err(|_| anyhow::anyhow!("a name that is no Unicode"))?;
            self.write(&name, &std::fs::read_to_string(entry.path())?)?;
        }
        if let Some(sources) = &self.sources {
            self.deployment.repository.add_sources(sources)?;
        }
        self.write_application(&self.object)
    }

    /// Commits an Application, and has Argo CD see it.
    fn becomes(&self, object: &Value) -> Result<()> {
        self.write_application(object)?;
        self.commit("the Application's tool")
    }

    fn commit(&self, message: &str) -> Result<()> {
        self.deployment.repository.commit(message)?;
        let owner = owner(self.deployment, self.application.parent().context("an Application without a folder")?)?;
        self.deployment.applications.refresh(&[owner, self.name.clone()], "normal")
    }

    fn get(&self) -> Result<Value> {
        self.deployment.applications.get(&self.name)?.with_context(|| format!("Application {} is gone", self.name))
    }

    fn is_well(&self, processes: &mut Processes) -> Result<()> {
        interrupt::until("Synced and Healthy by way of the plugin", PATIENCE, || {
            processes.all_alive()?;
            let one = self.get()?;
            // The status follows the source when the next comparison has been made.
            let is_guarded =
                one["spec"]["source"]["plugin"]["name"] == self.plugin.name && one["status"]["sourceType"] == "Plugin";
            let is_quiet = complaints(&one).is_empty();
            Ok(if is_guarded && is_quiet && settled(&one) { Ok(()) } else { Err(summary(&one)) })
        })
    }

    /// Something is done, and the Application's condition has these words in the first line that the plugin said; afterwards all
    /// is well again.
    fn refuses(&self, findings: &mut Findings, what: &str, words: &str, done: impl FnOnce() -> Result<()>) {
        let verdict = done().and_then(|()| self.commit(what)).and_then(|()| self.says(words));
        let restored = self.restore().and_then(|()| self.commit("as it was rendered")).and_then(|()| {
            interrupt::until("the condition to go", PATIENCE, || {
                let one = self.get()?;
                Ok(if complaints(&one).is_empty() && settled(&one) { Ok(()) } else { Err(summary(&one)) })
            })
        });
        findings.case(&format!("{what} is refused: {words}"), verdict.map_err(|error| format!("{error:#}")));
        findings.case(&format!("{what}: all is well without it"), restored.map_err(|error| format!("{error:#}")));
    }

    fn says(&self, words: &str) -> Result<()> {
        interrupt::until(&format!("the condition to say `{words}`"), PATIENCE, || {
            let one = self.get()?;
            let said = complaints(&one).into_iter().find(|said| said.contains(self.plugin.command));
            // Behind the command line stands what the plugin said, the first line first.
            let first =
                said.as_deref().and_then(|said| said.split("error: ").last()?.lines().next().map(str::to_owned));
            let is_said = first.is_some_and(|first| first.contains(words));
            Ok(if is_said { Ok(()) } else { Err(summary(&one)) })
        })
    }

    /// The Application reads its directory as the tree says.
    fn is_plain_again(&self, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
        self.becomes(&self.plain)?;
        let settled = self.deployment.settle(processes);
        findings.case("all is well as a plain directory again", settled.map_err(|error| format!("{error:#}")));
        Ok(())
    }
}
