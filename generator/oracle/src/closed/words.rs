//! Patterns of strings, named as Kubernetes names them.

use super::notation::Pattern;

/// Declares a pattern with its name, its sentence and its function.
macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $says:literal, $holds:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: Pattern = Pattern { says: $says, holds: $holds };)*
    };
}

patterns! {
    /// Free text; rules across documents look into it.
    ANY = "a string", |_| true;
    /// Free text that says something.
    NON_EMPTY = "a text that is not empty", |text| !text.trim().is_empty();
    /// An RFC 1123 label.
    LABEL = "a DNS label", is_label;
    CLUSTER_NAMES = "the name of a namespace, or all names that begin with one and a dot", is_cluster_names;
    /// An RFC 1123 subdomain.
    NAME = "a DNS subdomain", is_subdomain;
    /// A key of a ConfigMap or Secret.
    DATA_KEY = "a key of a ConfigMap or a Secret", is_data_key;
    /// A name of an environment variable.
    VARIABLE = "a name of an environment variable", is_variable;
    /// A host name, the first label of which may be `*`.
    HOST_OR_WILDCARD = "a lower-case host name or a wildcard below one", |text| is_host(text.strip_prefix("*.").unwrap_or(text));
    /// The target of a tunnel's record.
    TUNNEL_TARGET = "a tunnel's own host name", |text| text.strip_suffix(".cfargotunnel.com").is_some_and(is_uuid);
    /// A UUID.
    UUID = "a UUID in lower case", is_uuid;
    /// The audience tag of an Access application.
    AUDIENCE = "an audience tag of 64 hexadecimal digits", |text| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    /// An address to listen at.
    LISTEN = "0.0.0.0 and a port", |text| text.strip_prefix("0.0.0.0:").is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    /// What a tunnel rule may forward to.
    TUNNEL_SERVICE = "http://<service>.<namespace>.svc.<domain>:<port> or http_status:404", is_tunnel_service;
    /// An absolute path that a container can mount at.
    MOUNT_PATH = "a mount point below the root, without `..` and not in /proc, /sys or /dev, but for /dev/shm", is_mount_path;
    /// A directory to start in.
    WORKING_DIR = "an absolute path without `..`", |text| text == "/" || text.strip_prefix('/').is_some_and(is_relative_path);
    /// A path below a volume.
    RELATIVE_PATH = "a relative path without `..`", is_relative_path;
    /// A path of an HTTP request.
    URL_PATH = "an absolute path", |text| text.starts_with('/') && !text.contains(char::is_whitespace);
    /// An amount.
    QUANTITY = "a positive quantity", is_quantity;
    /// How many there are.
    COUNT = "a positive whole number as text", |text| is_digits(text) && !text.starts_with('0') && text.len() <= 9;
    /// A resource that a device plugin announces.
    DEVICE = "a device's domain and name", is_device;
    /// A host, as a request names it: with its port where it is not the usual one.
    AUTHORITY = "a host, with or without its port", |text| {
        let (host, port) = text.split_once(':').unwrap_or((text, "80"));
        is_subdomain(host) && port.parse::<u16>().is_ok_and(|number| number > 0)
    };
    /// An address of IPv4.
    IP = "an address of IPv4", |text| text.parse::<std::net::Ipv4Addr>().is_ok_and(|address| !address.is_loopback() && !address.is_unspecified());
    /// A host name.
    HOST = "a lower-case host name", is_host;
    /// A class of priorities, none of the two that keep a cluster alive.
    PRIORITY_CLASS = "a priority class, none of Kubernetes' own", |text| is_subdomain(text) && !text.starts_with("system-");
    /// A port that only root can listen on unless its pod says otherwise.
    PORT = "a port as text", |text| is_digits(text) && !text.starts_with('0') && text.parse::<u16>().is_ok();
    LOW_PORT = "a port from 1 to 1023 as text", |text| is_digits(text) && !text.starts_with('0') && text.parse::<u16>().is_ok_and(|number| number < 1024);
    /// Dots of a name before it is tried as it stands.
    DOTS = "a number of dots from 0 to 15 as text", |text| is_digits(text) && text.parse::<u8>().is_ok_and(|dots| dots <= 15 && dots.to_string() == text);
    /// A Job's name with a hash of its template, which cannot be changed.
    JOB_NAME = "a name that ends with ten hexadecimal digits of a hash of the template", |text| {
        is_subdomain(text) && text.len() <= 63 && text.rsplit_once('-').is_some_and(|(_, hash)| hash.len() == 10 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)))
    };
    /// An image with tag and digest.
    IMAGE = "an image with registry, tag and sha256 digest", is_image;
    /// A version with digest.
    PINNED_VERSION = "a version with a sha256 digest", is_pinned_version;
    /// A Pod Security version.
    POD_SECURITY_VERSION = "a pinned version such as v1.35", |text| text.strip_prefix("v1.").is_some_and(is_digits);
    /// A ConfigMap name with a hash of its content.
    HASHED_NAME = "a name that ends with a hash of the content", is_hashed;
    /// Such a name, or that of the only `ConfigMap` that Kubernetes itself puts into every namespace.
    HASHED_OR_ROOT = "a name that ends with a hash of the content, or kube-root-ca.crt", |text| is_hashed(text) || text == "kube-root-ca.crt";
    /// A sync wave.
    WAVE = "a whole number as text", |text| is_digits(text.strip_prefix('-').unwrap_or(text));
    /// A CIDR block of IPv4.
    CIDR = "a CIDR block of IPv4", |text| crate::cidr::Block::parse(text).is_some();
    /// A label's key.
    LABEL_KEY = "a key of a label", is_label_key;
    /// A label's value.
    LABEL_VALUE = "a value of a label", is_label_value;
    /// A value of a node's label, whose key often says enough.
    NODE_LABEL_VALUE = "a value of a label, or the empty one", |text| text.is_empty() || is_label_value(text);
    /// The path of a 1Password item.
    ITEM_PATH = "vaults/<vault>/items/<item>", is_item_path;
    /// A place in the repository.
    TREE_PATH = "a folder of the tree", |text| is_relative_path(text) && text.contains('/') && !text.contains(['*', '$']);
    /// A duration as Go writes it.
    GO_DURATION = "a duration in hours, minutes and seconds", |text| {
        let parts = text.split_inclusive(['h', 'm', 's']).map(|part| part.split_at(part.len().saturating_sub(1)));
        let parts: Vec<_> = parts.collect();
        !parts.is_empty() && parts.iter().all(|(number, unit)| is_digits(number) && ["h", "m", "s"].contains(unit))
    };
    /// The name of a webhook.
    WEBHOOK_NAME = "a domain of three parts at least", |text| is_subdomain(text) && text.split('.').count() >= 3;
    /// A version of an API.
    API_VERSION = "a version of an API such as v1", |text| text.strip_prefix('v').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()) && is_label(rest));
    /// A version of an API, or all of them.
    API_VERSION_OR_ALL = "a version of an API, or `*`", |text| text == "*" || (API_VERSION.holds)(text);
    /// A resource or a part of one, never all.
    SUBRESOURCE = "a resource, or a part of one", |text| text.split('/').count() <= 2 && text.split('/').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase()));
    /// An expression. Whether it means anything, its engine says.
    EXPRESSION = "an expression", |text| text.starts_with(|first: char| first.is_ascii_alphanumeric() || "!([{'\"-".contains(first));
    /// The name of an expression.
    EXPRESSION_NAME = "lower-case words", |text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    /// A variable of an expression, which has to be a word of the expression language.
    VARIABLE_NAME = "lower-case words with `_` between them", |text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    /// A certificate to inject: its namespace and name.
    CERTIFICATE = "<namespace>/<certificate>", |text| text.split_once('/').is_some_and(|(namespace, name)| is_label(namespace) && is_subdomain(name));
    /// A Git repository without credentials.
    REPOSITORY = "a Git repository without credentials and without wildcard", is_repository;
    /// A repository of charts: over HTTPS, or in a registry, which Argo CD names without a scheme.
    CHART_REPOSITORY = "an HTTPS address or a registry's, without credentials and without wildcard", |text| is_repository(text) || is_registry(text);
    /// Names of objects that a chart may create in no namespace: one, or all that begin or end in one way.
    CHART_NAMES = "a name, or the beginning or the end of names", is_chart_names;
    /// A kind.
    KIND_NAME = "a kind", |text| text.starts_with(|first: char| first.is_ascii_uppercase()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    /// A Git revision.
    REVISION = "a branch, tag or commit, never HEAD", |text| text != "HEAD" && is_relative_path(text) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte));
    /// A Go duration.
    DURATION = "a duration", |text| text.strip_suffix(['s', 'm', 'h']).is_some_and(is_digits);
    /// The name of a port: protocol and number.
    PORT_NAME = "<protocol>-<number>", |text| is_label(text) && text.len() <= 15 && text.split_once('-').is_some_and(|(_, number)| is_digits(number));
    /// A cron schedule.
    SCHEDULE = "a schedule of five fields", |text| text.split(' ').count() == 5 && text.bytes().all(|byte| b"0123456789*/,- ?".contains(&byte) || byte.is_ascii_uppercase());
    /// A time zone.
    TIME_ZONE = "a time zone", |text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte));
    /// An API group that RBAC may name.
    API_GROUP = "an API group, no wildcard", |text| text.is_empty() || is_subdomain(text);
    /// An API group in which a service may be permitted something.
    PERMITTED_GROUP = "an API group that grants nothing to others: no permissions, certificates, secrets or admission", |text| (text.is_empty() || is_subdomain(text)) && !GRASPING_GROUPS.contains(&text);
    /// A resource that a service may be permitted.
    RESOURCE = "a resource that grants no secrets, no tokens, no exec and no permissions", is_harmless_resource;
}

