//! Labels and taints of nodes, whose value can be empty, or any.

use super::name::{is_label_key, is_qualified};

/// A label of nodes, or the key and value of a taint: with a value, with the empty one, or with any.
///
/// Kubernetes writes a value where a key says enough as the empty one: `kubectl taint node node-1 example.com/gpu=:NoSchedule`.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const AMD64: NodeLabel = node_label!("kubernetes.io/arch", "amd64");
/// const CONTROL_PLANE: NodeLabel = node_label!("node-role.kubernetes.io/control-plane", "");
/// const GPU: NodeLabel = node_label!("nvidia.com/gpu.present", Exists);
/// ```
///
/// There is always a key, since without one it would be every taint:
///
/// ```compile_fail,E0080
/// # use casemate_dsl::prelude::*;
/// const ALL: NodeLabel = node_label!("", Exists);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NodeLabel {
    key: &'static str,
    value: Option<&'static str>,
}

impl NodeLabel {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(key: &'static str, value: Option<&'static str>) -> Self {
        assert!(
            is_label_key(key.as_bytes()),
            "the key of a node's label or taint is a name, or a domain and a name: `node-role.kubernetes.io/control-plane`"
        );
        if let Some(value) = value {
            assert!(
                value.is_empty() || is_qualified(value.as_bytes(), 0),
                "the value of a node's label or taint is empty, or has at most 63 letters, digits, `-`, `_` and `.`, a letter \
                 or digit first and last"
            );
        }
        Self { key, value }
    }

    /// The key, with its prefix.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.key
    }

    /// The value, which can be empty; `None` where any will do.
    #[must_use]
    pub const fn value(self) -> Option<&'static str> {
        self.value
    }
}

/// A [`NodeLabel`](crate::word::NodeLabel), checked where it is written; `Exists` in place of a value stands for any.
#[macro_export]
macro_rules! node_label {
    ($key:literal, Exists) => {{
        const CHECKED: $crate::word::NodeLabel = $crate::word::NodeLabel::checked($key, ::core::option::Option::None);
        CHECKED
    }};
    ($key:literal, $value:literal) => {{
        const CHECKED: $crate::word::NodeLabel =
            $crate::word::NodeLabel::checked($key, ::core::option::Option::Some($value));
        CHECKED
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`node_label!` takes a key, and a value or `Exists`: `node_label!(\"disk\", \"ssd\")`, \
             `node_label!(\"node-role.kubernetes.io/control-plane\", Exists)`"
        )
    };
}
