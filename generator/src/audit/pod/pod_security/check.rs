//! The checks of the standard, and the rules of the model that they stand for.

use crate::model::Rule;

macro_rules! checks {
    ($($check:ident = $name:literal is $rule:ident,)+) => {
        /// A check of the standard.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub(in crate::audit::pod) enum Check {
            $($check,)+
        }

        impl Check {
            /// As Kubernetes names it, without the level.
            #[cfg(test)]
            pub(in crate::audit::pod) const fn name(self) -> &'static str {
                match self {
                    $(Self::$check => $name,)+
                }
            }

            /// The rule that a pod breaks which does not pass it.
            pub(in crate::audit::pod) const fn rule(self) -> Rule {
                match self {
                    $(Self::$check => Rule::$rule,)+
                }
            }
        }
    };
}

checks! {
    AllowPrivilegeEscalation = "allowPrivilegeEscalation" is NoPrivilegeEscalation,
    AppArmorProfile = "appArmorProfile" is PodSecurity,
    Capabilities = "capabilities" is DropAllCapabilities,
    HostNamespaces = "hostNamespaces" is NoHostNamespaces,
    HostPathVolumes = "hostPathVolumes" is NoHostPath,
    HostPorts = "hostPorts" is NoHostPort,
    HostProbesAndHostLifecycle = "hostProbesAndHostLifecycle" is PodSecurity,
    Privileged = "privileged" is NotPrivileged,
    ProcMount = "procMount" is PodSecurity,
    RestrictedVolumes = "restrictedVolumes" is PodSecurity,
    RunAsNonRoot = "runAsNonRoot" is RunAsNonRoot,
    RunAsUser = "runAsUser" is NumericUser,
    SeLinuxOptions = "seLinuxOptions" is PodSecurity,
    SeccompProfile = "seccompProfile" is RuntimeDefaultSeccomp,
    Sysctls = "sysctls" is PodSecurity,
    WindowsHostProcess = "windowsHostProcess" is NotPrivileged,
}
