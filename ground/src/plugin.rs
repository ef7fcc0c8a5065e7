//! The plugin, as Argo CD runs it: controller, repo server, cmp-server, `casemate plugin guard`. What it refuses is read where a person
//! reads it: in the Application's condition.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::applications::{complaints, settled, summary};
use crate::arguments::Arguments;
use crate::deployment::Deployment;
use crate::foreign::owner;
use crate::interrupt;
use crate::processes::Processes;
use crate::table::Findings;

/// How long one change may take to be seen.
const PATIENCE: Duration = Duration::from_mins(2);

/// How many objects the large directory has.
const MANY: usize = 10_000;

/// Writes `plugin.yaml`, with the program of this repository, and says where: the folder that `argocd-cmp-server` is told.
pub(crate) fn configure(home: &Path) -> Result<PathBuf> {
    let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--package", "homelab", "--bin", "casemate"])
        .current_dir(Arguments::repository()?)
        .status()
        .context("cannot run cargo")?;
    anyhow::ensure!(built.success(), "`cargo build --package homelab --bin casemate` failed");
    // It lies beside this one.
    let program = std::env::current_exe()?.with_file_name("casemate");
    let folder = home.join("plugin");
    std::fs::create_dir_all(&folder)?;
    let plugin = json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "ConfigManagementPlugin",
        "metadata": {"name": "casemate"},
        "spec": {"generate": {"command": [program, "plugin", "guard"]}},
    });
    std::fs::write(folder.join("plugin.yaml"), plugin.to_string())?;
    Ok(folder)
}

/// One Application of the tree that is switched to the plugin.
struct Guarded<'d> {
    deployment: &'d Deployment<'d>,
    name: String,
    /// Its directory, from the root of the tree.
    folder: PathBuf,
    /// The file of its Application, from the root of the tree.
    application: PathBuf,
    object: Value,
}

/// An Application of a service is Synced and Healthy by way of the plugin, and everything that was done to its directory or to itself is
/// refused in words that say what to do.
pub(crate) fn guarded(deployment: &Deployment<'_>, processes: &mut Processes, findings: &mut Findings) -> Result<()> {
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
    source.insert("plugin".to_owned(), json!({"name": "casemate"}));
    let file = service.path.file_name().and_then(|name| name.to_str()).context("a manifest without a name")?;
    let guarded = Guarded { deployment, name, folder, application: application.path.clone(), object };

    guarded.becomes(&guarded.object)?;
    let well = guarded.is_well(processes);
    findings.case("Synced and Healthy by way of the plugin", well.map_err(|error| format!("{error:#}")));

    let edited = |from: &str, to: &str| -> Result<String> {
        let text = std::fs::read_to_string(deployment.tree.root.join(&guarded.folder).join(file))?;
        anyhow::ensure!(text.contains(from), "{file} has no `{from}`");
        Ok(text.replacen(from, to, 1))
    };
    let edit = edited("spec:\n", "spec:\n  paused: true\n")?;
    guarded.refuses(findings, "an edited file", "is not what was rendered: render again and commit", || {
        guarded.write(file, &edit)
    });
    guarded.refuses(findings, "an added file", "no render wrote it: remove it", || {
        guarded.write("configmap-added.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: added}\n")
    });
    guarded.refuses(findings, "a file that Argo CD does not apply", "no render wrote it: remove it", || {
        guarded.write("README.md", "added\n")
    });
    guarded.refuses(findings, "a removed file", "was rendered and is gone", || guarded.remove(file));
    guarded.refuses(findings, "a removed manifest", "lies where a render makes only directories", || {
        guarded.remove(".casemate")
    });
    guarded.refuses(findings, "a link in place of a file", "a symbolic link, and no render makes one", || {
        guarded.remove(file)?;
        guarded.link(&format!("../_namespace/namespace-{}.yaml", service.namespace()), file)
    });
    guarded.refuses(findings, "a directory without a file", "lies where a render makes only directories", || {
        guarded.empty()?;
        guarded.write(".gitkeep", "")
    });
    for (what, key, value) in [
        ("a variable of the Application", "env", json!([{"name": "CASEMATE_GUARD", "value": "off"}])),
        ("a parameter of the Application", "parameters", json!([{"name": "skip", "string": "true"}])),
    ] {
        let mut object = guarded.object.clone();
        object["spec"]["source"]["plugin"][key] = value;
        guarded.refuses(findings, what, "remove `env` and `parameters` from the Application's `source.plugin`", || {
            guarded.write_application(&object)
        });
    }
    let compared = many(deployment);
    findings.case(&format!("{MANY} objects in one directory"), compared.map_err(|error| format!("{error:#}")));

    guarded.restore()?;
    guarded.becomes(&application.object)?;
    let settled = deployment.settle(processes);
    findings.case("all is well as a plain directory again", settled.map_err(|error| format!("{error:#}")));
    Ok(())
}

