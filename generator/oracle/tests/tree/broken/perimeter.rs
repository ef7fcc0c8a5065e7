//! The tunnel.

use serde_json::json;

use crate::breach::{Twin, copy, drop, remove, replace, set};

const CONFIG: &str = "ConfigMap cloudflared/cloudflared-config-5f6e7d8c9b";

fn config(from: &'static str, to: &'static str, rule: &'static str) -> Twin {
    replace(CONFIG, "/data/config.yaml", from, to, rule)
}

pub(crate) fn twins() -> Vec<Twin> {
    const RECORD: &str = "DNSEndpoint cloudflared/shop-example-com";
    const AUDIENCE: &str = "4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2";
    vec![
        remove(CONFIG, "/data/config.yaml", "empty"),
        set(CONFIG, "/data", json!({"other.yaml": "a: b"}), "tunnel-config"),
        config("tunnel: ", "tunnel: &x ", "tunnel-config"),
        config("no-autoupdate: true\n", "", "tunnel-config"),
        config("no-autoupdate: true\n", "no-autoupdate: yes\n", "tunnel-config"),
        config("management-diagnostics: false", "management-diagnostics: true", "tunnel-config"),
        config("protocol: quic", "protocol: auto", "tunnel-config"),
        config(
            "no-prechecks: true\n",
            "no-prechecks: true\noriginRequest:\n  access:\n    required: true\n",
            "tunnel-config",
        ),
        config("connectTimeout: 10s", "noTLSVerify: true", "tunnel-config"),
        config("- hostname: www.example.com\n", "- hostname: www.example.com\n  path: /admin\n", "tunnel-config"),
        config("http://storefront", "https://storefront", "tunnel-config"),
        config("http://storefront", "http://user:pw@storefront", "tunnel-config"),
        config("cluster.local:8080", "cluster.local:8080/path", "tunnel-config"),
        config("www.example.com", "WWW.example.com", "tunnel-config"),
        config("required: true", "required: false", "tunnel-config"),
        config(AUDIENCE, "''", "tunnel-config"),
        config("teamName: example\n", "teamName: ''\n", "tunnel-config"),
        config("http_status:404", "http_status:503", "tunnel-catch-all"),
        config("- service: http_status:404\n", "", "tunnel-catch-all"),
        config("ingress:\n", "ingress:\n- service: http_status:404\n", "tunnel-catch-all"),
        config(
            "- service: http_status:404",
            "- hostname: x.example.com\n  service: http_status:404",
            "tunnel-catch-all",
        ),
        config("www.example.com", "shop.example.com", "tunnel-hosts"),
        config("argo.example.com", "'*.example.com'", "tunnel-hosts"),
        config("- hostname: www.example.com", "- hostname: open.example.com", "tunnel-access"),
        config("- hostname: argo.example.com", "- hostname: www.example.com", "tunnel-access"),
        config("storefront.shop.svc", "nothing.shop.svc", "tunnel-target"),
        config("storefront.shop.svc.cluster.local:8080", "storefront.shop.svc.cluster.local:9999", "tunnel-target"),
        replace(
            CONFIG,
            "/data/config.yaml",
            "storefront.shop.svc.cluster.local",
            "storefront.shop.svc.evil.example.com",
            "tunnel-target",
        ),
        replace(
            "Deployment cloudflared/cloudflared",
            "/spec/template/spec/containers/0/image",
            "cloudflared",
            "cf-tunnel",
            "tunnel-config",
        ),
        config("argocd-server.argocd", "argocd-repo-server.argocd", "tunnel-target"),
        config("storefront.shop", "ledger.payments", "tunnel-caller"),
        drop("NetworkPolicy cloudflared/cloudflared-to-argocd.argocd-server", "tunnel-caller"),
        drop("NetworkPolicy cloudflared/cloudflared-to-shop.storefront", "tunnel-caller"),
        drop("AuthorizationPolicy shop/storefront-8080-from-cloudflared.cloudflared", "tunnel-caller"),
        config("/etc/cloudflared/creds/", "/etc/elsewhere/", "tunnel-files"),
        config("0.0.0.0:2000", "0.0.0.0:2001", "tunnel-files"),
        config("0.0.0.0:2000", "127.0.0.1:2000", "tunnel-config"),
        config("protocol: quic", "protocol: http2", "tunnel-way-out"),
        set(
            "NetworkPolicy cloudflared/cloudflared-to-outside",
            "/spec/egress/0/ports/0/port",
            json!(7845),
            "tunnel-way-out",
        ),
        config("teamName: example\n", "teamName: other\n", "tunnel-way-out"),
        drop(RECORD, "tunnel-record"),
        copy(RECORD, "again", "tunnel-record"),
        set(RECORD, "/spec/endpoints/0/dnsName", json!("other.example.com"), "tunnel-record"),
        set(
            RECORD,
            "/spec/endpoints/0/targets",
            json!(["00000000-765d-4adf-8112-31c55c1551ef.cfargotunnel.com"]),
            "tunnel-record",
        ),
        set(RECORD, "/spec/endpoints/0/recordType", json!("A"), "value"),
        set(RECORD, "/spec/endpoints/0/targets/0", json!("203.0.113.1"), "value"),
        set(RECORD, "/spec/endpoints/0/providerSpecific/0/value", json!("false"), "value"),
    ]
}
