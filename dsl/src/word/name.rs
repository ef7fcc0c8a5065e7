//! Names: of services, namespaces, hosts, zones and labels.

use super::ascii::{contains, has_upper_case, holds, holds_at, is_domain, is_label, position};
use super::{Verdict, word};

word! {
    /// The name of a service, a claim, a peer or a cluster: a DNS label of at most 63 characters.
    ///
    /// Kubernetes, *Object Names and IDs*: lower-case letters, digits and hyphens, a letter first, no hyphen last.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const NAME: Name = name!("trips-api");
    /// assert_eq!(NAME.as_str(), "trips-api");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const NAME: Name = name!("Trips_API");
    /// ```
    Name, check_name
}

word! {
    /// A namespace of the service tier, which Casemate owns.
    ///
    /// It is rendered with Pod Security `restricted`, injection into the mesh and deny by default. Namespaces that belong to the
    /// platform (`default`, `kube-…`, `linkerd…`, `cert-manager`, `kyverno`, `argocd`) are refused; name those at a
    /// [`Peer`](crate::Peer). So are `root`, `namespace`, `chart` and `platform`, which Casemate's own projects and Applications bear.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const TRIPS: Namespace = namespace!("trips");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const SYSTEM: Namespace = namespace!("kube-system");
    /// ```
    Namespace, check_namespace
}

word! {
    /// A hostname: lower case, at least two labels, no scheme, port, path or wildcard.
    ///
    /// cloudflared compares hostnames byte by byte and accepts nonsense in silence, so this check is stricter than its own.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const HOST: Host = host!("img.example.com");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const HOST: Host = host!("https://img.example.com");
    /// ```
    Host, check_host
}

word! {
    /// A DNS zone in which hostnames are exposed: a hostname of at most 189 characters.
    ///
    /// Whatever [`Name`] stands before it, the whole is no longer than the 253 characters that DNS takes (RFC 1035).
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const ZONE: Zone = zone!("example.com");
    /// assert_eq!(ZONE.host(name!("img")).as_str(), "img.example.com");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const ZONE: Zone = zone!("*.example.com");
    /// ```
    Zone, check_zone
}

word! {
    /// The name of a `StorageClass` that the cluster has.
    StorageClass, check_name
}

word! {
    /// The team name of the Cloudflare Access organisation: `example` for `example.cloudflareaccess.com`.
    Team, check_name
}

impl Name {
    /// Whether `text` could be a name.
    pub(crate) const fn is_name(text: &str) -> bool {
        check_name(text).is_ok()
    }

    /// The name that an operator derives from this one. Like a [`Zone`]'s host it is kept for the life of the program.
    pub(crate) fn followed_by(self, ending: &str) -> Self {
        Self(String::leak(format!("{self}{ending}")))
    }
}

impl Namespace {
    /// The namespace as a name.
    #[must_use]
    pub const fn as_name(self) -> Name {
        Name(self.0)
    }
}

impl Zone {
    /// The host `label` in this zone.
    ///
    /// Words that are composed at run time keep their text for the life of the program, which renders once and ends.
    #[must_use]
    pub fn host(self, label: Name) -> Host {
        Host(String::leak(format!("{label}.{self}")))
    }
}

impl Team {
    /// The host of the team's Access organisation, where the keys lie that its tokens are checked with.
    #[must_use]
    pub fn access_host(self) -> Host {
        Host(String::leak(format!("{self}.cloudflareaccess.com")))
    }
}

/// A label that pods bear, as key and value.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const NATS: Label = label!("app.kubernetes.io/name", "nats");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Label {
    key: &'static str,
    value: &'static str,
}

impl Label {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(key: &'static str, value: &'static str) -> Self {
        assert!(
            is_label_key(key.as_bytes()),
            "the key of a label is a name, or a domain and a name: `app.kubernetes.io/name`"
        );
        assert!(
            is_qualified(value.as_bytes(), 0),
            "the value of a label has 1 to 63 letters, digits, `-`, `_` and `.`, a letter or digit first and last"
        );
        Self { key, value }
    }

    /// The label of this key by which an operator marks the pods of what bears a name.
    pub(crate) const fn of_name(key: &'static str, name: Name) -> Self {
        Self::checked(key, name.0)
    }

    /// The key, with its prefix.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.key
    }

    /// The value.
    #[must_use]
    pub const fn value(self) -> &'static str {
        self.value
    }
}

/// Whether this is the key of a label: a name, or a domain and a name.
pub(super) const fn is_label_key(bytes: &[u8]) -> bool {
    let slash = position(bytes, b'/', 0);
    let name_from = if slash < bytes.len() { slash + 1 } else { 0 };
    (name_from == 0 || is_domain(bytes, 0, slash)) && is_qualified(bytes, name_from)
}

