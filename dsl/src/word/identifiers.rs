//! Identifiers: of users, of secrets, and of things that other systems named.

use super::ascii::{contains, ends_with, has_invisible, holds_at, is_digest, is_hex, is_placeholder, position};
use super::{Verdict, word};

word! {
    /// The audience tag of an Access application: 64 hexadecimal digits, as Cloudflare's dashboard shows them.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const PHOTOS: Audience = audience!("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");
    /// ```
    Audience, check_audience
}

word! {
    /// A field of a 1Password item, by its label: the key of the Secret that the operator makes.
    ///
    /// A label that is no legal key would be rewritten by the operator, so only legal ones can be said.
    Field, check_field
}

word! {
    /// A 1Password item, by title or identifier. Of several items with one title the oldest wins: prefer the identifier.
    ItemTitle, check_title
}

word! {
    /// A 1Password vault, by title or identifier.
    Vault, check_title
}

word! {
    /// The identifier of a Cloudflare Tunnel, a UUID.
    TunnelId, check_uuid
}

word! {
    /// The Kubernetes version of a cluster, `1.33` to `1.37`.
    KubernetesVersion, check_kubernetes
}

impl KubernetesVersion {
    /// The minor version: 35 for `1.35`.
    #[must_use]
    pub fn minor(self) -> u32 {
        self.0.trim_start_matches("1.").parse().unwrap_or(0)
    }
}

/// The image tag of Linkerd's proxy, with its digest: both are rendered, so that injected containers are pinned as well.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct LinkerdImage {
    text: &'static str,
    awaits_digest: bool,
}

impl LinkerdImage {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(text: &'static str) -> Self {
        match check_proxy(text) {
            Ok(()) => Self { text, awaits_digest: false },
            Err(why) => panic!("{}", why),
        }
    }

    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked_without_digest(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        assert!(is_release(bytes, bytes.len()), "a Linkerd release is named `edge-26.8.3`");
        Self { text, awaits_digest: true }
    }

    /// Why `text` is no release with its digest, in the sentence of the compile error; `None` where it is one.
    ///
    /// It makes no word: it is for programs that write declarations.
    #[must_use]
    pub const fn why_not(text: &str) -> Option<&'static str> {
        match check_proxy(text) {
            Ok(()) => None,
            Err(why) => Some(why),
        }
    }

    /// What was written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.text
    }

    /// Whether the digest is not known yet.
    #[must_use]
    pub const fn awaits_digest(self) -> bool {
        self.awaits_digest
    }
}

const fn check_proxy(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let at = position(bytes, b'@', 0);
    if !(is_release(bytes, at) && is_digest(bytes, at + 1)) {
        return Err("the proxy's image is a Linkerd release and its digest: `edge-26.8.3@sha256:<64 hex digits>`; \
                    if it is not known yet, say `linkerd_awaiting_digest!`");
    }
    if is_placeholder(bytes, at + 1) {
        return Err("this digest is the placeholder: say `linkerd_awaiting_digest!(\"edge-26.8.3\")`");
    }
    Ok(())
}

/// Whether a Linkerd release stands before `end`: its channel and its version.
const fn is_release(bytes: &[u8], end: usize) -> bool {
    let from = if holds_at(bytes, b"edge-", 0) {
        5
    } else if holds_at(bytes, b"stable-", 0) {
        7
    } else {
        return false;
    };
    let mut i = from;
    while i < end {
        if !(bytes[i].is_ascii_alphanumeric() || matches!(bytes[i], b'.' | b'-')) {
            return false;
        }
        i += 1;
    }
    from < end
}

/// A user id for a container: never root's, never that of Linkerd's proxy, whose traffic the mesh does not see.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const NGINX: Uid = uid!(101);
/// ```
///
/// ```compile_fail,E0080
/// # use casemate_dsl::prelude::*;
/// const ROOT: Uid = uid!(0);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Uid(u32);

/// A group id: never root's, never that of Linkerd's proxy.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Gid(u32);

