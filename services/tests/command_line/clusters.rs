//! Two clusters of one catalogue.

use crate::Workplace;

#[test]
fn each_cluster_has_a_directory_of_its_own() {
    let place = Workplace::rendered("clusters");
    for path in ["services/trips/trips-api/deployment-trips-api.yaml", "bootstrap/application-root.yaml"] {
        assert!(place.path(&format!("out/homelab/{path}")).is_file(), "{path}");
        assert!(place.path(&format!("out/cottage/{path}")).is_file(), "{path}");
    }
    assert!(place.path("out/homelab/services/monolith").is_dir());
    assert!(!place.path("out/cottage/services/monolith").exists(), "the cottage runs less");
}

#[test]
fn one_cluster_is_rendered_without_the_other() {
    let place = Workplace::empty("one-cluster");
    let ran = place.run(&["render", "--cluster", "cottage"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(place.path("out/cottage").is_dir() && !place.path("out/homelab").exists());
    let ran = place.run(&["render", "--check"]);
    assert_eq!(ran.code, 1, "the homelab is missing: {}", ran.out);
    assert!(!ran.out.contains("out/cottage"), "{}", ran.out);

    let ran = place.run(&["render", "--cluster", "homelab"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(place.run(&["render", "--check"]).code, 0, "the cottage is left as it was");
}

#[test]
fn what_both_clusters_have_is_said_once_and_the_rest_with_its_cluster() {
    let place = Workplace::empty("clusters-said");
    let ran = place.run(&["render"]);
    let warnings = |text: &str| ran.err.lines().filter(|line| line.contains(text)).collect::<Vec<_>>();
    let [both] = warnings("trips/trips-api: the image")[..] else { panic!("{}", ran.err) };
    assert!(both.starts_with("warning: trips/trips-api"), "{both}");
    assert!(warnings("cluster cottage: Linkerd's proxy").len() == 1, "{}", ran.err);
    assert!(ran.out.contains("\n  homelab: monolith/monolith is seen by everybody"), "{}", ran.out);

    let alone = place.run(&["render", "--cluster", "homelab"]);
    assert!(alone.out.contains("\n  monolith/monolith is seen by everybody"), "{}", alone.out);
}

#[test]
fn lists_and_reviews_name_the_cluster() {
    let place = Workplace::rendered("clusters-listed");
    let both = place.run(&["list"]).out;
    assert!(both.contains("cluster homelab\n") && both.contains("\ncluster cottage\n"), "{both}");
    let one = place.run(&["list", "--cluster", "cottage"]).out;
    assert!(one.starts_with("cluster cottage\n") && !one.contains("homelab"), "{one}");
    assert!(one.contains("stars.cottage.example.net (Access)"), "{one}");

    place.write("out/cottage/services/stargazer/stargazer-api/service-stargazer-api.yaml", "kind: Secret\n");
    let before = Workplace::rendered("clusters-before");
    let before = before.path("out");
    let ran = place.run(&["review", before.to_str().expect("the path is UTF-8"), "out"]);
    assert!(ran.out.contains("\n- cottage: Secret"), "{}", ran.out);
}
