//! What each word accepts and refuses, edge by edge.
//!
//! `tests/refused` shows that a refusal is a compile error; here the same checks run as ordinary functions, over more texts.

use std::panic::{UnwindSafe, catch_unwind};

use casemate_dsl::Item;
use casemate_dsl::prelude::*;
use casemate_dsl::word::{ItemTitle, ResourceName, is_of_the_platform, names_credential};

/// What a check says to `value`: nothing, or its sentence.
fn said<V, T>(check: fn(V) -> T, value: V) -> Option<String>
where
    V: UnwindSafe,
{
    let panic = catch_unwind(|| check(value)).err()?;
    let sentence = panic.downcast_ref::<String>().cloned();
    Some(sentence.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default())
}

#[track_caller]
fn accepts<V, T>(check: fn(V) -> T, values: impl IntoIterator<Item = V>)
where
    V: Copy + UnwindSafe + std::fmt::Debug,
{
    for value in values {
        assert_eq!(said(check, value), None, "{value:?}");
    }
}

/// Each value is refused with a sentence that holds `because`.
#[track_caller]
fn refuses<V, T>(check: fn(V) -> T, because: &str, values: impl IntoIterator<Item = V>)
where
    V: Copy + UnwindSafe + std::fmt::Debug,
{
    for value in values {
        let Some(sentence) = said(check, value) else { panic!("{value:?} is accepted") };
        assert!(sentence.contains(because), "{value:?} is refused with `{sentence}`, not because of `{because}`");
    }
}

/// A text of `length` letters.
fn letters(length: usize) -> &'static str {
    "a".repeat(length).leak()
}

/// `before`, then as many letters as are missing to `length`.
fn padded(before: &str, length: usize) -> &'static str {
    format!("{before}{}", "a".repeat(length - before.len())).leak()
}

const DIGEST: &str = "4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2";

/// `reference` with a digest.
fn pinned(reference: &str) -> &'static str {
    format!("{reference}@sha256:{DIGEST}").leak()
}

#[test]
fn names() {
    accepts(Name::checked, ["a", "trips-api", "a1", "a--b", "on", "no", "xn--bcher-kva", letters(63)]);
    refuses(
        Name::checked,
        "at most 63",
        ["", "-a", "a-", "1a", "A", "Trips", "a_b", "a.b", "a b", " a", "a\n", letters(64)],
    );
    refuses(Name::checked, "at most 63", ["bücher", "а", "a\u{200b}", "a\0", "*", "a/b"]);
}

#[test]
fn namespaces() {
    accepts(Namespace::checked, ["trips", "defaults", "kubeview", "argocd-image", "my-kube-system", letters(63)]);
    refuses(
        Namespace::checked,
        "platform",
        ["default", "kube-system", "kube-public", "kube-node-lease", "kube-anything"],
    );
    refuses(
        Namespace::checked,
        "platform",
        ["linkerd", "linkerd-viz", "linkerd-cni", "cert-manager", "kyverno", "argocd"],
    );
    refuses(Namespace::checked, "at most 63", ["", "Trips", "-trips", "trips\n", "kube_system", letters(64)]);
}

#[test]
fn hosts() {
    let long = [letters(63); 3].join(".");
    accepts(Host::checked, ["example.com", "a.b.c.d.e", "xn--bcher-kva.example", "1.example.com", "a-b.example.com"]);
    accepts(Host::checked, [padded(&format!("{long}."), 253), "cluster.local"]);
    refuses(
        Host::checked,
        "labels",
        [padded(&format!("{long}."), 254), "", ".", "a", "localhost", "example.com.", ".example.com"],
    );
    refuses(
        Host::checked,
        "labels",
        ["a..b", "-a.com", "a-.com", "a_b.com", "a b.com", "a.com\n", "bücher.example", "a.com\0"],
    );
    refuses(Host::checked, "labels", ["user@example.com", "exa$mple.com", format!("{}.com", letters(64)).leak()]);
    refuses(Host::checked, "scheme", ["https://example.com", "ssh://git.example.com:22"]);
    refuses(Host::checked, "port", ["example.com:443", "::1", "[::1]", "2001:db8::1"]);
    refuses(Host::checked, "path", ["example.com/", "example.com/a", "//example.com"]);
    refuses(Host::checked, "wildcard", ["*", "*.example.com", "a.*.com", "ex*mple.com"]);
    refuses(Host::checked, "lower case", ["Example.com", "example.COM"]);
    refuses(Host::checked, "address", ["192.168.1.10", "1.1", "10.0.0.256"]);
}