/// Resources that would let a service take more than it was given.
const GRASPING: [&str; 19] = [
    "secrets",
    "serviceaccounts",
    "roles",
    "rolebindings",
    "clusterroles",
    "clusterrolebindings",
    "pods/exec",
    "pods/attach",
    "pods/portforward",
    "pods/proxy",
    "pods/ephemeralcontainers",
    "services/proxy",
    "nodes/proxy",
    "serviceaccounts/token",
    "certificatesigningrequests",
    "tokenreviews",
    "onepassworditems",
    "networkpolicies",
    "authorizationpolicies",
];

/// Groups the objects of which decide what others may do.
const GRASPING_GROUPS: [&str; 6] = [
    "rbac.authorization.k8s.io",
    "authentication.k8s.io",
    "certificates.k8s.io",
    "admissionregistration.k8s.io",
    "policy.linkerd.io",
    "onepassword.com",
];

fn is_harmless_resource(text: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let part = text.split_once('/').map(|(_, part)| part);
    text.split('/').count() <= 2
        && text.split('/').all(word)
        && part.is_none_or(|part| ["status", "finalizers"].contains(&part))
        && !GRASPING.contains(&text)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An RFC 1123 label.
pub(crate) fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn is_cluster_names(text: &str) -> bool {
    is_label(text.strip_suffix(".*").unwrap_or(text))
}

fn is_subdomain(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label)
}

