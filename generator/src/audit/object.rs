//! The objects of a document: one, or those of a list.

use std::collections::BTreeMap;

use super::judge::{Finding, Judge};
use super::kinds::{self, Kind};
use super::pod::{self, Level, Standard};
use super::yaml::{Field, Node};
use super::{Audited, Problem, Unjudged};
use crate::model::Rule;
use crate::review::quote::quotation;

/// Lists in lists: the API server has none.
const MOST_LISTS: usize = 4;

/// Which object it is. Each text is as a person may read it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Identity {
    /// The number of its document in the file, from 1.
    pub(crate) document: usize,
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) namespace: Option<String>,
    pub(crate) name: Option<String>,
}

/// An object and what is wrong with it.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) identity: Identity,
    pub(crate) findings: Vec<Finding>,
    /// How many more were found than are listed.
    pub(crate) unlisted: BTreeMap<Rule, usize>,
    /// The level of Pod Security that its pods meet, if it makes any.
    pub(crate) level: Option<Level>,
}

/// Judges what a document holds.
pub(super) fn judge(audited: &mut Audited, document: usize, node: &Node, standard: Standard) {
    let root = Field::root(node);
    if root.is_absent() {
        return;
    }
    Reading { audited, document, standard }.object(&root, None, 0);
}

struct Reading<'a> {
    audited: &'a mut Audited,
    document: usize,
    standard: Standard,
}

impl Reading<'_> {
    /// `of_list`: the version and kind that items of a typed list leave out.
    fn object(&mut self, object: &Field<'_>, of_list: Option<(&str, &str)>, level: usize) {
        let said = (object.get("apiVersion").text(), object.get("kind").text());
        let (api_version, kind) = match (said, of_list) {
            ((Some(version), Some(kind)), _) | (_, Some((version, kind))) => (version, kind),
            _ if level > 0 => return self.problem(object, "an item of a list has no kind"),
            _ => {
                if super::input::is_kustomization(&self.audited.path) {
                    self.audited.unjudged.push(Unjudged::Kustomization);
                } else {
                    self.audited.foreign += 1;
                }
                return;
            }
        };
        let items = object.get("items");
        if let (Some(single), true) = (kind.strip_suffix("List"), items.is_list()) {
            if level >= MOST_LISTS {
                return self.problem(object, "lists lie in lists");
            }
            let of_list = (!single.is_empty()).then_some((api_version, single));
            for item in items.items() {
                self.object(&item, of_list, level + 1);
            }
            return;
        }
        let metadata = object.get("metadata");
        let names = [metadata.get("name").text(), metadata.get("namespace").text()];
        if [Some(api_version), Some(kind)].iter().chain(&names).flatten().any(|text| text.contains("{{")) {
            self.audited.unjudged.push(Unjudged::Template);
            return;
        }
        let group = api_version.split_once('/').map_or("", |(group, _)| group);
        self.judge(object, group, api_version, kind, names);
    }

    fn judge(&mut self, object: &Field<'_>, group: &str, api_version: &str, kind: &str, names: [Option<&str>; 2]) {
        let mut judge = Judge::new(self.standard);
        match kinds::of(group, kind) {
            Kind::Judged(judges) => judges(&mut judge, object),
            Kind::Pods(path) => {
                let template = path.iter().fold(object.clone(), |field, name| field.get(name));
                if !pod::has_containers(&template) {
                    self.audited.unjudged.push(Unjudged::Fragment);
                }
                pod::judge(&mut judge, &template);
            }
            Kind::WithoutRule => {
                self.audited.without_rule.push(named(group, kind));
                return;
            }
            Kind::Unknown if group == "kustomize.config.k8s.io" => {
                self.audited.unjudged.push(Unjudged::Kustomization);
                return;
            }
            Kind::Unknown => {
                let makes_pods = makes_pods(object, 0);
                self.audited.unjudged.push(Unjudged::Kind { name: named(group, kind), makes_pods });
                return;
            }
        }
        let Judge { findings, unlisted, broken, level, .. } = judge;
        self.audited.problems.extend(broken.into_iter().map(Problem::from));
        let [name, namespace] = names.map(|name| name.map(quotation));
        let identity = Identity {
            document: self.document,
            api_version: quotation(api_version),
            kind: quotation(kind),
            namespace,
            name,
        };
        self.audited.objects.push(Judged { identity, findings, unlisted, level });
    }

    fn problem(&mut self, at: &Field<'_>, why: &str) {
        let mark = at.mark();
        self.audited.problems.push(Problem { place: Some((mark.line, mark.column)), why: why.to_owned() });
    }
}

impl std::fmt::Display for Identity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { document: _, api_version: _, kind, namespace, name } = self;
        let name = name.as_deref().unwrap_or("without a name");
        match namespace {
            Some(namespace) => write!(formatter, "{kind} {namespace}/{name}"),
            None => write!(formatter, "{kind} {name}"),
        }
    }
}

fn named(group: &str, kind: &str) -> String {
    let kind = quotation(kind);
    if group.is_empty() { kind } else { format!("{kind} of {}", quotation(group)) }
}

/// Whether containers stand somewhere in an object, so that it makes pods or lets somebody make them.
fn makes_pods(field: &Field<'_>, level: usize) -> bool {
    const MOST_LEVELS: usize = 8;
    level < MOST_LEVELS
        && field.entries().any(|(key, below)| {
            (key == "containers" && below.items().any(|item| !item.get("image").is_absent()))
                || makes_pods(&below, level + 1)
        })
}