#[test]
fn zones_and_their_hosts() {
    accepts(Zone::checked, ["example.com", "k8s.example.com"]);
    let long = "abcdefgh.".repeat(7);
    accepts(Zone::checked, [padded(&format!("{}.{long}", letters(63)), 189)]);
    refuses(Zone::checked, "189", [padded(&format!("{}.{long}", letters(63)), 190)]);
    refuses(Zone::checked, "", ["com", "*.example.com", ".example.com", "https://example.com"]);
    assert_eq!(zone!("example.com").host(name!("img")).as_str(), "img.example.com");
    let longest = Zone::checked(padded(&format!("{}.{long}", letters(63)), 189)).host(Name::checked(letters(63)));
    assert_eq!(longest.as_str().len(), 253);
    accepts(Host::checked, [longest.as_str()]);
}

#[test]
fn labels() {
    let accepted = |key, value| catch_unwind(|| Label::checked(key, value)).is_ok();
    for key in ["app", "App", "a", "app.kubernetes.io/name", "a.b/c_d.e-f", letters(63), padded("example.com/", 75)] {
        assert!(accepted(key, "nats"), "{key}");
    }
    for key in [
        "",
        "/",
        "a/",
        "/a",
        "a/b/c",
        "-a",
        "a-",
        "A.com/a",
        "a b",
        "a\n",
        "ä",
        letters(64),
        padded("example.com/", 76),
    ] {
        assert!(!accepted(key, "nats"), "{key}");
    }
    for value in ["a", "A", "0", "a_b", "a.b", "a-b", letters(63)] {
        assert!(accepted("app", value), "{value}");
    }
    for value in ["", "-a", "a-", ".a", "_a", "a b", "a/b", "ä", "a\n", letters(64)] {
        assert!(!accepted("app", value), "{value}");
    }
}

#[test]
fn labels_of_nodes() {
    let accepted = |key, value| catch_unwind(|| NodeLabel::checked(key, value)).is_ok();
    for key in ["disk", "node-role.kubernetes.io/control-plane", letters(63), padded("example.com/", 75)] {
        for value in [None, Some(""), Some("a"), Some("a_b.c-d"), Some(letters(63))] {
            assert!(accepted(key, value), "{key} {value:?}");
        }
    }
    for key in ["", "/", "a/", "/a", "-a", "a b", "*", letters(64)] {
        for value in [None, Some(""), Some("a")] {
            assert!(!accepted(key, value), "{key} {value:?}");
        }
    }
    for value in [" ", "-a", "a-", "*", "a/b", letters(64)] {
        assert!(!accepted("disk", Some(value)), "{value}");
    }
    assert_eq!(node_label!("disk", Exists).value(), None);
    assert_eq!(node_label!("disk", "").value(), Some(""));
}

