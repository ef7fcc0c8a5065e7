//! Directories of files: texts, fields of secrets and fields of the pod, side by side.

use core::marker::PhantomData;

use crate::config::ConfigText;
use crate::downward::{PodField, ShownInFiles};
use crate::said::Said;
use crate::seal::{Seal, Sealed};
use crate::secret::SecretField;
use crate::view;
use crate::word::FileName;

/// Whether a directory has files yet.
pub mod filled {
    /// It has none.
    #[derive(Debug)]
    pub enum No {}

    /// It has one or more.
    #[derive(Debug)]
    pub enum Yes {}
}

/// The files of a directory that a container finds at one path, with [`.directory(..)`](crate::Container::directory).
///
/// It is only read, and holds these files and no others. A change of a text rolls the pods; a change of a secret or of the pod's labels
/// appears in the running ones within about a minute.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// const TLS: Item = item!("ledger-tls");
///
/// let files = Files::new()
///     .text(file_name!("ledger.toml"), "currency = \"NOK\"\n")
///     .text(file_name!("reload.sh"), executable("#!/bin/sh\nkill -HUP 1\n"))
///     .secret(file_name!("tls.key"), TLS.field(field!("private-key")))
///     .pod(file_name!("labels"), PodField::Labels);
/// let container = Ledger::container(IMAGE).directory(path!("/etc/ledger"), files);
/// ```
#[derive(Debug)]
#[must_use = "files are nowhere until a container finds them in a `.directory(..)`"]
pub struct Files<F = filled::Yes> {
    files: Vec<Said<view::File>>,
    filled: PhantomData<fn() -> F>,
}

impl Files<filled::No> {
    /// No files yet: a container takes them when there is one.
    #[expect(clippy::new_without_default, reason = "an empty directory is the one that no container takes")]
    pub const fn new() -> Self {
        Self { files: Vec::new(), filled: PhantomData }
    }
}

impl<F> Files<F> {
    /// Holds a text or a template, executable where it says so.
    #[track_caller]
    pub fn text<T: ConfigText>(self, name: FileName, text: T) -> Files {
        self.with(name, view::FileContents::Text(text.text()))
    }

    /// Holds a field of a secret, which the container's group can read.
    #[track_caller]
    pub fn secret(self, name: FileName, field: SecretField) -> Files {
        self.with(name, view::FileContents::Secret(field))
    }

    /// Holds a field of the pod.
    ///
    /// ```compile_fail,E0277
    /// # use casemate_dsl::prelude::*;
    /// let files = Files::new().pod(file_name!("node"), PodField::Node);
    /// ```
    #[track_caller]
    pub fn pod<S: ShownInFiles>(self, name: FileName, field: PodField<S>) -> Files {
        self.with(name, view::FileContents::Pod(field.view()))
    }

    #[track_caller]
    fn with(self, name: FileName, contents: view::FileContents) -> Files {
        let Self { mut files, filled: _ } = self;
        files.push(Said::here(view::File { name, contents, seal: Seal::new() }));
        Files { files, filled: PhantomData }
    }
}

/// Files of which there is at least one.
#[diagnostic::on_unimplemented(
    message = "a directory of files holds at least one",
    label = "no files",
    note = "add one: `Files::new().text(file_name!(\"app.conf\"), include_str!(\"app.conf\"))`; an empty directory to write to is \
            `.scratch(path!(\"…\"))`"
)]
pub trait Filled: Sealed {
    #[doc(hidden)]
    fn files(self) -> Vec<Said<view::File>>;
}

impl<F> Sealed for Files<F> {}

#[diagnostic::do_not_recommend]
impl Filled for Files {
    fn files(self) -> Vec<Said<view::File>> {
        self.files
    }
}
