//! Settings of a workload: kind, scale, and what a container may say once.

use std::collections::BTreeMap;

use casemate_dsl::said::{Place, Said, Setting};
use casemate_dsl::view::{Device, PreStop as Declared, Replicas};
use casemate_dsl::word::{Cpu, DeviceName, Gid, Memory, Uid};

use super::finding::Findings;
use crate::graph::{Id, PreStop, Scale};

/// The user that owns processes and volumes unless a declaration says another.
pub(crate) const DEFAULT_ID: u32 = 65_532;

/// The cpu that an autoscaler holds unless a declaration says another percentage.
const DEFAULT_CPU_PERCENT: u16 = 80;

/// The scale that a declaration says.
pub(super) fn scale(findings: &mut Findings, id: Id, replicas: Setting<Replicas>) -> Scale {
    let Some(said) = findings.once(id, "the number of replicas", replicas) else { return Scale::Fixed(1) };
    match said.what {
        Replicas::Fixed(0) => {
            let instead = "say at least 1, or do not run the service in this cluster";
            findings.add(id, said.at, "0 replicas run nothing", instead);
            Scale::Fixed(1)
        }
        Replicas::Fixed(replicas) => Scale::Fixed(replicas),
        Replicas::Between { least, most, cpu_percent, seal: _ } => {
            let percent = findings.once(id, "the autoscaler's percentage of the cpu", cpu_percent);
            let cpu_percent = percent.map_or(DEFAULT_CPU_PERCENT, |said| said.what);
            if least == 0 || least >= most {
                let wrong = format!("replicas between {least} and {most} are no range");
                findings.add(id, said.at, wrong, "say a range that grows, from at least 1: `between(2, 6)`");
            }
            if !(1..=100).contains(&cpu_percent) {
                let wrong = format!("the autoscaler cannot hold the cpu at {cpu_percent} percent of what is requested");
                findings.add(id, said.at, wrong, "say 1 to 100 percent: `.at_cpu_percent(80)`");
            }
            Scale::Between { least, most, cpu_percent }
        }
    }
}

/// The limit of the memory: what was said, or what is requested.
pub(super) fn memory_limit(findings: &mut Findings, id: Id, memory: Memory, limit: Setting<Memory>) -> Memory {
    let Some(said) = findings.once(id, "the memory limit", limit) else { return memory };
    if said.what.bytes() <= memory.bytes() {
        let wrong = format!("the memory limit {} is not above the {memory} that are requested", said.what);
        findings.add(id, said.at, wrong, "say more, or leave it out: the limit is what is requested");
    }
    said.what
}

/// The limit of the cpu, if any.
pub(super) fn cpu_limit(findings: &mut Findings, id: Id, cpu: Cpu, limit: Setting<Cpu>) -> Option<Cpu> {
    let said = findings.once(id, "the cpu limit", limit)?;
    if said.what.millis() < cpu.millis() {
        let wrong = format!("the cpu limit {} is below the {cpu} that are requested", said.what);
        findings.add(id, said.at, wrong, "say at least what is requested, or leave it out");
    }
    Some(said.what)
}

/// What happens before a container is told to end.
pub(super) fn pre_stop(findings: &mut Findings, id: Id, said: Setting<Declared>) -> Option<PreStop> {
    let said = findings.once(id, "what happens before the end", said)?;
    Some(match said.what {
        Declared::Sleep(time) => PreStop::Sleep(time.number()),
        Declared::Exec(command) => {
            if command.first().is_none_or(String::is_empty) {
                findings.add(
                    id,
                    said.at,
                    "no command runs before the end",
                    "name a program of the image, or wait with `.pre_stop_sleep(..)`",
                );
            }
            super::container::check_arguments(findings, id, "the command before the end", &command, said.at);
            PreStop::Exec(command)
        }
    })
}

/// The devices of a container, each said once.
pub(super) fn devices(findings: &mut Findings, id: Id, said: Vec<Said<Device>>) -> BTreeMap<DeviceName, u16> {
    let mut devices = BTreeMap::new();
    for Said { what: Device { name, count, seal: _ }, at } in said {
        if count == 0 {
            findings.add(id, at, format!("0 of the device {name} are none"), "say at least 1, or leave it out");
        }
        if devices.insert(name, count).is_some() {
            findings.add(id, at, format!("the device {name} is said twice"), "say it once, with the number of both");
        }
    }
    devices
}

/// User and group of a container.
pub(super) fn ids(findings: &mut Findings, id: Id, user: Setting<Uid>, group: Setting<Gid>) -> (u32, u32) {
    let user = findings.once(id, "the user", user).map_or(DEFAULT_ID, |said| said.what.number());
    let group = findings.once(id, "the group", group).map_or(user, |said| said.what.number());
    (user, group)
}

/// A command or arguments, none of which may be empty or hold a zero byte.
pub(super) fn words(
    findings: &mut Findings,
    id: Id,
    what: &str,
    said: Setting<Vec<String>>,
) -> Option<(Vec<String>, Place)> {
    let said = findings.once(id, what, said)?;
    if said.what.is_empty() {
        findings.add(id, said.at, format!("{what} has no words"), "leave it out: the image has its own");
    }
    if said.what.iter().any(|word| word.contains('\0')) {
        findings.add(id, said.at, format!("{what} holds a zero byte"), "no program can be given one: remove it");
    }
    Some((said.what, said.at))
}
