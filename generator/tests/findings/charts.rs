//! Charts: where they are installed, what they need of one another, and what their values must not hold.

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use crate::example::{TUNNEL, cluster, ledger};
use crate::{accepted, findings, refused};

/// A chart of somebody else's in this namespace.
fn in_namespace(namespace: Name) -> Chart {
    Chart::new(name!("nats"), chart_repository!("https://charts.example.com"), chart_version!("2.12.3"), namespace)
}

fn nats() -> Chart {
    in_namespace(name!("nats"))
}

fn valued(values: &'static str) -> Cluster {
    cluster().installs(nats().values(values))
}

const VERSION: ChartVersion = chart_version!("1.2.3");

/// A cluster with what identities come from.
fn certified() -> Cluster {
    cluster()
        .cert_manager(name!("cert-manager"))
        .installs(chart::cert_manager(VERSION))
        .installs(chart::trust_manager(VERSION))
}

#[test]
fn a_chart_lives_beside_no_service() {
    accepted(cluster().installs(nats()).runs(Deployment::new(ledger())));
    let beside = in_namespace(name!("payments"));
    assert_snapshot!(refused(cluster().installs(beside).runs(Deployment::new(ledger()))), @"
    chart nats: would be installed into namespace payments, which belongs to services
      --> charts.rs `installs(beside)`
      instead: give it a namespace of its own: what runs beside services could be taken for one
    ");
    assert_snapshot!(refused(cluster().tunnel(TUNNEL).installs(in_namespace(name!("cloudflared")))), @r#"
    chart nats: would be installed into namespace cloudflared, which belongs to the tunnel
      --> charts.rs `installs(in_namespace(name!("cloudflared")))`
      instead: give it a namespace of its own: what runs beside services could be taken for one
    "#);
}

#[test]
fn a_chart_lives_in_no_namespace_of_kubernetes() {
    accepted(cluster().installs(in_namespace(name!("kubernetes-dashboard"))));
    assert_snapshot!(refused(cluster().installs(in_namespace(name!("kube-system")))), @r#"
    chart nats: would be installed into namespace kube-system, which is Kubernetes' own
      --> charts.rs `installs(in_namespace(name!("kube-system")))`
      instead: give it a namespace of its own: that one is out of reach of policies
    "#);
    assert_snapshot!(refused(cluster().installs(in_namespace(name!("default")))), @r#"
    chart nats: would be installed into namespace default, which is Kubernetes' own
      --> charts.rs `installs(in_namespace(name!("default")))`
      instead: give it a namespace of its own: that one is out of reach of policies
    "#);
}

#[test]
fn a_namespace_has_one_level() {
    let again = || nats().release(name!("more-nats"));
    accepted(cluster().installs(nats().baseline()).installs(again().baseline()));
    assert_snapshot!(refused(cluster().installs(nats().baseline()).installs(again())), @"
    chart more-nats: another chart in namespace nats asks for another Pod Security level
      --> charts.rs `installs(again())`
      instead: a namespace has one: give the chart that needs more a namespace of its own, or say the same level at all charts of this one
    ");
}

#[test]
fn a_chart_is_installed_once_under_a_name() {
    accepted(cluster().installs(nats()).installs(nats().release(name!("agent-nats"))));
    assert_snapshot!(refused(cluster().installs(nats()).installs(nats())), @r#"
    chart nats: is installed twice, first at charts.rs on the same line
      --> charts.rs `installs(nats())`
      instead: install it once, or give one of them another name: `.release(name!("agent-nats"))`
    "#);
}

#[test]
fn what_is_said_of_a_chart_is_said_once() {
    accepted(cluster().installs(
        nats().release(name!("a")).baseline().values("a: 1").creates_secrets(because!("it keeps a password")),
    ));
    let twice = [
        nats().release(name!("a")).release(name!("b")),
        nats().baseline().privileged(because!("it mounts disks of nodes")),
        nats().values("a: 1").values("b: 1"),
        nats().creates_secrets(because!("it keeps a password")).creates_secrets(because!("it keeps a token")),
    ];
    let messages: Vec<String> = twice.into_iter().map(|chart| refused(cluster().installs(chart))).collect();
    assert_snapshot!(messages.join("\n\n"), @r#"
    chart nats: the name in the cluster is said twice, first at charts.rs on the same line
      --> charts.rs `release(name!("b"))`
      instead: say it once

    chart nats: the Pod Security level is said twice, first at charts.rs on the same line
      --> charts.rs `privileged(because!("it mounts disks of nodes"))`
      instead: say it once

    chart nats: the values is said twice, first at charts.rs on the same line
      --> charts.rs `values("b: 1")`
      instead: say it once

    chart nats: the reason for Secrets is said twice, first at charts.rs on the same line
      --> charts.rs `creates_secrets(because!("it keeps a token"))`
      instead: say it once
    "#);
}

#[test]
fn values_hold_no_credential() {
    accepted(valued("auth:\n  existingSecret: nats-auth\n  passwordFile: /run/secrets/password\n"));
    accepted(valued(
        "env:\n- name: NATS_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: nats-auth\n      key: password\n",
    ));
    assert_snapshot!(refused(valued("# ghp_0123456789abcdefghij0123456789abcdef\na: 1\n")), @"
    chart nats: line 1 of the values holds a GitHub token, which would stand in Git
      --> charts.rs `values(values)`
      instead: let the values name a Secret (`existingSecret`, `secretKeyRef`), and `.reads(ITEM)` has 1Password make it
    ");
    assert_snapshot!(refused(valued("auth:\n  password: hunter2\n")), @"
    chart nats: the values give a credential at `auth`, `password`, which would stand in Git
      --> charts.rs `values(values)`
      instead: let the values name a Secret (`existingSecret`, `secretKeyRef`), and `.reads(ITEM)` has 1Password make it
    ");
    assert_snapshot!(refused(valued("args: [\"--url=https://nats?password=hunter2\"]\n")), @"
    chart nats: the values give a credential at `args`, a text that is a credential in a parameter, which would stand in Git
      --> charts.rs `values(values)`
      instead: let the values name a Secret (`existingSecret`, `secretKeyRef`), and `.reads(ITEM)` has 1Password make it
    ");
    for spelled in [
        "auth:\n  password: |\n    hunter2\n",
        "auth: {\"pass\\x77ord\": hunter2}\n",
        "auth:\n  password:\n    hunter2\n",
        "auth:\n  adminPassword: 12345\n",
        "auth:\n  tokens: [abc, def]\n",
        "env:\n- name: NATS_PASSWORD\n  value: hunter2\n",
    ] {
        let found = findings(valued(spelled));
        assert!(found[0].contains("would stand in Git"), "{spelled}: {found:?}");
    }
}

#[test]
fn values_are_read_by_all_in_one_way() {
    accepted(valued("a: \"yes\"\n"));
    assert_snapshot!(refused(valued("a: yes\n")), @"
    chart nats: the values cannot be read for certain: it has a word that some read as true or false, without quotes
      --> charts.rs `values(values)`
      instead: write plain YAML, which all readers read in one way
    ");
    for odd in ["a: &x 1\nb: *x\n", "a: 1\na: 2\n", "a: [", "a: !!str 1\n"] {
        assert!(findings(valued(odd))[0].contains("cannot be read for certain"), "{odd}");
    }
}

#[test]
fn values_are_a_map() {
    accepted(valued("a: 1\n"));
    assert_snapshot!(refused(valued("- a\n")), @"
    chart nats: the values are no map of keys
      --> charts.rs `values(values)`
      instead: write one document of `key: value`, or leave them out
    ");
    for odd in ["", "# nothing\n", "a: 1\n---\nb: 1\n", "text\n"] {
        assert!(findings(valued(odd))[0].contains("no map of keys"), "{odd}");
    }
}

#[test]
fn charts_of_a_namespace_read_an_item_once() {
    const KEYS: Item = item!("keys");
    let other = nats().release(name!("more-nats"));
    accepted(cluster().installs(nats().reads(KEYS)).installs(other.reads(item!("more-keys"))));
    let other = || nats().release(name!("more-nats"));
    assert_snapshot!(refused(cluster().installs(nats().reads(KEYS)).installs(other().reads(KEYS))), @"
    chart nats: reads the item keys, as more-nats in the same namespace does
      --> charts.rs `installs(nats().reads(KEYS))`
      instead: say it at one of them, or give the item another name
    ");
    let renamed = other().reads(item!("keys", "Other keys"));
    assert_snapshot!(refused(cluster().installs(nats().reads(KEYS)).installs(renamed)), @"
    chart nats: reads another item of the name keys than more-nats in the same namespace
      --> charts.rs `installs(nats().reads(KEYS))`
      instead: say it at one of them, or give the item another name
    ");
}

#[test]
fn cert_manager_has_a_named_namespace() {
    accepted(cluster().cert_manager(name!("cert-manager")).installs(chart::cert_manager(VERSION)));
    assert_snapshot!(refused(cluster().installs(chart::cert_manager(VERSION))), @r#"
    cluster example: cert-manager is installed into a namespace that is not named
      --> charts.rs `installs(chart::cert_manager(VERSION))`
      instead: name it: `.cert_manager(name!("cert-manager"))`
    "#);
}

#[test]
fn trust_manager_stands_beside_cert_manager() {
    accepted(certified());
    assert_snapshot!(refused(cluster().installs(chart::trust_manager(VERSION))), @"
    cluster example: trust-manager is installed without cert-manager, whose certificates it hands out
      --> charts.rs `installs(chart::trust_manager(VERSION))`
      instead: install that, too: `.installs(chart::cert_manager(..))`
    ");
}

#[test]
fn the_mesh_has_its_identity_from_both() {
    accepted(certified().installs(chart::linkerd()));
    assert_snapshot!(refused(cluster().installs(chart::linkerd())), @"
    cluster example: Linkerd is installed without what its identity comes from
      --> charts.rs `installs(chart::linkerd())`
      instead: install both, too: `.installs(chart::cert_manager(..))` makes the trust anchor, `.installs(chart::trust_manager(..))` hands it out
    ");
}

/// A cluster with what identities come from, whose Linkerd is of a stable release.
fn of_a_stable_release() -> Cluster {
    let kubernetes = Kubernetes {
        version: kubernetes_version!("1.35"),
        domain: host!("cluster.local"),
        networks: Networks {
            pods: cidr!("10.42.0.0/16"),
            services: cidr!("10.43.0.0/16"),
            nodes: cidr!("192.168.1.0/24"),
        },
        api_servers: ApiServers::at(ip!("192.168.1.10"), port_number!(6443)),
        dns: Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None },
        nodes: 3,
    };
    let linkerd = Linkerd {
        namespace: name!("linkerd"),
        proxy: linkerd_awaiting_digest!("stable-2.14.10"),
        proxy_resources: ProxyResources { cpu: cpu!("10m"), memory: memory!("32Mi"), memory_limit: memory!("128Mi") },
        gateway_api: GatewayApi::LinkerdChart,
        cluster_networks: ClusterNetworks::PodsAndServices,
    };
    let argocd = ArgoCd {
        namespace: name!("argocd"),
        repository: repository!("https://git.example.com/platform/gitops.git"),
        branch: name!("main"),
        directory: path!("/out"),
    };
    Cluster::new(name!("example"), kubernetes, linkerd, argocd, vault!("k8s-example"))
        .cert_manager(name!("cert-manager"))
        .installs(chart::cert_manager(VERSION))
        .installs(chart::trust_manager(VERSION))
}

#[test]
fn the_mesh_is_of_a_release_that_has_charts() {
    accepted(of_a_stable_release());
    assert_snapshot!(refused(of_a_stable_release().installs(chart::linkerd())), @r#"
    cluster example: the release stable-2.14.10 of Linkerd's proxy has no chart of its own
      --> charts.rs `installs(chart::linkerd())`
      instead: name an edge release: `linkerd_image!("edge-26.8.3@sha256:…")`
    "#);
}
