//! Security Anti-Patterns to Avoid.

use crate::model::Clause;
use crate::register::field::Field;
use crate::register::outside::{CLOSED_ROUTER, OTHER_ACCOUNTS, STRENGTH, ZONE};
use crate::register::row::Row;

pub(in crate::register) const ROWS: &[Row] = &[
    Row {
        clause: Clause::WeakSecrets,
        met: "A literal cannot stand where a credential goes, so that no default of an image's documentation can. How strong a password in the vault is, nothing here sees.",
        words: &["item!", "var!"],
        refused: &[
            "literal_password",
            "literal_password_as_number",
            "literal_password_as_url",
            "credential_renamed_harmless",
        ],
        fields: &[Field::NoSecret, Field::ItemPath],
        made_by: &[],
        outside: &[STRENGTH],
    },
    Row {
        clause: Clause::Root,
        met: "No service runs as root, necessarily or not.",
        words: &[".user(..)", "uid!"],
        refused: &["root", "root_as_number", "root_group", "forged_user"],
        fields: &[Field::NonRoot, Field::User],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::OverprivilegedAccounts,
        met: "Every service has an account of its own, without a token unless it declares what it does with the API. Rights are nouns and verbs; those on the whole cluster say why, \
              and are in the list of [rights on the whole cluster](#rights-on-the-whole-cluster).",
        words: &[".may(..)", ".offers(..)"],
        refused: &[
            "never_service_account",
            "never_token_without_a_need",
            "api_need_without_verb",
            "never_escalating_verb",
            "roles_managed_through_the_api",
            "commands_through_the_api",
            "secrets_through_the_api",
            "secrets_managed_through_the_api",
            "pods_written_through_the_api",
            "resource_with_wildcard",
            "border_hidden_constructor_of_a_resource",
            "repository_with_wildcard",
            "never_project",
            "never_allow_empty",
        ],
        fields: &[
            Field::OwnAccount,
            Field::NoToken,
            Field::Verbs,
            Field::Resources,
            Field::ProjectKinds,
            Field::ProjectSources,
        ],
        made_by: &[],
        outside: &[OTHER_ACCOUNTS],
    },
    Row {
        clause: Clause::BypassingTheTunnel,
        met: "There is no word for a way past the tunnel: no NodePort, no LoadBalancer, no port of a node, no Ingress.",
        words: &[".exposed(..)"],
        refused: &["never_node_port", "never_load_balancer", "never_external_ip", "never_host_port", "never_ingress"],
        fields: &[Field::ClusterIp, Field::NoIngress],
        made_by: &[],
        outside: &[CLOSED_ROUTER, ZONE],
    },
];
