//! Containers: what runs, what it needs, and what it gets of the outside.

mod mounts;
mod telemetry;

use core::marker::PhantomData;

use crate::api::Grantable;
use crate::cluster::Otlp;
use crate::downward::ShownInVariables;
use crate::env::{EnvValue, Fits};
use crate::identity::Workload;
use crate::port::OwnPort;
use crate::probe::ProbesOf;
use crate::said::{Said, Setting};
use crate::seal::Seal;
use crate::slots::{Stated, Unsaid, Unset};
use crate::view;
use crate::word::{Cpu, DeviceName, Gid, Image, Memory, Name, Path, Seconds, Storage, Uid, Var};

/// A container of the service `W`.
///
/// It starts from its identity, [`W::container(IMAGE)`](Workload::container). `R` and `P` are slots: a workload takes a container
/// only when both are filled. Everything else has a safe answer already: it runs as user 65532 without any capability, on a
/// read-only root file system, under the runtime's seccomp profile, without a token (security model, layer 4).
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # pub const API: Port<Ledger, Http> = port!(8080);
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// let container = Ledger::container(IMAGE)
///     .resources(cpu!("250m"), memory!("256Mi"))
///     .serves(API)
///     .probes(Probes::http(API, path!("/healthz")))
///     .scratch(path!("/tmp"));
/// ```
#[must_use = "a container runs only when a workload takes it"]
#[derive(Debug)]
pub struct Container<W, R = Unset, P = Unset> {
    said: Parts,
    resources: R,
    probes: P,
    identity: PhantomData<fn() -> W>,
}

/// A container that says its resources and its probes: what a Deployment takes.
pub type ReadyContainer<W> = Container<W, Stated<view::Resources>, Stated<view::Probes>>;

/// A container that says its resources and runs to an end: what a CronJob takes.
pub type EndingContainer<W> = Container<W, Stated<view::Resources>, Unset>;

#[derive(Debug)]
struct Parts {
    name: Option<Said<Name>>,
    image: Said<Image>,
    cpu_limit: Setting<Cpu>,
    memory_limit: Setting<Memory>,
    ports: Vec<Said<view::ServedPort>>,
    env: Vec<Said<view::EnvVar>>,
    command: Setting<Vec<String>>,
    args: Setting<Vec<String>>,
    working_dir: Setting<Path>,
    pre_stop: Setting<view::PreStop>,
    ephemeral_storage: Setting<Storage>,
    devices: Vec<Said<view::Device>>,
    user: Setting<Uid>,
    group: Setting<Gid>,
    mounts: Vec<Said<view::Mount>>,
    needs: Vec<Said<view::ApiNeed>>,
    metrics: Vec<Said<view::Metrics>>,
    telemetry: Setting<Otlp>,
}

impl<W: Workload> Container<W> {
    #[track_caller]
    pub(crate) fn started(name: Option<Name>, image: Image) -> Self {
        let at = core::panic::Location::caller();
        let name = name.map(|what| Said { what, at });
        let said = Parts {
            name,
            image: Said::here(image),
            cpu_limit: Setting::unsaid(),
            memory_limit: Setting::unsaid(),
            ports: Vec::new(),
            env: Vec::new(),
            command: Setting::unsaid(),
            args: Setting::unsaid(),
            working_dir: Setting::unsaid(),
            pre_stop: Setting::unsaid(),
            ephemeral_storage: Setting::unsaid(),
            devices: Vec::new(),
            user: Setting::unsaid(),
            group: Setting::unsaid(),
            mounts: Vec::new(),
            needs: Vec::new(),
            metrics: Vec::new(),
            telemetry: Setting::unsaid(),
        };
        Self { said, resources: Unset, probes: Unset, identity: PhantomData }
    }
}

impl<W: Workload, R, P> Container<W, R, P> {
    /// Requests this much cpu and memory, and limits the memory to the same.
    ///
    /// There is no cpu limit unless [`cpu_limit`](Container::cpu_limit) says one: it would throttle what has the node to itself.
    pub fn resources(self, cpu: Cpu, memory: Memory) -> Container<W, Stated<view::Resources>, P>
    where
        R: Unsaid,
    {
        let Self { said, resources: _, probes, identity } = self;
        let resources = Stated(view::Resources { cpu, memory, seal: Seal::new() });
        Container { said, resources, probes, identity }
    }

    /// Is probed like this.
    pub fn probes<T: ProbesOf<W>>(self, probes: T) -> Container<W, R, Stated<view::Probes>>
    where
        P: Unsaid,
    {
        let Self { said, resources, probes: _, identity } = self;
        Container { said, resources, probes: Stated(probes.probes()), identity }
    }

    /// Limits the memory to more than is requested.
    #[track_caller]
    pub fn memory_limit(mut self, limit: Memory) -> Self {
        self.said.memory_limit.say(limit);
        self
    }

    /// Limits the cpu.
    #[track_caller]
    pub fn cpu_limit(mut self, limit: Cpu) -> Self {
        self.said.cpu_limit.say(limit);
        self
    }

    /// Serves a port of its service. Who may call it, the callers say.
    #[track_caller]
    pub fn serves<T: OwnPort<W>>(mut self, port: T) -> Self {
        self.said.ports.push(Said::here(port.view()));
        self
    }

