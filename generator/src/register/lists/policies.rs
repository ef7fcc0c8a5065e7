//! Who is exempt from a policy of Kyverno.

use super::List;
use crate::graph::Graph;
use crate::register::sighting::Seen;

/// Exemptions from policies.
pub(super) fn exemptions(_graph: &Graph, seen: &Seen) -> List {
    let is_there = !seen.policies().is_empty();
    List {
        title: "Exemptions from policies",
        says: "What a policy of the service tier lets pass although it breaks its rule.",
        columns: &["policy", "who", "reason"],
        rows: Vec::new(),
        empty: if is_there {
            "None: the policies of the service tier exempt nobody."
        } else {
            "None: no policy of Kyverno is rendered for this cluster."
        },
    }
}
