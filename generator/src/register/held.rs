//! What a field of an object has to hold to count as evidence.

use crate::object::Part;
use crate::resolve::PLACEHOLDER_DIGEST;

/// What is held.
#[derive(Clone, Copy, Debug)]
pub(super) enum Held {
    /// This truth value.
    Truth(bool),
    /// This text.
    Text(&'static str),
    /// A text with this in it.
    Within(&'static str),
    /// An image with its digest at the end. The placeholder of one that is awaited is none.
    Digest,
    /// A text that ends so.
    End(&'static str),
    /// A text, and none of these.
    NoneOf(&'static [&'static str]),
    /// These texts and no more, in this order.
    Only(&'static [&'static str]),
    /// A user that is neither root nor the mesh's proxy.
    User,
    /// Anything that says something.
    Something,
    /// A list or map that is there and has nothing in it.
    Nothing,
}

/// The user of Linkerd's proxy. *Linkerd: `proxyUID`*.
const PROXY: u64 = 2102;

impl Held {
    /// Whether what stands at a place is it.
    pub(super) fn is_in(self, place: Option<&Part<'_>>) -> bool {
        let Some(part) = place else { return false };
        match self {
            Self::Truth(value) => part.truth() == Some(value),
            Self::Text(text) => part.text() == Some(text),
            Self::Within(text) => part.text().is_some_and(|held| held.contains(text)),
            Self::Digest => part.text().is_some_and(|held| has_digest(held) && !held.ends_with(PLACEHOLDER_DIGEST)),
            Self::End(text) => part.text().is_some_and(|held| held.ends_with(text)),
            Self::NoneOf(texts) => part.text().is_some_and(|held| !held.is_empty() && !texts.contains(&held)),
            Self::Only(texts) => {
                let held: Vec<_> = part.items().iter().map(Part::text).collect();
                held.len() == texts.len() && held.iter().zip(texts).all(|(held, text)| *held == Some(text))
            }
            Self::User => part.number().is_some_and(|user| user != 0 && user != PROXY),
            Self::Something => !part.is_empty() && !part.is_blank(),
            Self::Nothing => part.is_empty(),
        }
    }

    /// Whether what stands at a place says openly that it is not there yet.
    pub(super) fn is_awaited_in(self, place: Option<&Part<'_>>) -> bool {
        let text = place.and_then(Part::text);
        matches!(self, Self::Digest) && text.is_some_and(|held| has_digest(held) && held.ends_with(PLACEHOLDER_DIGEST))
    }

    /// The same in words, behind a field's path.
    pub(super) fn words(self) -> String {
        match self {
            Self::Truth(value) => format!(": {value}"),
            Self::Text(text) => format!(": {text}"),
            Self::Within(text) => format!(", which has `{text}` in it"),
            Self::Digest => ", which ends in a digest".to_owned(),
            Self::End(text) => format!(", which ends in `{}`", text.trim_end()),
            Self::NoneOf(texts) => {
                format!(", {} {}", if texts.len() == 1 { "which is not" } else { "none of" }, alternatives(texts))
            }
            Self::Only(texts) => format!(": [{}]", texts.join(", ")),
            Self::User => format!(", a number that is neither 0 nor {PROXY}"),
            Self::Something => String::new(),
            Self::Nothing => ": {}".to_owned(),
        }
    }

    /// Whether the words belong to the code before them.
    pub(super) const fn is_code(self) -> bool {
        matches!(self, Self::Truth(_) | Self::Text(_) | Self::Only(_) | Self::Nothing)
    }
}

/// Whether a text ends in the digest of an image: `@sha256:` and 64 digits.
fn has_digest(image: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let digest = image.split_once("@sha256:").filter(|(name, _)| !name.is_empty()).map(|(_, digest)| digest);
    digest.is_some_and(|digest| digest.len() == 64 && digest.bytes().all(is_digit))
}

fn alternatives(texts: &[&str]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
    quoted.join(", ")
}
