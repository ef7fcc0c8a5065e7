//! What names a Helm chart, and what it may create.

use super::ascii::{contains, ends_with, has_upper_case, holds_at, is_domain, is_graphic, number, position};
use super::resource::is_held_by_the_platform;
use super::{Verdict, word};

word! {
    /// Where charts are published: `https://charts.example.com`, or `oci://registry.example.com/charts`.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const JETSTACK: ChartRepository = chart_repository!("https://charts.jetstack.io");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const JETSTACK: ChartRepository = chart_repository!("http://charts.jetstack.io");
    /// ```
    ChartRepository, check_repository
}

word! {
    /// The exact version of a chart: never a range, never `latest`.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const PINNED: ChartVersion = chart_version!("1.8.1");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const FLOATING: ChartVersion = chart_version!("^1.8");
    /// ```
    ChartVersion, check_version
}

word! {
    /// A kind of objects with its group: `apps/Deployment`, or `ConfigMap` of the core group, which has no name.
    ///
    /// Kinds that would lift a chart out of what the cluster is held to are none: Secrets have a word of their own, and namespaces,
    /// Applications, policies and items of 1Password are Casemate's.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const CLASS: ApiKind = api_kind!("scheduling.k8s.io/PriorityClass");
    /// assert_eq!((CLASS.group(), CLASS.kind()), ("scheduling.k8s.io", "PriorityClass"));
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const ALL: ApiKind = api_kind!("apps/*");
    /// ```
    ApiKind, check_kind
}

word! {
    /// The names of objects: one, or all that begin or end in one way: `longhorn-*`, `*.longhorn.io`.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const DEFINITIONS: ObjectNames = object_names!("*.longhorn.io");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const ALL: ObjectNames = object_names!("*");
    /// ```
    ObjectNames, check_names
}

impl ChartRepository {
    /// The repository as Argo CD names it: one in a registry stands without its scheme.
    #[must_use]
    pub const fn as_argocd_has_it(self) -> &'static str {
        if holds_at(self.as_str().as_bytes(), b"oci://", 0) { self.as_str().split_at(6).1 } else { self.as_str() }
    }
}

impl ApiKind {
    /// The group; empty for the core.
    #[must_use]
    pub const fn group(self) -> &'static str {
        let slash = position(self.as_str().as_bytes(), b'/', 0);
        if slash == self.as_str().len() { "" } else { self.as_str().split_at(slash).0 }
    }

    /// The kind.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        let slash = position(self.as_str().as_bytes(), b'/', 0);
        if slash == self.as_str().len() { self.as_str() } else { self.as_str().split_at(slash + 1).1 }
    }
}

const fn check_repository(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let scheme = if holds_at(bytes, b"https://", 0) {
        8
    } else if holds_at(bytes, b"oci://", 0) {
        6
    } else {
        0
    };
    if scheme == 0 || bytes.len() <= scheme || bytes[scheme] == b'/' || !is_graphic(bytes) || ends_with(bytes, b"/") {
        return Err("charts come over HTTPS or from a registry, without a slash at the end: \
                    `https://charts.example.com`, `oci://registry.example.com/charts`");
    }
    if contains(bytes, b'@') || contains(bytes, b'*') || contains(bytes, b'?') || contains(bytes, b'#') {
        return Err("a repository of charts is one address: no user, no wildcard, no query, no fragment");
    }
    Ok(())
}

const fn check_version(text: &str) -> Verdict {
    let says = "a chart has one exact version, three numbers: `1.8.1`, never a range or `latest`";
    let bytes = text.as_bytes();
    let start = if holds_at(bytes, b"v", 0) { 1 } else { 0 };
    // Behind the numbers may stand a release before the release, or a build.
    let mut end = start;
    while end < bytes.len() && bytes[end] != b'-' && bytes[end] != b'+' {
        end += 1;
    }
    let (first, second) = (position(bytes, b'.', start), position(bytes, b'.', position(bytes, b'.', start) + 1));
    if second >= end {
        return Err(says);
    }
    let numbers = (number(bytes, start, first), number(bytes, first + 1, second), number(bytes, second + 1, end));
    if !matches!(numbers, (Some(_), Some(_), Some(_))) || end + 1 == bytes.len() {
        return Err(says);
    }
    while end < bytes.len() {
        if !(bytes[end].is_ascii_alphanumeric() || matches!(bytes[end], b'-' | b'+' | b'.')) {
            return Err(says);
        }
        end += 1;
    }
    Ok(())
}

