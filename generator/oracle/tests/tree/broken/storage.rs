//! Volumes of all forms, and what is mounted of them.

use serde_json::json;

use crate::breach::{Twin, remove, set};

pub(crate) fn twins() -> Vec<Twin> {
    [mounts(), sources()].concat()
}

fn mounts() -> Vec<Twin> {
    const STORE: &str = "StatefulSet depot/store";
    const TRAIN: &str = "Job depot/train-0a1b2c3d4e";
    const OPERATOR: &str = "Deployment operators/cachectl";
    vec![
        // A directory below another one comes after it, and below something that can be written.
        set(STORE, "/spec/template/spec/containers/0/volumeMounts/1/mountPath", json!("/data"), "mount-apart"),
        set(STORE, "/spec/template/spec/containers/0/volumeMounts/0/mountPath", json!("/data/work/x"), "mount-apart"),
        set(STORE, "/spec/template/spec/containers/0/volumeMounts/0/readOnly", json!(true), "mount-apart"),
        set(
            OPERATOR,
            "/spec/template/spec/containers/0/volumeMounts/3/mountPath",
            json!("/models/films"),
            "mount-apart",
        ),
        set(STORE, "/spec/template/spec/containers/0/volumeMounts/0/subPath", json!("../etc"), "value"),
        set(STORE, "/spec/template/spec/containers/0/volumeMounts/0/subPath", json!("/etc"), "value"),
        set(STORE, "/spec/template/spec/containers/0/volumeMounts/0/subPathExpr", json!("$(POD)"), "unknown-path"),
        set(TRAIN, "/spec/template/spec/containers/0/volumeMounts/0/mountPath", json!("/dev/shm"), "shared-memory"),
        set(TRAIN, "/spec/template/spec/containers/0/volumeMounts/1/mountPath", json!("/dev/mem"), "value"),
        remove(TRAIN, "/spec/template/spec/volumes/1/emptyDir/medium", "shared-memory"),
        set(TRAIN, "/spec/template/spec/volumes/1/emptyDir/medium", json!("HugePages"), "value"),
        set("PersistentVolumeClaim shop/archive", "/spec/accessModes", json!(["ReadWriteOncePod"]), "claim-one-pod"),
    ]
}

fn sources() -> Vec<Twin> {
    const OPERATOR: &str = "Deployment operators/cachectl";
    const INDEX: &str = "StatefulSet depot/index";
    const SOURCES: &str = "/spec/template/spec/volumes/0/projected/sources";
    const FIRST: &str = "/spec/template/spec/volumes/0/projected/sources/0/configMap";
    vec![
        set(OPERATOR, SOURCES, json!([]), "empty"),
        set(OPERATOR, FIRST, json!({"name": "cachectl-config-0123456789"}), "missing-path"),
        set(
            OPERATOR,
            "/spec/template/spec/volumes/0/projected/sources/0/configMap/optional",
            json!(true),
            "unknown-path",
        ),
        set(OPERATOR, "/spec/template/spec/volumes/0/projected/sources/1/secret/optional", json!(true), "unknown-path"),
        set(OPERATOR, "/spec/template/spec/volumes/0/projected/sources/1/secret/name", json!("other"), "secret-item"),
        set(
            OPERATOR,
            "/spec/template/spec/volumes/0/projected/sources/0/configMap/items/1/mode",
            json!(0o777),
            "value",
        ),
        set(
            OPERATOR,
            "/spec/template/spec/volumes/0/projected/sources/1/secret/items/0/mode",
            json!(0o444),
            "unknown-path",
        ),
        set(
            OPERATOR,
            "/spec/template/spec/volumes/0/projected/sources/0/configMap/items/1/path",
            json!("labels"),
            "file-once",
        ),
        set(
            OPERATOR,
            "/spec/template/spec/volumes/0/projected/sources/0/configMap/items/1/path",
            json!("labels/x"),
            "file-once",
        ),
        set(
            OPERATOR,
            "/spec/template/spec/volumes/0/projected/sources/0/configMap/items/1/key",
            json!("x"),
            "config-exists",
        ),
        set(OPERATOR, "/spec/template/spec/volumes/0/projected/defaultMode", json!(0o444), "value"),
        remove(OPERATOR, "/spec/template/spec/volumes/0/projected/defaultMode", "projected-mode"),
        remove(OPERATOR, "/spec/template/spec/volumes/0/projected/sources/1", "projected-mode"),
        set(
            OPERATOR,
            "/spec/template/spec/volumes/4/projected/sources/-",
            json!({"secret": {"name": "cachectl-key", "items": [{"key": "key.pem", "path": "key.pem"}]}}),
            "token-alone",
        ),
        set(
            OPERATOR,
            "/spec/template/spec/volumes/0/projected/sources/2/downwardAPI/items/0/fieldRef/fieldPath",
            json!("status.hostIP"),
            "value",
        ),
        set(
            OPERATOR,
            "/spec/template/spec/volumes/0/projected/sources/2/downwardAPI/items/1/resourceFieldRef/containerName",
            json!("linkerd-proxy"),
            "file-of-container",
        ),
        set(
            OPERATOR,
            "/spec/template/spec/volumes/0/projected/sources/2/downwardAPI/items/1/resourceFieldRef/resource",
            json!("limits.cpu"),
            "file-of-container",
        ),
        remove(OPERATOR, "/spec/template/spec/containers/0/volumeMounts/2/readOnly", "read-only-mount"),
        set(OPERATOR, "/spec/template/spec/volumes/2/image/reference", json!("registry.example.com/models:1"), "value"),
        set(OPERATOR, "/spec/template/spec/volumes/2/image/pullPolicy", json!("Always"), "value"),
        set(
            "Namespace operators",
            "/metadata/labels/pod-security.kubernetes.io~1enforce-version",
            json!("v1.34"),
            "image-volume-version",
        ),
        set(OPERATOR, "/spec/template/spec/volumes/3/persistentVolumeClaim/claimName", json!("music"), "claim-exists"),
        remove(
            "CronJob shop/report",
            "/spec/jobTemplate/spec/template/spec/volumes/2/secret/defaultMode",
            "missing-path",
        ),
        set(
            "Deployment shop/storefront",
            "/spec/template/spec/volumes/1/configMap/defaultMode",
            json!(0o777),
            "unknown-path",
        ),
        set(
            INDEX,
            "/spec/template/spec/containers/0/env",
            json!([{"name": "A", "value": "$(B)"}, {"name": "B", "value": "b"}]),
            "variable-order",
        ),
    ]
}
