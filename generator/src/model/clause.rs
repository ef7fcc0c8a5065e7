//! Every clause of the security model, in its order.

/// A part of the security model.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Chapter {
    Perimeter,
    Mesh,
    Policy,
    Runtime,
    Secrets,
    NetworkSecurity,
    ContainerSecurity,
    Checklist,
    AntiPatterns,
}

impl Chapter {
    /// All of them, in the model's order.
    pub(crate) const ALL: &[Self] = &[
        Self::Perimeter,
        Self::Mesh,
        Self::Policy,
        Self::Runtime,
        Self::Secrets,
        Self::NetworkSecurity,
        Self::ContainerSecurity,
        Self::Checklist,
        Self::AntiPatterns,
    ];

    /// The model's own heading.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Perimeter => "Layer 1: Network Perimeter",
            Self::Mesh => "Layer 2: Service Mesh (Linkerd)",
            Self::Policy => "Layer 3: Policy Enforcement (Kyverno)",
            Self::Runtime => "Layer 4: Runtime Security",
            Self::Secrets => "Layer 5: Secret Management",
            Self::NetworkSecurity => "Network Security",
            Self::ContainerSecurity => "Container Security",
            Self::Checklist => "Security Review Checklist",
            Self::AntiPatterns => "Security Anti-Patterns to Avoid",
        }
    }
}

macro_rules! clauses {
    ($($chapter:ident { $($clause:ident: $words:literal)+ })+) => {
        /// One bullet of the security model.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub(crate) enum Clause {
            $($($clause,)+)+
        }

        impl Clause {
            /// All of them, in the model's order.
            pub(crate) const ALL: &[Self] = &[$($(Self::$clause,)+)+];

            /// The part of the model in which it stands.
            pub(crate) const fn chapter(self) -> Chapter {
                match self {
                    $($(Self::$clause)|+ => Chapter::$chapter,)+
                }
            }

            /// The model's own words.
            pub(crate) const fn words(self) -> &'static str {
                match self {
                    $($(Self::$clause => $words,)+)+
                }
            }
        }
    };
}

clauses! {
    Perimeter {
        ZeroTrustIngress: "Zero Trust ingress (no open firewall ports)"
        DdosProtection: "DDoS protection"
        WebApplicationFirewall: "WAF (Web Application Firewall)"
        TlsTermination: "TLS termination"
    }
    Mesh {
        MutualTls: "Automatic mTLS for all inter-service communication"
        TrafficEncryption: "Traffic encryption within the cluster"
        ServiceAuthentication: "Service-to-service authentication"
        ObservabilityAndTracing: "Network observability and tracing"
    }
    Policy {
        ValidatesSecurityContexts: "Validates security contexts on all workloads"
        PodSecurityStandards: "Enforces pod security standards"
        InjectsBestPractices: "Automatic injection of security best practices"
        MutationAndValidation: "Mutation and validation admission control"
    }
    Runtime {
        ReadOnlyRoot: "readOnlyRootFilesystem: true"
        NonRoot: "runAsNonRoot: true"
        NoEscalation: "allowPrivilegeEscalation: false"
        NoCapabilities: "capabilities.drop: [ALL]"
        RuntimeSeccomp: "seccompProfile: RuntimeDefault"
    }
    Secrets {
        VaultOutside: "Secrets stored in 1Password vault (external to cluster)"
        ItemsSync: "OnePasswordItem CRDs sync secrets into Kubernetes"
        NoSecretsInGit: "No secrets in Git or container images"
        Rotation: "Automatic secret rotation support"
        OperatorOutsideArgoCd: "Installed via Helm outside ArgoCD (only non-GitOps component)"
    }
    NetworkSecurity {
        NoDirectExposure: "No direct internet exposure - All traffic via Cloudflare Tunnel"
        LeastPrivilege: "Least privilege - Services run as non-root with read-only filesystems"
        NetworkPolicies: "Network policies - Microsegmentation where needed"
        SecretManagement: "Secret management - 1Password operator with OnePasswordItem CRDs"
    }
    ContainerSecurity {
        ContainerReadOnlyRoot: "Every container: readOnlyRootFilesystem: true"
        ContainerNoEscalation: "Every container: allowPrivilegeEscalation: false"
        ContainerNonRoot: "Every container: runAsNonRoot: true"
        ContainerNoCapabilities: "Every container: capabilities: drop: [ALL]"
        ContainerRuntimeSeccomp: "Every container: seccompProfile: type: RuntimeDefault"
    }
    Checklist {
        RunsAsNonRoot: "Service runs as non-root user"
        RootIsReadOnly: "Read-only root filesystem"
        DoesNotEscalate: "No privilege escalation"
        LimitsDefined: "Resource limits defined"
        NetworkPoliciesApplied: "Network policies applied (if needed)"
        SecretsFromItems: "Secrets managed via 1Password OnePasswordItem CRDs"
        IngressByTunnel: "Ingress via Cloudflare Tunnel only"
    }
    AntiPatterns {
        WeakSecrets: "Default passwords or weak secrets"
        Root: "Running as root unnecessarily"
        OverprivilegedAccounts: "Overprivileged service accounts"
        BypassingTheTunnel: "Direct internet exposure bypassing Cloudflare"
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Where the security model lies beside the checkout, and nowhere else.
    const MODEL: &str = "../../shared/seed/security-model.txt";

    /// The text of the model, if it is there.
    fn model() -> Option<String> {
        let model = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(MODEL)).ok();
        if model.is_none() {
            println!("skipped: the security model is not beside this checkout, so its bullets cannot be counted");
        }
        model
    }

    #[test]
    fn chapters_are_the_headings_of_the_model_and_each_has_clauses() {
        let mut seen: Vec<Chapter> = Clause::ALL.iter().map(|clause| clause.chapter()).collect();
        seen.dedup();
        assert_eq!(seen, Chapter::ALL);
        let Some(model) = model() else { return };
        let lines: Vec<&str> = model.lines().map(|line| line.trim_matches(['│', ' '])).collect();
        let mut rest = lines.iter();
        for chapter in Chapter::ALL {
            assert!(rest.any(|line| *line == chapter.title()), "no heading after the one before: {}", chapter.title());
        }
    }

    #[test]
    fn clauses_are_the_bullets_of_the_model() {
        let Some(model) = model() else { return };
        let bullets: Vec<&str> = model
            .lines()
            .map(|line| line.trim_matches(['│', ' ']))
            .filter_map(|line| line.strip_prefix("- ").or_else(|| line.strip_prefix("• ")))
            .map(|line| line.trim_start_matches("[ ] "))
            .collect();
        let bulleted = Clause::ALL
            .iter()
            .filter(|clause| clause.chapter() != Chapter::ContainerSecurity)
            .map(|clause| clause.words());
        assert_eq!(bulleted.collect::<Vec<_>>(), bullets);
    }
}
