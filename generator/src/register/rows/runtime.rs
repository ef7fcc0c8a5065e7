//! Layer 4: Runtime Security.

use crate::model::Clause;
use crate::register::field::Field;
use crate::register::row::Row;

pub(in crate::register) const ROWS: &[Row] = &[
    Row {
        clause: Clause::ReadOnlyRoot,
        met: "Every container of a service has it. What a program writes is a scratch directory, or a claim.",
        words: &[".scratch(..)", ".mounts(..)"],
        refused: &["never_writable_root"],
        fields: &[Field::ReadOnlyRoot],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::NonRoot,
        met: "Every container of a service has it, and the pod too. The user is a number that is neither root nor the proxy.",
        words: &[".user(..)", "uid!", "gid!"],
        refused: &["root", "root_as_number", "root_group", "forged_user", "user_of_the_proxy", "group_of_the_proxy"],
        fields: &[Field::NonRoot, Field::PodNonRoot, Field::User],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::NoEscalation,
        met: "Every container of a service has it. There is no word for anything else.",
        words: &[],
        refused: &["never_privileged"],
        fields: &[Field::NoEscalation],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::NoCapabilities,
        met: "Every container of a service has it. A port below 1024 needs no capability: a safe sysctl of the pod opens it.",
        words: &["low_port!"],
        refused: &["never_capability", "port_below_1024"],
        fields: &[Field::NoCapabilities],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::RuntimeSeccomp,
        met: "Every container of a service has it, and the pod too. There is no word for another profile.",
        words: &[],
        refused: &["never_unconfined_seccomp"],
        fields: &[Field::Seccomp, Field::PodSeccomp],
        made_by: &[],
        outside: &[],
    },
];
