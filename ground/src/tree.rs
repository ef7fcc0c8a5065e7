//! The rendered tree, read with the YAML reader of Kubernetes' own clients.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// One object and the file that holds it.
#[derive(Clone, Debug)]
pub(crate) struct Manifest {
    /// The file, relative to the tree.
    pub(crate) path: PathBuf,
    /// The file's text, unchanged.
    pub(crate) text: String,
    /// What the text means to Kubernetes.
    pub(crate) object: Value,
}

/// The rendered tree of one cluster.
#[derive(Debug)]
pub(crate) struct Tree {
    /// Where it lies on the disk.
    pub(crate) root: PathBuf,
    /// Its objects, ordered by path.
    pub(crate) manifests: Vec<Manifest>,
}

impl Tree {
    /// Reads every `*.yaml` under `root`. `reader` is the judge built from `ground/judges/yaml`.
    pub(crate) fn read(root: &Path, reader: &Path) -> Result<Self> {
        let mut paths = Vec::new();
        files(root, &mut paths).with_context(|| {
            format!("cannot read the tree {}: render it first (`cargo run -- render`)", root.display())
        })?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
        // What the plugin's sidecar is made of: no objects, and nothing applies it.
        paths.retain(|path| path.parent().is_none_or(|folder| !folder.ends_with("argocd/plugin")));
        paths.sort();
        if paths.is_empty() {
            bail!("{} holds no *.yaml: render it first (`cargo run -- render`)", root.display());
        }
        let mut manifests = Vec::new();
        for (path, object) in paths.iter().zip(objects(reader, &paths)?) {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            manifests.push(Manifest { path: path.strip_prefix(root)?.to_owned(), text, object });
        }
        Ok(Self { root: root.to_owned(), manifests })
    }

    /// The cluster's name: `render` names its folder after it.
    pub(crate) fn cluster(&self) -> &str {
        self.root.file_name().and_then(std::ffi::OsStr::to_str).unwrap_or_default()
    }

    /// All objects of a kind.
    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Manifest> {
        self.manifests.iter().filter(move |manifest| manifest.kind() == kind)
    }

    /// The tree without what Argo CD cannot deploy here, and the names of what was left out: Applications of charts, whose
    /// repositories nothing here reaches, and with each what lies beside its chart.
    pub(crate) fn without_charts(&self) -> (Self, Vec<String>) {
        let sources =
            |application: &Manifest| application.object["spec"]["sources"].as_array().cloned().unwrap_or_default();
        let charts: Vec<&Manifest> = self
            .of_kind("Application")
            .filter(|application| sources(application).iter().any(|source| source["chart"].is_string()))
            .collect();
        let folders: Vec<String> = charts
            .iter()
            .flat_map(|application| sources(application))
            .filter_map(|source| source["path"].as_str().map(str::to_owned))
            .collect();
        let is_beside = |manifest: &Manifest| {
            let folder = manifest.path.parent();
            folder.is_some_and(|folder| folders.iter().any(|beside| Path::new(beside).ends_with(folder)))
        };
        let left_out = |manifest: &Manifest| {
            is_beside(manifest) || charts.iter().any(|application| application.path == manifest.path)
        };
        let manifests = self.manifests.iter().filter(|manifest| !left_out(manifest)).cloned().collect();
        let names = charts.iter().map(|application| application.name().to_owned()).collect();
        (Self { root: self.root.clone(), manifests }, names)
    }

    /// What the tree's own Argo CD is configured with, beside what it installs by itself: the entries of `argocd-cm`.
    pub(crate) fn argocd_settings(&self) -> Value {
        let sources = self.of_kind("Application").flat_map(|one| crate::pods::each(&one.object["spec"]["sources"]));
        let mut charts = sources.filter(|source| source["chart"] == "argo-cd");
        charts.next().map_or(Value::Null, |source| source["helm"]["valuesObject"]["configs"]["cm"].clone())
    }

