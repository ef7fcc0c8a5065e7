//! Namespaces of the platform: at the Pod Security level that their charts need, outside of the mesh.
//!
//! They have no NetworkPolicy of ours: which connections a chart needs is known by its authors, and a policy that is guessed stops
//! webhooks, which stops the cluster. Charts bring their own.

use casemate_dsl::view::PodSecurity;
use casemate_dsl::word::Name;

use crate::gitops;
use crate::graph::{Facts, MeshPart, PlatformNamespace};
use crate::manifest::{Manifest, Place};
use crate::meta::{self, Treatment, Wave};

/// The namespace itself. It outlives its declaration, since data of its charts live in it.
pub(super) fn namespace(facts: &Facts, name: Name, namespace: PlatformNamespace, place: &Place) -> Manifest {
    let PlatformNamespace { level, mesh } = namespace;
    let (level, reason) = match level {
        PodSecurity::Restricted => ("restricted", None),
        PodSecurity::Baseline => ("baseline", None),
        PodSecurity::Privileged(reason) => ("privileged", Some(reason)),
    };
    let mut labels = meta::managed_by_casemate();
    labels.extend(meta::pod_security(level, facts.kubernetes.version));
    labels.insert(meta::TIER.to_owned(), "platform".to_owned());
    // The injector's webhook must not be asked about the pods without which it does not run.
    let no_webhooks = ("config.linkerd.io/admission-webhooks".to_owned(), "disabled".to_owned());
    match mesh {
        MeshPart::None => {}
        MeshPart::NetworkPlugin => {
            labels.extend([no_webhooks, ("linkerd.io/cni-resource".to_owned(), "true".to_owned())]);
        }
        MeshPart::ControlPlane => {
            labels.extend([no_webhooks, ("linkerd.io/is-control-plane".to_owned(), "true".to_owned())]);
        }
    }
    let mut annotations = meta::annotations(Wave::Namespace, Treatment::Kept);
    if let Some(reason) = reason {
        annotations.insert(meta::DESCRIPTION.to_owned(), reason.to_string());
    }
    gitops::kept_namespace(name.to_string(), labels, annotations, place)
}