pub(super) const fn is_qualified(bytes: &[u8], from: usize) -> bool {
    let to = bytes.len();
    if from >= to || to - from > 63 || !bytes[from].is_ascii_alphanumeric() || !bytes[to - 1].is_ascii_alphanumeric() {
        return false;
    }
    let mut i = from;
    while i < to {
        if !(bytes[i].is_ascii_alphanumeric() || matches!(bytes[i], b'-' | b'_' | b'.')) {
            return false;
        }
        i += 1;
    }
    true
}

pub(super) const fn check_name(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if is_label(bytes, 0, bytes.len()) && bytes[0].is_ascii_lowercase() {
        Ok(())
    } else {
        Err("a name has at most 63 lower-case letters, digits and inner hyphens, a letter first: `trips-api`")
    }
}

const fn check_namespace(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if let Err(why) = check_name(text) {
        return Err(why);
    }
    let reserved = holds_at(bytes, b"kube-", 0)
        || holds_at(bytes, b"linkerd", 0)
        || is(bytes, b"default")
        || is(bytes, b"cert-manager")
        || is(bytes, b"kyverno")
        || is(bytes, b"argocd")
        || is(bytes, b"root")
        || is(bytes, b"namespace")
        || is(bytes, b"chart")
        || is(bytes, b"platform");
    if reserved {
        return Err(
            "this namespace belongs to the platform: a service lives in a namespace of its own, `namespace!(\"trips\")`",
        );
    }
    Ok(())
}

const fn is(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.len() == wanted.len() && holds_at(bytes, wanted, 0)
}

const fn check_host(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if holds(bytes, b"://") {
        return Err("a hostname stands without its scheme: `img.example.com`");
    }
    if contains(bytes, b'*') {
        return Err("a hostname is exact: a wildcard would shadow its neighbours; name each host");
    }
    if contains(bytes, b'/') {
        return Err("a hostname stands without a path: `img.example.com`");
    }
    if contains(bytes, b':') {
        return Err("a hostname stands without a port: `img.example.com`");
    }
    if has_upper_case(bytes) {
        return Err("a hostname is written in lower case: cloudflared and Linkerd compare it letter by letter");
    }
    let last = last_label(bytes);
    if last == 0 || !is_domain(bytes, 0, bytes.len()) {
        return Err("a hostname is two or more labels of letters, digits and inner hyphens: `img.example.com`");
    }
    if bytes[last].is_ascii_digit() {
        return Err("a hostname is a name, never an address: certificates and Linkerd's routes go by name");
    }
    Ok(())
}

/// The longest name and a dot stand before a zone.
const ZONE_LIMIT: usize = 253 - 63 - 1;

const fn check_zone(text: &str) -> Verdict {
    if let Err(why) = check_host(text) {
        return Err(why);
    }
    if text.len() > ZONE_LIMIT {
        return Err("a zone has at most 189 characters: with any name before it, it is a hostname of at most 253");
    }
    Ok(())
}

const fn last_label(bytes: &[u8]) -> usize {
    let mut start = 0;
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'.' {
            start = i + 1;
        }
        i += 1;
    }
    if start >= bytes.len() { 0 } else { start }
}

/// A [`Name`](crate::word::Name), checked where it is written.
#[macro_export]
macro_rules! name {
    ($text:literal) => {{
        const CHECKED: $crate::word::Name = $crate::word::Name::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`name!` takes one literal: `name!(\"trips-api\")`")
    };
}

/// A [`Namespace`](crate::word::Namespace), checked where it is written.
#[macro_export]
macro_rules! namespace {
    ($text:literal) => {{
        const CHECKED: $crate::word::Namespace = $crate::word::Namespace::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`namespace!` takes one literal: `namespace!(\"trips\")`")
    };
}

/// A [`Host`](crate::word::Host), checked where it is written.
#[macro_export]
macro_rules! host {
    ($text:literal) => {{
        const CHECKED: $crate::word::Host = $crate::word::Host::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`host!` takes one literal: `host!(\"img.example.com\")`")
    };
}

/// A [`Zone`](crate::word::Zone), checked where it is written.
#[macro_export]
macro_rules! zone {
    ($text:literal) => {{
        const CHECKED: $crate::word::Zone = $crate::word::Zone::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`zone!` takes one literal: `zone!(\"example.com\")`")
    };
}

/// A [`StorageClass`](crate::word::StorageClass), checked where it is written.
#[macro_export]
macro_rules! storage_class {
    ($text:literal) => {{
        const CHECKED: $crate::word::StorageClass = $crate::word::StorageClass::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`storage_class!` takes one literal: `storage_class!(\"longhorn\")`")
    };
}

/// A [`Team`](crate::word::Team), checked where it is written.
#[macro_export]
macro_rules! team {
    ($text:literal) => {{
        const CHECKED: $crate::word::Team = $crate::word::Team::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`team!` takes one literal: `team!(\"example\")`")
    };
}

/// A [`Label`](crate::word::Label), checked where it is written.
#[macro_export]
macro_rules! label {
    ($key:literal, $value:literal) => {{
        const CHECKED: $crate::word::Label = $crate::word::Label::checked($key, $value);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`label!` takes a key and a value: `label!(\"app.kubernetes.io/name\", \"nats\")`")
    };
}
