//! Containers, each under the same security context: nothing in a declaration reaches it but the user's number.

use std::collections::BTreeMap;

use casemate_dsl::view::Protocol;
use k8s_openapi::api::core::v1::{
    self as core, Capabilities, ContainerPort, EnvVar, EnvVarSource, ExecAction, HTTPGetAction, Lifecycle,
    LifecycleHandler, ResourceRequirements, SeccompProfile, SecretKeySelector, SecurityContext, SleepAction,
    VolumeMount,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::downward;
use crate::graph::{Container, Env, EnvValue, InitContainer, Mount, PreStop, Probe, ProbeAction, Probes};

/// The name of a port: at most 15 characters, and the same whatever other ports there are.
pub(super) fn port_name(number: u16, protocol: Protocol) -> String {
    let protocol = match protocol {
        Protocol::Http => "http",
        Protocol::Grpc => "grpc",
        Protocol::Tcp => "tcp",
        Protocol::Tls => "tls",
        Protocol::Udp => "udp",
    };
    format!("{protocol}-{number}")
}

/// A container.
pub(super) fn container(container: &Container) -> core::Container {
    let Container {
        name,
        image,
        command,
        args,
        working_dir,
        pre_stop,
        env,
        ports,
        udp,
        cpu,
        memory,
        cpu_limit,
        memory_limit,
        ephemeral_storage,
        devices,
        user,
        group,
        probes,
        unprobed: _,
        mounts,
    } = container;
    let quantity = |text: &str| Quantity(text.to_owned());
    let mut limits = BTreeMap::from([("memory".to_owned(), quantity(memory_limit.as_str()))]);
    let mut requests =
        BTreeMap::from([("cpu".to_owned(), quantity(cpu.as_str())), ("memory".to_owned(), quantity(memory.as_str()))]);
    limits.extend(cpu_limit.map(|cpu| ("cpu".to_owned(), quantity(cpu.as_str()))));
    for (name, amount) in ephemeral_storage
        .iter()
        .map(|size| ("ephemeral-storage", size.to_string()))
        .chain(devices.iter().map(|(name, count)| (name.as_str(), count.to_string())))
    {
        requests.insert(name.to_owned(), Quantity(amount.clone()));
        limits.insert(name.to_owned(), Quantity(amount));
    }
    let probe = |of: fn(&Probes) -> &Option<Probe>| probes.as_ref().and_then(|probes| of(probes).as_ref()).map(probe);
    core::Container {
        name: name.clone(),
        image: Some(image.clone()),
        command: command.clone(),
        args: args.clone(),
        working_dir: working_dir.map(|directory| directory.to_string()),
        lifecycle: pre_stop.as_ref().map(lifecycle),
        env: non_empty(env.iter().map(variable).collect()),
        ports: non_empty(
            ports
                .iter()
                .map(|(number, protocol)| port(*number, *protocol))
                .chain(udp.iter().map(|number| port(*number, Protocol::Udp)))
                .collect(),
        ),
        resources: Some(ResourceRequirements {
            requests: Some(requests),
            limits: Some(limits),
            ..ResourceRequirements::default()
        }),
        readiness_probe: probe(|probes| &probes.readiness),
        liveness_probe: probe(|probes| &probes.liveness),
        startup_probe: probe(|probes| &probes.startup),
        security_context: Some(security_context(*user, *group)),
        volume_mounts: non_empty(mounts.iter().map(mount).collect()),
        ..core::Container::default()
    }
}

fn port(number: u16, protocol: Protocol) -> ContainerPort {
    ContainerPort {
        name: Some(port_name(number, protocol)),
        container_port: i32::from(number),
        protocol: Some(transport(protocol).to_owned()),
        ..ContainerPort::default()
    }
}

/// What carries a protocol.
pub(super) const fn transport(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Http | Protocol::Grpc | Protocol::Tcp | Protocol::Tls => "TCP",
        Protocol::Udp => "UDP",
    }
}

