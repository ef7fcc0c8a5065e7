//! What the security model comes to in a cluster: one rule for each thing that an object can get wrong.

use super::Clause;

macro_rules! rules {
    ($($rule:ident = $name:literal {
        must: $must:literal,
        instead: $instead:literal,
        clauses: [$($clause:ident),+],
    })+) => {
        /// A rule that an object keeps or breaks.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub(crate) enum Rule {
            $($rule,)+
        }

        impl Rule {
            /// All of them.
            pub(crate) const ALL: &[Self] = &[$(Self::$rule,)+];

            /// Its name: of its policy, and of what the audit finds.
            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Self::$rule => $name,)+
                }
            }

            /// What has to be, in one sentence without a full stop.
            pub(crate) const fn must(self) -> &'static str {
                match self {
                    $(Self::$rule => $must,)+
                }
            }

            /// The need that says it properly in a declaration, in one sentence without a full stop.
            pub(crate) const fn instead(self) -> &'static str {
                match self {
                    $(Self::$rule => $instead,)+
                }
            }

            /// The clauses of the model that it is for.
            pub(crate) const fn clauses(self) -> &'static [Clause] {
                match self {
                    $(Self::$rule => &[$(Clause::$clause),+],)+
                }
            }
        }
    };
}

rules! {
    ReadOnlyRootFilesystem = "read-only-root-filesystem" {
        must: "every container has `readOnlyRootFilesystem: true`",
        instead: "what the program writes is a `.scratch(..)` or a claim",
        clauses: [ReadOnlyRoot, ContainerReadOnlyRoot, RootIsReadOnly, LeastPrivilege],
    }
    RunAsNonRoot = "run-as-non-root" {
        must: "every container has `runAsNonRoot: true`",
        instead: "`.user(uid!(..))` names the image's user, 65532 where nothing is said",
        clauses: [NonRoot, ContainerNonRoot, RunsAsNonRoot, LeastPrivilege, Root],
    }
    NumericUser = "numeric-user" {
        must: "every container runs as a number that is neither 0 nor the proxy's 2102",
        instead: "`.user(uid!(..))` and `.group(gid!(..))` take any other number",
        clauses: [NonRoot, RunsAsNonRoot, Root, MutualTls],
    }
    NoPrivilegeEscalation = "no-privilege-escalation" {
        must: "every container has `allowPrivilegeEscalation: false`",
        instead: "nothing: no program that a service runs needs it",
        clauses: [NoEscalation, ContainerNoEscalation, DoesNotEscalate],
    }
    DropAllCapabilities = "drop-all-capabilities" {
        must: "every container drops the capability `ALL` and adds none",
        instead: "a low port is said by `low_port!`, which needs no capability",
        clauses: [NoCapabilities, ContainerNoCapabilities],
    }
    RuntimeDefaultSeccomp = "runtime-default-seccomp" {
        must: "every container has the seccomp profile `RuntimeDefault`",
        instead: "nothing: a pod that needs another profile is not a service",
        clauses: [RuntimeSeccomp, ContainerRuntimeSeccomp],
    }
    NotPrivileged = "not-privileged" {
        must: "no container is privileged",
        instead: "a device is said by `.device(..)`; a node agent is a chart of the platform, with a reason",
        clauses: [PodSecurityStandards, DoesNotEscalate],
    }
    NoHostNamespaces = "no-host-namespaces" {
        must: "no pod shares the network, the processes or the memory of its node",
        instead: "a node agent is a chart of the platform, with a reason",
        clauses: [PodSecurityStandards],
    }
    NoHostPath = "no-host-path" {
        must: "no pod mounts a path of its node",
        instead: "`.scratch(..)` for what may vanish, a claim for what may not",
        clauses: [PodSecurityStandards],
    }
    NoHostPort = "no-host-port" {
        must: "no container opens a port of its node",
        instead: "`.serves(..)` and `.exposed(..)`: the tunnel is the way in",
        clauses: [PodSecurityStandards, ZeroTrustIngress, NoDirectExposure, BypassingTheTunnel],
    }
    PodSecurity = "pod-security" {
        must: "a pod meets Pod Security's `restricted`, and on the platform the level of its namespace",
        instead: "nothing: the language has no word for what `restricted` refuses",
        clauses: [PodSecurityStandards, ValidatesSecurityContexts],
    }
    EphemeralContainers = "ephemeral-containers" {
        must: "a container for debugging keeps the five settings, too",
        instead: "`kubectl debug --profile=restricted` sets them, but for the read-only root file system, which `--custom` sets",
        clauses: [ValidatesSecurityContexts, ContainerReadOnlyRoot],
    }
    TagAndDigest = "tag-and-digest" {
        must: "every image has a tag and a digest, and the tag is not `latest`",
        instead: "`image!(\"registry/name:tag@sha256:…\")`",
        clauses: [MutationAndValidation],
    }
    RequestsAndMemoryLimit = "requests-and-memory-limit" {
        must: "every container requests cpu and memory and has a memory limit",
        instead: "`.resources(cpu!(..), memory!(..))`",
        clauses: [LimitsDefined],
    }
    OwnServiceAccount = "own-service-account" {
        must: "no pod runs under the account `default`",
        instead: "each identity has an account of its own",
        clauses: [OverprivilegedAccounts, ServiceAuthentication],
    }
    NoUnaskedToken = "no-unasked-token" {
        must: "no pod has a token of the API server unless its service declared a need of it",
        instead: "`.may(..)` names what the container does there",
        clauses: [OverprivilegedAccounts],
    }
    NoWildcardRights = "no-wildcard-rights" {
        must: "no role has `*`, `escalate`, `bind` or `impersonate`, reads Secrets, or opens a shell in pods; none is given to everybody",
        instead: "`.may(api::…)` names nouns and verbs one by one",
        clauses: [OverprivilegedAccounts],
    }
    SecretsByOperators = "secrets-by-operators" {
        must: "only the 1Password operator and declared operators write the data of Secrets",
        instead: "`item!(..)`, whose fields come from a vault",
        clauses: [VaultOutside, ItemsSync, NoSecretsInGit, SecretManagement, SecretsFromItems, WeakSecrets],
    }
    NoCredentialLiterals = "no-credential-literals" {
        must: "no variable with the name of a credential has a literal value",
        instead: "`.env(var!(..), ITEM.field(field!(..)))`",
        clauses: [NoSecretsInGit, WeakSecrets, SecretsFromItems],
    }
    NoCredentialsInConfig = "no-credentials-in-config" {
        must: "no config file and no argument holds a credential",
        instead: "`.secret_file(path!(..), ITEM.field(field!(..)))`, or a variable that the text names as `$(NAME)`",
        clauses: [NoSecretsInGit, WeakSecrets, SecretsFromItems],
    }
    ClusterIpServices = "cluster-ip-services" {
        must: "every Service is a ClusterIP: no NodePort, LoadBalancer, ExternalName or externalIPs",
        instead: "`.exposed(..)`: a hostname of the tunnel",
        clauses: [ZeroTrustIngress, NoDirectExposure, IngressByTunnel, BypassingTheTunnel],
    }
    NoIngress = "no-ingress" {
        must: "there is no Ingress",
        instead: "`.exposed(..)`: a hostname of the tunnel",
        clauses: [ZeroTrustIngress, NoDirectExposure, IngressByTunnel, BypassingTheTunnel],
    }
    ServicesWithSelector = "services-with-selector" {
        must: "every Service selects pods: the mesh takes what another one names for a part of the cluster",
        instead: "`External::…` names a host that is not in the cluster",
        clauses: [NetworkPolicies, MutualTls],
    }
    OurMeshSettings = "our-mesh-settings" {
        must: "no pod and no namespace has a setting of the mesh that Casemate does not write",
        instead: "the mesh is declared by calls and ports, and a cluster's `Linkerd`",
        clauses: [MutualTls, TrafficEncryption, ServiceAuthentication],
    }
    InjectedProxy = "injected-proxy" {
        must: "every pod has the mesh's proxy",
        instead: "nothing: each pod of a service asks for it; look at the injector",
        clauses: [MutualTls, TrafficEncryption, ServiceAuthentication],
    }
    AuthenticatedCallers = "authenticated-callers" {
        must: "every port of the mesh is open to callers that are named, and to nobody else",
        instead: "`.calls(..)` at the caller; `.called_by(..)` names the networks of one outside of the mesh",
        clauses: [ServiceAuthentication, MutualTls],
    }
    EgressFence = "egress-fence" {
        must: "each namespace has one EgressNetwork, which denies, and only its own routes pass it",
        instead: "`.reaches(External::…)` at the service that calls",
        clauses: [NetworkPolicies, LeastPrivilege],
    }
    NarrowNetworkPolicies = "narrow-network-policies" {
        must: "no NetworkPolicy lets everybody in, nor out to more than public addresses",
        instead: "`.calls(..)`, `.called_by(..)` and `.reaches(..)` open one way each",
        clauses: [NetworkPolicies, NetworkPoliciesApplied],
    }
    PodSecurityLabels = "pod-security-labels" {
        must: "every namespace says its level of Pod Security, and one of services says `restricted`",
        instead: "`namespace!(..)` of a service is `restricted`; a chart of the platform says its level, with a reason",
        clauses: [PodSecurityStandards],
    }
    PodSecurityLabelsStay = "pod-security-labels-stay" {
        must: "no namespace loses its level of Pod Security",
        instead: "another level, if the chart has a reason for it",
        clauses: [PodSecurityStandards],
    }
    NamespacesKeepTier = "namespaces-keep-tier" {
        must: "only Argo CD moves a namespace among services or away from them",
        instead: "declare a service there, or take its declaration away",
        clauses: [PodSecurityStandards, ValidatesSecurityContexts],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_fit_into_a_policys_name() {
        let names: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        assert_eq!(names.len(), Rule::ALL.len());
        for name in names {
            assert!(name.len() <= 40 && name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        }
    }

    #[test]
    fn sentences_have_no_full_stop() {
        for rule in Rule::ALL {
            for sentence in [rule.must(), rule.instead()] {
                assert!(!sentence.ends_with('.') && !sentence.is_empty(), "{}: {sentence}", rule.name());
            }
        }
    }
}
