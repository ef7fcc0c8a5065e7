//! Network Security.

use crate::model::Clause;
use crate::register::field::Field;
use crate::register::outside::{ADMISSION, CLOSED_ROUTER, NETWORK_PLUGIN, OPERATOR_WORKS, REPOSITORY, VAULT, ZONE};
use crate::register::row::Row;

pub(in crate::register) const ROWS: &[Row] = &[
    Row {
        clause: Clause::NoDirectExposure,
        met: "A Service of a service is a ClusterIP, and there is no Ingress. A peer that a service lets in, such as a gateway of the house's network, is declared, and in the list of [unmeshed edges](#unmeshed-edges).",
        words: &[".exposed(..)", ".called_by(..)"],
        refused: &[
            "never_node_port",
            "never_load_balancer",
            "never_external_ip",
            "never_external_name",
            "never_host_port",
            "never_ingress",
        ],
        fields: &[Field::ClusterIp, Field::CatchAll, Field::NoIngress],
        made_by: &[],
        outside: &[CLOSED_ROUTER, ZONE],
    },
    Row {
        clause: Clause::LeastPrivilege,
        met: "A service gets what it declares to need and no more: no root, no writable root file system, no token of the API server, no host outside of the cluster.",
        words: &[".may(..)", ".reaches(..)", ".scratch(..)"],
        refused: &["root", "never_writable_root", "never_token_without_a_need", "reach_of_a_text"],
        fields: &[Field::NonRoot, Field::ReadOnlyRoot, Field::NoToken, Field::EgressDenies],
        made_by: &[],
        outside: &[ADMISSION, REPOSITORY],
    },
    Row {
        clause: Clause::NetworkPolicies,
        met: "Every namespace of services and every service denies by default, both ways. Each declared edge opens one way, at each end \
              that is a service or a declared database. Hosts outside of the cluster \
              are shared by a namespace as far as the mesh is asked: the list of [shared egress](#shared-egress).",
        words: &[".calls(..)", ".called_by(..)", ".reaches(..)"],
        refused: &[
            "never_service_without_selector",
            "network_of_everything",
            "hosts_of_everybody",
            "web_pages_without_a_reason",
        ],
        fields: &[
            Field::DefaultDeny,
            Field::DefaultDenyBothWays,
            Field::Isolated,
            Field::EgressDenies,
            Field::Selector,
        ],
        made_by: &["GeneratingPolicy"],
        outside: &[NETWORK_PLUGIN],
    },
    Row {
        clause: Clause::SecretManagement,
        met: "A secret of a service is a field of a `OnePasswordItem`, or is made by a declared operator. Nothing else can be referred to.",
        words: &["item!", "CloudNativePg::cluster(..)", ".webhook(..)"],
        refused: &["never_optional_secret", "border_field_of_a_secret_by_a_literal", "secret_as_text_of_a_directory"],
        fields: &[Field::ItemPath, Field::NoSecret],
        made_by: &[],
        outside: &[VAULT, OPERATOR_WORKS],
    },
];
