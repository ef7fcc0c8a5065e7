//! DNS records: each exposed hostname is a name of the tunnel, behind Cloudflare's proxy.

use casemate_dsl::word::Host;
use serde::Serialize;

use crate::graph::Perimeter;
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Custom, Treatment, Wave};

#[derive(Debug, Serialize)]
struct DnsEndpointSpec {
    endpoints: [Endpoint; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint {
    dns_name: &'static str,
    record_type: &'static str,
    targets: [String; 1],
    provider_specific: [ProviderSpecific; 1],
}

#[derive(Debug, Serialize)]
struct ProviderSpecific {
    name: &'static str,
    value: &'static str,
}

/// The records of all hostnames.
pub(crate) fn manifests(perimeter: &Perimeter, place: &Place) -> Vec<Manifest> {
    perimeter.rules.keys().map(|host| place.manifest(&record(perimeter, *host))).collect()
}

fn record(perimeter: &Perimeter, host: Host) -> Custom<DnsEndpointSpec> {
    Custom {
        api_version: "externaldns.k8s.io/v1alpha1",
        kind: "DNSEndpoint",
        metadata: meta::of_service(perimeter.id, host.to_string(), Wave::Perimeter, Treatment::Custom),
        spec: DnsEndpointSpec {
            endpoints: [Endpoint {
                dns_name: host.as_str(),
                record_type: "CNAME",
                targets: [format!("{}.cfargotunnel.com", perimeter.tunnel.id)],
                // A record that is not proxied would lead nowhere. The annotation of this name is ignored for DNSEndpoints.
                provider_specific: [ProviderSpecific {
                    name: "external-dns.alpha.kubernetes.io/cloudflare-proxied",
                    value: "true",
                }],
            }],
        },
    }
}
