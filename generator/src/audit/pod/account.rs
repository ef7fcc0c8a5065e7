//! As whom a pod speaks to the API server.

use super::Pod;
use crate::audit::judge::Judge;
use crate::model::Rule;

pub(super) fn judge(judge: &mut Judge, pod: &Pod<'_>) {
    // The latter is the former's old name.
    let names = [pod.spec.get("serviceAccountName"), pod.spec.get("serviceAccount")];
    let [at, _] = &names;
    match names.iter().find(|name| !name.text_or_empty().is_empty()) {
        None => judge.add(Rule::OwnServiceAccount, at, "the pod names no account, and so runs under `default`"),
        Some(name) if name.text() == Some("default") => {
            judge.add(Rule::OwnServiceAccount, name, "the pod runs under the account `default`");
        }
        Some(_) => {}
    }
    // The account may say it, too; but that is another object, which changes for another reason.
    let at = pod.spec.get("automountServiceAccountToken");
    if !at.is(false) {
        judge.add(Rule::NoUnaskedToken, &at, "the pod has no `automountServiceAccountToken: false`");
    }
}
