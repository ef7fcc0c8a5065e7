//! What each cluster is taken through: the largest through everything, every other one through what its own tree can show.
//!
//! Every cluster has an etcd, API servers, controllers and an Argo CD of its own, started when those of the cluster before it have
//! been stopped. In one API server after another's removal, whatever outlives a removal on purpose (namespaces, claims, definitions)
//! would be there for the next tree to lean upon; a new one costs seconds.

use std::cmp::Reverse;

use crate::tree::Tree;

/// How much a cluster is taken through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Programme {
    /// Everything.
    Whole,
    /// What depends on this very tree: that it is accepted as written, that its pods are admitted and its broken twins are not, what its
    /// identities may do, that Argo CD brings it to Synced and Healthy, that its workloads run and that nothing drifts. Not repeated is
    /// what Argo CD does with *any* tree that treats its objects alike, which [`crate::alike`] holds this one to.
    OwnTree,
}

/// The trees in the order in which they are judged. The first is the largest and the only one that is judged wholly.
pub(crate) fn order(mut trees: Vec<Tree>) -> Vec<(Tree, Programme)> {
    trees.sort_by_key(|tree| Reverse(tree.manifests.len()));
    let programmes = std::iter::once(Programme::Whole).chain(std::iter::repeat(Programme::OwnTree));
    trees.into_iter().zip(programmes).collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::json;

    use super::*;
    use crate::tree::Manifest;

    fn tree(name: &str, objects: usize) -> Tree {
        let manifest = Manifest { path: PathBuf::new(), text: String::new(), object: json!({}) };
        Tree { root: PathBuf::from(name), manifests: vec![manifest; objects] }
    }

    #[test]
    fn the_largest_tree_is_judged_wholly_and_first() {
        let order = order(vec![tree("cottage", 1), tree("homelab", 3), tree("shed", 1)]);
        let order: Vec<(&str, Programme)> =
            order.iter().map(|(tree, programme)| (tree.cluster(), *programme)).collect();
        assert_eq!(
            order,
            [("homelab", Programme::Whole), ("cottage", Programme::OwnTree), ("shed", Programme::OwnTree)]
        );
    }

    #[test]
    fn a_tree_by_itself_is_judged_wholly() {
        let order = order(vec![tree("cottage", 1)]);
        assert_eq!(order[0].1, Programme::Whole);
    }
}
