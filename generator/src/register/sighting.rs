//! What was seen of the fields that are evidence, object by object, while the tree is rendered: no object is kept for it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::field::{Field, Must, On};
use crate::manifest::Manifest;
use crate::meta;
use crate::object::{EACH, Object, Part};
use crate::policy;

/// A field that was looked up in an object.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Sighting {
    /// The field.
    pub(super) field: Field,
    /// The directory of the object's file.
    pub(super) directory: Arc<str>,
    /// The name of the file.
    pub(super) file: String,
    /// What was seen there.
    pub(super) sight: Sight,
}

/// What was seen of a field in an object.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Sight {
    /// It holds what it has to hold.
    Shown,
    /// It says that what it has to hold is awaited.
    Awaited,
    /// It holds something else; of an object that must not be, always.
    Lost,
}

/// A policy of Kyverno.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Policy {
    /// `ValidatingPolicy`, and so on.
    pub(super) kind: String,
    /// Its name.
    pub(super) name: String,
    /// What it does with what breaks it: `Deny` or `Audit`; nothing where it does not validate.
    pub(super) action: Option<String>,
    /// Why it does no more than it does, if it says so.
    pub(super) reason: Option<String>,
    /// Whom it exempts: each variable that lets somebody pass, and what it holds.
    pub(super) exempts: Vec<(String, String)>,
    /// The namespaces that it leaves out by their names; what ends in `-` stands for all names that begin so.
    pub(super) leaves_out: BTreeSet<String>,
    /// Its file, from the root of the tree.
    pub(super) path: String,
}

impl Policy {
    /// A policy, if the object of a file is one.
    fn of(kind: &str, name: &str, object: &Object, path: String) -> Option<Self> {
        let texts = |keys: &[&str]| -> Vec<String> {
            object.places(keys).iter().filter_map(|place| place.as_ref()?.text()).map(str::to_owned).collect()
        };
        let expressions = |list: &str| -> Vec<(String, String)> {
            let expression = |place: Option<Part<'_>>| {
                let said = |key: &str| place.as_ref()?.under(key)?.text().map(str::to_owned);
                Some((said("name")?, said("expression")?))
            };
            object.places(&["spec", list, EACH]).into_iter().filter_map(expression).collect()
        };
        let selector = object.places(&["spec", "matchConstraints", "namespaceSelector", "?matchExpressions", EACH]);
        let mut leaves_out = BTreeSet::new();
        for requirement in selector.iter().flatten() {
            let says = |key: &str| requirement.under(key).and_then(|part| part.text());
            if says("key") == Some(policy::NAMESPACE_NAME) && says("operator") == Some("NotIn") {
                let values = requirement.under("values").map_or_else(Vec::new, |values| values.items());
                leaves_out.extend(values.iter().filter_map(Part::text).map(str::to_owned));
            }
        }
        for (_, expression) in expressions("matchConditions").iter().filter(|(name, _)| name == policy::LEAVES_OUT) {
            leaves_out.extend(literals(expression).map(str::to_owned));
        }
        let exempts = expressions("variables").into_iter().filter(|(name, _)| name.starts_with(policy::EXEMPTS));
        POLICIES.contains(&kind).then(|| Self {
            kind: kind.to_owned(),
            name: name.to_owned(),
            action: texts(&["spec", "validationActions", EACH]).into_iter().next(),
            reason: texts(&["metadata", "annotations", meta::DESCRIPTION]).into_iter().next(),
            exempts: exempts.collect(),
            leaves_out,
            path,
        })
    }
}

/// The texts in an expression: names of Kubernetes have no quotes in them.
fn literals(expression: &str) -> impl Iterator<Item = &str> {
    expression.split('\'').skip(1).step_by(2)
}

/// All that was seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    sightings: Vec<Sighting>,
    policies: Vec<Policy>,
    /// What may be the tunnel's config: directory, file, text.
    configs: Vec<(Arc<str>, String, String)>,
}

/// The kinds that have a pod template.
const WORKLOADS: [&str; 5] = ["CronJob", "DaemonSet", "Deployment", "Job", "StatefulSet"];

/// The key of cloudflared's config.
const CONFIG: &str = "config.yaml";

