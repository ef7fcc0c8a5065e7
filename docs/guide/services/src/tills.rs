//! Makes a till for each shop that somebody declares: an operator.

use casemate_dsl::prelude::*;

use crate::namespaces;

identity!(pub Tills = "tills" in namespaces::SHOP);

/// The resource that it defines; its definition is installed with the platform.
const TILL: api::Own = api::own!("tills.example.com", "tills");

const IMAGE: Image =
    image!("registry.example.com/tills:1.4.2@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");

/// Declares the operator.
pub fn service() -> Deployment<Tills> {
    Deployment::new(
        Tills::container(IMAGE)
            .resources(cpu!("10m"), memory!("64Mi"))
            .probes(Probes::only_alive(exec(["/tills", "alive"])))
            .may(TILL.manage())
            .may(api::LEASES.manage())
            .may(api::NODES.read_everywhere(because!("a till goes where its drawer is plugged in")))
            .scratch(path!("/tmp")),
    )
}