    /// Sets an environment variable: to a literal, a field of a secret, the address of what it calls, a template, a
    /// [field of the pod](crate::PodField) or [what the container may use](crate::ContainerResource).
    ///
    /// `$(NAME)` in a text or a template stands for another variable of this container, wherever that is said; two that need one another
    /// are refused by `resolve`. What names no variable of the container stays as it is, and `$$(NAME)` means `$(NAME)` (Kubernetes, *Define
    /// dependent environment variables*).
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// # pub enum Ledger {}
    /// # impl Workload for Ledger {
    /// #     const NAME: Name = name!("ledger");
    /// #     const NAMESPACE: Namespace = namespace!("payments");
    /// # }
    /// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
    /// # const DB: Item = item!("db");
    /// let container = Ledger::container(IMAGE)
    ///     .env(var!("DATABASE_URL"), "postgres://ledger:$(DB_PASSWORD)@db.internal/ledger")
    ///     .env(var!("DB_PASSWORD"), DB.field(field!("password")))
    ///     .env(var!("SETTINGS"), template(r#"{"level": "{{ level }}"}"#).with("level", "info"));
    /// ```
    ///
    /// ```compile_fail,E0277
    /// # use casemate_dsl::prelude::*;
    /// # pub enum Ledger {}
    /// # impl Workload for Ledger {
    /// #     const NAME: Name = name!("ledger");
    /// #     const NAMESPACE: Namespace = namespace!("payments");
    /// # }
    /// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
    /// let container = Ledger::container(IMAGE).env(var!("DB_PASSWORD"), "hunter2");
    /// ```
    #[track_caller]
    pub fn env<const CREDENTIAL: bool, T: EnvValue + Fits<CREDENTIAL>>(
        mut self,
        variable: Var<CREDENTIAL>,
        value: T,
    ) -> Self
    where
        T::Shown: ShownInVariables,
    {
        let variable = view::EnvVar { name: variable.as_str(), credential: CREDENTIAL, value: value.fitting() };
        self.said.env.push(Said::here(variable));
        self
    }

    /// Runs this instead of the image's entry point.
    #[track_caller]
    pub fn command<T: Into<String>>(mut self, command: impl IntoIterator<Item = T>) -> Self {
        self.said.command.say(command.into_iter().map(Into::into).collect());
        self
    }

    /// Passes these arguments.
    #[track_caller]
    pub fn args<T: Into<String>>(mut self, args: impl IntoIterator<Item = T>) -> Self {
        self.said.args.say(args.into_iter().map(Into::into).collect());
        self
    }

    /// Starts in this directory, instead of the image's.
    #[track_caller]
    pub fn working_dir(mut self, directory: Path) -> Self {
        self.said.working_dir.say(directory);
        self
    }

    /// Goes on for this long after its pod has left the traffic, before it is told to end. It is part of the workload's grace period.
    #[track_caller]
    pub fn pre_stop_sleep(mut self, time: Seconds) -> Self {
        self.said.pre_stop.say(view::PreStop::Sleep(time));
        self
    }

    /// Runs a command of the image before it is told to end. It is part of the workload's grace period.
    #[track_caller]
    pub fn pre_stop_exec<T: Into<String>>(mut self, command: impl IntoIterator<Item = T>) -> Self {
        self.said.pre_stop.say(view::PreStop::Exec(command.into_iter().map(Into::into).collect()));
        self
    }

    /// Requests this much of the node's own disk, and is evicted when its logs and scratch directories take more.
    #[track_caller]
    pub fn ephemeral_storage(mut self, size: Storage) -> Self {
        self.said.ephemeral_storage.say(size);
        self
    }

    /// Has this many devices of its node for itself; at least 1.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// # pub enum Model {}
    /// # impl Workload for Model {
    /// #     const NAME: Name = name!("model");
    /// #     const NAMESPACE: Namespace = namespace!("inference");
    /// # }
    /// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/model:1.4.2");
    /// let container = Model::container(IMAGE).device(device!("nvidia.com/gpu"), 1);
    /// ```
    #[track_caller]
    pub fn device(mut self, name: DeviceName, count: u16) -> Self {
        self.said.devices.push(Said::here(view::Device { name, count, seal: Seal::new() }));
        self
    }

    /// Runs as this user instead of 65532. The group is the same number unless [`group`](Self::group) says another.
    #[track_caller]
    pub fn user(mut self, user: Uid) -> Self {
        self.said.user.say(user);
        self
    }

    /// Runs in this group.
    #[track_caller]
    pub fn group(mut self, group: Gid) -> Self {
        self.said.group.say(group);
        self
    }

    /// Gets a token for the Kubernetes API, and may do this with it.
    ///
    /// The rights belong to the service's one account; the token is mounted into this container only.
    #[track_caller]
    pub fn may<T: Grantable>(mut self, need: T) -> Self {
        self.said.needs.push(Said::here(need.need()));
        self
    }
}

impl<W, R, P> Container<W, R, P> {
    /// The finished container, and what fills its two slots.
    pub(crate) fn finish(self, split: impl FnOnce(R, P) -> (view::Resources, Option<view::Probes>)) -> view::Container {
        let Self { said, resources, probes, identity: _ } = self;
        let Parts {
            name,
            image,
            cpu_limit,
            memory_limit,
            ports,
            env,
            command,
            args,
            working_dir,
            pre_stop,
            ephemeral_storage,
            devices,
            user,
            group,
            mounts,
            needs,
            metrics,
            telemetry,
        } = said;
        let (resources, probes) = split(resources, probes);
        view::Container {
            name,
            image,
            resources,
            cpu_limit,
            memory_limit,
            probes,
            ports,
            env,
            command,
            args,
            working_dir,
            pre_stop,
            ephemeral_storage,
            devices,
            user,
            group,
            mounts,
            needs,
            metrics,
            telemetry,
            seal: Seal::new(),
        }
    }
}
