//! Who pays: a token in a variable, a certificate as a file.

use casemate_dsl::prelude::*;

use crate::namespaces;

identity!(pub Accounts = "accounts" in namespaces::PAYMENTS);

/// Accounts by number.
pub const API: Port<Accounts, Http> = port!(8080);

/// In the cluster's vault of 1Password.
const BANK: Item = item!("bank");

const IMAGE: Image = image!(
    "registry.example.com/accounts:1.4.2@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"
);

/// Declares the accounts.
pub fn service() -> Deployment<Accounts> {
    Deployment::new(
        Accounts::container(IMAGE)
            .resources(cpu!("100m"), memory!("128Mi"))
            .serves(API)
            .probes(Probes::http(API, path!("/healthz")))
            .env(var!("BANK_TOKEN"), BANK.field(field!("token")))
            .secret_file(path!("/etc/accounts/bank.crt"), BANK.field(field!("certificate"))),
    )
}
