//! Containers: the heart of the security model's fourth layer.

use super::notation::Rule::{
    Alone, Bool, Exactly, False, Fits, Object, Objects, OneObject, OneOf, True, Within, Words,
};
use super::notation::{Table, at_most_one_of, exactly_one_of, may, must, others};
use super::words::{
    ANY, AUTHORITY, COUNT, DATA_KEY, DEVICE, IMAGE, LABEL, MOUNT_PATH, NAME, PORT_NAME, QUANTITY, RELATIVE_PATH,
    URL_PATH, VARIABLE, WORKING_DIR,
};

/// Uids and gids that are neither root's nor, by the rule across documents, the proxy's.
const LARGEST_ID: i64 = 2_147_483_647;

/// What every container has, be it an ordinary one or one that runs before.
pub(crate) const CONTAINER: Table = &[
    must("name", Fits(LABEL)),
    must("image", Fits(IMAGE)),
    may("imagePullPolicy", OneOf(&["IfNotPresent"])),
    may("command", Words),
    may("args", Words),
    may("workingDir", Fits(WORKING_DIR)),
    may("env", Objects(&[VARIABLE_OF_CONTAINER])),
    may("ports", Objects(&[PORT])),
    may("volumeMounts", Objects(&[MOUNT])),
    may("terminationMessagePolicy", Exactly("FallbackToLogsOnError")),
    must("resources.requests", Object(&[REQUESTS])),
    must("resources.limits", Object(&[LIMITS])),
    must("securityContext", Object(&[SECURITY_CONTEXT])),
    may("startupProbe", Object(&[PROBE])),
    may("livenessProbe", Object(&[PROBE])),
    may("readinessProbe", Object(&[PROBE])),
    may("lifecycle.preStop", Object(&[HOOK])),
];

/// An init container may be a sidecar: one that starts before the others and runs beside them.
pub(crate) const INIT_CONTAINER: Table = &[may("restartPolicy", Exactly("Always"))];

const REQUESTS: Table = &[
    must("cpu", Fits(QUANTITY)),
    must("memory", Fits(QUANTITY)),
    may("ephemeral-storage", Fits(QUANTITY)),
    others(DEVICE, Fits(COUNT)),
];

/// A limit of cpu only throttles; one of memory keeps a leak from the neighbours.
const LIMITS: Table = &[
    may("cpu", Fits(QUANTITY)),
    must("memory", Fits(QUANTITY)),
    may("ephemeral-storage", Fits(QUANTITY)),
    others(DEVICE, Fits(COUNT)),
];

const SECURITY_CONTEXT: Table = &[
    must("runAsUser", Within(1, LARGEST_ID)),
    must("runAsGroup", Within(1, LARGEST_ID)),
    must("runAsNonRoot", True),
    must("readOnlyRootFilesystem", True),
    must("allowPrivilegeEscalation", False),
    must("capabilities.drop", Alone(&Exactly("ALL"))),
    must("seccompProfile.type", Exactly("RuntimeDefault")),
];

const VARIABLE_OF_CONTAINER: Table = &[
    must("name", Fits(VARIABLE)),
    may("value", Fits(ANY)),
    may("valueFrom", Object(&[VALUE_FROM])),
    // Neither is the empty text, which the API server leaves out.
    at_most_one_of(&["value", "valueFrom"]),
];

const VALUE_FROM: Table = &[
    may("secretKeyRef", Object(&[KEY_OF_NAMED])),
    may("configMapKeyRef", Object(&[KEY_OF_NAMED])),
    may("fieldRef", Object(&[FIELD])),
    may("resourceFieldRef.resource", OneOf(RESOURCE_FIELDS)),
    exactly_one_of(&["secretKeyRef", "configMapKeyRef", "fieldRef", "resourceFieldRef"]),
];

/// What a container may be told of its own resources: in bytes and in whole cores, without a divisor.
pub(super) const RESOURCE_FIELDS: &[&str] = &[
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
];

const KEY_OF_NAMED: Table = &[must("name", Fits(NAME)), must("key", Fits(DATA_KEY))];

const FIELD: Table = &[
    may("apiVersion", Exactly("v1")),
    must(
        "fieldPath",
        OneOf(&[
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.podIP",
            "status.podIPs",
        ]),
    ),
];

const PORT: Table =
    &[must("name", Fits(PORT_NAME)), must("containerPort", Within(1, 65535)), may("protocol", OneOf(&["TCP", "UDP"]))];

const MOUNT: Table = &[
    must("name", Fits(LABEL)),
    must("mountPath", Fits(MOUNT_PATH)),
    may("readOnly", Bool),
    may("subPath", Fits(RELATIVE_PATH)),
];

/// On a meshed port only `httpGet` and `exec` say anything; `host` is refused by Pod Security.
const PROBE: Table = &[
    may("httpGet", Object(&[HTTP_GET])),
    may("exec.command", Words),
    exactly_one_of(&["httpGet", "exec"]),
    may("initialDelaySeconds", Within(0, 86_400)),
    may("periodSeconds", Within(1, 86_400)),
    may("timeoutSeconds", Within(1, 3_600)),
    may("failureThreshold", Within(1, 1_000)),
    may("successThreshold", Within(1, 1_000)),
    may("terminationGracePeriodSeconds", Within(1, 3_600)),
];

const HTTP_GET: Table = &[
    must("path", Fits(URL_PATH)),
    must("port", Within(1, 65535)),
    may("scheme", Exactly("HTTP")),
    may("httpHeaders", OneObject(&[HOST_HEADER])),
];

/// The one header that decides whether a server knows the host that it is asked for.
const HOST_HEADER: Table = &[must("name", Exactly("Host")), must("value", Fits(AUTHORITY))];

const HOOK: Table =
    &[may("exec.command", Words), may("sleep.seconds", Within(1, 3_600)), exactly_one_of(&["exec", "sleep"])];
