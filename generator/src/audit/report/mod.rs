//! What an audit found, in three forms.

pub(crate) mod json;
pub(crate) mod sarif;
pub(crate) mod text;

mod collected;

pub(crate) use collected::Collected;

use super::Unjudged;

impl Unjudged {
    /// What it is, in one sentence without a full stop, and what to do about it.
    fn reason(&self) -> String {
        match self {
            Self::Kind { name, makes_pods: true } => {
                format!("{name}: no rule knows it, and it makes pods: audit those")
            }
            Self::Kind { name, makes_pods: false } => format!("{name}: no rule knows it"),
            Self::Fragment => "pods without containers: a patch? Audit what it is put into".to_owned(),
            Self::Template => "a template: audit what `helm template` prints".to_owned(),
            Self::Kustomization => "a kustomization: audit what `kubectl kustomize` prints".to_owned(),
            Self::Link => "a link, which is not followed".to_owned(),
            Self::Directory => "a directory of another program".to_owned(),
            Self::File => "neither `.yaml`, `.yml` nor `.json`".to_owned(),
        }
    }

    /// Whether it could hold objects. A picture could not, and nobody has to look at it.
    const fn is_of_interest(&self) -> bool {
        !matches!(self, Self::Directory | Self::File)
    }
}
