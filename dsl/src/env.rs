//! Values of environment variables.

use crate::config::{ConfigText as _, Template};
use crate::downward::shown::Anywhere;
use crate::downward::{ContainerResource, PodField};
use crate::endpoint::Address;
use crate::seal::Sealed;
use crate::secret::SecretField;
use crate::view;
use crate::word::{Cpu, Host, Memory, Path, Storage, Url};

/// A value that a variable can hold: a literal, a word, a field of a secret, the address of what it calls, a
/// [`Template`](crate::Template), a [`PodField`] or a [`ContainerResource`].
#[diagnostic::on_unimplemented(
    message = "a variable holds a text, a number, a switch, a word, a field of a secret or of the pod, an address or a template",
    label = "none of them",
    note = "several values are one text in the form that the application reads: `.env(var!(\"TARGETS\"), \"a,b\")`"
)]
pub trait EnvValue: Sealed {
    /// Where it can be shown: `.env(..)` wants what can be shown in a variable.
    type Shown;

    #[doc(hidden)]
    fn value(self) -> view::EnvValue;
}

/// A value that fits a variable; `CREDENTIAL` says whether the variable names one.
#[diagnostic::on_unimplemented(
    message = "this variable names a credential: a literal would stand in Git",
    label = "no field of a secret",
    note = "take it from 1Password: `.env(var!(\"…\"), ITEM.field(field!(\"…\")))`, where `const ITEM: Item = item!(\"…\");`"
)]
pub trait Fits<const CREDENTIAL: bool>: Sealed {
    #[doc(hidden)]
    fn fitting(self) -> view::EnvValue;
}

#[diagnostic::do_not_recommend]
impl<T: EnvValue> Fits<false> for T {
    fn fitting(self) -> view::EnvValue {
        self.value()
    }
}

#[diagnostic::do_not_recommend]
impl Fits<true> for SecretField {
    fn fitting(self) -> view::EnvValue {
        self.value()
    }
}

/// A switch is no credential, whatever its name.
#[diagnostic::do_not_recommend]
impl Fits<true> for bool {
    fn fitting(self) -> view::EnvValue {
        self.value()
    }
}

macro_rules! literals {
    ($($literal:ty),+) => {$(
        impl Sealed for $literal {}
        #[diagnostic::do_not_recommend]
        impl EnvValue for $literal {
            type Shown = Anywhere;

            fn value(self) -> view::EnvValue {
                view::EnvValue::Literal(self.to_string())
            }
        }
    )+};
}

literals!(bool, &'static str, String, u8, u16, u32, u64, usize, i32, i64, f64, Host, Path, Url, Cpu, Memory, Storage);

impl Sealed for SecretField {}

#[diagnostic::do_not_recommend]
impl EnvValue for SecretField {
    type Shown = Anywhere;

    fn value(self) -> view::EnvValue {
        view::EnvValue::Secret(self)
    }
}

impl Sealed for Address {}

#[diagnostic::do_not_recommend]
impl EnvValue for Address {
    type Shown = Anywhere;

    fn value(self) -> view::EnvValue {
        view::EnvValue::Address(self.into_view())
    }
}

#[diagnostic::do_not_recommend]
impl EnvValue for Template {
    type Shown = Anywhere;

    fn value(self) -> view::EnvValue {
        view::EnvValue::Template(self.text())
    }
}

#[diagnostic::do_not_recommend]
impl<S> EnvValue for PodField<S> {
    type Shown = S;

    fn value(self) -> view::EnvValue {
        view::EnvValue::Pod(self.view())
    }
}

impl Sealed for ContainerResource {}

#[diagnostic::do_not_recommend]
impl EnvValue for ContainerResource {
    type Shown = Anywhere;

    fn value(self) -> view::EnvValue {
        view::EnvValue::Resource(self)
    }
}

impl Address {
    pub(crate) fn into_view(self) -> view::Address {
        let Self { endpoint, form } = self;
        view::Address { endpoint, form, seal: crate::seal::Seal::new() }
    }
}
