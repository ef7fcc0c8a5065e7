//! Layer 5: Secret Management.

use crate::model::Clause;
use crate::register::field::Field;
use crate::register::outside::{HISTORY, IMAGES, OPERATOR_BY_HELM, OPERATOR_WORKS, ROTATED, VAULT};
use crate::register::row::Row;

pub(in crate::register) const ROWS: &[Row] = &[
    Row {
        clause: Clause::VaultOutside,
        met: "A declaration names an item of a vault, never what is in it. The tree holds the item's path.",
        words: &["item!", "field!", "vault!"],
        refused: &["secret_as_text_of_a_directory", "secret_in_a_template", "border_field_of_a_secret_by_a_literal"],
        fields: &[Field::ItemPath, Field::NoSecret],
        made_by: &[],
        outside: &[VAULT],
    },
    Row {
        clause: Clause::ItemsSync,
        met: "For each item that a service uses there is a `OnePasswordItem` in its namespace. A Secret's name is derived, never spelled, and never optional.",
        words: &["item!", ".secret_file(..)", "Cluster::pulls(..)"],
        refused: &["never_optional_secret", "item"],
        fields: &[Field::ItemPath],
        made_by: &[],
        outside: &[OPERATOR_WORKS],
    },
    Row {
        clause: Clause::NoSecretsInGit,
        met: "Literals are held to names and shapes of credentials in variables, arguments, config files and values of charts. No `Secret` is rendered, and Argo CD's projects \
              of services do not allow one.",
        words: &["var!", "item!"],
        refused: &[
            "literal_password",
            "literal_password_as_string",
            "literal_password_as_url",
            "literal_password_as_number",
            "password_in_a_url",
            "password_in_a_query",
            "password_in_the_repository",
            "credential_in_a_url",
            "credential_renamed_harmless",
            "template_under_a_credential",
            "kind_of_secrets",
        ],
        fields: &[Field::NoSecret, Field::ProjectKinds],
        made_by: &[],
        outside: &[HISTORY, IMAGES],
    },
    Row {
        clause: Clause::Rotation,
        met: "The operator restarts a Deployment when its item changes. It restarts nothing else: the list of [secrets that do not rotate by themselves](#secrets-that-do-not-rotate-by-themselves) says what happens instead.",
        words: &[],
        refused: &[],
        fields: &[Field::Restarts],
        made_by: &[],
        outside: &[ROTATED],
    },
    Row {
        clause: Clause::OperatorOutsideArgoCd,
        met: "Outside of the tree: no Application here installs the operator. `casemate bootstrap` prints the commands that do, with no secret in them.",
        words: &[],
        refused: &[],
        fields: &[],
        made_by: &[],
        outside: &[OPERATOR_BY_HELM],
    },
];
