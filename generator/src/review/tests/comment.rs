//! How a comment looks.

use insta::assert_snapshot;

use super::{markdown, tree};
use crate::review::COMMENT_LIMIT;

const SERVICE: &str =
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: ledger\n  namespace: shop\nspec:\n  type: ClusterIP\n";
const ROUTE: &str = "kind: TLSRoute\nmetadata:\n  name: egress-443-api.example.org\n  namespace: shop\nspec:\n  parentRefs:\n  - kind: EgressNetwork\n    port: 443\n  hostnames:\n  - api.example.org\n";

#[test]
fn nothing_changes() {
    let one =
        tree(&[("c/services/shop/ledger/service-ledger.yaml", SERVICE), ("c/services/shop/ledger/.casemate", "a")]);
    assert_snapshot!(markdown(&one, &one, COMMENT_LIMIT), @r"
    ### What this changes in the cluster

    Nothing changes in the tree.
    ");
    let other =
        tree(&[("c/services/shop/ledger/service-ledger.yaml", SERVICE), ("c/services/shop/ledger/.casemate", "b")]);
    assert_snapshot!(markdown(&one, &other, COMMENT_LIMIT), @r"
    ### What this changes in the cluster

    No object changes in the tree; the lists of what is rendered (`.casemate`) do.
    ");
}

#[test]
fn adding_removing_and_changing() {
    let before = tree(&[
        ("c/services/shop/ledger/service-ledger.yaml", SERVICE),
        ("c/services/shop/gone/service-gone.yaml", "kind: Service\n"),
    ]);
    let changed = SERVICE.replace("namespace: shop", "namespace: store");
    let after = tree(&[
        ("c/services/shop/ledger/service-ledger.yaml", &changed),
        ("c/services/shop/_namespace/tlsroute-egress-443-api.example.org.yaml", ROUTE),
    ]);
    assert_snapshot!(markdown(&before, &after, COMMENT_LIMIT));
}

#[test]
fn what_trees_hold_stays_a_quotation() {
    let name = "c/services/shop/x`</summary>@all/service-`` [x](y).yaml";
    let text = "kind: Service\n```\n````` \n</details>\n# heading\n\u{202e}";
    assert_snapshot!(markdown(&tree(&[]), &tree(&[(name, text)]), COMMENT_LIMIT));
}

#[test]
fn a_diff_without_room_names_the_command() {
    let long: String = (0..5000).map(|number| format!("line {number}")).collect::<Vec<_>>().join("\n");
    let after = tree(&[
        ("c/services/shop/ledger/configmap-ledger.yaml", &long),
        ("c/services/shop/ledger/networkpolicy-ledger.yaml", "kind: NetworkPolicy\n"),
        ("c/services/shop/ledger/service-ledger.yaml", SERVICE),
    ]);
    let review = markdown(&tree(&[]), &after, 4096);
    assert!(review.len() <= 4096);
    assert!(review.contains("+kind: NetworkPolicy"), "the most important is whole: {review}");
    assert!(
        review.contains(
            "of 5000 lines are left out: `git diff main -- out/c/services/shop/ledger/configmap-ledger.yaml`"
        )
    );
    assert!(review.contains("1 diff cut, the least important first. All of it: `git diff main -- out/`"), "{review}");
}
