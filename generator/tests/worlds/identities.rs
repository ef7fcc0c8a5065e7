//! The identities of random catalogues, by their numbers: seventeen services, and the pods that each of them can create.

use casemate_dsl::prelude::*;

use crate::plan::{Plan, ServicePlan};
use crate::{catalogue, created, kinds};

macro_rules! identities {
    ($($index:literal $type:ident $created:ident $name:literal $of_created:literal $namespace:literal),+ $(,)?) => {
        $(
            identity!($type = $name in namespace!($namespace));
            identity!($created = $of_created in namespace!($namespace));
        )+

        /// `namespace/name` of an identity.
        pub(crate) fn id(identity: usize) -> &'static str {
            match identity {
                $($index => concat!($namespace, "/", $name),)+
                _ => unreachable!("there are seventeen identities"),
            }
        }

        /// `namespace/name` of the pods that it creates.
        pub(crate) fn created_id(identity: usize) -> &'static str {
            match identity {
                $($index => concat!($namespace, "/", $of_created),)+
                _ => unreachable!("there are seventeen identities"),
            }
        }

        /// The cluster with this service of its plan.
        pub(crate) fn declare(cluster: Cluster, plan: &Plan, service: &ServicePlan) -> Cluster {
            match service.identity {
                $($index => kinds::run::<$type, $created>(cluster, plan, service),)+
                _ => unreachable!("there are seventeen identities"),
            }
        }

        /// Where an identity takes datagrams.
        pub(crate) fn sent(identity: usize) -> Address {
            match identity {
                $($index => kinds::datagrams::<$type>().authority(),)+
                _ => unreachable!("there are seventeen identities"),
            }
        }

        /// The address of a port of an identity.
        pub(crate) fn called(identity: usize, port: usize) -> Address {
            match identity {
                $($index => catalogue::address::<$type>(port),)+
                _ => unreachable!("there are seventeen identities"),
            }
        }

        /// The address of the port of the pods that it creates.
        pub(crate) fn called_created(identity: usize) -> Address {
            match identity {
                $($index => created::port::<$created>().url(),)+
                _ => unreachable!("there are seventeen identities"),
            }
        }

        /// These pods with a call of the first port of an identity.
        pub(crate) fn calling<C: Workload>(pods: RuntimePods<C>, identity: usize) -> RuntimePods<C> {
            match identity {
                $($index => pods.calls(catalogue::web::<$type>()),)+
                _ => unreachable!("there are seventeen identities"),
            }
        }
    };
}

identities! {
    0 A0 A0Created "alpha" "alpha-run" "blue",
    1 A1 A1Created "beta" "beta-run" "blue",
    2 A2 A2Created "gamma" "gamma-run" "blue",
    3 A3 A3Created "delta" "delta-run" "blue",
    4 B0 B0Created "alpha" "alpha-run" "red",
    5 B1 B1Created "beta" "beta-run" "red",
    6 B2 B2Created "epsilon" "epsilon-run" "red",
    7 B3 B3Created "zeta" "zeta-run" "red",
    8 C0 C0Created "alpha" "alpha-run" "green",
    9 C1 C1Created "gamma" "gamma-run" "green",
    10 C2 C2Created "eta" "eta-run" "green",
    11 C3 C3Created "theta" "theta-run" "green",
    12 D0 D0Created "alpha" "alpha-run" "grey",
    13 D1 D1Created "iota" "iota-run" "grey",
    14 D2 D2Created "kappa" "kappa-run" "grey",
    15 D3 D3Created "blue" "blue-run" "grey",
    16 E0 E0Created "alpha" "alpha-run" "labs",
}