/// A container that starts before the others; a native sidecar stays beside them (Kubernetes, *Sidecar Containers*).
pub(super) fn init_container(init: &InitContainer) -> core::Container {
    let restart_policy = match init {
        InitContainer::RunsToItsEnd(_) => None,
        InitContainer::Sidecar(_) => Some("Always".to_owned()),
    };
    core::Container { restart_policy, ..container(init.container()) }
}

fn lifecycle(pre_stop: &PreStop) -> Lifecycle {
    let handler = match pre_stop {
        PreStop::Sleep(seconds) => LifecycleHandler {
            sleep: Some(SleepAction { seconds: i64::from(*seconds) }),
            ..LifecycleHandler::default()
        },
        PreStop::Exec(command) => LifecycleHandler {
            exec: Some(ExecAction { command: Some(command.clone()) }),
            ..LifecycleHandler::default()
        },
    };
    Lifecycle { pre_stop: Some(handler), ..Lifecycle::default() }
}

/// The five settings of the security model, and the user.
fn security_context(user: u32, group: u32) -> SecurityContext {
    SecurityContext {
        read_only_root_filesystem: Some(true),
        run_as_non_root: Some(true),
        allow_privilege_escalation: Some(false),
        capabilities: Some(Capabilities { drop: Some(vec!["ALL".to_owned()]), add: None }),
        seccomp_profile: Some(SeccompProfile { type_: "RuntimeDefault".to_owned(), localhost_profile: None }),
        run_as_user: Some(i64::from(user)),
        run_as_group: Some(i64::from(group)),
        ..SecurityContext::default()
    }
}

fn variable(env: &Env) -> EnvVar {
    let Env { name, value } = env;
    let from = match value {
        EnvValue::Text(text) => {
            let value = Some(text.clone()).filter(|text| !text.is_empty());
            return EnvVar { name: name.clone(), value, value_from: None };
        }
        EnvValue::Secret { secret, key } => EnvVarSource {
            secret_key_ref: Some(SecretKeySelector { name: secret.clone(), key: key.clone(), optional: None }),
            ..EnvVarSource::default()
        },
        EnvValue::Pod(field) => EnvVarSource { field_ref: Some(downward::field(*field)), ..EnvVarSource::default() },
        EnvValue::Resource(resource) => {
            EnvVarSource { resource_field_ref: Some(downward::resource(*resource)), ..EnvVarSource::default() }
        }
    };
    EnvVar { name: name.clone(), value: None, value_from: Some(from) }
}

fn probe(probe: &Probe) -> core::Probe {
    let Probe { action, initial_delay, period, timeout, failures } = probe;
    let seconds = |time: Option<u32>| time.and_then(|seconds| i32::try_from(seconds).ok());
    let (http_get, exec) = match action {
        ProbeAction::Http { port, path } => (
            Some(HTTPGetAction {
                path: Some(path.clone()),
                port: IntOrString::Int(i32::from(*port)),
                scheme: Some("HTTP".to_owned()),
                ..HTTPGetAction::default()
            }),
            None,
        ),
        ProbeAction::Exec { command } => (None, Some(ExecAction { command: Some(command.clone()) })),
    };
    core::Probe {
        http_get,
        exec,
        initial_delay_seconds: seconds(*initial_delay),
        period_seconds: seconds(*period),
        timeout_seconds: seconds(*timeout),
        failure_threshold: failures.map(i32::from),
        ..core::Probe::default()
    }
}

fn mount(mount: &Mount) -> VolumeMount {
    let Mount { path, volume, sub_path, read_only } = mount;
    VolumeMount {
        name: volume.clone(),
        mount_path: path.clone(),
        sub_path: sub_path.clone(),
        read_only: read_only.then_some(true),
        ..VolumeMount::default()
    }
}

/// A list that is left out when it is empty, as the API server leaves it out.
pub(super) fn non_empty<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}
