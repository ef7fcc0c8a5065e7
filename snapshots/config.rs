//! Config files: as they are, as templates that name what they call, executable, and in directories with secrets.

use casemate_dsl::prelude::*;

use crate::calls::{Mailer, QUEUE, mailer};
use crate::example::{cluster, ledger};
use crate::means;

#[test]
fn config_file() {
    let ledger = Deployment::new(
        ledger().config(path!("/etc/ledger/ledger.toml"), "currency = \"NOK\"\n[books]\nopen = true\n"),
    );
    means!("config-file", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn config_file_that_calls() {
    let ledger = Deployment::new(ledger().config(
        path!("/etc/ledger/ledger.toml"),
        template("mail = \"{{ queue }}\"\nretries = {{ retries }}\n").with("queue", QUEUE.url()).with("retries", 3_u32),
    ));
    let mailer: Deployment<Mailer> = mailer();
    means!(
        "config-file-that-calls",
        cluster().runs(ledger).runs(mailer),
        ["services/payments/ledger", "services/office/mailer"]
    );
}

#[test]
fn executable_config_file() {
    let ledger = Deployment::new(
        ledger()
            .config(path!("/scripts/start.sh"), executable("#!/bin/sh\nexec /ledger serve\n"))
            .config(
                path!("/scripts/stop.sh"),
                executable(template("#!/bin/sh\nsleep {{ seconds }}\n").with("seconds", 5_u32)),
            )
            .config(path!("/etc/ledger.toml"), "open = true\n")
            .command(["/scripts/start.sh"]),
    );
    means!("executable-config-file", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn directory_of_texts() {
    let migrations = Files::new()
        .text(file_name!("001-books.sql"), "create table books (id int);\n")
        .text(file_name!("002-pages.sql"), "create table pages (id int);\n");
    let ledger = Deployment::new(ledger().directory(path!("/migrations"), migrations));
    means!("directory-of-texts", cluster().runs(ledger), ["services/payments/ledger"]);
}

#[test]
fn directory_of_everything() {
    const TLS: Item = item!("tls", "Ledger certificate");
    const DB: Item = item!("db", "Ledger database");
    let files = Files::new()
        .text(file_name!("ledger.toml"), template("level = \"{{ level }}\"\n").with("level", "info"))
        .text(file_name!("reload.sh"), executable("#!/bin/sh\nkill -HUP 1\n"))
        .secret(file_name!("tls.key"), TLS.field(field!("private-key")))
        .secret(file_name!("tls.crt"), TLS.field(field!("certificate")))
        .secret(file_name!("db-password"), DB.field(field!("password")))
        .pod(file_name!("labels"), PodField::Labels)
        .pod(file_name!("name"), PodField::Name);
    let ledger = Deployment::new(ledger().directory(path!("/etc/ledger"), files));
    means!("directory-of-everything", cluster().runs(ledger), ["services/payments/ledger"]);
}
