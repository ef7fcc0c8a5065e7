//! The closed world: for each kind the list of everything that an object may hold.
//!
//! A new kind is one more [`Shape`](notation::Shape) in the list of its family. What is in no list is a finding.

mod access;
mod compiled;
mod container;
mod core;
mod gitops;
mod mesh;
mod metadata;
mod network;
mod notation;
mod perimeter;
mod placement;
mod platform;
mod pod;
mod policy;
mod tunnel;
mod volume;
mod walk;
mod webhook;
pub(crate) mod words;
mod workload;

use std::sync::OnceLock;

pub(crate) use self::compiled::Fields;
use self::notation::Shape;
pub(crate) use self::tunnel::TUNNEL;
pub(crate) use self::walk::Walk;
use crate::finding::{Finding, Verdict};
use crate::world::Document;

const FAMILIES: &[&[Shape]] = &[
    core::SHAPES,
    workload::SHAPES,
    network::SHAPES,
    access::SHAPES,
    webhook::SHAPES,
    mesh::SHAPES,
    perimeter::SHAPES,
    policy::SHAPES,
    gitops::SHAPES,
];

/// The kinds of the platform, whose documents may hold other things than those of services.
const PLATFORM: &[Shape] = platform::SHAPES;

fn shapes() -> impl Iterator<Item = &'static Shape> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The compiled lists, in the order of [`shapes`].
fn compiled() -> &'static [Fields] {
    static COMPILED: OnceLock<Vec<Fields>> = OnceLock::new();
    COMPILED.get_or_init(|| shapes().map(|shape| Fields::of(shape.tables)).collect())
}

/// The same for [`PLATFORM`].
fn compiled_of_platform() -> &'static [Fields] {
    static COMPILED: OnceLock<Vec<Fields>> = OnceLock::new();
    COMPILED.get_or_init(|| PLATFORM.iter().map(|shape| Fields::of(shape.tables)).collect())
}

/// The kinds of the closed world, each as `apiVersion Kind`.
#[must_use]
pub fn kinds() -> Vec<String> {
    shapes().map(|shape| format!("{} {}", shape.api_version, shape.kind)).collect()
}

/// Whether a kind of a group is one of the closed world.
pub(crate) fn knows(group: &str, kind: &str) -> bool {
    let of_group = |shape: &Shape| shape.api_version.split_once('/').map_or("", |(group, _)| group) == group;
    shapes().any(|shape| shape.kind == kind && of_group(shape))
}

/// Every allowed path of every kind with its rule, a line each.
#[must_use]
pub fn allowed_paths() -> &'static [String] {
    static LINES: OnceLock<Vec<String>> = OnceLock::new();
    LINES.get_or_init(lines)
}

fn lines() -> Vec<String> {
    let mut lines = Vec::new();
    for (shape, fields) in shapes().zip(compiled()) {
        fields.paths(shape.kind, &mut lines);
    }
    for (shape, fields) in PLATFORM.iter().zip(compiled_of_platform()) {
        fields.paths(&format!("platform {}", shape.kind), &mut lines);
    }
    lines
}

/// Holds one document to the list of its kind.
pub(crate) fn judge(document: &Document, verdict: &mut Verdict) {
    judge_by(shapes().zip(compiled()), document, verdict);
}

/// Holds one document of the platform to the list of its kind.
pub(crate) fn judge_of_platform(document: &Document, verdict: &mut Verdict) {
    judge_by(PLATFORM.iter().zip(compiled_of_platform()), document, verdict);
}

fn judge_by(
    mut shapes: impl Iterator<Item = (&'static Shape, &'static Fields)>,
    document: &Document,
    verdict: &mut Verdict,
) {
    let known = shapes.find(|(shape, _)| shape.kind == document.kind && shape.api_version == document.api_version);
    let Some((_, fields)) = known else {
        let sentence = format!("`{} {}` has no place in a tree", document.api_version, document.kind);
        verdict.findings.push(document.finding("kind", sentence));
        return;
    };
    let mut map = document.value.as_object().cloned().unwrap_or_default();
    map.remove("apiVersion");
    map.remove("kind");
    let mut walk = Walk::default();
    walk.object("", &map, fields);
    verdict.fields += walk.fields + 2;
    let findings = walk.breaches.into_iter().map(|(rule, sentence)| document.finding(rule, sentence));
    verdict.findings.extend(findings.collect::<Vec<Finding>>());
}
