//! Names of custom resources: a group and a plural.

use super::ascii::{contains, ends_with, has_upper_case, holds_at, is_domain, is_label, position};

/// A custom resource by its group and plural, as its definition names them: `argoproj.io` and `applications`.
///
/// Neither is a wildcard, a subresource, or one of Kubernetes' own kinds: those have nouns.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ResourceName {
    group: &'static str,
    plural: &'static str,
}

impl ResourceName {
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn checked(group: &'static str, plural: &'static str) -> Self {
        let bytes = group.as_bytes();
        assert!(
            !contains(bytes, b'*') && !contains(plural.as_bytes(), b'*'),
            "a right is exact: a wildcard would grant what nobody named"
        );
        assert!(
            !contains(plural.as_bytes(), b'/'),
            "a custom resource stands without a subresource: `applications`, not `applications/status`"
        );
        assert!(
            !is_built_in(bytes),
            "this is Kubernetes' own group, whose kinds have nouns: `api::PODS.read()`, `api::NODES.read_everywhere(..)`"
        );
        assert!(
            position(bytes, b'.', 0) < bytes.len() && is_domain(bytes, 0, bytes.len()),
            "the group of a custom resource is a domain in lower case: `argoproj.io`"
        );
        let plural_bytes = plural.as_bytes();
        assert!(
            is_label(plural_bytes, 0, plural_bytes.len())
                && plural_bytes[0].is_ascii_lowercase()
                && !has_upper_case(plural_bytes),
            "a resource is named by its plural, in lower case: `applications`"
        );
        Self { group, plural }
    }

    /// The group.
    #[must_use]
    pub const fn group(self) -> &'static str {
        self.group
    }

    /// The plural.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        self.plural
    }
}

/// The groups that the API server itself serves. *Kubernetes API: API Groups*.
const BUILT_IN: &[&[u8]] = &[
    b"",
    b"admissionregistration.k8s.io",
    b"apiextensions.k8s.io",
    b"apiregistration.k8s.io",
    b"apps",
    b"authentication.k8s.io",
    b"authorization.k8s.io",
    b"autoscaling",
    b"batch",
    b"certificates.k8s.io",
    b"coordination.k8s.io",
    b"discovery.k8s.io",
    b"events.k8s.io",
    b"extensions",
    b"flowcontrol.apiserver.k8s.io",
    b"internal.apiserver.k8s.io",
    b"networking.k8s.io",
    b"node.k8s.io",
    b"policy",
    b"rbac.authorization.k8s.io",
    b"resource.k8s.io",
    b"scheduling.k8s.io",
    b"storage.k8s.io",
    b"storagemigration.k8s.io",
];

/// Domains of what a platform is made of. Who writes their resources changes policies, secrets, certificates, routes, or what is
/// deployed.
const PLATFORM: &[&[u8]] = &[
    b"argoproj.io",
    b"cert-manager.io",
    b"cilium.io",
    b"crossplane.io",
    b"external-secrets.io",
    b"fluxcd.io",
    b"istio.io",
    b"k8s.io",
    b"kyverno.io",
    b"linkerd.io",
    b"onepassword.com",
    b"openshift.io",
    b"projectcalico.org",
];

const fn is_built_in(group: &[u8]) -> bool {
    let mut i = 0;
    while i < BUILT_IN.len() {
        if group.len() == BUILT_IN[i].len() && holds_at(group, BUILT_IN[i], 0) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether resources of this group are what the platform holds services to: a service may read them, and never writes them.
///
/// ```
/// use casemate_dsl::word::is_of_the_platform;
/// assert!(is_of_the_platform("policy.linkerd.io"));
/// assert!(!is_of_the_platform("extensions.agents.x-k8s.io"));
/// ```
#[must_use]
pub const fn is_of_the_platform(group: &str) -> bool {
    is_below_any(group.as_bytes(), PLATFORM)
}

/// Domains whose objects Casemate and its own charts alone bring: who writes them decides what is deployed, what is refused, what a
/// Secret holds, and who is let in.
const HELD: &[&[u8]] = &[b"argoproj.io", b"kyverno.io", b"linkerd.io", b"onepassword.com"];

/// Whether objects of the group in the first `end` bytes are brought by Casemate alone.
pub(super) const fn is_held_by_the_platform(kind: &[u8], end: usize) -> bool {
    is_below_any(kind.split_at(end).0, HELD)
}

const fn is_below_any(group: &[u8], domains: &[&[u8]]) -> bool {
    let mut i = 0;
    while i < domains.len() {
        let domain = domains[i];
        let is_below = group.len() > domain.len() && group[group.len() - domain.len() - 1] == b'.';
        if ends_with(group, domain) && (group.len() == domain.len() || is_below) {
            return true;
        }
        i += 1;
    }
    false
}
