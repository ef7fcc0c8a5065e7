//! Pod templates.

use super::container::{CONTAINER, INIT_CONTAINER};
use super::notation::Rule::{Each, Exactly, False, Fits, Numbers, Object, Objects, OneObject, True, Within};
use super::notation::{Table, may, must};
use super::volume::VOLUME;
use super::words::{DOTS, HOST, IP, LABEL, LOW_PORT, NAME, PINNED_VERSION, PORT, QUANTITY, URL_PATH};

/// Labels and annotations of a pod: meshed, deny by default, with a proxy that meets the rules, too.
pub(crate) const POD_METADATA: Table = &[
    must("labels.<app.kubernetes.io/name>", Fits(LABEL)),
    must("labels.<app.kubernetes.io/part-of>", Fits(LABEL)),
    must("labels.<app.kubernetes.io/managed-by>", Exactly("casemate")),
    must("annotations.<linkerd.io/inject>", Exactly("enabled")),
    must("annotations.<config.linkerd.io/default-inbound-policy>", Exactly("deny")),
    must("annotations.<config.linkerd.io/proxy-cpu-request>", Fits(QUANTITY)),
    must("annotations.<config.linkerd.io/proxy-memory-request>", Fits(QUANTITY)),
    must("annotations.<config.linkerd.io/proxy-memory-limit>", Fits(QUANTITY)),
    must("annotations.<config.linkerd.io/proxy-version>", Fits(PINNED_VERSION)),
    may("annotations.<config.linkerd.io/access-log>", Exactly("json")),
    // Which port it is, `scraped-port` holds.
    may("annotations.<prometheus.io/scrape>", Exactly("true")),
    may("annotations.<prometheus.io/port>", Fits(PORT)),
    may("annotations.<prometheus.io/path>", Fits(URL_PATH)),
];

/// What every pod has.
pub(crate) const POD: Table = &[
    must("serviceAccountName", Fits(NAME)),
    must("automountServiceAccountToken", False),
    must("enableServiceLinks", False),
    must("securityContext", Object(&[POD_SECURITY_CONTEXT])),
    must("containers", Objects(&[CONTAINER])),
    may("initContainers", Objects(&[CONTAINER, INIT_CONTAINER])),
    may("volumes", Objects(&[VOLUME])),
    may("imagePullSecrets", Objects(&[NAMED])),
    may("terminationGracePeriodSeconds", Within(1, 86_400)),
    // Absent means that root of the pod is root of the node, and nobody of ours is root.
    may("hostUsers", False),
    may("hostname", Fits(LABEL)),
    may("hostAliases", Objects(&[ALIAS])),
    may("dnsConfig.options", OneObject(&[DOTS_OF_NAMES])),
];

/// A pod that runs until it is replaced.
pub(crate) const LASTING: Table = &[may("restartPolicy", Exactly("Always"))];

/// A pod that runs until it is done.
pub(crate) const FINISHING: Table = &[must("restartPolicy", Exactly("OnFailure"))];

const NAMED: Table = &[must("name", Fits(NAME))];

const POD_SECURITY_CONTEXT: Table = &[
    must("runAsNonRoot", True),
    may("runAsUser", Within(1, 2_147_483_647)),
    may("runAsGroup", Within(1, 2_147_483_647)),
    must("fsGroup", Within(1, 2_147_483_647)),
    must("fsGroupChangePolicy", Exactly("OnRootMismatch")),
    must("seccompProfile.type", Exactly("RuntimeDefault")),
    may("supplementalGroups", Numbers(1, 2_147_483_647)),
    may("sysctls", OneObject(&[SYSCTL])),
];

/// The one safe sysctl that stands for `NET_BIND_SERVICE`. Which port it is, `low-port` holds.
const SYSCTL: Table = &[must("name", Exactly("net.ipv4.ip_unprivileged_port_start")), must("value", Fits(LOW_PORT))];

/// A name for an address that no DNS server has.
const ALIAS: Table = &[must("ip", Fits(IP)), must("hostnames", Each(&Fits(HOST)))];

const DOTS_OF_NAMES: Table = &[must("name", Exactly("ndots")), must("value", Fits(DOTS))];
