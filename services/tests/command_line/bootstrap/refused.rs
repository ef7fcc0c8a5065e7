//! What it refuses before it touches anything.

use super::Cluster;

#[test]
fn without_a_context_nothing_is_called() {
    let cluster = Cluster::new("bootstrap-no-context");
    for (arguments, variables) in [(&[][..], &[][..]), (&["status"], &[]), (&["undo", "root"], &[("KUBE_CONTEXT", "")])]
    {
        let ran = cluster.run_with(arguments, variables, "");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains("set KUBE_CONTEXT to the context of cluster homelab"), "{}", ran.err);
    }
    assert_eq!(cluster.calls(), [""; 0]);
}

#[test]
fn an_unknown_context_and_an_unknown_step_are_named() {
    let cluster = Cluster::new("bootstrap-unknown");
    let ran = cluster.run_with(&[], &[("KUBE_CONTEXT", "elsewhere")], "");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no context 'elsewhere'"), "{}", ran.err);
    for arguments in [&["rooot"][..], &["root", "rooot"], &["--help"]] {
        let ran = cluster.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(
            ran.err.contains("there are check namespaces credentials token onepassword argocd root gitops"),
            "{}",
            ran.err
        );
    }
    for arguments in [&["undo"][..], &["undo", "rooot"], &["undo", "root", "argocd"]] {
        let ran = cluster.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains("name one step to undo: check namespaces"), "{}", ran.err);
    }
    assert_eq!(cluster.changes(), [""; 0]);
}

#[test]
fn a_cluster_that_does_not_answer_is_left_alone() {
    let cluster = Cluster::new("bootstrap-no-answer");
    cluster.set("fails", "get --raw /version");
    let ran = cluster.run(&["root"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("https://192.168.1.10:6443 (context lab) does not answer"), "{}", ran.err);
    assert_eq!(cluster.changes(), [""; 0]);
}

#[test]
fn another_cluster_than_the_declared_one_is_refused_with_all_that_differs() {
    let cluster = Cluster::new("bootstrap-another");
    for (file, text) in [
        ("version", "v1.34.1"),
        ("node", "192.168.2.13"),
        ("pods", "10.142.0.0/24"),
        ("dns", ""),
        ("service", "10.96.0.1"),
        ("servers", "192.168.1.10\n192.168.1.9\n"),
        ("cilium", "true"),
    ] {
        cluster.set(file, text);
    }
    let ran = cluster.run(&[]);
    assert_eq!(ran.code, 1);
    for wrong in [
        "Kubernetes is v1.34.1, and 1.35 is declared",
        "nodes have addresses outside of the declared network 192.168.1.0/24: 192.168.2.13",
        "nodes have networks of pods outside of the declared 10.42.0.0/16: 10.142.0.0/24",
        "no pod in namespace kube-system bears the label k8s-app=kube-dns",
        "the address '10.96.0.1': in the declared network 10.43.0.0/16 it would be 10.43.0.1",
        "the API server listens at '192.168.1.10 192.168.1.9', and at '192.168.1.10' as declared",
        "set its chart's value cni.exclusive to false",
    ] {
        assert!(ran.err.contains(wrong), "{wrong}\n---\n{}", ran.err);
    }
    assert_eq!(ran.err.matches("error: ").count(), 8, "{}", ran.err);
    assert!(
        ran.err.contains("error: this is not the cluster that is declared, or it is not ready: nothing was changed")
    );
    assert_eq!(cluster.changes(), [""; 0]);
}

#[test]
fn what_may_differ_is_noted() {
    let cluster = Cluster::new("bootstrap-noted");
    cluster.set("version", "v1.36.0");
    cluster.set("ready", "False");
    cluster.set("gateway", "standard");
    let ran = cluster.run(&["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for note in [
        "Kubernetes is v1.36.0, and 1.35 is declared",
        "not ready: c",
        "2 nodes are ready, and 3 are declared",
        "a Gateway API (standard) is installed already",
    ] {
        assert!(ran.out.contains(&format!("note: {note}")), "{note}\n---\n{}", ran.out);
    }
}

#[test]
fn a_checkout_that_is_not_there_or_was_edited_is_refused() {
    let cluster = Cluster::new("bootstrap-checkout");
    let at = |checkout: &str| cluster.run_with(&["check"], &[("KUBE_CONTEXT", "lab"), ("CHECKOUT", checkout)], "");
    let ran = at("nowhere");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("nowhere/out/homelab/bootstrap/application-root.yaml is not there"), "{}", ran.err);

    cluster.render();
    let here = cluster.path("..");
    let here = here.to_str().expect("the path is UTF-8");
    assert_eq!(at(here).code, 0);
    cluster.set("../out/homelab/bootstrap/application-root.yaml", "kind: Application\n");
    let ran = at(here);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("bootstrap is not what was rendered: run `casemate render --check`"), "{}", ran.err);
}