/// A host name as the tunnel and the mesh compare it.
pub(crate) fn is_host(text: &str) -> bool {
    let last = text.rsplit('.').next().unwrap_or_default();
    is_subdomain(text) && text.contains('.') && last.starts_with(|first: char| first.is_ascii_lowercase())
}

/// A UUID in lower case.
pub(crate) fn is_uuid(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let hexadecimal = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(hexadecimal)
}

fn is_tunnel_service(text: &str) -> bool {
    let in_cluster = |(host, port): (&str, &str)| {
        is_host(host)
            && host.split('.').nth(2) == Some("svc")
            && port.parse::<u16>().is_ok_and(|number| number > 0 && number.to_string() == port)
    };
    text == "http_status:404"
        || text.strip_prefix("http://").and_then(|rest| rest.rsplit_once(':')).is_some_and(in_cluster)
}

fn is_data_key(text: &str) -> bool {
    (1..=253).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && !text.starts_with("..")
        && text != "."
}

fn is_variable(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_relative_path(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-+@~".contains(&byte);
    text.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && part.bytes().all(allowed))
}

fn is_mount_path(text: &str) -> bool {
    let Some(relative) = text.strip_prefix('/') else { return false };
    let top = relative.split('/').next().unwrap_or_default();
    is_relative_path(relative) && (!["proc", "sys", "dev"].contains(&top) || relative == "dev/shm")
}

