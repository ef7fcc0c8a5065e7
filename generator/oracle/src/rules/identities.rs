//! Accounts: one for each workload.

use super::CrossRule;
use crate::scene::{Findings, Scene};

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "account-exists",
        sentence: "every workload runs as a ServiceAccount of the tree, never as `default`",
        check: account_exists,
    },
    CrossRule {
        name: "account-once",
        sentence: "every ServiceAccount is that of exactly one workload, or of pods that the oracle was told of",
        check: account_once,
    },
];

fn account_exists(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in scene.workloads.iter().filter(|workload| workload.has_template()) {
        let account = workload.account();
        if account.is_empty()
            || account == "default"
            || scene.find("ServiceAccount", workload.namespace(), account).is_none()
        {
            findings.push(
                workload.document.finding("account-exists", format!("there is no ServiceAccount `{account}` for it")),
            );
        }
    }
}

fn account_once(scene: &Scene<'_>, findings: &mut Findings) {
    for account in scene.of_kind("ServiceAccount") {
        let users = scene.workloads_in(account.space()).filter(|workload| workload.account() == account.name).count();
        if users != 1 || account.name == "default" {
            findings.push(account.finding("account-once", format!("{users} workloads run as it, not one")));
        }
    }
}
