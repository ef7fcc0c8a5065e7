//! Scratch directories, which are gone with the pod.

use std::collections::BTreeMap;

use casemate_dsl::said::Place;
use casemate_dsl::view::Scratch;
use casemate_dsl::word::{Memory, Name, Path};

use super::super::finding::Findings;
use super::{Context, Gathered, name_after};
use crate::graph::{Id, Volume, VolumeSource};

/// The name of the volume that stands at `/dev/shm`.
const SHARED_MEMORY: &str = "shared-memory";

/// The volume of a scratch directory, which stands at this path and perhaps at others.
pub(super) fn scratch(
    findings: &mut Findings,
    context: Context<'_>,
    gathered: &mut Gathered,
    path: Path,
    at: Place,
    scratch: Scratch,
) -> String {
    let Scratch { name, size, in_memory, seal: _ } = scratch;
    let source = VolumeSource::Scratch { size, in_memory };
    match name {
        Some(name) => named(findings, context.id, gathered, at, name, source),
        None => unnamed(findings, context.id, gathered, name_after("scratch", context.container, path), at, source),
    }
}

fn named(
    findings: &mut Findings,
    id: Id,
    gathered: &mut Gathered,
    at: Place,
    name: Name,
    source: VolumeSource,
) -> String {
    let volume = gathered.named(format!("scratch-{name}"));
    match (gathered.volumes.get(&volume), gathered.scratches.get(&volume)) {
        (None, _) => {
            gathered.scratches.insert(volume.clone(), at);
            gathered.volumes.insert(volume.clone(), Volume { source });
        }
        (Some(_), None) => taken(findings, id, at, &volume),
        (Some(other), Some(first)) if other.source != source => {
            let wrong = format!(
                "two scratch directories of this service are named `{name}`, the other at {}:{}",
                first.file(),
                first.line()
            );
            findings.add(id, at, wrong, "give one of them another name, or declare the scratch once, as a constant");
        }
        (Some(_), Some(_)) => {}
    }
    volume
}

fn unnamed(
    findings: &mut Findings,
    id: Id,
    gathered: &mut Gathered,
    base: String,
    at: Place,
    source: VolumeSource,
) -> String {
    let mut volume = base.clone();
    let mut number = 1;
    while gathered.has(&volume) {
        if gathered.scratches.contains_key(&volume) {
            taken(findings, id, at, &volume);
        }
        number += 1;
        volume = format!("{base}-{number}");
    }
    gathered.volumes.insert(volume.clone(), Volume { source });
    volume
}

fn taken(findings: &mut Findings, id: Id, at: Place, volume: &str) {
    let wrong = format!("a `Scratch` and a `.scratch(..)` of this service both mean the volume `{volume}`");
    findings.add(id, at, wrong, "give the `Scratch` another name, or mount it at both places");
}

/// The volume of the memory that processes share: one in a pod.
pub(super) fn shared_memory(
    findings: &mut Findings,
    id: Id,
    gathered: &mut Gathered,
    at: Place,
    size: Memory,
) -> String {
    let source = VolumeSource::Scratch { size, in_memory: true };
    let volume = gathered.named(SHARED_MEMORY);
    let before = gathered.volumes.entry(volume.clone()).or_insert(Volume { source });
    if let VolumeSource::Scratch { size: other, .. } = before.source
        && other != size
    {
        let wrong = format!("shared memory of {size} is said here, and of {other} at another container of the pod");
        findings.add(id, at, wrong, "the containers of a pod share it: say one size");
    }
    volume
}

/// The directories in memory that a container can write to, by volume: what lies in them counts as its own memory.
#[derive(Debug, Default)]
pub(super) struct InMemory(BTreeMap<String, (Memory, Place)>);

impl InMemory {
    /// Adds a volume, if it lies in memory.
    pub(super) fn add(&mut self, gathered: &Gathered, volume: &str, at: Place) {
        if let Some(Volume { source: VolumeSource::Scratch { size, in_memory: true } }) = gathered.volumes.get(volume) {
            self.0.entry(volume.to_owned()).or_insert((*size, at));
        }
    }

    /// That the container could fill them and still run.
    pub(super) fn check(&self, findings: &mut Findings, id: Id, limit: Memory) {
        let sum: u64 = self.0.values().map(|(size, _)| size.bytes()).sum();
        let last = self.0.values().map(|(_, at)| *at).max_by_key(|at| (at.file(), at.line(), at.column()));
        let Some(at) = last.filter(|_| sum >= limit.bytes()) else { return };
        let sizes: Vec<String> = self.0.values().map(|(size, _)| size.to_string()).collect();
        let wrong = format!(
            "what lies in memory counts against the container's limit of {limit}, and its directories there hold up to {}",
            sizes.join(" + ")
        );
        findings.add(id, at, wrong, "say a `.memory_limit(..)` above that, smaller sizes, or a directory on disk");
    }
}
