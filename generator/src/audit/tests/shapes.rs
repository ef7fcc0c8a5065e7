//! The shapes in which objects come: every controller, lists, several documents, JSON; and what is not judged.

use std::fmt::Write as _;

use super::*;

/// The pod of [`GOOD`] with a writable root, under another controller.
fn made_by(api_version: &str, kind: &str, path: &[&str]) -> String {
    let node = yaml::Documents::of(GOOD).next().unwrap().unwrap();
    assert!(!yaml::Field::root(&node).at(["spec", "template"]).is_absent());
    let template = GOOD.split_once("  template:\n").unwrap().1.replace("readOnlyRootFilesystem: true", "");
    let mut text = format!("apiVersion: {api_version}\nkind: {kind}\nmetadata: {{name: web, namespace: shop}}\n");
    let mut indent = 0;
    for name in path {
        let _ = writeln!(text, "{:indent$}{name}:", "");
        indent += 2;
    }
    for line in template.lines() {
        let _ = writeln!(text, "{:indent$}{}", "", line.get(4..).unwrap_or_default());
    }
    text
}

#[test]
fn pods_are_judged_wherever_they_are_made() {
    let template: &[&str] = &["spec", "template"];
    for (api_version, kind, path) in [
        ("apps/v1", "Deployment", template),
        ("apps/v1", "StatefulSet", template),
        ("apps/v1", "DaemonSet", template),
        ("apps/v1", "ReplicaSet", template),
        ("extensions/v1beta1", "Deployment", template),
        ("v1", "ReplicationController", template),
        ("batch/v1", "Job", template),
        ("batch/v1", "CronJob", &["spec", "jobTemplate", "spec", "template"]),
        ("v1", "PodTemplate", &["template"]),
    ] {
        let found = findings(&made_by(api_version, kind, path));
        let [finding] = &found[..] else { panic!("{kind}: {found:?}") };
        assert_eq!(finding.rule, Rule::ReadOnlyRootFilesystem);
        let expected = format!("{}.spec.containers[0].securityContext.readOnlyRootFilesystem", path.join("."));
        assert_eq!(finding.path, expected);
    }
    let pod = made_by("v1", "Pod", &[]).replacen("metadata: {name: web, namespace: shop}\n", "", 1);
    assert_eq!(findings(&pod)[0].path, "spec.containers[0].securityContext.readOnlyRootFilesystem");
}

#[test]
fn kinds_that_nobody_knows_are_named_and_not_judged() {
    for (text, name, makes_pods) in [
        (made_by("argoproj.io/v1alpha1", "Rollout", &["spec", "template"]), "Rollout of argoproj.io", true),
        // The name alone says nothing.
        (made_by("serving.knative.dev/v1", "Service", &["spec", "template"]), "Service of serving.knative.dev", true),
        ("{apiVersion: example.com/v1, kind: Thing}".to_owned(), "Thing of example.com", false),
    ] {
        let audited = audited(&text);
        assert_eq!(audited.unjudged, [Unjudged::Kind { name: name.to_owned(), makes_pods }]);
        assert!(audited.objects.is_empty());
    }
}

#[test]
fn lists_are_taken_apart() {
    let service =
        "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: NodePort, selector: {app: web}}}";
    let list = format!(
        "{{apiVersion: v1, kind: List, items: [{service}, {{apiVersion: v1, kind: List, items: [{service}]}}]}}"
    );
    let paths: Vec<String> = findings(&list).into_iter().map(|finding| finding.path).collect();
    assert_eq!(paths, ["items[0].spec.type", "items[1].items[0].spec.type"]);
    let typed = "{apiVersion: v1, kind: ServiceList, items: [{metadata: {name: web}, spec: {selector: {}}}]}";
    assert_eq!(findings(typed)[0].path, "items[0].spec.selector");
    let nameless = audited("{apiVersion: v1, kind: List, items: [{metadata: {name: web}}]}");
    assert_eq!(nameless.problems[0].why, "an item of a list has no kind");
}

#[test]
fn documents_are_counted_and_named() {
    let text = "# nothing\n---\n{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {b: c}}\n---\n---\n\
                {apiVersion: v1, kind: Namespace, metadata: {name: d}}\n";
    let audited = audited(text);
    let identities: Vec<(usize, String)> =
        audited.objects.iter().map(|object| (object.identity.document, object.identity.to_string())).collect();
    assert_eq!(identities, [(1, "Secret a".to_owned()), (3, "Namespace d".to_owned())]);
    assert_eq!(audited.objects[1].findings[0].line, 6);
}

#[test]
fn json_is_read_too() {
    let text = "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"Service\",\n\t\"spec\": {\n\t\t\"type\": \"NodePort\", \"selector\": {\"a\": \"b\"}\n\t}\n}\n";
    let found = findings(text);
    assert_eq!((found[0].rule, found[0].line), (Rule::ClusterIpServices, 5));
}

#[test]
fn what_is_no_object_is_counted() {
    let audited = audited("replicaCount: 1\nimage: {tag: latest}\n---\n- a\n");
    assert_eq!((audited.documents, audited.foreign), (2, 2));
    assert!(audited.objects.is_empty() && audited.problems.is_empty());
}

#[test]
fn templates_and_kustomizations_are_named() {
    let template = audited("kind: Service\nspec:\n  {{- if .Values.x }}\n  type: NodePort\n  {{- end }}\n");
    assert_eq!((template.unjudged, template.problems), (vec![Unjudged::Template], Vec::new()));
    let named = audited("{apiVersion: v1, kind: Service, metadata: {name: \"{{ .Release.Name }}\"}}");
    assert_eq!(named.unjudged, [Unjudged::Template]);
    let typed = audited("{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, resources: [a.yaml]}");
    assert_eq!(typed.unjudged, [Unjudged::Kustomization]);
    let untyped = judge_text(PathBuf::from("a/kustomization.yaml"), "resources: [a.yaml]", OPTIONS);
    assert_eq!(untyped.unjudged, [Unjudged::Kustomization]);
    let braces = GOOD.replace("--config", "\"--format={{.Level}}\"");
    assert_eq!(audited(&braces).objects.len(), 1, "braces in a value hide nothing");
}

#[test]
fn a_patch_is_named_and_what_it_says_is_judged() {
    let audited = audited(
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: {hostPID: true}}}}",
    );
    assert_eq!(audited.unjudged, [Unjudged::Fragment]);
    assert!(audited.objects[0].findings.iter().any(|finding| finding.rule == Rule::NoHostNamespaces));
}
