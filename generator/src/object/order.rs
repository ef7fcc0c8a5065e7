//! The order of keys.
//!
//! Every key of every object asks for its place several times, so a list that is searched from its start would cost more than
//! building the tree. The places are in a table of hashes instead, which the compiler fills.

/// The keys that people look for first, in the order in which they expect them; the others follow as the types name them.
pub(super) const FIRST: [&str; 52] = [
    "apiVersion",
    "group",
    "kind",
    "metadata",
    "server",
    "name",
    "namespace",
    "labels",
    "annotations",
    "finalizers",
    "type",
    "spec",
    "description",
    "project",
    "source",
    "destination",
    "syncPolicy",
    "replicas",
    "schedule",
    "timeZone",
    "concurrencyPolicy",
    "startingDeadlineSeconds",
    "successfulJobsHistoryLimit",
    "failedJobsHistoryLimit",
    "namespaceSelector",
    "podSelector",
    "policyTypes",
    "selector",
    "image",
    "restartPolicy",
    "command",
    "args",
    "to",
    "from",
    "ports",
    "env",
    "startupProbe",
    "readinessProbe",
    "livenessProbe",
    "accessModes",
    "storageClassName",
    "requests",
    "resources",
    "serviceAccountName",
    "automountServiceAccountToken",
    "enableServiceLinks",
    "imagePullSecrets",
    "securityContext",
    "volumeMounts",
    "initContainers",
    "containers",
    "volumes",
];

/// Whether a map of this name has the user's keys, sorted already.
pub(super) fn is_free(key: &str) -> bool {
    matches!(key, "labels" | "annotations" | "data" | "matchLabels" | "nodeSelector")
}

/// The place of a key among those that people look for first, or the place behind all of them.
pub(super) fn rank(key: &str) -> usize {
    let mut slot = slot(key.as_bytes());
    // An empty slot ends every search: the table has more slots than keys.
    while let Some(first) = FIRST.get(usize::from(TABLE[slot])) {
        if *first == key {
            return usize::from(TABLE[slot]);
        }
        slot = (slot + 1) % SLOTS;
    }
    FIRST.len()
}

const SLOTS: usize = 256;

/// The place of the key in each slot; in an empty slot, a place behind all keys.
static TABLE: [u8; SLOTS] = {
    let mut table = [u8::MAX; SLOTS];
    let mut place = 0;
    while place < FIRST.len() {
        let mut slot = slot(FIRST[place].as_bytes());
        while table[slot] != u8::MAX {
            slot = (slot + 1) % SLOTS;
        }
        #[expect(clippy::cast_possible_truncation, reason = "there are fewer keys than slots")]
        {
            table[slot] = place as u8;
        }
        place += 1;
    }
    table
};

/// Where the search for a key begins.
const fn slot(key: &[u8]) -> usize {
    match key {
        [] => 0,
        [first, .., last] => (key.len() * 59 + *first as usize * 7 + *last as usize * 31) % SLOTS,
        [only] => *only as usize,
    }
}

#[cfg(test)]
mod tests {
    use super::{FIRST, rank};

    #[test]
    fn each_key_has_its_place_and_all_others_come_last() {
        for (place, key) in FIRST.iter().enumerate() {
            assert_eq!(rank(key), place, "{key}");
        }
        for other in ["", "x", "status", "Kind", "kinds", "data", "names", "ports\u{0}", "üü"] {
            assert_eq!(rank(other), FIRST.len(), "{other}");
        }
    }
}
