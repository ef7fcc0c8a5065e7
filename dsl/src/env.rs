//! Values of environment variables.

use crate::endpoint::Address;
use crate::seal::Sealed;
use crate::secret::SecretField;
use crate::view;
use crate::word::{Cpu, Host, Memory, Path, Storage, Url};

/// A value that fits a variable; `CREDENTIAL` says whether the variable names one.
#[diagnostic::on_unimplemented(
    message = "this variable names a credential: a literal would stand in Git",
    label = "a literal",
    note = "take it from 1Password: `.env(var!(\"…\"), ITEM.field(field!(\"…\")))`, where `const ITEM: Item = item!(\"…\");`"
)]
pub trait EnvValue<const CREDENTIAL: bool>: Sealed {
    #[doc(hidden)]
    fn value(self) -> view::EnvValue;
}

macro_rules! literals {
    ($($literal:ty),+) => {$(
        impl Sealed for $literal {}
        #[diagnostic::do_not_recommend]
        impl EnvValue<false> for $literal {
            fn value(self) -> view::EnvValue {
                view::EnvValue::Literal(self.to_string())
            }
        }
    )+};
}

literals!(&'static str, String, u8, u16, u32, u64, i32, i64, f64, Host, Path, Url, Cpu, Memory, Storage);

impl Sealed for bool {}

/// A switch is no credential, whatever its name.
#[diagnostic::do_not_recommend]
impl<const CREDENTIAL: bool> EnvValue<CREDENTIAL> for bool {
    fn value(self) -> view::EnvValue {
        view::EnvValue::Literal(self.to_string())
    }
}

impl Sealed for SecretField {}

#[diagnostic::do_not_recommend]
impl<const CREDENTIAL: bool> EnvValue<CREDENTIAL> for SecretField {
    fn value(self) -> view::EnvValue {
        view::EnvValue::Secret(self)
    }
}

impl Sealed for Address {}

#[diagnostic::do_not_recommend]
impl EnvValue<false> for Address {
    fn value(self) -> view::EnvValue {
        view::EnvValue::Address(self.into_view())
    }
}

impl Address {
    pub(crate) fn into_view(self) -> view::Address {
        let Self { endpoint, form } = self;
        view::Address { endpoint, form, seal: crate::seal::Seal::new() }
    }
}