#[test]
fn networks() {
    accepts(
        Cidr::checked,
        ["10.42.0.0/16", "10.0.0.0/8", "128.0.0.0/1", "192.168.1.10/32", "255.255.255.255/32", "172.16.0.0/12"],
    );
    refuses(Cidr::checked, "everywhere", ["0.0.0.0/0", "10.0.0.0/0"]);
    refuses(Cidr::checked, "no bit", ["10.42.0.1/16", "10.42.1.0/16", "192.0.0.0/1", "10.0.0.1/31"]);
    refuses(
        Cidr::checked,
        "length of its prefix",
        ["", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/8 "],
    );
    refuses(
        Cidr::checked,
        "length of its prefix",
        ["10.0.0/8", "10.0.0.0.0/8", "256.0.0.0/8", "010.0.0.0/8", "fd00::/8", "::/0"],
    );
    refuses(
        Cidr::checked,
        "length of its prefix",
        ["10.0.0.0/8\n", "10.0.0.0/8/8", "10.0.0.0/-1", "10.0.0.0/+8", "*", "any"],
    );
    accepts(Ip::checked, ["0.0.0.0", "192.168.1.10", "255.255.255.255"]);
    refuses(
        Ip::checked,
        "four numbers",
        ["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "1.2.3.4 ", "1.2.3.4\n", "1..3.4", "::1"],
    );
}

#[test]
fn ports() {
    accepts(PortNumber::checked, [1024, 8080, 4139, 4141, 4142, 4144, 4189, 4192, 65_535]);
    refuses(PortNumber::checked, "below 1024", [0, 1, 80, 443, 1023]);
    refuses(PortNumber::checked, "Linkerd", [4140, 4143, 4190, 4191]);
    refuses(PortNumber::checked, "at most 65535", [65_536, 131_152, u32::MAX]);
    accepts(PortNumber::checked_low, [1, 53, 80, 443, 1023]);
    refuses(PortNumber::checked_low, "1 to 1023", [0, 1024, 8080, 65_536]);
    accepts(PortNumber::checked_of_peer, [1, 80, 443, 65_535]);
    refuses(PortNumber::checked_of_peer, "1 to 65535", [0, 65_536, u32::MAX]);
    refuses(Port::<(), Http>::numbered, "below 1024", [port_number!(80)]);
    refuses(Port::<(), Http>::numbered, "Linkerd", [port_number!(4143)]);
}

#[test]
fn paths() {
    accepts(
        Path::checked,
        ["/", "/healthz", "/a/b/c", "/.well-known", "/..a", "/a..", "/a.b", "/-/ready", padded("/", 1024)],
    );
    refuses(Path::checked, "begins with a slash", ["", "healthz", "./a", " /a", "C:/a"]);
    refuses(Path::checked, "ends without", ["/a/", "//"]);
    refuses(
        Path::checked,
        "already resolved",
        ["/a//b", "//a", "/.", "/..", "/a/.", "/a/..", "/a/./b", "/a/../b", "/../etc"],
    );
    refuses(Path::checked, "no query", ["/a?b", "/a#b", "/a*", "/a:b", "/a\\b", "/a\"b", "/a'b", "/$HOME", "/$(id)"]);
    refuses(Path::checked, "printable", ["/a b", "/a\n", "/a\t", "/ä", "/a\0", padded("/", 1025)]);
}

#[test]
fn paths_within_volumes() {
    accepts(
        SubPath::checked,
        ["a", "home/config", ".config", "..a", "a..", "a.b", "-", "lost+found", "a@2", padded("a/", 255)],
    );
    refuses(SubPath::checked, "no slash first or last", ["", "/", "/a", "a/", "/a/"]);
    refuses(SubPath::checked, "stays within", ["..", ".", "../a", "a/..", "a/../b", "./a", "a/.", "a//b"]);
    refuses(SubPath::checked, "no wildcard", ["$(NAME)", "a*", "a:b", "a?b", "a#b", "a\\b", "a\"b", "a'b"]);
    refuses(SubPath::checked, "at most 255", ["a b", "a\n", "ä", "a\0", padded("a", 256)]);
}

#[test]
fn names_of_files() {
    accepts(FileName::checked, ["a", "ledger.toml", ".env", "a..b", "a.", "-", "_", "001_A-b.sql", letters(253)]);
    refuses(FileName::checked, "1 to 253", ["", "a/b", "/a", "a b", "a\n", "ä", "$a", "a:b", letters(254)]);
    refuses(FileName::checked, "two dots", [".", "..", "..data", "...a"]);
}

#[test]
fn quantities_of_cpu() {
    accepts(Cpu::checked, ["1", "2", "9999", "1m", "250m", "999m", "1500m", "999999999m"]);
    refuses(Cpu::checked, "whole cores are written", ["1000m", "2000m", "10000m"]);
    refuses(
        Cpu::checked,
        "above zero",
        ["", "0", "0m", "m", "00", "01", "0.25", "1.5", "-1", "+1", "1 ", " 1", "1\n", "1k", "1M", "250u"],
    );
    refuses(Cpu::checked, "above zero", ["10000", "9999999999m", "1e3", "١", "250M"]);
    assert_eq!(["250m", "2", "1500m"].map(|text| Cpu::checked(text).millis()), [250, 2000, 1500]);
}

#[test]
fn quantities_of_memory_and_storage() {
    for check in [|text| Memory::checked(text).as_str(), |text: &'static str| Storage::checked(text).as_str()] {
        accepts(check, ["1Ki", "64Mi", "1Gi", "1023Mi", "1025Mi", "1536Mi", "5Gi", "1Ti", "8388607Ti"]);
        refuses(
            check,
            "above zero",
            ["", "0", "0Mi", "Mi", "64", "64M", "64MB", "64mi", "64 Mi", "64Mi ", "64Mi\n", "064Mi", "-1Mi"],
        );
        refuses(check, "above zero", ["0.5Gi", "1e3", "1Pi", "9999999999Mi", "٦Mi"]);
        refuses(check, "largest unit", ["1024Ki", "1024Mi", "2048Gi", "1048576Ki", "1024Ti"]);
        refuses(check, "int64", ["8388609Ti", "999999999Ti"]);
    }
    assert_eq!(
        ["1Ki", "3Mi", "5Gi", "2Ti"].map(|text| Memory::checked(text).bytes()),
        [1 << 10, 3 << 20, 5 << 30, 2 << 40]
    );
    assert_eq!(Storage::checked("8388607Ti").bytes(), 8_388_607 << 40);
}

#[test]
fn schedules() {
    accepts(
        Cron::checked,
        ["* * * * *", "0 0 1 1 0", "59 23 31 12 6", "*/5 * * * *", "0 */6 * * *", "0-30/10 8-18 * * 1-5"],
    );
    accepts(Cron::checked, ["0,15,30,45 * * * *", "5,10-20,*/30 * * * *", "0 0 1,15 * *"]);
    refuses(Cron::checked, "five fields", ["", "*", "* * * *", "* * * * * *", " * * * * *", "*  * * * *", "@hourly"]);
    refuses(
        Cron::checked,
        "minute",
        ["60 * * * *", "a * * * *", "-1 * * * *", "00 * * * *", "*/0 * * * *", "*/60 * * * *", "*5 * * * *"],
    );
    refuses(
        Cron::checked,
        "minute",
        [", * * * *", "1, * * * *", ",1 * * * *", "1,,2 * * * *", "5-1 * * * *", "1- * * * *", "1/5 * * * *"],
    );
    refuses(
        Cron::checked,
        "minute",
        ["1-2-3 * * * *", "*/ * * * *", "*/5/5 * * * *", "** * * * *", "? * * * *", "\t* * * * *"],
    );
    refuses(Cron::checked, "hour", ["* 24 * * *", "* 0-24 * * *", "* */24 * * *"]);
    refuses(Cron::checked, "day of the month", ["* * 0 * *", "* * 32 * *", "* * L * *"]);
    refuses(Cron::checked, "the month:", ["* * * 0 *", "* * * 13 *", "* * * JAN *"]);
    refuses(Cron::checked, "day of the week", ["* * * * 7", "* * * * MON", "* * * * *\n", "* * * * 1#2", "* * * * *;"]);
    refuses(Cron::checked, "five fields", ["* * * * * ", "0 * * * * *"]);
    refuses(Cron::checked, "", ["@every 1h", "CRON_TZ=UTC * * * * *", "TZ=UTC * * * *"]);
}

#[test]
fn images() {
    let accepted = [
        "registry.example.com/x:1",
        "registry.example.com:5000/x:1",
        "localhost:5000/x:1",
        "docker.io/library/nginx:1.29.1-alpine",
        "ghcr.io/a/b/c/d:v1.2.3_4",
        "10.0.0.1:5000/x:1",
        "registry.example.com/a__b/c-d.e--f:1",
    ];
    accepts(Image::checked, accepted.map(pinned));
    accepts(Image::checked_without_digest, accepted);
    accepts(
        Image::checked_without_digest,
        ["registry.example.com/x:main", padded("registry.example.com/x:", 23 + 128)],
    );

    let no_registry =
        ["", "x", "nginx:1.29", "library/nginx:1", "/x:1", "localhost/x:1", "user:pw@registry.example.com/x:1"];
    refuses(Image::checked, "registry", no_registry.map(pinned));
    refuses(Image::checked, "tag", ["r.io/x", "r.io/x:", "r.io:5000/x"].map(pinned));
    refuses(Image::checked, "latest", ["r.io/x:latest", "r.io:5000/a/x:latest"].map(pinned));
    refuses(
        Image::checked,
        "lower case",
        ["r.io/X:1", "R.io/x:1", "r.io/x :1", "r.io/x:1\n", "r.io/x:1 ", "r.io/\u{e4}:1"].map(pinned),
    );
    let malformed =
        ["r.io//x:1", "r.io/x/:1", "r.io/:1", "r.io/-x:1", "r.io/x-:1", "r.io/a/../b:1", "r.io/.x:1", "r.io/x:1:2"];
    refuses(Image::checked, "nothing else", malformed.map(pinned));
    let malformed = [
        "r.io/x:-1",
        "r.io/x:.1",
        "r.io/x:1+2",
        "r.io/x:$TAG",
        "r.io/x*:1",
        "r.io/x:1#a",
        "r.io/x:1?a",
        "r.io/a__.b:1",
    ];
    refuses(Image::checked, "nothing else", malformed.map(pinned));
    let no_host = [
        "https://r.io/x:1",
        "r.io:/x:1",
        "r.io:a/x:1",
        "r.io:0/x:1",
        "r.io:99999/x:1",
        "r..io/x:1",
        "-r.io/x:1",
        "r$.io/x:1",
    ];
    refuses(Image::checked, "registry", no_host.map(pinned));
    refuses(Image::checked, "128", [pinned(padded("registry.example.com/x:", 23 + 129))]);

    refuses(Image::checked, "pinned by digest", ["", "r.io/x:1", "r.io/x", "r.io/x:latest"]);
    let digest = |digest: &str| -> &'static str { format!("r.io/x:1@{digest}").leak() };
    refuses(Image::checked, "64 lower-case", ["", "sha256:", "sha256:0123", "sha512:0123", DIGEST].map(digest));
    refuses(Image::checked, "64 lower-case", [digest(&format!("sha256:{}", DIGEST.to_uppercase()))]);
    refuses(
        Image::checked,
        "64 lower-case",
        [format!("{}0", pinned("r.io/x:1")).leak() as &str, pinned(pinned("r.io/x:1"))],
    );
    refuses(Image::checked, "without blanks", [format!("{}\n", pinned("r.io/x:1")).leak() as &str]);
    refuses(Image::checked, "placeholder", [digest(&format!("sha256:{}", "0".repeat(64)))]);
    refuses(Image::checked_without_digest, "`image!`", [pinned("r.io/x:1"), "r.io/x:1@", "user:pw@r.io/x:1"]);
    refuses(Image::checked_without_digest, "latest", ["r.io/x:latest"]);
}

#[test]
fn registries_of_images() {
    let registry = |text| Image::checked_without_digest(text).registry();
    assert_eq!(registry("registry.example.com:5000/a/x:1"), "registry.example.com:5000");
}

#[test]
fn proxies() {
    let zeros = format!("edge-26.8.3@sha256:{}", "0".repeat(64));
    accepts(LinkerdImage::checked, ["edge-26.8.3", "stable-2.14.10"].map(pinned));
    refuses(
        LinkerdImage::checked,
        "release",
        ["", "edge-26.8.3", "edge-26.8.3@sha256:0123", pinned("latest"), pinned("edge-")],
    );
    refuses(
        LinkerdImage::checked,
        "release",
        [pinned("edge-26\n"), pinned("edge-2 6"), pinned("edge-26\"x"), pinned("edge-26@x")],
    );
    refuses(LinkerdImage::checked, "placeholder", [zeros.leak() as &str]);
    accepts(LinkerdImage::checked_without_digest, ["edge-26.8.3", "stable-2.14.10"]);
    refuses(
        LinkerdImage::checked_without_digest,
        "release",
        ["", "edge-", "latest", "26.8.3", "edge-26 8", "edge-26\n", "edge-26.8.3:x"],
    );
    refuses(LinkerdImage::checked_without_digest, "release", [pinned("edge-26.8.3"), "edge-\u{e4}"]);
}

#[test]
fn urls() {
    accepts(
        Url::checked,
        ["https://api.example.org", "https://a.b:8443/c?d=e#f", "nats://n:4222", "https://a/@b", "https://a/?b=c@d"],
    );
    accepts(
        Url::checked,
        ["https://[2001:db8::1]:443/", "jdbc:postgresql://db.example.org/x", "https://a/?next=https://b/c"],
    );
    refuses(
        Url::checked,
        "scheme, a host",
        [
            "",
            "api.example.org",
            "https:/a",
            "://a",
            "1http://a",
            "https:\\\\u:p@a",
            "ht tp://a",
            "https://",
            "https:///a",
        ],
    );
    refuses(
        Url::checked,
        "scheme, a host",
        ["https://a b", "https://a\n", "https://\u{e4}.example", "/a?b=http://c", "https://?a", "https://#"],
    );
    refuses(
        Url::checked,
        "user or password",
        ["https://user@a", "https://user:pw@a", "https://:pw@a/b", "https://@a", "https://u:p@a@b"],
    );
    refuses(Url::checked, "user or password", ["https:///u:p@a", "https://///u:p@a/b"]);
    refuses(
        Url::checked,
        "parameter",
        ["https://a/?token=x", "https://a/?b=c&api_key=x", "https://a?key=x#y", "https://a/?apiKey=x"],
    );
    accepts(
        Url::checked,
        [
            "https://a/?token=",
            "https://a/?sort_key=b",
            "https://a/?b=token",
            "https://a/?token&b=c",
            "https://a/token=x",
        ],
    );
    refuses(
        Url::checked,
        "user or password",
        ["https://a/?via=http://u:p@b", "https://a,https://u:p@b", "redis://:pw@a:6379/0"],
    );
}

#[test]
fn repositories() {
    accepts(Repository::checked, ["https://git.example.com/platform/gitops.git", "https://git.example.com:8443/x"]);
    refuses(
        Repository::checked,
        "HTTPS",
        ["", "http://a/b", "git@a:b.git", "ssh://git@a/b", "https://a/", "HTTPS://a/b", "https://a/b c"],
    );
    refuses(Repository::checked, "HTTPS", ["https://", "https:///a", "https://a/b\n", "/etc", "file:///etc"]);
    refuses(Repository::checked, "user or password", ["https://u:p@a/b", "https://token@a/b"]);
    refuses(Repository::checked, "wildcard", ["https://a/*", "https://*.a/b", "https://a/b?c", "https://a/b#c"]);
}

#[test]
fn schemes() {
    accepts(Scheme::checked, ["http", "nats", "redis", "jdbc+x", "a1", "a.b-c"]);
    refuses(
        Scheme::checked,
        "lower-case word",
        ["", "nats:", "nats://", "HTTP", "1a", "a b", "a\n", "-a", "\u{e4}", "a/b", "a@b"],
    );
}

#[test]
fn reasons() {
    accepts(Reason::checked, ["photos are public", "the chart's Größe is fixed", "a  b   c", padded("it is so ", 200)]);
    refuses(Reason::checked, "three words", ["", "public", "it is", "   ", "- - -", ". . .", "a - b", " a b "]);
    refuses(
        Reason::checked,
        "one line",
        ["a b\nc", "a b c\r", "a\tb c", "a b c\0", "a b c \u{1b}[2J", padded("it is so ", 201)],
    );
    refuses(
        Reason::checked,
        "one line",
        ["a b c\u{85}", "a b c\u{2028}", "a b c\u{202e}", "a b c\u{2066}", "a b c\u{200b}", "a b c\u{feff}"],
    );
}

#[test]
fn users_and_groups() {
    for check in [|id| Uid::checked(id).number(), |id| Gid::checked(id).number()] {
        accepts(check, [1, 101, 2101, 2103, 65_532, 65_534, 2_147_483_647]);
        refuses(check, "0 is root", [0]);
        refuses(check, "Linkerd", [2102]);
        refuses(check, "2147483647", [2_147_483_648, u32::MAX]);
    }
}

#[test]
fn times() {
    accepts(Seconds::checked, [1, 60, 86_400]);
    refuses(Seconds::checked, "86400", [0, 86_401, u32::MAX]);
}

#[test]
fn identifiers() {
    accepts(Audience::checked, [DIGEST]);
    refuses(
        Audience::checked,
        "64",
        ["", "photos", &DIGEST[1..], DIGEST.to_uppercase().leak(), pinned(""), padded(DIGEST, 65)],
    );
    accepts(TunnelId::checked, ["11111111-2222-3333-4444-555555555555", "abcdef01-2345-6789-abcd-ef0123456789"]);
    refuses(
        TunnelId::checked,
        "UUID",
        ["", "homelab", "11111111222233334444555555555555", "ABCDEF01-2345-6789-abcd-ef0123456789"],
    );
    refuses(
        TunnelId::checked,
        "UUID",
        ["11111111-2222-3333-4444-55555555555g", "11111111-2222-3333-44445-55555555555", &DIGEST[..36]],
    );
    accepts(KubernetesVersion::checked, ["1.33", "1.35", "1.37"]);
    refuses(
        KubernetesVersion::checked,
        "1.33 to 1.37",
        ["", "1.32", "1.38", "v1.35", "1.35.1", "1.3", "1.35\n", "1.3a", "latest", "2.35"],
    );
    assert_eq!(kubernetes_version!("1.35").minor(), 35);
}

#[test]
fn fields_and_titles() {
    accepts(Field::checked, ["password", "api-key", "API_KEY", ".dockerconfigjson", "a.b", "-", letters(253)]);
    refuses(Field::checked, "253", ["", ".", "..", "..a", "my password", "a/b", "a\n", "\u{e4}", letters(254)]);
    for check in [|text| ItemTitle::checked(text).as_str(), |text: &'static str| Vault::checked(text).as_str()] {
        accepts(check, ["ledger-db", "Trips API key", "Bücher", "it's", letters(128)]);
        refuses(check, "slash", ["", " a", "a ", "a/b", "../other/items/root", letters(129)]);
        refuses(
            check,
            "control",
            ["a\nb", "a\tb", "a\u{0}", "a\u{7f}", "a\u{85}", "a\u{2028}", "a\u{202e}b", "a\u{200b}b"],
        );
    }
    assert_eq!(item!("ledger-db").title().as_str(), "ledger-db");
    assert_eq!(item!("key", "Trips API key").name(), name!("key"));
    refuses(Item::titled, "has one beside it", ["Trips API key", "", "Ledger", letters(64)]);
}

#[test]
fn other_names() {
    accepts(StorageClass::checked, ["longhorn", "local-path"]);
    refuses(StorageClass::checked, "", ["", "Longhorn", "a_b"]);
    accepts(Team::checked, ["example"]);
    refuses(Team::checked, "", ["", "example.cloudflareaccess.com", "https://example"]);
}

#[test]
fn variables() {
    accepts(Var::<false>::checked, ["A", "LOG_LEVEL", "_", "_A", "a", "camelCase", "A1", letters(255)]);
    refuses(
        Var::<false>::checked,
        "no digit first",
        ["", "1A", "A-B", "A.B", "A B", "A=B", "A\n", "\u{c4}", "A\0", letters(256)],
    );
    refuses(Var::<false>::checked, "decided by its name", ["DB_PASSWORD", "API_KEY"]);
    refuses(Var::<true>::checked, "decided by its name", ["LOG_LEVEL", "PASSWORD_FILE", ""]);
    accepts(Var::<true>::checked, ["DB_PASSWORD", "API_KEY"]);
}

#[test]
fn names_of_credentials() {
    let telling = [
        "PASSWORD",
        "DB_PASSWORD",
        "PGPASSWORD",
        "MYSQL_ROOT_PASSWORD",
        "PASSWD",
        "PASSPHRASE",
        "MYSQL_PWD",
        "SMTP_PASS",
        "API_KEY",
        "KEY",
        "APIKEY",
        "AWS_SECRET_ACCESS_KEY",
        "SECRET_KEY_BASE_KEY",
        "PRIVATE_KEY",
        "SSH_KEYS",
        "ENCRYPTION_KEY",
        "TOKEN",
        "GITHUB_TOKEN",
        "ACCESSTOKEN",
        "REFRESH_TOKENS",
        "CLIENT_SECRET",
        "SECRET",
        "SECRETS",
        "CREDENTIALS",
        "SENTRY_DSN",
        "WIFI_PSK",
        "BASIC_AUTH",
        "ERLANG_COOKIE",
        "GITHUB_PAT",
        "PASSWORD_SALT",
        // Whatever the case.
        "password",
        "db_password",
        "Db_Password",
        "api_key",
        "token",
        "client_secret",
        // As words of other languages write them.
        "apiKey",
        "secretKey",
        "accessKey",
        "dbPassword",
        "authToken",
        "clientSecret",
        "basicAuth",
        // Numbered, or with an underscore at the end.
        "API_KEY_1",
        "API_KEY2",
        "PASSWORD1",
        "DB_PASSWORD_02",
        "TOKEN_",
        "SECRET__",
    ];
    for name in telling {
        assert!(names_credential(name), "{name}");
    }
    let harmless = [
        "",
        "LOG_LEVEL",
        "PORT",
        "PASSWORD_HINTS_ALLOWED",
        "PASSWORD_FILE",
        "TOKEN_FILE",
        "TOKEN_URL",
        "SECRET_NAME",
        "PUBLIC_KEY",
        "JWT_PUBLIC_KEY",
        "PUBLIC_KEY_2",
        "PUBKEY",
        "PRIMARY_KEY",
        "SORT_KEY",
        "AWS_ACCESS_KEY_ID",
        "KEY_PATH",
        "MONKEY",
        "TURKEY",
        "PASSAGE",
        "COMPASS",
        "BYPASS",
        "AUTHOR",
        "OAUTH",
        "DSNS",
        "PATH",
        "SALTY",
        "KEYBOARD",
        "TOKENIZER",
        "monkey",
        "compass",
        "Monkey",
        "publicKey",
        "log_level",
        "S3_BUCKET",
        "HTTP2",
        "MAX_TOKENS",
        "OPENAI_MAX_TOKENS",
    ];
    for name in harmless {
        assert!(!names_credential(name), "{name}");
    }
}

/// A deserializer or a random source would be a second door to every word.
#[test]
fn nothing_can_bring_words_in_from_outside() {
    let manifest = include_str!("../Cargo.toml");
    let dependencies = manifest.split("[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    assert_eq!(dependencies.trim(), "", "`casemate-dsl` depends on nothing");
}

#[test]
fn names_of_custom_resources() {
    let resource = |(group, plural): (&'static str, &'static str)| ResourceName::checked(group, plural);
    accepts(
        resource,
        [
            ("argoproj.io", "applications"),
            ("extensions.agents.x-k8s.io", "sandboxclaims"),
            ("gateway.networking.k8s.io", "httproutes"),
            ("caches.example.com", "model-caches"),
        ],
    );
    refuses(resource, "wildcard", [("*", "applications"), ("argoproj.io", "*"), ("*.argoproj.io", "applications")]);
    refuses(resource, "subresource", [("argoproj.io", "applications/status"), ("argoproj.io", "/")]);
    refuses(
        resource,
        "Kubernetes' own group",
        [("", "pods"), ("apps", "deployments"), ("batch", "jobs"), ("rbac.authorization.k8s.io", "roles")],
    );
    refuses(resource, "a domain", [("argoproj", "applications"), ("Argoproj.io", "applications"), ("a..b", "c")]);
    refuses(resource, "plural", [("argoproj.io", ""), ("argoproj.io", "Applications"), ("argoproj.io", "1s")]);
}

#[test]
fn the_platform_s_groups() {
    for group in
        ["linkerd.io", "policy.linkerd.io", "onepassword.com", "gateway.networking.k8s.io", "policies.kyverno.io"]
    {
        assert!(is_of_the_platform(group), "{group}");
    }
    for group in ["agents.x-k8s.io", "mylinkerd.io", "linkerd.io.example.com", "postgresql.cnpg.io"] {
        assert!(!is_of_the_platform(group), "{group}");
    }
}

#[test]
fn hosts_below_a_domain() {
    accepts(Hosts::checked, ["*.example.com", "*.eu.example.com", "*.xn--bcher-kva.example"]);
    refuses(Hosts::checked, "one `*`", ["*", "example.com", "*example.com", "a.*.example.com", "*.*.example.com", ""]);
    refuses(
        Hosts::checked,
        "two or more labels",
        ["*.com", "*.", "*..com", "*.Example.com", "*.example.com.", "*.0.0.1"],
    );
}

#[test]
fn repositories_of_charts() {
    accepts(
        ChartRepository::checked,
        ["https://charts.jetstack.io", "https://nats-io.github.io/k8s/helm/charts", "oci://ghcr.io/kyverno/charts"],
    );
    assert_eq!(ChartRepository::checked("oci://ghcr.io/kyverno/charts").as_argocd_has_it(), "ghcr.io/kyverno/charts");
    assert_eq!(ChartRepository::checked("https://charts.example.com").as_argocd_has_it(), "https://charts.example.com");
    refuses(
        ChartRepository::checked,
        "over HTTPS or from a registry",
        [
            "",
            "charts.example.com",
            "http://charts.example.com",
            "https://",
            "https:///x",
            "oci://",
            "https://a.example/",
            "https://a b",
        ],
    );
    refuses(
        ChartRepository::checked,
        "one address",
        ["https://user@a.example", "https://*.example.com", "https://a.example?x=1", "oci://a.example/x#y"],
    );
}

#[test]
fn versions_of_charts() {
    accepts(
        ChartVersion::checked,
        ["1.8.1", "v1.21.1", "2025.11.1", "0.0.0", "1.2.3-rc.1", "1.2.3+build.5", "1.2.3-rc.1+5", "v26.3.1"],
    );
    refuses(
        ChartVersion::checked,
        "one exact version",
        [
            "",
            "latest",
            "1",
            "1.8",
            "1.8.x",
            "1.8.*",
            "^1.8.1",
            "~1.8.1",
            ">=1.8.1",
            "1.8.1 - 1.9.0",
            "1.8.1 || 2.0.0",
            "1.8.1.4",
            "01.8.1",
            "1.8.1-",
            "1.8.1+",
            "vv1.8.1",
            "1..1",
            ".1.8.1",
            "1.8.1-a b",
            "1.8.1-*",
        ],
    );
}

#[test]
fn kinds_of_objects() {
    accepts(
        ApiKind::checked,
        ["ConfigMap", "apps/Deployment", "scheduling.k8s.io/PriorityClass", "cert-manager.io/Issuer", "SecretStore"],
    );
    refuses(ApiKind::checked, "a wildcard", ["*", "apps/*", "*/Deployment"]);
    refuses(
        ApiKind::checked,
        "begins with a capital",
        ["", "deployment", "/Deployment", "apps/", "apps/v1/Deployment", "Apps/Deployment", "apps/Deploy-ment"],
    );
    refuses(ApiKind::checked, "`.creates_secrets(", ["Secret"]);
    refuses(ApiKind::checked, "it creates none", ["Namespace"]);
    refuses(
        ApiKind::checked,
        "no chart but Casemate's own",
        [
            "argoproj.io/Application",
            "kyverno.io/PolicyException",
            "policies.kyverno.io/ValidatingPolicy",
            "policy.linkerd.io/Server",
            "onepassword.com/OnePasswordItem",
        ],
    );
}

#[test]
fn names_of_objects() {
    accepts(
        ObjectNames::checked,
        ["longhorn-critical", "longhorn-*", "*.longhorn.io", "kyverno:*", "system:serviceaccount:x:default", "a"],
    );
    refuses(
        ObjectNames::checked,
        "names of objects",
        ["", "*", "a*", "abcd*", "*abcd", "a-*", "a*b-c", "**", "Longhorn-*", "a b", "*-*-x", "long-*-x"],
    );
}

#[test]
fn programs_that_write_declarations_learn_what_a_check_says() {
    assert_eq!(Name::why_not("trips-api"), None);
    assert_eq!(Name::why_not("Trips_API").map(str::to_owned), said(Name::checked, "Trips_API"));
    assert_eq!(Namespace::why_not("kube-system").map(str::to_owned), said(Namespace::checked, "kube-system"));
    assert_eq!(LinkerdImage::why_not(pinned("edge-26.8.3")), None);
    assert_eq!(LinkerdImage::why_not("edge-26.8.3").map(str::to_owned), said(LinkerdImage::checked, "edge-26.8.3"));
}
