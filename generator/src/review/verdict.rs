//! What a difference of facts means for security, in sentences.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{Change, Changes};
use super::facts::{Fact, Facts, KEPT, PUBLIC, Subject, Topic};
use super::sentence::Sentence;
use super::tree::Tree;
use crate::resolve::PLACEHOLDER_DIGEST;

/// What bears on security.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub(super) sections: BTreeMap<Section, Vec<Sentence>>,
}

/// In the order in which a reviewer should read.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Section {
    /// What nobody can judge but by reading it.
    Unread,
    /// More is possible than before.
    Wider,
    /// What is no longer declared and holds data.
    Data,
    /// Something else is run or read.
    Other,
    /// Less is possible than before.
    Narrower,
    /// What cannot be deployed yet.
    Placeholder,
}

impl Section {
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Unread => "Could not be read, so judge their diffs",
            Self::Wider => "Opened or widened",
            Self::Data => "Data",
            Self::Other => "Runs or reads something else",
            Self::Narrower => "Closed or narrowed",
            Self::Placeholder => "Images whose digest is not known yet: they cannot be pulled",
        }
    }

    /// Whether a comment folds it.
    pub(super) const fn is_folded(self) -> bool {
        matches!(self, Self::Narrower | Self::Placeholder)
    }
}

/// What the review says where nothing bears on security.
pub(super) const NOTHING: &str =
    "No change in what is exposed, who may connect to whom, API rights, images, secret items or kept data.";

impl Verdict {
    /// Compares the facts of two trees.
    pub(super) fn of(before: &Tree, after: &Tree, changes: &Changes<'_>) -> Self {
        let (old, new) = (Facts::of(before, changes), Facts::of(after, changes));
        let subjects: BTreeSet<&Subject> = old.facts.keys().chain(new.facts.keys()).collect();
        let clusters: BTreeSet<&str> = subjects.iter().map(|subject| subject.cluster.as_str()).collect();
        let mut judge = Judge {
            verdict: Self::default(),
            changes,
            names_clusters: clusters.len() > 1,
            old: &old,
            new: &new,
            images: BTreeMap::new(),
        };
        let unreadable: BTreeMap<&String, &String> = old.unreadable.iter().chain(&new.unreadable).collect();
        for (path, reason) in unreadable {
            judge.say(Section::Unread, Sentence::default().code(path).words(": ").code(reason));
        }
        for subject in subjects {
            judge.judge(subject);
        }
        judge.images();
        for (image, files) in placeholders(after) {
            let sentence = Sentence::default().code(image).words(", files that name it: ").number(files);
            judge.say(Section::Placeholder, sentence);
        }
        judge.verdict
    }

    /// Whether nothing that is said is due to a change.
    pub(super) fn is_empty(&self) -> bool {
        self.sections.keys().all(|section| *section == Section::Placeholder)
    }
}

/// The images that end in a placeholder, and in how many files.
fn placeholders(tree: &Tree) -> BTreeMap<String, usize> {
    let mut images: BTreeMap<String, usize> = BTreeMap::new();
    for text in tree.files.values() {
        let named: BTreeSet<&str> = text
            .match_indices(PLACEHOLDER_DIGEST)
            .filter_map(|(at, _)| text.get(..at))
            .filter_map(|before| before.rsplit([' ', '\n', '"', '\'']).next())
            .filter(|image| image.ends_with('@'))
            .collect();
        for image in named {
            *images.entry(image.trim_end_matches('@').to_owned()).or_default() += 1;
        }
    }
    images
}

struct Judge<'a> {
    verdict: Verdict,
    changes: &'a Changes<'a>,
    names_clusters: bool,
    old: &'a Facts,
    new: &'a Facts,
    /// Where an image is replaced by another.
    images: BTreeMap<(String, String), Vec<String>>,
}

/// What was the case and what is.
struct Seen<'a> {
    subject: &'a Subject,
    old: Option<&'a Fact>,
    new: Option<&'a Fact>,
}

