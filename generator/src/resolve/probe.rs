//! Probes of a container: on ports that it serves, and able to fail.

use std::collections::BTreeMap;

use casemate_dsl::said::Said;
use casemate_dsl::view::{Probe as Declared, ProbeAction as Action, Probes as DeclaredProbes, Protocol};
use casemate_dsl::word::Reason;

use super::container;
use super::finding::Findings;
use crate::graph::{Id, Probe, ProbeAction, Probes};

/// The probes of one container, or why it has none.
pub(super) fn probes(
    findings: &mut Findings,
    id: Id,
    ports: &BTreeMap<u16, Protocol>,
    serves_udp: bool,
    declared: DeclaredProbes,
) -> (Option<Probes>, Option<Reason>) {
    let DeclaredProbes { none, readiness, liveness, startup, seal: _ } = declared;
    if let Some(Said { what: reason, at }) = none {
        if let Some(port) = ports.iter().find(|(_, protocol)| **protocol == Protocol::Http).map(|(port, _)| port) {
            let wrong = format!("this container serves HTTP on port {port}, and nobody asks it whether it works");
            findings.add(id, at, wrong, "say `Probes::http(PORT, path!(\"/healthz\"))`, or probe with `exec([\"…\"])`");
        }
        for said in liveness.0.iter().chain(&startup.0) {
            let wrong = "this container has no probes for a reason, and one beside it";
            findings.add(id, said.at, wrong, "leave `Probes::none(..)` out: `Probes::only_alive(..)`");
        }
        return (None, Some(reason));
    }
    let liveness = findings.once(id, "liveness", liveness).map(|said| said.what);
    let startup = findings.once(id, "the startup probe", startup).map(|said| said.what);
    if readiness.is_none()
        && (serves_udp || !ports.is_empty())
        && let Some(only) = &liveness
    {
        let instead = "say `Probes::http(PORT, path!(\"/healthz\"))`, or `Probes::ready(..)` before `.alive(..)`";
        findings.add(id, only.at, "this container serves a port and says nothing of its readiness", instead);
    }
    let mut resolved = |declared: Option<Declared>| declared.map(|declared| probe(findings, id, ports, declared));
    let probes = Probes { readiness: resolved(readiness), liveness: resolved(liveness), startup: resolved(startup) };
    (Some(probes), None)
}

fn probe(findings: &mut Findings, id: Id, ports: &BTreeMap<u16, Protocol>, declared: Declared) -> Probe {
    let Declared { action, at, initial_delay, period, timeout, failures, seal: _ } = declared;
    let initial_delay = findings.once(id, "the delay of a probe", initial_delay).map(|said| said.what.number());
    let period = findings.once(id, "the period of a probe", period).map(|said| said.what.number());
    let timeout = findings.once(id, "the timeout of a probe", timeout).map(|said| said.what.number());
    let failures = findings.once(id, "the number of a probe's failures", failures).map(|said| said.what);
    if failures == Some(0) {
        findings.add(
            id,
            at,
            "a probe that fails after 0 failures says nothing",
            "say at least 1, or leave it out for 3",
        );
    }
    let action = match action {
        Action::Http { port, path } => {
            let port = port.number();
            match ports.get(&port) {
                Some(Protocol::Http) => {}
                Some(Protocol::Grpc | Protocol::Tcp | Protocol::Tls | Protocol::Udp) => {
                    let wrong = format!("the probe asks port {port} over HTTP, which is served with another protocol");
                    findings.add(
                        id,
                        at,
                        wrong,
                        "probe the constant that the container serves, or with `exec([\"…\"])`",
                    );
                }
                None => {
                    let wrong = format!("the probe asks port {port}, which this container does not serve");
                    let instead = "add `.serves(..)` of that port to this container, or probe one that it serves";
                    findings.add(id, at, wrong, instead);
                }
            }
            ProbeAction::Http { port, path: path.to_string() }
        }
        Action::Exec { command } => {
            if command.first().is_none_or(String::is_empty) {
                findings.add(id, at, "the probe names no command", "run something that asks the application");
            } else if cannot_fail(&command) {
                let wrong = format!("the probe runs `{}`, which cannot fail", command.join(" "));
                findings.add(id, at, wrong, "run something that asks the application");
            }
            container::check_arguments(findings, id, "the probe", &command, at);
            ProbeAction::Exec { command }
        }
    };
    Probe { action, initial_delay, period, timeout, failures }
}

/// Whether a command succeeds whatever the application does.
fn cannot_fail(command: &[String]) -> bool {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    let (program, rest) = match words.as_slice() {
        [] => return false,
        [program, rest @ ..] => (program.rsplit('/').next().unwrap_or(program), rest),
    };
    match (program, rest) {
        ("true" | ":" | "echo" | "sleep" | "pwd" | "date", _) => true,
        ("sh" | "bash" | "ash", [flag, script]) if flag.ends_with('c') => {
            let script = script.trim();
            matches!(script, "" | "true" | ":" | "exit 0" | "exit")
                || script.ends_with("|| true")
                || script.ends_with("; true")
                || script.ends_with("exit 0")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::cannot_fail;

    #[test]
    fn commands_that_always_succeed_are_known() {
        let fails = |words: &[&str]| !cannot_fail(&words.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert!(!fails(&["true"]));
        assert!(!fails(&["/bin/true"]));
        assert!(!fails(&["sh", "-c", "wget -q localhost || true"]));
        assert!(fails(&["test", "-f", "/tmp/ready"]));
        assert!(fails(&["sh", "-c", "pg_isready"]));
    }
}
