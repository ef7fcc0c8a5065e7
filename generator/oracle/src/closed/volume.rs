//! Volumes of pods. What holds secrets is for its group alone; nothing is optional.

use super::container::RESOURCE_FIELDS;
use super::notation::Rule::{Bool, Exactly, Fits, Number, Object, Objects, OneOf, Within};
use super::notation::{Table, exactly_one_of, may, must};
use super::words::{DATA_KEY, HASHED_NAME, HASHED_OR_ROOT, IMAGE, LABEL, NAME, NON_EMPTY, QUANTITY, RELATIVE_PATH};

/// What a volume can be.
pub(crate) const VOLUME: Table = &[
    must("name", Fits(LABEL)),
    may("emptyDir", Object(&[EMPTY_DIR])),
    may("configMap", Object(&[CONFIG_VOLUME])),
    may("secret", Object(&[SECRET_VOLUME])),
    may("persistentVolumeClaim", Object(&[CLAIM_VOLUME])),
    may("projected", Object(&[PROJECTED_VOLUME])),
    may("image", Object(&[IMAGE_VOLUME])),
    exactly_one_of(&["emptyDir", "configMap", "secret", "persistentVolumeClaim", "projected", "image"]),
];

const EMPTY_DIR: Table = &[must("sizeLimit", Fits(QUANTITY)), may("medium", Exactly("Memory"))];

const CONFIG_VOLUME: Table = &[must("name", Fits(HASHED_NAME)), may("items", Objects(&[FILE]))];

/// Readable for the pod's group, and for nobody else.
const OF_THE_GROUP: i64 = 0o440;

const SECRET_VOLUME: Table = &[
    must("secretName", Fits(NAME)),
    must("items", Objects(&[SECRET_FILE])),
    must("defaultMode", Number(OF_THE_GROUP)),
];

const CLAIM_VOLUME: Table = &[must("claimName", Fits(NAME)), may("readOnly", Bool)];

const IMAGE_VOLUME: Table = &[must("reference", Fits(IMAGE)), must("pullPolicy", Exactly("IfNotPresent"))];

/// A file, which may be a program.
const FILE: Table = &[must("key", Fits(DATA_KEY)), must("path", Fits(RELATIVE_PATH)), may("mode", Number(0o555))];

const SECRET_FILE: Table = &[must("key", Fits(DATA_KEY)), must("path", Fits(RELATIVE_PATH))];

/// The mode is that of what holds secrets, and only of that: `projected-mode`.
const PROJECTED_VOLUME: Table = &[must("sources", Objects(&[SOURCE])), may("defaultMode", Number(OF_THE_GROUP))];

const SOURCE: Table = &[
    may("serviceAccountToken", Object(&[TOKEN])),
    may("configMap", Object(&[CONFIG_SOURCE])),
    may("secret", Object(&[SECRET_SOURCE])),
    may("downwardAPI.items", Objects(&[FILE_ABOUT_THE_POD])),
    exactly_one_of(&["serviceAccountToken", "configMap", "secret", "downwardAPI"]),
];

const TOKEN: Table =
    &[must("path", Exactly("token")), must("expirationSeconds", Within(600, 86_400)), may("audience", Fits(NON_EMPTY))];

const CONFIG_SOURCE: Table = &[must("name", Fits(HASHED_OR_ROOT)), must("items", Objects(&[FILE]))];

const SECRET_SOURCE: Table = &[must("name", Fits(NAME)), must("items", Objects(&[SECRET_FILE]))];

const FILE_ABOUT_THE_POD: Table = &[
    must("path", Fits(RELATIVE_PATH)),
    may("fieldRef", Object(&[FIELD])),
    may("resourceFieldRef", Object(&[RESOURCE])),
    exactly_one_of(&["fieldRef", "resourceFieldRef"]),
];

/// Nodes and addresses are for variables only.
const FIELD: Table = &[
    may("apiVersion", Exactly("v1")),
    must(
        "fieldPath",
        OneOf(&["metadata.name", "metadata.namespace", "metadata.uid", "metadata.labels", "metadata.annotations"]),
    ),
];

const RESOURCE: Table = &[must("containerName", Fits(LABEL)), must("resource", OneOf(RESOURCE_FIELDS))];
