//! What is done, in which order, and that it is done once.

use super::Cluster;

/// A cluster for which `op` has both secrets.
fn with_secrets(test: &str) -> Cluster {
    let cluster = Cluster::new(test);
    cluster.set("item-credentials", "{\"of\": \"a server\"}\n");
    cluster.set("item-token", "an-access-token\n");
    cluster
}

/// A change without its context, and without what it says of how.
fn short(change: &str) -> String {
    let change = change.split_once(" lab ").map_or(change, |(_, rest)| rest);
    let words = change.split(' ').map(|word| word.rsplit('/').next().unwrap_or(word));
    words.filter(|word| !word.starts_with("--")).take(6).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_empty_cluster_is_brought_to_gitops_in_order() {
    for shell in ["sh", "dash", "bash"] {
        let mut cluster = with_secrets(&format!("bootstrap-order-{shell}"));
        cluster.shell = shell;
        let ran = cluster.run_all();
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}: {}", ran.out);
        assert!(
            ran.out.starts_with("cluster homelab: context lab, https://192.168.1.10:6443, Kubernetes v1.35.2+k3s1\n")
        );
        let changes: Vec<String> = cluster.changes().iter().map(|change| short(change)).collect();
        assert_eq!(
            changes,
            [
                "apply casemate -",
                "apply argocd-controller namespace-argocd.yaml",
                "create secret generic op-credentials onepassword stdin",
                "create secret generic onepassword-token onepassword stdin",
                "upgrade connect connect connect-helm-charts 2.4.1 onepassword",
                "apply argocd-controller argocd -",
                "apply casemate appproject-root.yaml",
                "apply casemate application-root.yaml",
            ]
        );
    }
}

#[test]
fn every_call_names_the_context() {
    let cluster = with_secrets("bootstrap-context");
    assert_eq!(cluster.run_all().code, 0);
    assert_eq!(cluster.run(&["status"]).code, 0);
    assert_eq!(cluster.run(&["unmeshed"]).code, 0);
    let calls = cluster.calls();
    assert!(calls.len() > 40, "{calls:?}");
    for call in calls {
        let names_it = call.starts_with("kubectl --context lab ")
            || call.starts_with("kubectl config view --minify --context lab ")
            || call.starts_with("helm --kube-context lab ")
            || call.starts_with("op read ");
        assert!(names_it, "{call}");
    }
}

