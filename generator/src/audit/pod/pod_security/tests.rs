//! Kubernetes' own fixtures: what it lets pass passes here, what it refuses is refused here, by the check that it names.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::audit::judge::Judge;
use crate::audit::yaml::Documents;

const FOLDER: &str = "../../shared/fixtures/psa";

fn fixtures(level: Level, verdict: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(level.name()).join("v1.37").join(verdict);
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: Kubernetes' fixtures of {} are not beside this checkout", level.name());
        return Vec::new();
    };
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn checks(text: &str, level: Level, standard: Standard) -> Vec<Check> {
    let node = Documents::of(text).next().unwrap().unwrap();
    let mut judge = Judge::new(standard);
    let pod = Pod::read(&mut judge, &Field::root(&node));
    assert!(judge.broken.is_empty(), "{:?}", judge.broken);
    violations(&pod, level, standard).into_iter().map(|violation| violation.check).collect()
}

fn pod(spec: &str) -> String {
    format!("{{apiVersion: v1, kind: Pod, spec: {{{spec}}}}}")
}

fn newest(text: &str, level: Level) -> Vec<Check> {
    checks(text, level, Standard::of(Standard::NEWEST))
}

#[test]
fn what_kubernetes_lets_pass_passes() {
    for (level, count) in [(Level::Baseline, 15), (Level::Restricted, 23)] {
        let fixtures = fixtures(level, "pass");
        assert!(fixtures.is_empty() || fixtures.len() == count, "{}", fixtures.len());
        for path in fixtures {
            let found = newest(&fs::read_to_string(&path).unwrap(), level);
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
    }
}

#[test]
fn what_kubernetes_refuses_is_refused_by_the_same_check() {
    for (level, count) in [(Level::Baseline, 34), (Level::Restricted, 76)] {
        let fixtures = fixtures(level, "fail");
        assert!(fixtures.is_empty() || fixtures.len() == count, "{}", fixtures.len());
        for path in fixtures {
            let stem = path.file_stem().unwrap().to_str().unwrap();
            let named = stem.trim_end_matches(|c: char| c.is_ascii_digit());
            let named = named.trim_end_matches("_baseline").trim_end_matches("_restricted");
            let found = newest(&fs::read_to_string(&path).unwrap(), level);
            // A path of the node is refused by `baseline`, under `restricted`, too.
            let is_that = |check: &Check| {
                check.name().eq_ignore_ascii_case(named)
                    || (*check == Check::HostPathVolumes && named == "restrictedvolumes")
            };
            assert!(found.iter().any(is_that), "{}: {found:?}", path.display());
        }
    }
}

#[test]
fn a_level_is_the_strictest_that_a_pod_meets() {
    let level_of = |text: &str| {
        let node = Documents::of(text).next().unwrap().unwrap();
        let standard = Standard::of(Standard::NEWEST);
        level(&Pod::read(&mut Judge::new(standard), &Field::root(&node)), standard)
    };
    let hardened = "securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]}, \
                    seccompProfile: {type: RuntimeDefault}}";
    assert_eq!(level_of(&pod(&format!("containers: [{{name: a, {hardened}}}]"))), Level::Restricted);
    assert_eq!(level_of(&pod("containers: [{name: a}]")), Level::Baseline);
    assert_eq!(level_of(&pod("hostPID: true, containers: [{name: a}]")), Level::Privileged);
}

#[test]
fn ephemeral_containers_are_checked_like_the_others() {
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        let text = pod(&format!("{list}: [{{name: a, securityContext: {{privileged: true}}}}]"));
        assert_eq!(newest(&text, Level::Baseline), [Check::Privileged], "{list}");
    }
}

/// A check whose verdict changed, with the version in which it did.
#[test]
fn each_version_has_its_own_checks() {
    let cases = [
        ("securityContext: {sysctls: [{name: net.ipv4.ip_local_reserved_ports}]}", 27, false),
        ("securityContext: {sysctls: [{name: net.ipv4.tcp_keepalive_time}]}", 29, false),
        ("securityContext: {seLinuxOptions: {type: container_engine_t}}", 31, false),
        ("securityContext: {sysctls: [{name: net.ipv4.tcp_rmem}]}", 32, false),
        ("containers: [{name: a, livenessProbe: {httpGet: {host: b}}}]", 34, true),
        ("hostUsers: false, containers: [{name: a, securityContext: {procMount: Unmasked}}]", 35, false),
        ("securityContext: {sysctls: [{name: net.ipv4.tcp_notsent_lowat}]}", 37, false),
    ];
    for (spec, since, is_refused_then) in cases {
        let is_refused = |minor| !checks(&pod(spec), Level::Baseline, Standard::of(minor)).is_empty();
        assert_eq!(is_refused(since), is_refused_then, "{spec}");
        assert_eq!(is_refused(since - 1), !is_refused_then, "{spec}");
        assert_eq!(is_refused(99), is_refused_then, "{spec}");
    }
}

#[test]
fn a_namespace_of_users_lets_root_off_since_1_35() {
    let text = pod(
        "hostUsers: false, securityContext: {runAsUser: 0, runAsNonRoot: false}, containers: [{name: a, securityContext: \
         {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}}]",
    );
    assert_eq!(checks(&text, Level::Restricted, Standard::of(35)), []);
    let strict = [Check::RunAsNonRoot, Check::RunAsUser, Check::RunAsNonRoot];
    assert_eq!(checks(&text, Level::Restricted, Standard::of(34)), strict);
    assert_eq!(checks(&text, Level::Restricted, Standard::of(35).without_exceptions()), strict);
}

#[test]
fn windows_is_let_off_what_it_does_not_have() {
    let text = pod("os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a}]");
    assert_eq!(newest(&text, Level::Restricted), []);
    let linux = [Check::AllowPrivilegeEscalation, Check::Capabilities, Check::SeccompProfile];
    assert_eq!(newest(&text.replace("windows", "linux"), Level::Restricted), linux);
    assert_eq!(checks(&text, Level::Restricted, Standard::of(37).without_exceptions()), linux);
}

/// What is no boolean is not taken for `false`.
#[test]
fn a_word_in_quotes_switches_nothing_off() {
    for spec in ["hostNetwork: \"false\"", "containers: [{name: a, securityContext: {privileged: \"no\"}}]"] {
        assert!(!newest(&pod(spec), Level::Baseline).is_empty(), "{spec}");
    }
    assert!(newest(&pod("hostNetwork: no"), Level::Baseline).is_empty(), "a boolean to Kubernetes' readers");
}