fn is_quantity(text: &str) -> bool {
    const SUFFIXES: [&str; 14] = ["", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (digits, suffix) = text.split_at(end);
    is_digits(digits) && digits.bytes().any(|byte| byte != b'0') && SUFFIXES.contains(&suffix)
}

fn is_hashed(text: &str) -> bool {
    let is_hash = |hash: &str| hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_subdomain(text) && text.rsplit_once('-').is_some_and(|(_, hash)| is_hash(hash))
}

/// A domain and a name, none of them Kubernetes' own.
fn is_device(text: &str) -> bool {
    text.split_once('/').is_some_and(|(domain, name)| {
        is_host(domain)
            && !domain.starts_with("requests.")
            && !domain.split('.').rev().take(2).eq(["io", "kubernetes"])
            && is_label_value(name)
    })
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(|digits| {
        digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}

fn is_tag(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text != "latest"
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

fn is_pinned_version(text: &str) -> bool {
    text.split_once('@').is_some_and(|(tag, digest)| is_tag(tag) && is_digest(digest))
}

fn is_image(text: &str) -> bool {
    let Some((reference, digest)) = text.split_once('@') else { return false };
    let Some((repository, tag)) = reference.rsplit_once(':') else { return false };
    let Some((registry, path)) = repository.split_once('/') else { return false };
    let part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte))
    };
    let (host, number) = registry.split_once(':').unwrap_or((registry, "443"));
    is_digest(digest)
        && is_tag(tag)
        && host.contains('.')
        && is_subdomain(host)
        && is_digits(number)
        && path.split('/').all(part)
}

fn is_label_value(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=63).contains(&text.len())
        && text.bytes().all(inner)
        && !text.starts_with(['-', '_', '.'])
        && !text.ends_with(['-', '_', '.'])
}

fn is_label_key(text: &str) -> bool {
    match text.split_once('/') {
        Some((prefix, name)) => is_subdomain(prefix) && is_label_value(name),
        None => is_label_value(text),
    }
}

fn is_item_path(text: &str) -> bool {
    let parts: Vec<_> = text.split('/').collect();
    matches!(parts.as_slice(), ["vaults", vault, "items", item] if !vault.trim().is_empty() && !item.trim().is_empty())
}

fn is_registry(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or_default();
    text.contains('/') && is_host(host) && !text.contains(['@', '*', '?', ' ', '!', ':'])
}

fn is_chart_names(text: &str) -> bool {
    let rest = text.strip_suffix('*').or_else(|| text.strip_prefix('*')).unwrap_or(text);
    rest.len() >= 4
        && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.:".contains(&byte))
}

fn is_repository(text: &str) -> bool {
    let known = ["https://", "ssh://git@", "file:///"].iter().find_map(|scheme| text.strip_prefix(scheme));
    known.is_some_and(|rest| !rest.is_empty() && !rest.contains(['@', '*', '?', ' ', '!']))
}
