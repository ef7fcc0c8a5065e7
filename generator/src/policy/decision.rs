//! Where each rule may say no.
//!
//! Among services all of them may: whatever is there was rendered, and nothing there is needed to mend the cluster. On the platform a
//! rule refuses only what no chart needs and no repair can depend on; everything else is reported.

use super::tier::Tier;
use crate::model::Rule;

/// What is done about objects that break a rule.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Decision {
    /// They are refused. Among services also when Kyverno does not answer, on the platform not.
    Deny,
    /// They are reported, for this reason only.
    Audit(&'static str),
    /// No policy looks at them, for this reason.
    Leave(&'static str),
    /// No policy looks at them, since this refuses them already.
    Held(&'static str),
}

const CHARTS: &str = "charts of the platform come without it, and one that is refused could be the one that repairs";
const NODE_AGENTS: &str = "agents of the node need it: network, storage, devices";
const READ: &str = "`render` and the audit read it in files";
const NOT_OURS: &str = "it is the platform's own to decide";

/// The decision about a rule in a tier.
pub(crate) const fn decide(rule: Rule, tier: Tier) -> Decision {
    match tier {
        Tier::Services => among_services(rule),
        Tier::Platform => on_the_platform(rule),
    }
}

const fn among_services(rule: Rule) -> Decision {
    use Decision::{Audit, Deny, Held, Leave};
    match rule {
        Rule::ReadOnlyRootFilesystem
        | Rule::RunAsNonRoot
        | Rule::NumericUser
        | Rule::NoPrivilegeEscalation
        | Rule::DropAllCapabilities
        | Rule::RuntimeDefaultSeccomp
        | Rule::NotPrivileged
        | Rule::NoHostNamespaces
        | Rule::NoHostPath
        | Rule::NoHostPort
        | Rule::EphemeralContainers
        | Rule::TagAndDigest
        | Rule::RequestsAndMemoryLimit
        | Rule::OwnServiceAccount
        | Rule::NoUnaskedToken
        | Rule::NoWildcardRights
        | Rule::SecretsByOperators
        | Rule::ClusterIpServices
        | Rule::NoIngress
        | Rule::ServicesWithSelector
        | Rule::OurMeshSettings
        | Rule::InjectedProxy
        | Rule::EgressFence
        | Rule::NarrowNetworkPolicies
        | Rule::PodSecurityLabels
        | Rule::NamespacesKeepTier => Deny,
        Rule::NoCredentialLiterals => {
            Audit("a name is a guess: no program should stop because of what a variable is called")
        }
        Rule::PodSecurity => Held("the API server's own admission holds it, by the labels of the namespace"),
        Rule::NoCredentialsInConfig | Rule::AuthenticatedCallers => Leave(READ),
        Rule::PodSecurityLabelsStay => Held("there the level has to be `restricted`, which says more"),
    }
}

const fn on_the_platform(rule: Rule) -> Decision {
    use Decision::{Audit, Deny, Held, Leave};
    match rule {
        // The way in is the tunnel; no chart of ours has one that it needs.
        Rule::NoIngress
        // Whoever takes a label away can leave it.
        | Rule::PodSecurityLabelsStay
        // A route that names a namespace of services serves nobody on the platform.
        | Rule::EgressFence => Deny,
        Rule::ReadOnlyRootFilesystem
        | Rule::RunAsNonRoot
        | Rule::NumericUser
        | Rule::NoPrivilegeEscalation
        | Rule::DropAllCapabilities
        | Rule::RuntimeDefaultSeccomp
        | Rule::TagAndDigest
        | Rule::RequestsAndMemoryLimit
        | Rule::OwnServiceAccount
        | Rule::NarrowNetworkPolicies => Audit(CHARTS),
        Rule::NotPrivileged | Rule::NoHostNamespaces | Rule::NoHostPath | Rule::NoHostPort => Audit(NODE_AGENTS),
        Rule::EphemeralContainers => Audit("whoever repairs the platform has to be able to look into it"),
        Rule::NoWildcardRights => Audit("Argo CD, Kyverno and the operators have such roles, or write them"),
        Rule::NoCredentialLiterals => Audit("a name is a guess: no program should stop because of what a variable is called"),
        Rule::ClusterIpServices => Audit("a gateway of the local network has an address of it"),
        Rule::ServicesWithSelector => Audit("operators write Services whose endpoints they keep themselves"),
        Rule::PodSecurityLabels => Audit("charts and Argo CD create namespaces without a word about it"),
        Rule::PodSecurity => Held("the API server's own admission holds it, at the level that the namespace says"),
        Rule::NoUnaskedToken => Leave("controllers are there to talk to the API server, and no chart says which of its pods are"),
        Rule::SecretsByOperators => Leave("charts make their own certificates and passwords"),
        Rule::OurMeshSettings | Rule::InjectedProxy => Leave(NOT_OURS),
        Rule::NoCredentialsInConfig | Rule::AuthenticatedCallers => Leave(READ),
        Rule::NamespacesKeepTier => Held("one policy watches both sides of the border"),
    }
}
