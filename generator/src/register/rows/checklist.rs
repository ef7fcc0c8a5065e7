//! Security Review Checklist. What it asks of a service is answered for each one on a page of its own.

use crate::model::Clause;
use crate::register::field::Field;
use crate::register::outside::{CLOSED_ROUTER, NETWORK_PLUGIN, VAULT};
use crate::register::row::Row;

pub(in crate::register) const ROWS: &[Row] = &[
    Row {
        clause: Clause::RunsAsNonRoot,
        met: "Yes, for every service with pods of its own. Pods that a service creates while it runs are held to it by the namespace's level.",
        words: &[".user(..)"],
        refused: &["root", "root_as_number", "root_group"],
        fields: &[Field::NonRoot, Field::User],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::RootIsReadOnly,
        met: "Yes, for every service with pods of its own. Pods that a service creates while it runs are its own doing: Pod Security does not ask for it.",
        words: &[".scratch(..)"],
        refused: &["never_writable_root"],
        fields: &[Field::ReadOnlyRoot],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::DoesNotEscalate,
        met: "Yes, for every service with pods of its own. Pods that a service creates while it runs are held to it by the namespace's level.",
        words: &[],
        refused: &["never_privileged"],
        fields: &[Field::NoEscalation],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::LimitsDefined,
        met: "Every container of a service requests cpu and memory and has a memory limit; a container without them does not compile. A cpu limit is there only where it is declared: it slows, it does not protect.",
        words: &[".resources(..)", ".cpu_limit(..)", "Cluster::bounds(..)"],
        refused: &[
            "no_resources",
            "no_resources_on_a_second_container",
            "no_resources_on_an_init_container",
            "no_resources_on_a_cron_job",
        ],
        fields: &[Field::CpuRequest, Field::MemoryRequest, Field::MemoryLimit],
        made_by: &[],
        outside: &[],
    },
    Row {
        clause: Clause::NetworkPoliciesApplied,
        met: "Yes, for every service, whether it seems needed or not.",
        words: &[".calls(..)", ".called_by(..)", ".reaches(..)"],
        refused: &["network_of_everything"],
        fields: &[Field::Isolated, Field::DefaultDeny],
        made_by: &[],
        outside: &[NETWORK_PLUGIN],
    },
    Row {
        clause: Clause::SecretsFromItems,
        met: "Yes, for every service that uses one. Those that a declared operator makes are named on the service's page.",
        words: &["item!"],
        refused: &["literal_password", "border_field_of_a_secret_by_a_literal"],
        fields: &[Field::ItemPath, Field::NoSecret],
        made_by: &[],
        outside: &[VAULT],
    },
    Row {
        clause: Clause::IngressByTunnel,
        met: "From the internet, yes. Peers that call a service from within the cluster are named on the service's page.",
        words: &[".exposed(..)"],
        refused: &["never_ingress", "never_node_port", "never_load_balancer"],
        fields: &[Field::ClusterIp, Field::NoIngress],
        made_by: &[],
        outside: &[CLOSED_ROUTER],
    },
];
