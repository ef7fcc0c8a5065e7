//! Probes: how a container says that it works.

use core::marker::PhantomData;

use crate::identity::Workload;
use crate::port::{Port, SpeaksHttp};
use crate::said::{Said, Setting};
use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Path, Reason, Seconds};

/// One probe of a container of `W`: an HTTP request, or a command.
///
/// Kubernetes' defaults hold for what is not said: every 10 seconds, 1 second to answer, 3 failures.
#[derive(Debug)]
#[must_use = "a probe asks nobody until a container has it"]
pub struct Probe<W> {
    view: view::Probe,
    of: PhantomData<fn() -> W>,
}

/// Asks `path` of `port` over HTTP.
///
/// Linkerd lets such a request in from the node without an identity, for exactly this path.
#[track_caller]
pub fn http<W: Workload, P: SpeaksHttp>(port: Port<W, P>, path: Path) -> Probe<W> {
    Probe::new(view::ProbeAction::Http { port: port.served().number, path })
}

/// Runs a command in the container; exit code 0 is health.
#[track_caller]
pub fn exec<W, T: Into<String>>(command: impl IntoIterator<Item = T>) -> Probe<W> {
    Probe::new(view::ProbeAction::Exec { command: command.into_iter().map(Into::into).collect() })
}

impl<W> Probe<W> {
    #[track_caller]
    fn new(action: view::ProbeAction) -> Self {
        let view = view::Probe {
            action,
            at: core::panic::Location::caller(),
            initial_delay: Setting::unsaid(),
            period: Setting::unsaid(),
            timeout: Setting::unsaid(),
            failures: Setting::unsaid(),
            seal: Seal::new(),
        };
        Self { view, of: PhantomData }
    }

    /// Waits this long before it asks for the first time.
    #[track_caller]
    pub fn after(mut self, delay: Seconds) -> Self {
        self.view.initial_delay.say(delay);
        self
    }

    /// Asks this often.
    #[track_caller]
    pub fn every(mut self, period: Seconds) -> Self {
        self.view.period.say(period);
        self
    }

    /// Gives the answer this long.
    #[track_caller]
    pub fn within(mut self, timeout: Seconds) -> Self {
        self.view.timeout.say(timeout);
        self
    }

    /// Takes this many failures in a row for the end; at least 1.
    #[track_caller]
    pub fn failing_after(mut self, failures: u16) -> Self {
        self.view.failures.say(failures);
        self
    }
}

/// The probes of a container: whether it may get traffic, whether it lives, whether it has started.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # pub const API: Port<Ledger, Http> = port!(8080);
/// let simple = Probes::http(API, path!("/healthz"));
/// let timed = Probes::ready(http(API, path!("/ready")).every(seconds!(5)))
///     .alive(http(API, path!("/healthz")).after(seconds!(10)).failing_after(6));
/// ```
#[derive(Debug)]
#[must_use = "probes ask nobody until a container has them"]
pub struct Probes<W> {
    view: view::Probes,
    of: PhantomData<fn() -> W>,
}

impl<W: Workload> Probes<W> {
    /// Readiness and liveness by one request; it is restarted only after six failures, since it is out of traffic by then.
    #[track_caller]
    pub fn http<P: SpeaksHttp>(port: Port<W, P>, path: Path) -> Self {
        Self::ready(http(port, path)).alive(http(port, path).failing_after(6))
    }
}

impl<W> Probes<W> {
    /// Gets traffic while this probe succeeds.
    #[track_caller]
    pub fn ready(probe: Probe<W>) -> Self {
        let mut probes = Self::unsaid();
        probes.view.readiness = Some(probe.view);
        probes
    }

    /// For a container that serves no port: is restarted when this probe fails.
    #[track_caller]
    pub fn only_alive(probe: Probe<W>) -> Self {
        Self::unsaid().alive(probe)
    }

    /// For a container that nobody can ask: it serves no HTTP and brings no command. Every report says so, with the reason.
    ///
    /// A port that speaks HTTP is probed: there `none` is refused.
    #[track_caller]
    pub const fn none(reason: Reason) -> Self {
        let mut probes = Self::unsaid();
        probes.view.none = Some(Said::here(reason));
        probes
    }

    /// Is restarted when this probe fails.
    #[track_caller]
    pub fn alive(mut self, probe: Probe<W>) -> Self {
        self.view.liveness.say(probe.view);
        self
    }

    /// The other probes begin when this one has succeeded once.
    #[track_caller]
    pub fn started(mut self, probe: Probe<W>) -> Self {
        self.view.startup.say(probe.view);
        self
    }

    const fn unsaid() -> Self {
        let view = view::Probes {
            none: None,
            readiness: None,
            liveness: Setting::unsaid(),
            startup: Setting::unsaid(),
            seal: Seal::new(),
        };
        Self { view, of: PhantomData }
    }

    /// Is refused: Linkerd lets no gRPC probe in, since it comes from the node, without an identity.
    pub fn grpc<T: ProbedInTheMesh>(port: T) -> Self {
        port.never()
    }

    /// Is refused: a TCP probe reaches the proxy, which accepts before it asks the container, so it cannot fail.
    pub fn tcp<T: ProbedInTheMesh>(port: T) -> Self {
        port.never()
    }
}

/// Nothing: it is what `Probes::grpc` and `Probes::tcp` ask for.
#[diagnostic::on_unimplemented(
    message = "in the mesh a gRPC probe is never let in, and a TCP probe cannot fail",
    label = "probe over HTTP, or with a command",
    note = "write `Probes::http(PORT, path!(\"/healthz\"))` on an `Http` port, or `Probes::ready(exec([\"…\"]))`"
)]
pub trait ProbedInTheMesh: Sealed {
    #[doc(hidden)]
    fn never<W>(self) -> Probes<W>;
}

/// The probes of a container of `W`.
#[diagnostic::on_unimplemented(
    message = "these probes ask another service: `{W}` is probed on a port of its own",
    label = "probes of another service",
    note = "probe a port that is declared `Port<{W}, _>` and that this container serves"
)]
pub trait ProbesOf<W>: Sealed {
    #[doc(hidden)]
    fn probes(self) -> view::Probes;
}

impl<W> Sealed for Probes<W> {}

/// Probes, whosoever.
pub trait Probing: Sealed {
    /// Whose port they ask.
    type Owner;

    #[doc(hidden)]
    fn view(self) -> view::Probes;
}

impl<W> Probing for Probes<W> {
    type Owner = W;

    fn view(self) -> view::Probes {
        self.view
    }
}

#[diagnostic::do_not_recommend]
impl<W, T: Probing<Owner = W>> ProbesOf<W> for T {
    fn probes(self) -> view::Probes {
        self.view()
    }
}