impl Guarded<'_> {
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

    /// Puts the directory and the Application back as they were when they were guarded.
    fn restore(&self) -> Result<()> {
        self.empty()?;
        let from = self.deployment.tree.root.join(&self.folder);
        for entry in std::fs::read_dir(&from)? {
            let entry = entry?;
            let name = entry.file_name().into_string().map_err(|_| anyhow::anyhow!("a name that is no Unicode"))?;
            self.write(&name, &std::fs::read_to_string(entry.path())?)?;
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
                one["spec"]["source"]["plugin"]["name"] == "casemate" && one["status"]["sourceType"] == "Plugin";
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
            let said = complaints(&one).into_iter().find(|said| said.contains("plugin guard"));
            // Behind the command line stands what the plugin said, the first line first.
            let first =
                said.as_deref().and_then(|said| said.split("error: ").last()?.lines().next().map(str::to_owned));
            let is_said = first.is_some_and(|first| first.contains(words));
            Ok(if is_said { Ok(()) } else { Err(summary(&one)) })
        })
    }
}

/// Ten thousand objects in one directory come through in time: an Application that is compared and not synced.
fn many(deployment: &Deployment<'_>) -> Result<()> {
    let folder = Path::new("services/many/many");
    let mut manifest =
        String::from("# casemate 1: rendered, so change the declaration instead; sha256sum --check .casemate\n");
    for number in 0..MANY {
        let text = format!(
            "# Rendered by Casemate: edit the declaration of many/many, not this file.\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  \
             name: c{number:05}\n  namespace: many\n  labels:\n    app.kubernetes.io/managed-by: casemate\ndata:\n  a: b\n"
        );
        let name = format!("configmap-c{number:05}.yaml");
        let digest = Sha256::digest(&text).iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
        manifest.extend([digest.as_str(), "  ", &name, "\n"]);
        deployment.repository.write(&folder.join(name), &text)?;
    }
    deployment.repository.write(&folder.join(".casemate"), &manifest)?;
    deployment.repository.commit("many objects")?;
    let (namespace, server) = ("many", "https://kubernetes.default.svc");
    let root = &deployment.tree.root_application()?.object;
    let metadata = json!({"name": "many", "namespace": root["metadata"]["namespace"]});
    let mut project = json!({
        "apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject", "metadata": metadata,
        "spec": {
            "sourceRepos": [root["spec"]["source"]["repoURL"]],
            "destinations": [{"server": server, "namespace": namespace}],
        },
    });
    project = deployment.repository.localised_object(&project)?;
    let mut application = json!({
        "apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": metadata,
        "spec": {
            "project": "many",
            "source": root["spec"]["source"],
            "destination": {"server": server, "namespace": namespace},
        },
    });
    application["metadata"]["name"] = json!("many.many");
    let source = &mut application["spec"]["source"];
    source["path"] = json!(deployment.tree.place()?.join(folder));
    source["plugin"] = json!({"name": "casemate"});
    source.as_object_mut().context("a source")?.remove("directory");
    application = deployment.repository.localised_object(&application)?;
    deployment.api.create(&project, "")?.object().context("the project of many")?;
    deployment.api.create(&application, "")?.object().context("the Application of many")?;
    let start = Instant::now();
    let compared = interrupt::until("ten thousand objects to be compared", PATIENCE, || {
        let one = deployment.applications.get("many.many")?.context("Application many.many is gone")?;
        let seen = one["status"]["resources"].as_array().map_or(0, Vec::len);
        Ok(if seen == MANY { Ok(()) } else { Err(format!("{seen} objects; {}", complaints(&one).join(" | "))) })
    });
    eprintln!("  {MANY} objects were compared {:.1} s after the Application was there", start.elapsed().as_secs_f64());
    deployment.api.delete(&deployment.applications.path("many.many")?)?;
    deployment.api.delete(&deployment.api.path(&project)?)?;
    deployment.repository.remove(folder)?;
    deployment.repository.commit("many objects are gone")?;
    compared
}
