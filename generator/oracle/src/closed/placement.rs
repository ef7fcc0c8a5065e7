//! Where pods run, and beside whom.

use super::notation::Rule::{Alone, Exactly, Fits, Map, Number, Object, Objects, OneObject, OneOf, Within};
use super::notation::{Table, may, must};
use super::words::{LABEL, LABEL_KEY, LABEL_VALUE, NODE_LABEL_VALUE, PRIORITY_CLASS};

/// What a pod says about nodes and neighbours.
pub(crate) const PLACEMENT: Table = &[
    may("nodeSelector", Map(LABEL_KEY, &Fits(NODE_LABEL_VALUE))),
    may("tolerations", Objects(&[TOLERATION])),
    may("priorityClassName", Fits(PRIORITY_CLASS)),
    may("runtimeClassName", Fits(LABEL)),
    may("topologySpreadConstraints", Objects(&[SPREAD])),
    may("affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution", OneObject(&[ONE_PER_NODE])),
    may("affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution", Objects(&[PREFERRED_PODS])),
    may("affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution", Objects(&[PREFERRED_PODS])),
    may(
        "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms",
        OneObject(&[REQUIRED_NODES]),
    ),
    may("affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution", Objects(&[PREFERRED_NODES])),
];

/// Without a key and an effect it would be every taint that is tolerated: that of the control plane, too. The API server drops an
/// empty value.
const TOLERATION: Table = &[
    must("key", Fits(LABEL_KEY)),
    must("operator", OneOf(&["Equal", "Exists"])),
    may("value", Fits(LABEL_VALUE)),
    must("effect", OneOf(&["NoSchedule", "PreferNoSchedule", "NoExecute"])),
    may("tolerationSeconds", Within(0, 86_400)),
];

const SPREAD: Table = &[
    must("maxSkew", Within(1, 16)),
    must("topologyKey", OneOf(TOPOLOGIES)),
    must("whenUnsatisfiable", OneOf(&["ScheduleAnyway", "DoNotSchedule"])),
    must("labelSelector.matchLabels.<app.kubernetes.io/name>", Fits(LABEL)),
];

const TOPOLOGIES: &[&str] = &["kubernetes.io/hostname", "topology.kubernetes.io/zone"];

const ONE_PER_NODE: Table = &[
    must("topologyKey", Exactly("kubernetes.io/hostname")),
    must("labelSelector.matchLabels.<app.kubernetes.io/name>", Fits(LABEL)),
];

const PREFERRED_PODS: Table = &[must("weight", Number(100)), must("podAffinityTerm", Object(&[PODS]))];

const PODS: Table = &[
    must("topologyKey", OneOf(TOPOLOGIES)),
    must("labelSelector.matchLabels.<app.kubernetes.io/name>", Fits(LABEL)),
    may("namespaceSelector.matchLabels.<kubernetes.io/metadata.name>", Fits(LABEL)),
];

const PREFERRED_NODES: Table =
    &[must("weight", Number(100)), must("preference.matchExpressions", OneObject(&[OF_NODE]))];

/// Terms would be alternatives.
const REQUIRED_NODES: Table = &[must("matchExpressions", Objects(&[ANY_OF_KEY]))];

const ANY_OF_KEY: Table = &[must("key", Fits(LABEL_KEY)), must("operator", Exactly("Exists"))];

const OF_NODE: Table = &[
    must("key", Fits(LABEL_KEY)),
    must("operator", OneOf(&["In", "Exists"])),
    may("values", Alone(&Fits(NODE_LABEL_VALUE))),
];