/// The kinds of policies.
const POLICIES: [&str; 3] = ["GeneratingPolicy", "MutatingPolicy", "ValidatingPolicy"];

impl Seen {
    /// Looks into a manifest.
    pub(crate) fn look(&mut self, manifest: &Manifest) {
        self.look_into(&manifest.directory, &manifest.file, &manifest.object);
    }

    /// Looks into the object of a file.
    pub(super) fn look_into(&mut self, directory: &Arc<str>, file: &str, object: &Object) {
        let (kind, name) = (object.text(&["kind"]).unwrap_or_default(), object.text(&["metadata", "name"]));
        let name = name.unwrap_or_default();
        for field in Field::ALL {
            if let Some(template) = place(field.on(), kind, name, directory) {
                self.sightings.push(Sighting {
                    field: *field,
                    directory: Arc::clone(directory),
                    file: file.to_owned(),
                    sight: sight(object, template, field.must()),
                });
            }
        }
        if kind == "ConfigMap"
            && let Some(text) = object.text(&["data", CONFIG])
        {
            self.configs.push((Arc::clone(directory), file.to_owned(), text.to_owned()));
        }
        self.policies.extend(Policy::of(kind, name, object, format!("{directory}/{file}")));
    }

    /// Adds what was seen elsewhere.
    pub(crate) fn add(&mut self, mut other: Self) {
        self.sightings.append(&mut other.sightings);
        self.policies.append(&mut other.policies);
        self.configs.append(&mut other.configs);
    }

    /// The same in the order of fields and paths, whoever saw what first.
    pub(crate) fn sorted(mut self) -> Self {
        self.sightings.sort_unstable();
        self.policies.sort_unstable();
        self.configs.sort_unstable();
        self
    }

    /// The sightings of a field, in the order of their paths.
    pub(super) fn of(&self, field: Field) -> &[Sighting] {
        let start = self.sightings.partition_point(|sighting| sighting.field < field);
        let end = self.sightings.partition_point(|sighting| sighting.field <= field);
        self.sightings.get(start..end).unwrap_or_default()
    }

    /// The sightings of a field in a directory.
    pub(super) fn within(&self, field: Field, directory: &str) -> &[Sighting] {
        let of = self.of(field);
        let start = of.partition_point(|sighting| *sighting.directory < *directory);
        let end = of.partition_point(|sighting| *sighting.directory <= *directory);
        of.get(start..end).unwrap_or_default()
    }

    /// The file with the config of the tunnel in a directory, and the config.
    pub(super) fn config(&self, directory: &str) -> Option<(&str, &str)> {
        let found = self.configs.iter().find(|(of, _, _)| **of == *directory);
        found.map(|(_, file, text)| (file.as_str(), text.as_str()))
    }

    /// The policies, by kind and name.
    pub(super) fn policies(&self) -> &[Policy] {
        &self.policies
    }
}

/// Where a field's paths begin in an object; nothing where it is not looked up.
fn place(on: On, kind: &str, name: &str, directory: &str) -> Option<&'static [&'static str]> {
    let is_it = match on {
        On::Template => WORKLOADS.contains(&kind),
        On::Kinds(kinds) => kinds.contains(&kind),
        On::Named(of, named) => kind == of && name == named,
        On::OfTheService(of) => kind == of && directory.rsplit('/').next() == Some(name),
    };
    is_it.then_some(if matches!(on, On::Template) { template_of(kind) } else { &[] })
}

/// Where the pod template of a workload is.
pub(super) fn template_of(kind: &str) -> &'static [&'static str] {
    if kind == "CronJob" { &["spec", "jobTemplate", "spec", "template"] } else { &["spec", "template"] }
}

fn sight(object: &Object, template: &[&str], must: Must) -> Sight {
    let Must::Hold(paths, held) = must else { return Sight::Lost };
    let mut sight = None;
    for path in paths {
        let keys: Vec<&str> = template.iter().chain(*path).copied().collect();
        for place in object.places(&keys) {
            let here = match place.as_ref() {
                place if held.is_in(place) => Sight::Shown,
                place if held.is_awaited_in(place) => Sight::Awaited,
                _ => return Sight::Lost,
            };
            sight = sight.max(Some(here));
        }
    }
    sight.unwrap_or(Sight::Lost)
}
