//! Slots: what a container has to say, because nothing sane could be assumed. Each has a sentence for when it is missing.

use crate::seal::Sealed;
use crate::view;

/// Not said yet.
#[derive(Debug)]
pub struct Unset;

impl Sealed for Unset {}

/// Resources were stated.
#[derive(Debug)]
pub struct Stated<T>(pub(crate) T);

impl<T> Sealed for Stated<T> {}

/// A container that says what it needs of the node.
#[diagnostic::on_unimplemented(
    message = "this container states no resources",
    label = "needs `.resources(cpu!(\"100m\"), memory!(\"128Mi\"))`",
    note = "without a memory limit one container can take its whole node down (security model, checklist: resource limits)"
)]
pub trait StatesResources: Sealed {
    #[doc(hidden)]
    fn resources(self) -> view::Resources;
}

#[diagnostic::do_not_recommend]
impl StatesResources for Stated<view::Resources> {
    fn resources(self) -> view::Resources {
        self.0
    }
}

/// A container that says how it is probed.
#[diagnostic::on_unimplemented(
    message = "this container states no probes",
    label = "needs `.probes(Probes::http(PORT, path!(\"/healthz\")))`",
    note = "without probes a dead container keeps its traffic; one that serves no port says \
            `.probes(Probes::only_alive(exec([\"…\"])))`"
)]
pub trait StatesProbes: Sealed {
    #[doc(hidden)]
    fn stated(self) -> view::Probes;
}

#[diagnostic::do_not_recommend]
impl StatesProbes for Stated<view::Probes> {
    fn stated(self) -> view::Probes {
        self.0
    }
}

/// A container that runs to an end, and is not probed.
#[diagnostic::on_unimplemented(
    message = "a container that runs to its end is not probed",
    label = "leave `.probes(..)` out",
    note = "what hangs in a Job or a CronJob is ended by its `.deadline(seconds!(3600))`; what stays beside the others is a `.sidecar(..)`"
)]
pub trait StatesNoProbes: Sealed {}

#[diagnostic::do_not_recommend]
impl StatesNoProbes for Unset {}

/// A slot that is still empty.
#[diagnostic::on_unimplemented(
    message = "a container says its resources once, and its probes once",
    label = "said before",
    note = "a memory limit above the request is `.memory_limit(memory!(\"512Mi\"))`; several probes are one value: \
            `Probes::ready(..).alive(..).started(..)`"
)]
pub trait Unsaid: Sealed {}

#[diagnostic::do_not_recommend]
impl Unsaid for Unset {}
