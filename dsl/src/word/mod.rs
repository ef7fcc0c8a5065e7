//! Words: the short texts of a declaration, checked while the declaration is compiled.
//!
//! A word is a `Copy` newtype over a literal. It is made by its macro only, [`name!`](crate::name!) for a [`Name`] and so on:
//! the macro puts the check behind a named constant, which `cargo check`, clippy and an editor evaluate too. What is wrong
//! is said at the line of the literal, in one sentence.
//!
//! None of them implements `Default`, `From` or a deserializer: there is no other door.

mod ascii;
mod chart;
mod hosts;
mod identifiers;
mod image;
mod name;
mod network;
mod node_label;
mod path;
mod placement;
mod quantity;
mod reason;
mod resource;
mod schedule;
mod url;
mod variable;

pub use chart::{ApiKind, ChartRepository, ChartVersion, ObjectNames};
pub use hosts::Hosts;
pub use identifiers::{
    Audience, Field, Gid, ItemTitle, KubernetesVersion, LinkerdImage, Seconds, TunnelId, Uid, Vault,
};
pub use image::Image;
pub use name::{Host, Label, Name, Namespace, StorageClass, Team, Zone};
pub use network::{Cidr, Ip, PortNumber};
pub use node_label::NodeLabel;
pub use path::{FileName, Path, SubPath};
pub use placement::{DeviceName, PriorityClass, RuntimeClass, TimeZone};
pub use quantity::{Cpu, Memory, Storage};
pub use reason::Reason;
pub use resource::{ResourceName, is_of_the_platform};
pub use schedule::Cron;
pub use url::{Repository, Scheme, Url};
pub use variable::{Var, names_credential};

/// Writes the newtype of a word: its text, its check, and nothing that goes round the check.
macro_rules! word {
    ($(#[$meta:meta])* $name:ident, $check:path) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(&'static str);

        impl $name {
            #[doc(hidden)]
            #[track_caller]
            #[must_use]
            pub const fn checked(text: &'static str) -> Self {
                match $check(text) {
                    Ok(()) => Self(text),
                    Err(why) => panic!("{}", why),
                }
            }

            /// Why `text` is no such word, in the sentence of the compile error; `None` where it is one.
            ///
            /// It makes no word: it is for programs that write declarations.
            #[must_use]
            pub const fn why_not(text: &str) -> Option<&'static str> {
                match $check(text) {
                    Ok(()) => None,
                    Err(why) => Some(why),
                }
            }

            /// The text, as it was written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                self.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.0)
            }
        }
    };
}
use word;

/// What a check says: nothing, or the sentence that the user reads.
type Verdict = Result<(), &'static str>;
