//! Words about nodes and time: priority and runtime classes, devices, time zones.

use super::ascii::{is_domain, position};
use super::name::check_name;
use super::{Verdict, word};

word! {
    /// The name of a `PriorityClass` that the cluster has.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const IMPORTANT: PriorityClass = priority_class!("important");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const IMPORTANT: PriorityClass = priority_class!("system-node-critical");
    /// ```
    PriorityClass, check_priority_class
}

word! {
    /// The name of a `RuntimeClass` that the cluster has.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const NVIDIA: RuntimeClass = runtime_class!("nvidia");
    /// ```
    RuntimeClass, check_name
}

word! {
    /// The resource name of a device that a device plugin announces: a domain and a name.
    ///
    /// Kubernetes, *Device Plugins*. Kubernetes' own resources are said in other ways.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const GPU: DeviceName = device!("nvidia.com/gpu");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const GPU: DeviceName = device!("gpu");
    /// ```
    DeviceName, check_device
}

word! {
    /// A time zone by its name in the IANA database: `Europe/Berlin`, `Etc/UTC`.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const HERE: TimeZone = time_zone!("Europe/Berlin");
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const HERE: TimeZone = time_zone!("UTC+1");
    /// ```
    TimeZone, check_time_zone
}

const fn check_priority_class(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    if super::ascii::holds_at(bytes, b"system-", 0) {
        return Err(
            "the cluster's own parts have this priority: a service with it would push them off their nodes; name one of yours",
        );
    }
    if is_domain(bytes, 0, bytes.len()) && bytes[0].is_ascii_lowercase() {
        Ok(())
    } else {
        Err("a priority class is named in lower-case letters, digits, inner hyphens and dots: `important`")
    }
}

const fn check_device(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let slash = position(bytes, b'/', 0);
    if slash >= bytes.len() || !is_domain(bytes, 0, slash) || !is_device(bytes, slash + 1) {
        return Err("a device is a domain and a name, as its device plugin announces it: `nvidia.com/gpu`");
    }
    if super::ascii::holds(bytes, b"kubernetes.io/") {
        return Err("Kubernetes' own resources are said in other ways: `.resources(..)`, `.ephemeral_storage(..)`");
    }
    Ok(())
}

const fn is_device(bytes: &[u8], from: usize) -> bool {
    if from >= bytes.len() || bytes.len() - from > 63 {
        return false;
    }
    let mut i = from;
    while i < bytes.len() {
        let edge = i == from || i == bytes.len() - 1;
        if !(bytes[i].is_ascii_alphanumeric() || (!edge && matches!(bytes[i], b'-' | b'_' | b'.'))) {
            return false;
        }
        i += 1;
    }
    true
}

const fn check_time_zone(text: &str) -> Verdict {
    const WHY: &str = "a time zone has its name from the IANA database, area and city: `Europe/Berlin`, `Etc/UTC`";
    let bytes = text.as_bytes();
    let mut parts = 1;
    let mut starts = true;
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'/' {
            if starts {
                return Err(WHY);
            }
            parts += 1;
            starts = true;
        } else if starts {
            if !bytes[i].is_ascii_uppercase() {
                return Err(WHY);
            }
            starts = false;
        } else if !(bytes[i].is_ascii_alphanumeric() || matches!(bytes[i], b'-' | b'_' | b'+')) {
            return Err(WHY);
        }
        i += 1;
    }
    if starts || parts < 2 || parts > 3 { Err(WHY) } else { Ok(()) }
}

/// A [`PriorityClass`](crate::word::PriorityClass), checked where it is written.
#[macro_export]
macro_rules! priority_class {
    ($text:literal) => {{
        const CHECKED: $crate::word::PriorityClass = $crate::word::PriorityClass::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`priority_class!` takes one literal: `priority_class!(\"important\")`")
    };
}

/// A [`RuntimeClass`](crate::word::RuntimeClass), checked where it is written.
#[macro_export]
macro_rules! runtime_class {
    ($text:literal) => {{
        const CHECKED: $crate::word::RuntimeClass = $crate::word::RuntimeClass::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`runtime_class!` takes one literal: `runtime_class!(\"nvidia\")`")
    };
}

/// A [`DeviceName`](crate::word::DeviceName), checked where it is written.
#[macro_export]
macro_rules! device {
    ($text:literal) => {{
        const CHECKED: $crate::word::DeviceName = $crate::word::DeviceName::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`device!` takes one literal: `device!(\"nvidia.com/gpu\")`")
    };
}

/// A [`TimeZone`](crate::word::TimeZone), checked where it is written.
#[macro_export]
macro_rules! time_zone {
    ($text:literal) => {{
        const CHECKED: $crate::word::TimeZone = $crate::word::TimeZone::checked($text);
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!("`time_zone!` takes one literal: `time_zone!(\"Europe/Berlin\")`")
    };
}
