//! Container Security: what the model says of every container, the ones that start before the others among them.

use crate::model::Clause;
use crate::register::field::Field;
use crate::register::row::Row;

const EVERY: &str =
    "Containers, sidecars and those that run to their end before the others are rendered by one function.";

pub(in crate::register) const ROWS: &[Row] = &[
    Row {
        clause: Clause::ContainerReadOnlyRoot,
        met: EVERY,
        words: &[".scratch(..)"],
        refused: &["never_writable_root"],
        fields: &[Field::ReadOnlyRoot],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::ContainerNoEscalation,
        met: EVERY,
        words: &[],
        refused: &["never_privileged"],
        fields: &[Field::NoEscalation],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::ContainerNonRoot,
        met: EVERY,
        words: &[".user(..)", "uid!"],
        refused: &["root", "root_as_number", "forged_user"],
        fields: &[Field::NonRoot, Field::User],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::ContainerNoCapabilities,
        met: EVERY,
        words: &["low_port!"],
        refused: &["never_capability"],
        fields: &[Field::NoCapabilities],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::ContainerRuntimeSeccomp,
        met: EVERY,
        words: &[],
        refused: &["never_unconfined_seccomp"],
        fields: &[Field::Seccomp],
        made_by: &[],
        outside: &[],
    },
];