impl Uid {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(id: u32) -> Self {
        match check_id(id, "uid 0 is root: a service never runs as root; name another user, `uid!(65532)`") {
            Ok(()) => Self(id),
            Err(why) => panic!("{}", why),
        }
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl Gid {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(id: u32) -> Self {
        match check_id(id, "gid 0 is root's group: name another group, `gid!(65532)`") {
            Ok(()) => Self(id),
            Err(why) => panic!("{}", why),
        }
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

const fn check_id(id: u32, root: &'static str) -> Verdict {
    match id {
        0 => Err(root),
        2102 => Err("2102 is Linkerd's proxy: what runs under it goes round the mesh; name another id"),
        1..=2_147_483_647 => Ok(()),
        _ => Err("an id is at most 2147483647"),
    }
}

/// A time in whole seconds, from one second to a day.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const OFTEN: Seconds = seconds!(5);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Seconds(u32);

impl Seconds {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(seconds: u32) -> Self {
        assert!(seconds >= 1 && seconds <= 86_400, "a time is 1 to 86400 seconds");
        Self(seconds)
    }

    /// The number of seconds.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

const fn check_audience(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if bytes.len() == 64 && is_hex(bytes, 0, 64) {
        Ok(())
    } else {
        Err("an audience tag is 64 lower-case hexadecimal digits, as the Access application shows it")
    }
}

const fn check_field(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let says = "a field has 1 to 253 letters, digits, `-`, `_` and `.`: the operator rewrites any other label";
    if bytes.is_empty() || bytes.len() > 253 || is_dots(bytes) {
        return Err(says);
    }
    let mut i = 0;
    while i < bytes.len() {
        if !(bytes[i].is_ascii_alphanumeric() || matches!(bytes[i], b'-' | b'_' | b'.')) {
            return Err(says);
        }
        i += 1;
    }
    Ok(())
}

const fn is_dots(bytes: &[u8]) -> bool {
    ends_with(bytes, b".") && bytes.len() == 1 || holds_at(bytes, b"..", 0)
}

const fn check_title(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if bytes.is_empty()
        || bytes.len() > 128
        || contains(bytes, b'/')
        || bytes[0] == b' '
        || bytes[bytes.len() - 1] == b' '
    {
        return Err(
            "a vault or item is named by title or identifier: 1 to 128 characters, no slash, no blank at its ends",
        );
    }
    if has_invisible(bytes) {
        return Err("a vault or item is named on one line, without control or invisible characters");
    }
    Ok(())
}

const fn check_uuid(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let says = "a tunnel is identified by its UUID: `11111111-2222-3333-4444-555555555555`";
    if bytes.len() != 36 {
        return Err(says);
    }
    let mut i = 0;
    while i < 36 {
        let hyphen = matches!(i, 8 | 13 | 18 | 23);
        if hyphen != (bytes[i] == b'-') || (!hyphen && !is_hex(bytes, i, i + 1)) {
            return Err(says);
        }
        i += 1;
    }
    Ok(())
}

const fn check_kubernetes(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if bytes.len() == 4 && holds_at(bytes, b"1.3", 0) && bytes[3] >= b'3' && bytes[3] <= b'7' {
        Ok(())
    } else {
        Err("Casemate renders for Kubernetes 1.33 to 1.37: `kubernetes_version!(\"1.35\")`")
    }
}

/// An [`Audience`](crate::word::Audience), checked where it is written.
#[macro_export]
macro_rules! audience {
    ($text:literal) => {{
        const CHECKED: $crate::word::Audience = $crate::word::Audience::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`audience!` takes one literal, the 64 digits of the audience tag")
    };
}

/// A [`Field`](crate::word::Field), checked where it is written.
#[macro_export]
macro_rules! field {
    ($text:literal) => {{
        const CHECKED: $crate::word::Field = $crate::word::Field::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`field!` takes one literal: `field!(\"password\")`")
    };
}

/// A [`Vault`](crate::word::Vault), checked where it is written.
#[macro_export]
macro_rules! vault {
    ($text:literal) => {{
        const CHECKED: $crate::word::Vault = $crate::word::Vault::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`vault!` takes one literal: `vault!(\"k8s-homelab\")`")
    };
}

/// A [`TunnelId`](crate::word::TunnelId), checked where it is written.
#[macro_export]
macro_rules! tunnel_id {
    ($text:literal) => {{
        const CHECKED: $crate::word::TunnelId = $crate::word::TunnelId::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`tunnel_id!` takes one literal, the UUID of the tunnel")
    };
}

/// A [`KubernetesVersion`](crate::word::KubernetesVersion), checked where it is written.
#[macro_export]
macro_rules! kubernetes_version {
    ($text:literal) => {{
        const CHECKED: $crate::word::KubernetesVersion = $crate::word::KubernetesVersion::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`kubernetes_version!` takes one literal: `kubernetes_version!(\"1.35\")`")
    };
}

/// A [`LinkerdImage`](crate::word::LinkerdImage) with its digest, checked where it is written.
#[macro_export]
macro_rules! linkerd_image {
    ($text:literal) => {{
        const CHECKED: $crate::word::LinkerdImage = $crate::word::LinkerdImage::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`linkerd_image!` takes one literal: `linkerd_image!(\"edge-26.8.3@sha256:…\")`")
    };
}

/// A [`LinkerdImage`](crate::word::LinkerdImage) whose digest is not known yet; it is rendered with a marked placeholder.
#[macro_export]
macro_rules! linkerd_awaiting_digest {
    ($text:literal) => {{
        const CHECKED: $crate::word::LinkerdImage = $crate::word::LinkerdImage::checked_without_digest($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`linkerd_awaiting_digest!` takes one literal: `linkerd_awaiting_digest!(\"edge-26.8.3\")`"
        )
    };
}

/// A [`Uid`](crate::word::Uid), checked where it is written.
#[macro_export]
macro_rules! uid {
    ($number:literal) => {{
        const CHECKED: $crate::word::Uid = $crate::word::Uid::checked($number);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`uid!` takes one number: `uid!(65532)`")
    };
}

/// A [`Gid`](crate::word::Gid), checked where it is written.
#[macro_export]
macro_rules! gid {
    ($number:literal) => {{
        const CHECKED: $crate::word::Gid = $crate::word::Gid::checked($number);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`gid!` takes one number: `gid!(65532)`")
    };
}

/// A [`Seconds`](crate::word::Seconds), checked where it is written.
#[macro_export]
macro_rules! seconds {
    ($number:literal) => {{
        const CHECKED: $crate::word::Seconds = $crate::word::Seconds::checked($number);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`seconds!` takes one number: `seconds!(30)`")
    };
}
