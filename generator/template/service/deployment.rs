//! `{{ name }}`: what it does, in one sentence.

use casemate_dsl::prelude::*;

use crate::namespaces;

identity!(pub {{ identity }} = "{{ name }}" in namespaces::{{ namespace }});

/// What it serves.
pub const API: Port<{{ identity }}, Http> = port!(8080);

const IMAGE: Image = image_awaiting_digest!("registry.example.com/{{ name }}:0.1.0");

/// Declares the service.
pub fn service() -> Deployment<{{ identity }}> {
    Deployment::new(
        {{ identity }}::container(IMAGE)
            .resources(cpu!("10m"), memory!("64Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz")))
            .scratch(path!("/tmp")),
    )
}