impl Seen<'_> {
    fn about(&self, number: usize) -> &str {
        self.subject.about.get(number).map(String::as_str).unwrap_or_default()
    }

    /// The values that there are now and were not.
    fn added(&self) -> Vec<String> {
        minus(self.new, self.old)
    }

    fn removed(&self) -> Vec<String> {
        minus(self.old, self.new)
    }

    fn was(&self) -> String {
        joined(self.old)
    }

    fn is(&self) -> String {
        joined(self.new)
    }
}

fn minus(all: Option<&Fact>, without: Option<&Fact>) -> Vec<String> {
    let Some(all) = all else { return Vec::new() };
    let is_left = |value: &&String| without.is_none_or(|without| !without.values.contains(*value));
    all.values.iter().filter(is_left).cloned().collect()
}

fn joined(fact: Option<&Fact>) -> String {
    fact.map(|fact| fact.values.iter().cloned().collect::<Vec<_>>().join(", ")).unwrap_or_default()
}

impl<'a> Judge<'a> {
    fn say(&mut self, section: Section, sentence: Sentence) {
        self.verdict.sections.entry(section).or_default().push(sentence);
    }

    fn judge(&mut self, subject: &'a Subject) {
        let seen = Seen { subject, old: self.old.facts.get(subject), new: self.new.facts.get(subject) };
        if let (Some(old), Some(new)) = (seen.old, seen.new)
            && old.values == new.values
        {
            return;
        }
        match subject.topic {
            Topic::Hostname => self.hostname(&seen),
            Topic::Destination => self.destination(&seen),
            Topic::Weakness => self.weakness(&seen),
            Topic::Fence => self.fence(&seen),
            Topic::Isolation => self.isolation(&seen),
            Topic::Connection => self.connection(&seen),
            Topic::Server => self.server(&seen),
            Topic::Caller => self.caller(&seen),
            Topic::Egress => self.egress(&seen),
            Topic::External => self.external(&seen),
            Topic::Right => self.right(&seen),
            Topic::Webhook => self.webhook(&seen),
            Topic::Reason => self.reason(&seen),
            Topic::Binding => self.binding(&seen),
            Topic::Project => self.project(&seen),
            Topic::Application => self.application(&seen),
            Topic::Policy => self.policy(&seen),
            Topic::Data => self.data(&seen),
            Topic::Image => self.image(&seen),
            Topic::Item => self.item(&seen),
        }
    }

    /// A sentence's start: the cluster, where there are several.
    fn start(&self, seen: &Seen<'_>) -> Sentence {
        if self.names_clusters {
            Sentence::default().code(&seen.subject.cluster).words(": ")
        } else {
            Sentence::default()
        }
    }

    /// Whether the object came with its file.
    fn is_new(&self, fact: Option<&Fact>) -> bool {
        self.is(fact, |change| matches!(change, Change::Added(_)))
    }

    /// Whether the object went with its file.
    fn is_gone(&self, fact: Option<&Fact>) -> bool {
        self.is(fact, |change| matches!(change, Change::Removed(_)))
    }

    fn is(&self, fact: Option<&Fact>, what: impl Fn(Change<'_>) -> bool) -> bool {
        let Some(fact) = fact else { return false };
        let (directory, _) = super::changes::split(&fact.path);
        let directory = self.changes.directories.get(directory);
        directory
            .is_some_and(|directory| directory.files.iter().any(|file| file.path == fact.path && what(file.change)))
    }

    fn came_or_went(&self, seen: &Seen<'_>) -> bool {
        seen.old.into_iter().chain(seen.new).any(|fact| self.changes.came_or_went(&fact.path))
    }

    fn hostname(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).words("Hostname ").code(seen.about(0));
        let is_public = |fact: Option<&Fact>| fact.is_some_and(|fact| fact.values.contains(PUBLIC));
        match (seen.old, seen.new) {
            (None, _) => {
                let there = Subject { topic: Topic::Destination, ..seen.subject.clone() };
                let sentence = start.words(" is exposed (").code(seen.is()).words("); it leads to ");
                self.say(Section::Wider, sentence.code(joined(self.new.facts.get(&there))));
            }
            (_, None) => {
                self.say(Section::Narrower, start.words(" is no longer exposed (").code(seen.was()).words(")"));
            }
            (old, new) => {
                let section = if is_public(old) && !is_public(new) { Section::Narrower } else { Section::Wider };
                let sentence = start.words(" is decided anew: ").code(seen.was()).words(" becomes ").code(seen.is());
                self.say(section, sentence);
            }
        }
    }