#[test]
fn a_second_run_changes_nothing() {
    let cluster = with_secrets("bootstrap-twice");
    assert_eq!(cluster.run_all().code, 0);
    assert_eq!(cluster.changes().len(), 8);
    // Nobody has to bring the secrets again.
    let ran = cluster.run(&[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert_eq!(ran.out.matches("done already").count(), 6, "{}", ran.out);
    assert_eq!(cluster.changes(), [""; 0]);
}

#[test]
fn what_is_no_longer_as_declared_is_done_again_and_nothing_else() {
    for (test, file, text, change) in [
        ("values", "values.json", "{}\n", "upgrade connect"),
        ("version", "released", "[{\"name\":\"connect\",\"chart\":\"connect-2.4.0\"}]\n", "upgrade connect"),
    ] {
        let cluster = with_secrets(&format!("bootstrap-drift-{test}"));
        assert_eq!(cluster.run_all().code, 0);
        cluster.changes();
        cluster.set(file, text);
        assert_eq!(cluster.run(&[]).code, 0);
        let changes = cluster.changes();
        let [only] = &changes[..] else { panic!("{changes:?}") };
        assert!(short(only).starts_with(change), "{only}");
    }
}

#[test]
fn argo_cd_that_keeps_itself_is_left_alone() {
    let cluster = Cluster::new("bootstrap-adopted");
    cluster.set("adopted", "");
    let ran = cluster.run(&["argocd"]);
    assert!(ran.code == 0 && ran.out.contains("done already"), "{ran:?}");
    assert!(!cluster.calls().iter().any(|call| call.starts_with("helm")), "its chart is not even asked for");
    // It does not, where it does not run.
    cluster.set("fails", "wait deployments --all");
    assert_eq!(cluster.run(&["argocd"]).code, 0);
    assert_eq!(cluster.changes().len(), 1);
}

#[test]
fn status_says_what_is_done_and_changes_nothing() {
    let cluster = with_secrets("bootstrap-status");
    let ran = cluster.run(&["status"]);
    assert_eq!((ran.code, ran.out.matches("\nto do  ").count()), (0, 6), "{}", ran.out);
    cluster.run(&["namespaces"]);
    cluster.changes();
    let ran = cluster.run(&["status"]);
    assert!(ran.out.contains("\ndone   namespaces\nto do  credentials\n"), "{}", ran.out);
    assert_eq!(cluster.changes(), [""; 0]);
}

#[test]
fn a_step_that_fails_stops_it_with_what_to_do() {
    for (test, fails, says) in [
        (
            "namespaces",
            "apply --server-side --field-manager casemate --filename -",
            "the namespace of the 1Password operator could not be made",
        ),
        (
            "upgrade",
            "upgrade --install connect",
            "the 1Password operator does not come up: kubectl --context lab get pods",
        ),
        ("template", "template argocd", "Helm could not render Argo CD's chart"),
        (
            "argocd",
            "rollout status deployment.apps/one --namespace argocd",
            "Argo CD is not ready: kubectl --context lab get pods",
        ),
        ("root", "bootstrap/application-root.yaml", "do the step `root` again"),
        (
            "gitops",
            "wait applications.argoproj.io/root",
            "has no credentials for https://git.example.com/homelab/gitops.git",
        ),
    ] {
        let cluster = with_secrets(&format!("bootstrap-fails-{test}"));
        cluster.set("fails", fails);
        let ran = cluster.run_all();
        assert_eq!(ran.code, 1, "{test}: {}", ran.out);
        assert!(ran.err.contains("error: ") && ran.err.contains(says), "{test}: {}", ran.err);
        let calls = cluster.calls();
        let failed = calls.iter().rposition(|call| call.contains(fails)).expect("it was called");
        assert!(
            !calls[failed..].iter().skip(1).any(|call| call.contains(" apply ") || call.contains(" upgrade ")),
            "{test}: {calls:?}"
        );
        // Mended, it goes on where it stopped.
        cluster.set("fails", "nothing");
        assert_eq!(cluster.run_all().code, 0, "{test}");
    }
}

#[test]
fn steps_are_taken_back_in_a_safe_order() {
    let cluster = with_secrets("bootstrap-undo");
    assert_eq!(cluster.run_all().code, 0);
    cluster.changes();
    let ran = cluster.run(&["undo", "argocd"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("undo `root` first"), "{}", ran.err);
    assert_eq!(cluster.changes(), [""; 0]);

    assert_eq!(cluster.run(&["undo", "root"]).code, 0);
    let deleted: Vec<String> = cluster.changes().iter().map(|change| short(change)).collect();
    assert_eq!(
        deleted,
        [
            "delete applications.argoproj.io root argocd",
            "delete applications.argoproj.io services argocd",
            "delete applications.argoproj.io platform argocd",
            "delete appprojects.argoproj.io root argocd",
        ]
    );

    assert_eq!(cluster.run(&["undo", "token"]).code, 0);
    assert!(!cluster.has("secret-onepassword-token") && cluster.has("secret-op-credentials"));
    assert_eq!(cluster.run(&["undo", "onepassword"]).code, 0);
    assert!(!cluster.has("released"));
    // Argo CD goes without its definitions: with those would go every Application, and with them what is deployed.
    std::fs::remove_dir_all(cluster.path("applied")).expect("it can be forgotten");
    std::fs::create_dir(cluster.path("applied")).expect("it can be made");
    cluster.calls();
    assert_eq!(cluster.run(&["undo", "argocd"]).code, 0);
    let calls = cluster.calls();
    assert!(
        calls.iter().any(|call| call.contains(" template ") && call.ends_with("--set crds.install=false")),
        "{calls:?}"
    );
}
