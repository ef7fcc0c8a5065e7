//! Argo CD: who owns what.

use super::{CrossRule, policies};
use crate::field::{at, has, text, texts};
use crate::scene::{Findings, Scene};
use crate::workload::Workload;
use crate::world::Document;

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "one-owner",
        sentence: "every object belongs to exactly one Application, but for the one that everything starts from and its project beside it",
        check: one_owner,
    },
    CrossRule {
        name: "application-path",
        sentence: "every Application's folder is in the tree, and no Application owns itself",
        check: application_path,
    },
    CrossRule {
        name: "application-project",
        sentence: "every Application is of an AppProject that exists, and every AppProject has an Application",
        check: application_project,
    },
    CrossRule {
        name: "application-destination",
        sentence: "an Application deploys to where it says: all of its objects are in its namespace",
        check: application_destination,
    },
    CrossRule {
        name: "one-repository",
        sentence: "every Application and every AppProject names the one repository",
        check: one_repository,
    },
    CrossRule {
        name: "refresh-path",
        sentence: "an Application that says where its manifests come from says its own folder",
        check: refresh_path,
    },
    CrossRule {
        name: "restart-drift",
        sentence: "an Application does not undo the restarts of the 1Password operator",
        check: restart_drift,
    },
];

pub(super) fn owns(application: &Document, document: &Document) -> bool {
    let path = text(&application.value, "spec.source.path");
    let Some(rest) = document.path.strip_prefix(path).and_then(|rest| rest.strip_prefix('/')) else { return false };
    let recurse = at(&application.value, "spec.source.directory.recurse") == &serde_json::Value::Bool(true);
    recurse || !rest.contains('/')
}

/// The Application that owns a document.
pub(super) fn owner<'a>(scene: &Scene<'a>, document: &Document) -> Option<&'a Document> {
    scene.of_kind("Application").iter().copied().find(|application| owns(application, document))
}

pub(super) fn owned<'s, 'a>(
    scene: &'s Scene<'a>,
    application: &'s Document,
) -> impl Iterator<Item = &'a Document> + use<'s, 'a> {
    scene.documents.iter().filter(move |document| owns(application, document))
}

pub(super) fn applications_of<'s, 'a>(
    scene: &'s Scene<'a>,
    project: &'s Document,
) -> impl Iterator<Item = &'a Document> + use<'s, 'a> {
    let applications = scene.of_kind("Application").iter().copied();
    applications.filter(|application| text(&application.value, "spec.project") == project.name)
}

fn one_owner(scene: &Scene<'_>, findings: &mut Findings) {
    let mut unowned = Vec::new();
    for document in scene.documents {
        match scene.of_kind("Application").iter().filter(|application| owns(application, document)).count() {
            0 => unowned.push(document),
            1 => {}
            count => findings.push(document.finding("one-owner", format!("{count} Applications own it"))),
        }
    }
    let roots: Vec<_> = unowned.iter().filter(|document| document.kind == "Application").collect();
    let root = roots.first().copied();
    let project = root.map(|root| text(&root.value, "spec.project"));
    let folder = |document: &Document| document.path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    for document in &unowned {
        let is_start = match document.kind.as_str() {
            "Application" => roots.len() == 1,
            "AppProject" => Some(document.name.as_str()) == project,
            _ => false,
        };
        if !is_start || root.map(|root| folder(root)) != Some(folder(document)) {
            findings.push(
                document.finding("one-owner", "no Application owns it, and it is not where everything starts from"),
            );
        }
    }
}

fn application_path(scene: &Scene<'_>, findings: &mut Findings) {
    for application in scene.of_kind("Application").iter().copied() {
        let of_platform = scene.platform.iter().any(|document| owns(application, document));
        if owns(application, application) || (owned(scene, application).next().is_none() && !of_platform) {
            findings.push(application.finding("application-path", "its folder holds nothing, or itself"));
        }
    }
}

fn application_project(scene: &Scene<'_>, findings: &mut Findings) {
    for application in scene.of_kind("Application") {
        let project = text(&application.value, "spec.project");
        if project == "default" || scene.find("AppProject", application.space(), project).is_none() {
            findings.push(application.finding("application-project", format!("there is no AppProject `{project}`")));
        }
    }
    for project in scene.of_kind("AppProject").iter().copied() {
        if applications_of(scene, project).next().is_none() {
            findings.push(project.finding("application-project", "no Application is of it"));
        }
    }
}

fn application_destination(scene: &Scene<'_>, findings: &mut Findings) {
    for application in scene.of_kind("Application").iter().copied() {
        let namespace = text(&application.value, "spec.destination.namespace");
        for document in owned(scene, application) {
            let part_of = at(&document.value, "metadata.labels").get("app.kubernetes.io/part-of");
            let home = match (&document.namespace, document.kind.as_str()) {
                (Some(namespace), _) => namespace,
                (None, "Namespace") => document.name.as_str(),
                // They are of the whole cluster, and their Application names a namespace because it has to.
                (None, _) if policies::is_policy(document) => namespace,
                (None, _) => part_of.and_then(|namespace| namespace.as_str()).unwrap_or_default(),
            };
            if home != namespace {
                let sentence = format!("it deploys to `{namespace}` and holds {}", document.object());
                findings.push(application.finding("application-destination", sentence));
            }
        }
    }
}

fn one_repository(scene: &Scene<'_>, findings: &mut Findings) {
    let applications = scene
        .of_kind("Application")
        .iter()
        .map(|application| (*application, vec![text(&application.value, "spec.source.repoURL")]));
    let projects =
        scene.of_kind("AppProject").iter().map(|project| (*project, texts(&project.value, "spec.sourceRepos")));
    let named: Vec<_> = applications.chain(projects).collect();
    let Some(first) = named.first().and_then(|(_, repositories)| repositories.first()).copied() else { return };
    for (document, repositories) in &named {
        if repositories.as_slice() != [first] {
            findings
                .push(document.finding("one-repository", format!("it names {repositories:?}, not `{first}` alone")));
        }
    }
}

fn refresh_path(scene: &Scene<'_>, findings: &mut Findings) {
    for application in scene.of_kind("Application") {
        let annotation =
            at(&application.value, "metadata.annotations").get("argocd.argoproj.io/manifest-generate-paths");
        let own = format!("/{}", text(&application.value, "spec.source.path"));
        if annotation.and_then(|paths| paths.as_str()).is_some_and(|paths| !paths.split(';').any(|path| path == own)) {
            findings.push(application.finding("refresh-path", "a change of its folder would not be noticed"));
        }
    }
}

fn restart_drift(scene: &Scene<'_>, findings: &mut Findings) {
    let restarted = |workload: &&Workload<'_>| {
        let is_item = |name: &&str| scene.find("OnePasswordItem", workload.namespace(), name).is_some();
        workload.document.kind == "Deployment" && workload.data_secrets().iter().any(is_item)
    };
    for workload in scene.workloads.iter().filter(restarted) {
        if owner(scene, workload.document).is_some_and(|application| !has(&application.value, "spec.ignoreDifferences"))
        {
            findings.push(workload.document.finding("restart-drift", "its Application would undo a restart"));
        }
    }
}
