//! `{{ name }}`: what it does, in one sentence.

use casemate_dsl::prelude::*;

use crate::namespaces;

identity!(pub {{ identity }} = "{{ name }}" in namespaces::{{ namespace }});

const IMAGE: Image = image_awaiting_digest!("registry.example.com/{{ name }}:0.1.0");

/// Declares the service.
pub fn service() -> Job<{{ identity }}> {
    Job::new({{ identity }}::container(IMAGE).resources(cpu!("10m"), memory!("64Mi")).scratch(path!("/tmp")))
        .deadline(seconds!(3600))
}
