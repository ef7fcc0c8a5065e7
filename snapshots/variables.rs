//! Variables that Kubernetes fills in, or that name one another.

use casemate_dsl::prelude::*;

use crate::calls::{QUEUE, mailer};
use crate::example::{cluster, ledger};
use crate::means;

#[test]
fn variables_of_the_pod() {
    let ledger = Deployment::new(
        ledger()
            .cpu_limit(cpu!("2"))
            .env(var!("POD_NAME"), PodField::Name)
            .env(var!("POD_NAMESPACE"), PodField::Namespace)
            .env(var!("POD_UID"), PodField::Uid)
            .env(var!("NODE_NAME"), PodField::Node)
            .env(var!("ACCOUNT"), PodField::ServiceAccount)
            .env(var!("POD_IP"), PodField::PodIp)
            .env(var!("POD_IPS"), PodField::PodIps)
            .env(var!("HOST_IP"), PodField::HostIp)
            .env(var!("GOMEMLIMIT"), ContainerResource::MemoryLimit)
            .env(var!("GOMAXPROCS"), ContainerResource::CpuLimit)
            .env(var!("MEMORY"), ContainerResource::MemoryRequest)
            .env(var!("CPU"), ContainerResource::CpuRequest),
    );
    means!("variables-of-the-pod", cluster().runs(ledger), ["services/payments/ledger/deployment-ledger.yaml"]);
}

#[test]
fn variables_that_name_others() {
    const DB: Item = item!("db", "Ledger database");
    let ledger = Deployment::new(
        ledger()
            .env(var!("DATABASE_URL"), "postgres://$(DB_USER):$(DB_PASSWORD)@$(DB_HOST)/ledger")
            .env(var!("LOG_LEVEL"), "info")
            .env(var!("DB_HOST"), "db.internal")
            .env(var!("PROMPT"), "$(whoami) of $$(DB_HOST)")
            .env(var!("DB_PASSWORD"), DB.field(field!("password")))
            .env(var!("DB_USER"), DB.field(field!("username"))),
    );
    means!("variables-that-name-others", cluster().runs(ledger), ["services/payments/ledger/deployment-ledger.yaml"]);
}

#[test]
fn variable_from_a_template() {
    let settings = template("{\"mail\": \"{{ queue }}\", \"retries\": {{ retries }}}\n");
    let ledger =
        Deployment::new(ledger().env(var!("SETTINGS"), settings.with("queue", QUEUE.url()).with("retries", 3_u32)));
    means!(
        "variable-from-a-template",
        cluster().runs(ledger).runs(mailer()),
        ["services/payments/ledger/deployment-ledger.yaml", "services/payments/ledger/networkpolicy-ledger.yaml"]
    );
}
