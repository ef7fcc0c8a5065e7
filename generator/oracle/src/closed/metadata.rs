//! Metadata, closed like everything else: which labels and annotations an object may bear.

use super::notation::Rule::{Exactly, Fits};
use super::notation::{Table, may, must};
use super::words::{LABEL, NAME, WAVE};

/// An object in a namespace.
pub(crate) const NAMESPACED: Table = &[must("metadata.name", Fits(NAME)), must("metadata.namespace", Fits(LABEL))];

/// An object in no namespace.
pub(crate) const CLUSTER_WIDE: Table = &[must("metadata.name", Fits(NAME))];

/// An object of a service.
pub(crate) const OF_SERVICE: Table = &[
    must("metadata.labels.<app.kubernetes.io/name>", Fits(LABEL)),
    must("metadata.labels.<app.kubernetes.io/part-of>", Fits(LABEL)),
    must("metadata.labels.<app.kubernetes.io/managed-by>", Exactly("casemate")),
];

/// An object that belongs to a service or to a whole namespace.
pub(crate) const OF_SERVICE_OR_NAMESPACE: Table = &[
    may("metadata.labels.<app.kubernetes.io/name>", Fits(LABEL)),
    may("metadata.labels.<app.kubernetes.io/part-of>", Fits(LABEL)),
    must("metadata.labels.<app.kubernetes.io/managed-by>", Exactly("casemate")),
];

/// The wave of a built-in kind.
pub(crate) const WAVED: Table = &[may("metadata.annotations.<argocd.argoproj.io/sync-wave>", Fits(WAVE))];

/// A custom resource: a wave of its own, and no dry run before its definition exists.
pub(crate) const CUSTOM: Table = &[
    must("metadata.annotations.<argocd.argoproj.io/sync-wave>", Fits(WAVE)),
    must("metadata.annotations.<argocd.argoproj.io/sync-options>", Exactly("SkipDryRunOnMissingResource=true")),
];

/// A claim: it outlives its declaration, or says that its data are disposable. Which of the two, `claim-kept` holds.
pub(crate) const KEPT_OR_DISPOSABLE: Table = &[
    may("metadata.labels.<casemate.dev/data>", Exactly("disposable")),
    may("metadata.annotations.<argocd.argoproj.io/sync-wave>", Fits(WAVE)),
    may("metadata.annotations.<argocd.argoproj.io/sync-options>", Exactly("Prune=false,Delete=false")),
    may("metadata.annotations.<argocd.argoproj.io/compare-options>", Exactly("IgnoreExtraneous")),
];

/// An object that outlives its declaration.
pub(crate) const KEPT: Table = &[
    may("metadata.annotations.<argocd.argoproj.io/sync-wave>", Fits(WAVE)),
    must("metadata.annotations.<argocd.argoproj.io/sync-options>", Exactly("Prune=false,Delete=false")),
    must("metadata.annotations.<argocd.argoproj.io/compare-options>", Exactly("IgnoreExtraneous")),
];
