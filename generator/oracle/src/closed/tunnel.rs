//! The keys of cloudflared's `config.yaml`.

use super::notation::Rule::{Bool, Each, Exactly, False, Fits, Object, Objects, OneOf, True, Within};
use super::notation::{Table, may, must};
use super::words::{AUDIENCE, DURATION, HOST_OR_WILDCARD, LABEL, LISTEN, MOUNT_PATH, TUNNEL_SERVICE, UUID};

/// The whole file. There is no `originRequest` at the top: Access there is accepted and not enforced.
pub(crate) const TUNNEL: &[Table] = &[&[
    must("tunnel", Fits(UUID)),
    must("credentials-file", Fits(MOUNT_PATH)),
    must("no-autoupdate", True),
    must("metrics", Fits(LISTEN)),
    must("management-diagnostics", False),
    must("protocol", OneOf(&["quic", "http2"])),
    may("edge-ip-version", Exactly("4")),
    may("no-prechecks", True),
    may("loglevel", OneOf(&["info", "warn", "error"])),
    may("transport-loglevel", OneOf(&["info", "warn", "error"])),
    may("grace-period", Fits(DURATION)),
    may("retries", Within(1, 100)),
    may("post-quantum", Bool),
    must("ingress", Objects(&[RULE])),
]];

/// No `path`: cloudflared's paths are unanchored expressions.
const RULE: Table = &[
    may("hostname", Fits(HOST_OR_WILDCARD)),
    must("service", Fits(TUNNEL_SERVICE)),
    may("originRequest", Object(&[ORIGIN])),
];

const ORIGIN: Table = &[
    may("connectTimeout", Fits(DURATION)),
    may("keepAliveTimeout", Fits(DURATION)),
    may("keepAliveConnections", Within(1, 10_000)),
    may("tcpKeepAlive", Fits(DURATION)),
    may("disableChunkedEncoding", Bool),
    may("access", Object(&[ACCESS])),
];

/// `required` without an audience is accepted and refuses everybody; without `required` it asks nobody.
const ACCESS: Table = &[must("required", True), must("teamName", Fits(LABEL)), must("audTag", Each(&Fits(AUDIENCE)))];
