//! Notices: what is declared with a reason since it reaches further than most, for whoever reviews the cluster.

use crate::access;
use crate::graph::Graph;

/// What reaches further than a service usually does, each with its reason, in the order of services.
pub(crate) fn notices(graph: &Graph) -> Vec<String> {
    let mut notices = Vec::new();
    for service in graph.services.values() {
        let whose = service.id;
        notices.extend(
            access::wide(service)
                .into_iter()
                .map(|(what, reason)| format!("{whose} has rights on {what} of the whole cluster: {reason}")),
        );
    }
    notices
}