    /// The Application that the user applies by hand.
    pub(crate) fn root_application(&self) -> Result<&Manifest> {
        let mut applications = self.of_kind("Application").filter(|manifest| manifest.path.starts_with("bootstrap"));
        match (applications.next(), applications.next()) {
            (Some(one), None) => Ok(one),
            (None, _) => bail!("{}/bootstrap holds no Application", self.root.display()),
            (Some(_), Some(_)) => bail!("{}/bootstrap holds more than one Application", self.root.display()),
        }
    }

    /// The folder of the repository in which the tree lies, as the Applications name it: `out/homelab`.
    pub(crate) fn place(&self) -> Result<PathBuf> {
        let root = self.root_application()?;
        let path = root.object["spec"]["source"]["path"].as_str().context("the root Application has no source.path")?;
        let parts: Vec<&str> = path.split('/').collect();
        (0..parts.len())
            .find(|&skipped| self.root.join(parts[skipped..].join("/")).is_dir())
            .map(|skipped| PathBuf::from(parts[..skipped].join("/")))
            .with_context(|| format!("the root Application's path {path} is not in {}", self.root.display()))
    }
}

impl Manifest {
    /// The object's kind.
    pub(crate) fn kind(&self) -> &str {
        text(&self.object["kind"])
    }

    /// The object's name.
    pub(crate) fn name(&self) -> &str {
        text(&self.object["metadata"]["name"])
    }

    /// The object's namespace, if it has one.
    pub(crate) fn namespace(&self) -> &str {
        text(&self.object["metadata"]["namespace"])
    }
}

/// The text of a value, or nothing.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// How people name an object: `Deployment shop/web`.
pub(crate) fn label(object: &Value) -> String {
    let (kind, name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
    match object["metadata"]["namespace"].as_str() {
        Some(namespace) => format!("{kind} {namespace}/{name}"),
        None => format!("{kind} {name}"),
    }
}

/// Every file under a folder.
pub(crate) fn files(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// What YAML files mean to Kubernetes.
pub(crate) fn objects(reader: &Path, paths: &[PathBuf]) -> Result<Vec<Value>> {
    let mut child = Command::new(reader)
        .arg("files")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", reader.display()))?;
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let mut stdin = child.stdin.take().context("no pipe to the YAML reader")?;
    let feeding = std::thread::spawn(move || stdin.write_all(names.join("\n").as_bytes()));
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("sigs.k8s.io/yaml refuses the tree: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    if !matches!(feeding.join(), Ok(Ok(()))) {
        bail!("the YAML reader did not take all names");
    }
    let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let objects: Vec<Value> =
        lines.map(|line| Ok(serde_json::from_slice::<Value>(line)?["object"].take())).collect::<Result<_>>()?;
    if objects.len() != paths.len() {
        bail!("the YAML reader answered {} of {} files", objects.len(), paths.len());
    }
    Ok(objects)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn manifest(path: &str, object: Value) -> Manifest {
        Manifest { path: path.into(), text: String::new(), object }
    }

    #[test]
    fn charts_and_what_lies_beside_them_are_left_out_and_nothing_else() {
        let chart = json!({"kind": "Application", "metadata": {"name": "chart.mesh"}, "spec": {"sources": [
            {"chart": "mesh"}, {"path": "out/homelab/platform/mesh/mesh"}]}});
        let namespace = json!({"kind": "Application", "metadata": {"name": "namespace.mesh"}, "spec": {"source":
            {"path": "out/homelab/platform/mesh/_namespace"}}});
        let manifests = vec![
            manifest("argocd/platform/application-chart.mesh.yaml", chart),
            manifest("argocd/platform/application-namespace.mesh.yaml", namespace),
            manifest("platform/mesh/_namespace/namespace-mesh.yaml", json!({"kind": "Namespace"})),
            manifest("platform/mesh/mesh/certificate-mesh.yaml", json!({"kind": "Certificate"})),
        ];
        let (tree, left_out) = Tree { root: PathBuf::new(), manifests }.without_charts();
        assert_eq!(left_out, ["chart.mesh"]);
        let kept: Vec<_> = tree.manifests.iter().map(|manifest| manifest.path.display().to_string()).collect();
        assert_eq!(
            kept,
            ["argocd/platform/application-namespace.mesh.yaml", "platform/mesh/_namespace/namespace-mesh.yaml"]
        );
    }
}
