//! What a container learns about its pod and itself: Kubernetes' downward API.

use core::marker::PhantomData;

use crate::seal::Sealed;
use crate::view;

/// Where a field of the pod can be shown. Kubernetes, *Downward API*: some fields are for variables only, some for files only.
pub mod shown {
    /// In variables and in files.
    #[derive(Clone, Copy, Debug)]
    pub enum Anywhere {}

    /// In variables only.
    #[derive(Clone, Copy, Debug)]
    pub enum InVariables {}

    /// In files only.
    #[derive(Clone, Copy, Debug)]
    pub enum InFiles {}
}

use shown::{Anywhere, InFiles, InVariables};

/// A field of the pod, as the value of a variable or the contents of a file; `S` says where it can be shown.
///
/// | | in a variable | in a file |
/// |---|---|---|
/// | `Name`, `Namespace`, `Uid` | yes | yes |
/// | `Node`, `ServiceAccount`, `PodIp`, `PodIps`, `HostIp` | yes | |
/// | `Labels` | | yes, and kept current |
///
/// Annotations have no word: they hold what the mesh and the operators of the platform note for one another, and nothing that a declaration
/// says.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// let container = Ledger::container(IMAGE)
///     .env(var!("POD_NAME"), PodField::Name)
///     .env(var!("NODE_ID"), "ledger-on-$(NODE)")
///     .env(var!("NODE"), PodField::Node);
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
/// let container = Ledger::container(IMAGE).env(var!("POD_LABELS"), PodField::Labels);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PodField<S> {
    field: view::PodField,
    shown: PhantomData<S>,
}

impl<S> PodField<S> {
    const fn new(field: view::PodField) -> Self {
        Self { field, shown: PhantomData }
    }

    pub(crate) const fn view(self) -> view::PodField {
        self.field
    }
}

#[expect(non_upper_case_globals, reason = "they read as what they are in Kubernetes: kinds of fields")]
impl PodField<Anywhere> {
    /// The pod's name: `ledger-6d4cf56db6-x2x8q`, or `ledger-0` in a StatefulSet.
    pub const Name: Self = Self::new(view::PodField::Name);

    /// The pod's namespace.
    pub const Namespace: Self = Self::new(view::PodField::Namespace);

    /// The pod's unique identifier.
    pub const Uid: Self = Self::new(view::PodField::Uid);
}

#[expect(non_upper_case_globals, reason = "they read as what they are in Kubernetes: kinds of fields")]
impl PodField<InVariables> {
    /// The name of the node on which the pod runs.
    pub const Node: Self = Self::new(view::PodField::Node);

    /// The name of the pod's account, which is the service's name.
    pub const ServiceAccount: Self = Self::new(view::PodField::ServiceAccount);

    /// The pod's address.
    pub const PodIp: Self = Self::new(view::PodField::PodIp);

    /// The pod's addresses of both families, with commas between them.
    pub const PodIps: Self = Self::new(view::PodField::PodIps);

    /// The address of the node on which the pod runs.
    pub const HostIp: Self = Self::new(view::PodField::HostIp);
}

#[expect(non_upper_case_globals, reason = "they read as what they are in Kubernetes: kinds of fields")]
impl PodField<InFiles> {
    /// The pod's labels, one on a line: `key="value"`.
    pub const Labels: Self = Self::new(view::PodField::Labels);
}

/// Where a field can be shown: in variables.
#[diagnostic::on_unimplemented(
    message = "a variable cannot hold the pod's labels, which may change while it runs",
    label = "a field for files",
    note = "show them in a file: `.directory(path!(\"/etc/pod\"), Files::new().pod(file_name!(\"labels\"), PodField::Labels))`"
)]
pub trait ShownInVariables: Sealed {}

/// Where a field can be shown: in files.
#[diagnostic::on_unimplemented(
    message = "a file cannot hold this field of the pod: Kubernetes shows it in variables only",
    label = "a field for variables",
    note = "show it in a variable: `.env(var!(\"NODE_NAME\"), PodField::Node)`"
)]
pub trait ShownInFiles: Sealed {}

impl Sealed for Anywhere {}
impl Sealed for InVariables {}
impl Sealed for InFiles {}
impl<S> Sealed for PodField<S> {}

#[diagnostic::do_not_recommend]
impl ShownInVariables for Anywhere {}

#[diagnostic::do_not_recommend]
impl ShownInVariables for InVariables {}

#[diagnostic::do_not_recommend]
impl ShownInFiles for Anywhere {}

#[diagnostic::do_not_recommend]
impl ShownInFiles for InFiles {}

/// What a container requests, or is limited to, as the value of a variable: whole bytes of memory, whole cores of cpu (rounded up).
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// let container = Ledger::container(IMAGE)
///     .resources(cpu!("250m"), memory!("256Mi"))
///     .env(var!("GOMEMLIMIT"), ContainerResource::MemoryLimit);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ContainerResource {
    /// The memory that the container may use.
    MemoryLimit,
    /// The cpu that the container may use; `resolve` refuses it where the container says no
    /// [`cpu_limit`](crate::Container::cpu_limit), since Kubernetes would name all that the node has.
    CpuLimit,
    /// The memory that the container requests.
    MemoryRequest,
    /// The cpu that the container requests.
    CpuRequest,
}