    fn destination(&mut self, seen: &Seen<'_>) {
        if seen.old.is_some() && seen.new.is_some() {
            let start = self.start(seen).words("Hostname ").code(seen.about(0));
            self.say(Section::Wider, start.words(" leads to ").code(seen.is()).words(" instead of ").code(seen.was()));
        }
    }

    fn weakness(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).code(seen.about(0));
        if seen.new.is_some() {
            self.say(Section::Wider, start.words(": ").code(seen.about(1)));
        } else {
            self.say(Section::Narrower, start.words(", no longer: ").code(seen.about(1)));
        }
    }

    fn fence(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).code(seen.about(0)).words(": ").code(seen.about(1));
        match (seen.old, seen.new) {
            (None, new) if self.is_new(new) => {}
            (old, None) if self.is_gone(old) => {}
            (None, _) => self.say(Section::Other, start.words(" is now ").code(seen.is())),
            (_, None) => self.say(Section::Wider, start.words(" is no longer ").code(seen.was())),
            (Some(_), Some(_)) => {
                self.say(Section::Wider, start.words(" is ").code(seen.is()).words(" instead of ").code(seen.was()));
            }
        }
    }

    fn isolation(&mut self, seen: &Seen<'_>) {
        if self.came_or_went(seen) {
            return;
        }
        let (pods, way) = (seen.about(0), seen.about(1));
        let way = if way == "from" { "connections to them" } else { "connections from them" };
        let start = self.start(seen).words("Pods ").code(pods);
        if seen.new.is_some() {
            self.say(Section::Narrower, start.words(" have a NetworkPolicy that shuts ").words(way));
        } else {
            self.say(
                Section::Wider,
                start.words(" have no NetworkPolicy of their own any more that shuts ").words(way),
            );
        }
    }

    fn connection(&mut self, seen: &Seen<'_>) {
        let (pods, peer) = (seen.about(0), seen.about(2));
        let is_ingress = seen.about(1) == "from";
        for (section, ports) in [(Section::Wider, seen.added()), (Section::Narrower, seen.removed())] {
            if ports.is_empty() {
                continue;
            }
            let does = match (section, is_ingress) {
                (Section::Wider, true) => " may take connections from ",
                (Section::Wider, false) => " may connect to ",
                (_, true) => " may no longer take connections from ",
                (_, false) => " may no longer connect to ",
            };
            let sentence =
                self.start(seen).words("Pods ").code(pods).words(does).code(peer).words(" on ").codes(&ports);
            self.say(section, sentence);
        }
    }

    fn server(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).words("Server ").code(seen.about(0));
        match (seen.old, seen.new) {
            (None, _) if seen.is() == "deny" => {}
            (_, Some(_)) => {
                let section = if seen.is() == "deny" { Section::Narrower } else { Section::Wider };
                let was = if seen.old.is_some() { seen.was() } else { "nothing".to_owned() };
                let sentence = start.words(" answers those whom no policy names with ").code(seen.is());
                self.say(section, sentence.words(" instead of ").code(was));
            }
            (_, None) if self.came_or_went(seen) => {}
            (_, None) => self.say(Section::Other, start.words(" is gone: its port is judged by the pod's default")),
        }
    }

    fn caller(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).code(seen.about(0));
        if seen.new.is_some() {
            self.say(Section::Wider, start.words(" lets in ").code(seen.about(1)));
        } else {
            self.say(Section::Narrower, start.words(" no longer lets in ").code(seen.about(1)));
        }
    }

    fn egress(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).words("EgressNetwork ").code(seen.about(0));
        match (seen.old, seen.new) {
            (None, _) if seen.is() == "Deny" => {}
            (_, None) if self.came_or_went(seen) => {}
            (_, None) => self.say(Section::Wider, start.words(" is gone: Linkerd holds no external host back there")),
            _ => {
                let section = if seen.is() == "Deny" { Section::Narrower } else { Section::Wider };
                self.say(section, start.words(" answers external hosts that no route names with ").code(seen.is()));
            }
        }
    }

    fn external(&mut self, seen: &Seen<'_>) {
        for (section, does, ports) in [
            (Section::Wider, " may reach the external host ", seen.added()),
            (Section::Narrower, " may no longer reach the external host ", seen.removed()),
        ] {
            if !ports.is_empty() {
                let start = self.start(seen).words("Namespace ").code(seen.about(0)).words(does);
                self.say(section, start.code(seen.about(1)).words(" on ").codes(&ports));
            }
        }
    }

    fn right(&mut self, seen: &Seen<'_>) {
        for (section, does, verbs) in
            [(Section::Wider, " allows ", seen.added()), (Section::Narrower, " no longer allows ", seen.removed())]
        {
            if !verbs.is_empty() {
                let start = self.start(seen).code(seen.about(0)).words(does).codes(&verbs);
                self.say(section, start.words(" of ").code(seen.about(1)));
            }
        }
    }

    fn webhook(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).code(seen.about(0)).words(", answered by ").code(seen.about(1));
        let asked = |start: Sentence, word: &'static str| {
            start.words(word).code(seen.about(2)).words(" in ").code(seen.about(3))
        };
        match (seen.old, seen.new) {
            (None, _) => {
                let sentence = asked(start, " is asked about ").words("; while it is away: ").code(seen.is());
                self.say(Section::Wider, sentence);
            }
            (_, None) => self.say(Section::Narrower, asked(start, " is no longer asked about ")),
            _ => {
                let sentence =
                    asked(start, " is asked about ").words("; while it is away, instead of ").code(seen.was());
                self.say(Section::Other, sentence.words(": ").code(seen.is()));
            }
        }
    }

    fn reason(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).code(seen.about(0));
        match (seen.old, seen.new) {
            (None, _) => self.say(Section::Wider, start.words(" gives its reasons: ").code(seen.is())),
            (_, None) if self.came_or_went(seen) => {}
            (_, None) => self.say(Section::Wider, start.words(" gives no reasons any more")),
            _ => self.say(Section::Other, start.words(" gives other reasons: ").code(seen.is())),
        }
    }

    fn binding(&mut self, seen: &Seen<'_>) {
        let (section, has) =
            if seen.new.is_some() { (Section::Wider, " has ") } else { (Section::Narrower, " no longer has ") };
        let sentence = self.start(seen).code(seen.about(0)).words(has).code(seen.about(1));
        self.say(section, sentence.words(" in ").code(seen.about(2)));
    }

    fn project(&mut self, seen: &Seen<'_>) {
        let is_new = self.is_new(seen.new);
        let is_gone = self.is_gone(seen.old);
        let added: Vec<String> = seen.added();
        let added: Vec<&String> =
            added.iter().filter(|entry| !is_new || entry.contains('*') || *entry == "every kind").collect();
        let removed = if is_gone { Vec::new() } else { seen.removed() };
        let start = self.start(seen).words("AppProject ").code(seen.about(0));
        if !added.is_empty() {
            let sentence = start.clone().words(", more of what ").code(seen.about(1)).words(": ").codes(added);
            self.say(Section::Wider, sentence);
        }
        if !removed.is_empty() {
            self.say(Section::Narrower, start.words(", less of what ").code(seen.about(1)).words(": ").codes(&removed));
        }
    }

    fn application(&mut self, seen: &Seen<'_>) {
        if self.is_new(seen.new) || self.is_gone(seen.old) {
            return;
        }
        let start = self.start(seen).words("Application ").code(seen.about(0)).words(", its ").code(seen.about(1));
        let value = |text: String| if text.is_empty() { "none".to_owned() } else { text };
        let sentence = start.words(": ").code(value(seen.was())).words(" becomes ").code(value(seen.is()));
        self.say(Section::Other, sentence);
    }

    fn policy(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).code(seen.about(0));
        match (seen.old, seen.new) {
            (None, _) => self.say(Section::Narrower, start.words(" is new")),
            (_, None) => self.say(Section::Wider, start.words(" is gone")),
            _ => self.say(Section::Wider, start.words(" has other rules: read its diff")),
        }
    }

    fn data(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).code(seen.about(0));
        let is_kept = |fact: &Fact| fact.values.contains(KEPT);
        match (seen.old, seen.new) {
            (Some(old), None) if is_kept(old) => self.say(
                Section::Data,
                start.words(" is no longer declared; it stays in the cluster until somebody deletes it there"),
            ),
            (Some(_), None) => {
                self.say(Section::Data, start.words(" is no longer declared: Argo CD deletes it with all it holds"));
            }
            (Some(old), Some(new)) if is_kept(old) && !is_kept(new) => {
                self.say(
                    Section::Data,
                    start.words(" is no longer kept: it goes, with all it holds, when its file goes"),
                );
            }
            (Some(_), Some(_)) => self.say(Section::Narrower, start.words(" is kept when its file goes")),
            (None, _) => {}
        }
    }

    fn image(&mut self, seen: &Seen<'_>) {
        if self.is_gone(seen.old) {
            return;
        }
        let place = format!("{} ({})", seen.about(0), seen.about(1));
        let place = if self.names_clusters { format!("{}: {place}", seen.subject.cluster) } else { place };
        self.images.entry((seen.was(), seen.is())).or_default().push(place);
    }

    /// One sentence for each image that is replaced, wherever it runs.
    fn images(&mut self) {
        for ((was, is), mut places) in std::mem::take(&mut self.images) {
            let (old, new) = (Image::of(&was), Image::of(&is));
            let sentence = match (was.is_empty(), is.is_empty()) {
                (true, _) => Sentence::new("New image ").code(new.short()),
                (_, true) => Sentence::new("No longer run: ").code(old.short()),
                _ => Sentence::new("Image ")
                    .code(old.short())
                    .words(" becomes ")
                    .code(new.short())
                    .words(old.difference(&new)),
            };
            let more = places.len().saturating_sub(3);
            places.truncate(3);
            let sentence = sentence.words(" in ").codes(&places);
            let sentence = if more > 0 { sentence.words(" and more, in all ").number(more + 3) } else { sentence };
            self.say(Section::Other, sentence);
        }
    }

    fn item(&mut self, seen: &Seen<'_>) {
        let start = self.start(seen).words("Secret ").code(seen.about(0));
        match (seen.old, seen.new) {
            (None, _) => self.say(Section::Wider, start.words(" is read from 1Password, ").code(seen.is())),
            (_, None) => {
                self.say(Section::Narrower, start.words(" is no longer read from 1Password, ").code(seen.was()));
            }
            _ => {
                let sentence = start.words(" is read from ").code(seen.is()).words(" instead of ").code(seen.was());
                self.say(Section::Other, sentence);
            }
        }
    }
}

/// The parts of an image's name.
struct Image<'a> {
    name: &'a str,
    tag: &'a str,
    digest: &'a str,
}

impl<'a> Image<'a> {
    fn of(text: &'a str) -> Self {
        let (rest, digest) = text.split_once('@').unwrap_or((text, ""));
        // A colon before the last slash is a port's.
        let (name, tag) = match rest.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, tag),
            _ => (rest, ""),
        };
        Self { name, tag, digest }
    }

    /// With as much of the digest as people compare.
    fn short(&self) -> String {
        let Self { name, tag, digest } = self;
        let mut short = (*name).to_owned();
        if !tag.is_empty() {
            short = format!("{short}:{tag}");
        }
        if !digest.is_empty() {
            let (digest, was_cut) = super::quote::cut(digest, "sha256:".len() + 12);
            short = format!("{short}@{digest}{}", if was_cut { "…" } else { "" });
        }
        short
    }

    fn difference(&self, new: &Self) -> &'static str {
        if self.name != new.name {
            " (another repository)"
        } else if self.digest == new.digest {
            " (the same digest under another tag)"
        } else if self.tag == new.tag {
            " (another digest under the same tag)"
        } else {
            " (another version)"
        }
    }
}