const fn check_kind(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if contains(bytes, b'*') {
        return Err("a chart may create kinds that are named: a wildcard would allow what nobody looked at");
    }
    let slash = position(bytes, b'/', 0);
    let start = if slash == bytes.len() { 0 } else { slash + 1 };
    if start == 1
        || start == bytes.len()
        || !bytes[start].is_ascii_uppercase()
        || (start > 0 && !is_domain(bytes, 0, slash))
    {
        return Err("a kind stands with its group and begins with a capital: `apps/Deployment`, `ConfigMap`");
    }
    let mut i = start;
    while i < bytes.len() {
        if !bytes[i].is_ascii_alphanumeric() {
            return Err("a kind stands with its group and begins with a capital: `apps/Deployment`, `ConfigMap`");
        }
        i += 1;
    }
    let is_core = start == 0;
    if is_core && bytes.len() == 6 && holds_at(bytes, b"Secret", 0) {
        return Err("a chart that makes Secrets says so, with its reason: `.creates_secrets(because!(\"…\"))`");
    }
    if is_core && bytes.len() == 9 && holds_at(bytes, b"Namespace", 0) {
        return Err("a chart has one namespace, which Casemate declares with its Pod Security level: it creates none");
    }
    if is_held_by_the_platform(text.as_bytes(), if is_core { 0 } else { slash }) {
        return Err("objects of this group decide what others may do: no chart but Casemate's own creates them");
    }
    Ok(())
}

const fn check_names(text: &str) -> Verdict {
    let says = "names of objects are one name, or all that begin or end with at least three characters and a `-`, `.` or `:`: \
                `longhorn-*`, `*.longhorn.io`";
    let bytes = text.as_bytes();
    let star = position(bytes, b'*', 0);
    if !is_graphic(bytes) || bytes.is_empty() || has_upper_case(bytes) || position(bytes, b'*', star + 1) < bytes.len()
    {
        return Err(says);
    }
    if star == bytes.len() {
        return Ok(());
    }
    if bytes.len() < 5 {
        return Err(says);
    }
    let beside = if star == 0 {
        bytes[1]
    } else if star + 1 == bytes.len() {
        bytes[star - 1]
    } else {
        return Err(says);
    };
    if matches!(beside, b'-' | b'.' | b':') { Ok(()) } else { Err(says) }
}

/// A [`ChartRepository`](crate::word::ChartRepository), checked where it is written.
#[macro_export]
macro_rules! chart_repository {
    ($text:literal) => {{
        const CHECKED: $crate::word::ChartRepository = $crate::word::ChartRepository::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`chart_repository!` takes one literal: `chart_repository!(\"https://charts.example.com\")`"
        )
    };
}

/// A [`ChartVersion`](crate::word::ChartVersion), checked where it is written.
#[macro_export]
macro_rules! chart_version {
    ($text:literal) => {{
        const CHECKED: $crate::word::ChartVersion = $crate::word::ChartVersion::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`chart_version!` takes one literal: `chart_version!(\"1.8.1\")`")
    };
}

/// An [`ApiKind`](crate::word::ApiKind), checked where it is written.
#[macro_export]
macro_rules! api_kind {
    ($text:literal) => {{
        const CHECKED: $crate::word::ApiKind = $crate::word::ApiKind::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`api_kind!` takes one literal: `api_kind!(\"scheduling.k8s.io/PriorityClass\")`")
    };
}

/// [`ObjectNames`](crate::word::ObjectNames), checked where they are written.
#[macro_export]
macro_rules! object_names {
    ($text:literal) => {{
        const CHECKED: $crate::word::ObjectNames = $crate::word::ObjectNames::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`object_names!` takes one literal: `object_names!(\"longhorn-*\")`")
    };
}
