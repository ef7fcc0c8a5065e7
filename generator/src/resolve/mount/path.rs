//! Paths at which something is mounted.

use casemate_dsl::said::Place;
use casemate_dsl::word::Path;

use super::super::finding::Findings;
use crate::graph::Id;

/// Directories and files of the container's system, which no volume may hide.
const SYSTEM: &[&str] = &[
    "/proc",
    "/sys",
    "/dev",
    "/etc/hosts",
    "/etc/hostname",
    "/etc/resolv.conf",
    "/var/run/secrets",
    "/run/secrets/kubernetes.io",
];

/// What the runtime mounts into every container by itself.
const MADE: &[&str] = &["/etc/hosts", "/etc/hostname", "/etc/resolv.conf"];

/// Where a token is mounted.
pub(super) const TOKEN: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// A path of the container that something is mounted at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    pub(super) path: Path,
    pub(super) at: Place,
    pub(super) holds: Holds,
}

/// What can stand within a mount.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    /// It is a file.
    Nothing,
    /// It is a directory of declared files.
    ItsFiles,
    /// It is only read.
    WhatItHas,
    /// The runtime makes places in it.
    Anything,
}

impl Taken {
    /// Whether `other` lies inside of this.
    fn surrounds(&self, other: &Self) -> bool {
        is_below(other.path.as_str(), self.path.as_str()) && other.path != self.path
    }
}

fn is_below(path: &str, parent: &str) -> bool {
    path.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// That the runtime can make what it mounts by itself, among it a token where the container gets one.
fn check_system(findings: &mut Findings, id: Id, taking: &Taken, gets_token: bool) {
    let Taken { path, at, holds } = *taking;
    if matches!(holds, Holds::Anything) {
        return;
    }
    let token = Some(&TOKEN).filter(|_| gets_token);
    if let Some(system) = MADE.iter().chain(token).find(|system| is_below(system, path.as_str())) {
        let wrong = format!("{system} has to be made inside of {path}, where no mount can be made");
        findings.add(id, at, wrong, "mount it at a directory of its own below, or mount what can be written");
    }
}

/// That nothing is hidden, and that every mount can be made.
pub(super) fn check(findings: &mut Findings, id: Id, taking: &Taken, taken: &[Taken], gets_token: bool) {
    let Taken { path, at, .. } = *taking;
    let below = |parent: &str| is_below(path.as_str(), parent);
    if path.as_str() == "/" {
        findings.add(id, at, "a volume at / would hide the whole image", "mount it at a directory of its own");
        return;
    }
    if SYSTEM.iter().any(|system| below(system)) && !below("/dev/shm") {
        findings.add(id, at, format!("{path} belongs to the container's system"), "mount it at a directory of its own");
    } else {
        check_system(findings, id, taking, gets_token);
    }
    for other in taken {
        let place = format!("{}:{}", other.at.file(), other.at.line());
        let (outer, inner) = if other.surrounds(taking) { (other, taking) } else { (taking, other) };
        if other.path == path {
            let wrong = format!("two things are mounted at {path}, the other at {place}");
            findings.add(id, at, wrong, "give each a path of its own");
            continue;
        }
        if !outer.surrounds(inner) {
            continue;
        }
        let (is, instead) = match outer.holds {
            Holds::Anything => continue,
            Holds::Nothing => ("which is a file", "give each a path of its own"),
            Holds::ItsFiles => {
                ("which holds its own files only", "say it as one of those: `Files::new().text(..).secret(..)`")
            }
            Holds::WhatItHas => {
                ("which is only read, so that no mount can be made there", "mount it beside what is only read")
            }
        };
        let wrong = format!("{} would lie inside of {}, {is}; the other is at {place}", inner.path, outer.path);
        findings.add(id, at, wrong, instead);
    }
}
