//! Pods, however they are made: from their own object or from a controller's template.

mod account;
mod containers;
mod credentials;
mod mesh;
mod pod_security;
mod settings;

pub(crate) use pod_security::{Level, Standard};

pub(super) use credentials::config as credentials_of_a_config;
pub(super) use mesh::{annotations as mesh_annotations, is_open as is_open_policy};

use super::judge::Judge;
use super::yaml::{Broken, Field};
use crate::model::Rule;
use crate::review::quote::quotation;

/// More containers than any pod has. The others are not judged, and that is said.
const MOST_CONTAINERS: usize = 1000;

/// A pod, or the template of one.
#[derive(Debug)]
struct Pod<'a> {
    metadata: Field<'a>,
    spec: Field<'a>,
    containers: Vec<Container<'a>>,
}

/// One of its containers.
#[derive(Debug)]
struct Container<'a> {
    field: Field<'a>,
    kind: ContainerKind,
}

/// In which list it stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum ContainerKind {
    Init,
    Main,
    Ephemeral,
}

impl<'a> Pod<'a> {
    fn read(judge: &mut Judge, template: &Field<'a>) -> Self {
        let spec = template.get("spec");
        let lists = [
            ("initContainers", ContainerKind::Init),
            ("containers", ContainerKind::Main),
            ("ephemeralContainers", ContainerKind::Ephemeral),
        ];
        let mut containers = Vec::new();
        for (list, kind) in lists {
            let fields = judge.mappings(&spec.get(list));
            containers.extend(fields.into_iter().map(|field| Container { field, kind }));
        }
        if let Some(first) = containers.get(MOST_CONTAINERS) {
            let why = format!("the pod has more than {MOST_CONTAINERS} containers, and no more were judged");
            judge.broken.push(Broken { mark: first.field.mark(), why });
            containers.truncate(MOST_CONTAINERS);
        }
        let pod = Self { metadata: template.get("metadata"), spec, containers };
        pod.check_form(judge);
        pod
    }

    /// Says what is no list or no mapping where one belongs: what cannot be read is not passed.
    fn check_form(&self, judge: &mut Judge) {
        judge.entries(&self.metadata);
        judge.entries(&self.metadata.get("annotations"));
        judge.entries(&self.spec.get("securityContext"));
        judge.list(&self.setting("sysctls"));
        judge.list(&self.setting("supplementalGroups"));
        judge.mappings(&self.spec.get("volumes"));
        for container in &self.containers {
            let field = &container.field;
            for name in ["securityContext", "resources", "lifecycle", "livenessProbe", "readinessProbe", "startupProbe"]
            {
                judge.entries(&field.get(name));
            }
            for name in ["ports", "env"] {
                judge.mappings(&field.get(name));
            }
            for name in ["command", "args"] {
                judge.list(&field.get(name));
            }
            let capabilities = container.setting("capabilities");
            judge.entries(&capabilities);
            judge.list(&capabilities.get("add"));
            judge.list(&capabilities.get("drop"));
        }
    }

    /// A setting of the whole pod.
    fn setting(&self, name: &'a str) -> Field<'a> {
        self.spec.at(["securityContext", name])
    }

    fn is_of_windows(&self) -> bool {
        self.spec.at(["os", "name"]).text() == Some("windows")
    }
}

impl<'a> Container<'a> {
    /// A setting of this container.
    fn setting(&self, name: &'a str) -> Field<'a> {
        self.field.at(["securityContext", name])
    }

    /// A sentence about it, which begins with its name.
    fn says(&self, sentence: impl std::fmt::Display) -> String {
        match self.field.get("name").text() {
            Some(name) => format!("container `{}` {sentence}", quotation(name)),
            None => format!("a container without a name {sentence}"),
        }
    }
}

/// Whether a template has containers: a part of one, such as a patch, has none.
pub(super) fn has_containers(template: &Field<'_>) -> bool {
    !template.at(["spec", "containers"]).is_empty()
}

/// Holds a pod, or the template of one, to the rules.
pub(super) fn judge(judge: &mut Judge, template: &Field<'_>) {
    let pod = Pod::read(judge, template);
    judge.level = Some(pod_security::level(&pod, judge.standard));
    // The rules are those of the whole model: what the standard leaves to Windows and to namespaces of users, it does not.
    for violation in pod_security::violations(&pod, Level::Restricted, judge.standard.without_exceptions()) {
        let rule = violation.rule();
        judge.add(rule, &violation.at, violation.wrong);
    }
    settings::judge(judge, &pod);
    containers::judge(judge, &pod);
    account::judge(judge, &pod);
    credentials::judge(judge, &pod);
    mesh::annotations(judge, &pod.metadata.get("annotations"));
}

/// The rule that a debugging container breaks where another one would break `rule`.
fn rule_for(kind: ContainerKind, rule: Rule) -> Rule {
    match (kind, rule) {
        (
            ContainerKind::Ephemeral,
            Rule::ReadOnlyRootFilesystem
            | Rule::RunAsNonRoot
            | Rule::NoPrivilegeEscalation
            | Rule::DropAllCapabilities
            | Rule::RuntimeDefaultSeccomp,
        ) => Rule::EphemeralContainers,
        (_, rule) => rule,
    }
}
