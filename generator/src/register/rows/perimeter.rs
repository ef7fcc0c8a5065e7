//! Layer 1: Network Perimeter.

use crate::model::Clause;
use crate::register::field::Field;
use crate::register::outside::{ACCESS, CLOSED_ROUTER, DDOS, EDGE_TLS, WAF};
use crate::register::row::Row;

pub(in crate::register) const ROWS: &[Row] = &[
    Row {
        clause: Clause::ZeroTrustIngress,
        met: "A service is reached from outside by a hostname of the tunnel, and cloudflared dials out: nothing here opens a port. \
              A hostname asks for Access, and cloudflared checks the token again, unless it is public for a reason that is in the list of [public hosts](#public-hosts).",
        words: &[".exposed(..)", "host!", "audience!", "Host::for_audience(..)", "Host::public(..)", "because!"],
        refused: &[
            "never_node_port",
            "never_load_balancer",
            "never_external_ip",
            "never_host_port",
            "never_ingress",
            "never_catch_all",
            "never_unverified_origin",
            "host_with_wildcard",
            "exposure_without_decision",
            "exposure_of_a_path_without_decision",
            "exposure_of_a_peer_without_decision",
            "exposure_public_without_reason",
            "reason_too_short",
        ],
        fields: &[Field::CatchAll, Field::ClusterIp, Field::NoIngress],
        made_by: &[],
        outside: &[CLOSED_ROUTER, ACCESS],
    },
    Row {
        clause: Clause::DdosProtection,
        met: "Outside of the cluster. What the tree does for it: every record is proxied by Cloudflare, so that no address of yours is published.",
        words: &[],
        refused: &[],
        fields: &[Field::Proxied],
        made_by: &[],
        outside: &[DDOS],
    },
    Row {
        clause: Clause::WebApplicationFirewall,
        met: "Outside of the cluster. What the tree does for it: every record is proxied, so that every request passes Cloudflare's rules.",
        words: &[],
        refused: &[],
        fields: &[Field::Proxied],
        made_by: &[],
        outside: &[WAF],
    },
    Row {
        clause: Clause::TlsTermination,
        met: "Outside of the cluster, at Cloudflare's edge. From there to cloudflared the tunnel encrypts; from cloudflared to a service it is mutual TLS of the mesh. \
              To a peer outside of the mesh cloudflared speaks plain HTTP: those are in the list of [unmeshed edges](#unmeshed-edges).",
        words: &[],
        refused: &["never_unverified_origin"],
        fields: &[Field::TunnelEncrypts, Field::Injected],
        made_by: &[],
        outside: &[EDGE_TLS],
    },
];
