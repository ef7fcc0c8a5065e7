//! The policy engine is down: the platform can be repaired, and nothing unjudged enters among services.

use super::Cluster;

#[test]
fn the_service_tier_is_shut_before_kyverno_is_put_aside() {
    let cluster = Cluster::new("bootstrap-break-glass");
    let ran = cluster.run(&["break-glass"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    let calls = cluster.calls();
    let at =
        |text: &str| calls.iter().position(|call| call.contains(text)).unwrap_or_else(|| panic!("{text}: {calls:?}"));
    let shut = at("apply --server-side --field-manager casemate --filename -");
    let seen = at("create configmap casemate-break-glass --namespace trips --dry-run=server");
    let aside = at(
        "delete validatingwebhookconfigurations,mutatingwebhookconfigurations --selector webhook.kyverno.io/managed-by=kyverno",
    );
    assert!(shut < seen && seen < aside, "{calls:?}");
}

#[test]
fn kyverno_stays_where_the_service_tier_is_not_shut() {
    for (test, file, text) in [
        ("refused", "fails", "apply --server-side"),
        ("unseen", "marker", "configmap/casemate-break-glass created (server dry run)\n"),
        // Somebody else's refusal shows nothing.
        ("foreign", "marker", "error: admission webhook \"validate.kyverno.svc-fail\" denied the request\n"),
    ] {
        let cluster = Cluster::new(&format!("bootstrap-break-glass-{test}"));
        cluster.set(file, text);
        // It would wait for half a minute.
        cluster.program("sleep", "#!/bin/sh\n");
        let ran = cluster.run(&["break-glass"]);
        assert_eq!(ran.code, 1, "{test}: {}", ran.out);
        assert!(ran.err.contains("and so Kyverno's webhooks stay"), "{test}: {}", ran.err);
        assert!(!cluster.calls().iter().any(|call| call.contains(" delete ")), "{test}");
    }
}

#[test]
fn it_stays_shut_until_kyverno_judges_again() {
    let cluster = Cluster::new("bootstrap-mend");
    for (file, text, says) in [
        (
            "fails",
            "rollout status deployment.apps/one --namespace kyverno",
            "Kyverno is not ready: the service tier stays shut",
        ),
        ("webhooks", "", "Kyverno has not made its webhooks anew: the service tier stays shut"),
    ] {
        let before = if cluster.has(file) { cluster.read(file) } else { "nothing".to_owned() };
        cluster.set(file, text);
        let ran = cluster.run(&["mend"]);
        assert_eq!(ran.code, 1, "{says}");
        assert!(ran.err.contains(says), "{}", ran.err);
        assert!(!cluster.calls().iter().any(|call| call.contains(" delete ")), "{says}");
        cluster.set(file, &before);
    }
    assert_eq!(cluster.run(&["mend"]).code, 0);
    let changes = cluster.changes();
    let [opened] = &changes[..] else { panic!("{changes:?}") };
    assert!(
        opened.contains("delete validatingadmissionpolicybindings,validatingadmissionpolicies casemate-break-glass"),
        "{opened}"
    );
}
