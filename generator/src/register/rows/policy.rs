//! Layer 3: Policy Enforcement.

use crate::model::Clause;
use crate::register::field::Field;
use crate::register::outside::{ADMISSION, KUBE_SYSTEM, KYVERNO_WORKS, REPOSITORY};
use crate::register::row::Row;

pub(in crate::register) const ROWS: &[Row] = &[
    Row {
        clause: Clause::ValidatesSecurityContexts,
        met: "In the service tier there is nothing to find: every context is rendered, and no word changes it. What others make, policies judge where Kyverno is \
              declared, and `casemate audit` anywhere.",
        words: &[],
        refused: &[
            "never_privileged",
            "never_capability",
            "never_unconfined_seccomp",
            "never_writable_root",
            "never_proc_mount",
        ],
        fields: &[Field::NonRoot, Field::NoEscalation, Field::NoCapabilities, Field::Seccomp, Field::ReadOnlyRoot],
        made_by: &[],
        outside: &[KYVERNO_WORKS, KUBE_SYSTEM],
    },
    Row {
        clause: Clause::PodSecurityStandards,
        met: "Every namespace of services is at Pod Security's `restricted`, of a stated version. A namespace of charts states its level, and one that is privileged says why: \
              the list of [charts below `restricted`](#charts-below-restricted).",
        words: &["namespace!", "Chart::baseline(..)", "Chart::privileged(..)"],
        refused: &[
            "never_namespace_below_restricted",
            "namespace_of_the_platform",
            "privileged_without_a_reason",
            "never_privileged",
            "never_host_network",
            "never_host_pid",
            "never_host_port",
            "never_proc_mount",
            "mount_of_a_host_path",
            "reading_of_a_host_path",
        ],
        fields: &[Field::Restricted, Field::RestrictedAsOf, Field::PlatformLevel],
        made_by: &[],
        outside: &[ADMISSION, KUBE_SYSTEM],
    },
    Row {
        clause: Clause::InjectsBestPractices,
        met: "In the service tier nothing has to be injected but the proxy: the rest is rendered, where a reviewer sees it. Where Kyverno is declared, pods of others get \
              what they leave unsaid and no image can miss.",
        words: &[],
        refused: &["never_unmeshed"],
        fields: &[Field::Injected, Field::NoServiceLinks, Field::NoToken],
        made_by: &["MutatingPolicy"],
        outside: &[KYVERNO_WORKS],
    },
    Row {
        clause: Clause::MutationAndValidation,
        met: "Types and `resolve` come before admission: what they refuse never reaches the cluster. At admission stand Pod Security, and Kyverno where it is declared.",
        words: &["image!"],
        refused: &["image_without_tag", "image_without_digest", "floating_tag", "image_volume_without_digest"],
        fields: &[Field::Digest, Field::VolumeDigest, Field::Restricted],
        made_by: &["MutatingPolicy", "GeneratingPolicy"],
        outside: &[KYVERNO_WORKS, KUBE_SYSTEM, REPOSITORY],
    },
];
