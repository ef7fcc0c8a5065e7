//! The script of clusters that differ: what each one's declaration makes of it, and that every shell can read it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use casemate_dsl::prelude::*;
use insta::assert_snapshot;

use super::script;
use crate::example::{cluster, ledger};
use crate::resolve::resolve;

const KEY: Item = item!("key", "ledger-key");

#[track_caller]
fn of(cluster: Cluster) -> String {
    match resolve(cluster) {
        Ok(resolved) => script(&resolved.graph),
        Err(findings) => panic!("{findings:#?}"),
    }
}

/// A service without any secret, and no chart: somebody else installs Argo CD.
fn bare() -> Cluster {
    cluster().runs(Deployment::new(ledger()))
}

/// A service with a secret, and what the cluster stands on.
fn whole() -> Cluster {
    cluster()
        .cert_manager(name!("cert-manager"))
        .installs(chart::cert_manager(chart_version!("v1.21.1")))
        .installs(chart::trust_manager(chart_version!("v0.24.0")))
        .installs(chart::linkerd())
        .installs(chart::kyverno(chart_version!("3.9.1")))
        .installs(chart::argo_cd(chart_version!("10.4.0")))
        .runs(Deployment::new(ledger().env(var!("API_KEY"), KEY.field(field!("credential")))))
}

/// A cluster with this Gateway API, two API servers and nothing else.
fn with_gateway(gateway_api: GatewayApi) -> Cluster {
    let kubernetes = Kubernetes {
        version: kubernetes_version!("1.35"),
        domain: host!("cluster.local"),
        networks: Networks {
            pods: cidr!("10.42.0.0/16"),
            services: cidr!("10.43.0.0/16"),
            nodes: cidr!("192.168.1.0/24"),
        },
        api_servers: ApiServers::at(ip!("192.168.1.12"), port_number!(6443))
            .and(ip!("192.168.1.11"), port_number!(6443)),
        dns: Dns { namespace: name!("kube-system"), label: label!("k8s-app", "kube-dns"), node_local: None },
        nodes: 3,
    };
    let linkerd = Linkerd {
        namespace: name!("linkerd"),
        proxy: linkerd_image!("edge-26.8.3@sha256:0700ad9da4e4c014e1b036107d1a674e5cfa497a9b7f151e054b64d198907497"),
        proxy_resources: ProxyResources { cpu: cpu!("10m"), memory: memory!("32Mi"), memory_limit: memory!("128Mi") },
        gateway_api,
        cluster_networks: ClusterNetworks::PodsAndServices,
    };
    let argocd = ArgoCd {
        namespace: name!("argocd"),
        repository: repository!("https://git.example.com/platform/gitops.git"),
        branch: name!("main"),
        // The tree is the repository.
        directory: path!("/"),
    };
    Cluster::new(name!("example"), kubernetes, linkerd, argocd, vault!("k8s-example")).runs(Deployment::new(ledger()))
}

/// What a program says of a text on its standard input, if it is installed.
fn said_by(program: &str, arguments: &[&str], input: &str) -> Option<Result<(), String>> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => panic!("{program}: {error}"),
    };
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    Some(if output.status.success() { Ok(()) } else { Err(String::from_utf8(text).unwrap()) })
}

#[track_caller]
fn reads_well(script: &str) {
    // Every system has one of these; `dash` is the strictest.
    assert_eq!(said_by("sh", &["-n"], script), Some(Ok(())));
    for (program, arguments) in
        [("dash", &["-n"][..]), ("bash", &["--posix", "-n"]), ("shellcheck", &["--shell", "sh", "-"])]
    {
        if let Some(said) = said_by(program, arguments, script) {
            assert_eq!(said, Ok(()), "{program}");
        }
    }
    assert!(!script.contains(['«', '»']), "a block or a name of the template was left");
    assert!(!script.lines().any(|line| line.ends_with(' ')), "a line ends with a blank");
}

#[test]
fn a_judge_of_scripts_says_no() {
    for program in ["sh", "dash", "bash"] {
        let said = said_by(program, &["-n"], "if true; then echo\n");
        assert!(said.is_none_or(|said| said.is_err()), "{program}");
    }
}

#[test]
fn a_cluster_with_everything() {
    let script = of(whole());
    reads_well(&script);
    assert_snapshot!(script);
}

#[test]
fn a_cluster_that_only_runs_services() {
    let script = of(bare());
    reads_well(&script);
    for foreign in ["onepassword", "op read", "helm", "break-glass", "casemate-break-glass", "io/platform", "END_OF"] {
        assert!(!script.contains(foreign), "{foreign}");
    }
    assert_snapshot!(script);
}

#[test]
fn each_gateway_api_is_looked_for_as_it_is_declared() {
    let chart = of(bare());
    assert!(chart.contains("note \"a Gateway API ($channel) is installed already"), "{chart}");
    let experimental = of(with_gateway(GatewayApi::Experimental));
    reads_well(&experimental);
    assert!(experimental.contains("[ \"$channel\" = experimental ] || wrong"), "{experimental}");
    assert!(experimental.contains("for kind in tlsroutes tcproutes; do"), "{experimental}");
    let standard = of(with_gateway(GatewayApi::StandardWithChartRoutes));
    reads_well(&standard);
    assert!(standard.contains("[ \"$channel\" = standard ] || wrong"), "{standard}");
    // Those two are the chart's.
    assert!(!standard.contains("tcproutes"), "{standard}");
}

#[test]
fn a_tree_may_be_a_whole_repository() {
    assert!(of(bare()).contains("\nTREE=$CHECKOUT/out/example\n"));
    assert!(of(with_gateway(GatewayApi::LinkerdChart)).contains("\nTREE=$CHECKOUT/example\n"));
}

#[test]
fn all_api_servers_are_compared_in_one_order() {
    let script = of(with_gateway(GatewayApi::LinkerdChart));
    assert!(script.contains("[ \"$servers\" = '192.168.1.11 192.168.1.12' ]"), "{script}");
}

#[test]
fn a_pull_secret_or_a_chart_s_item_needs_the_operator_too() {
    assert!(!of(bare()).contains("onepassword"));
    let pulls = bare().pulls(host!("registry.example.com"), item!("registry", "registry-read"));
    assert!(of(pulls).contains("\nSTEPS='check namespaces credentials token onepassword argocd root gitops'\n"));
    let chart = Chart::new(
        name!("nats"),
        chart_repository!("https://nats-io.github.io/k8s/helm/charts"),
        chart_version!("2.12.3"),
        name!("nats"),
    );
    assert!(of(bare().installs(chart.reads(KEY))).contains("\nonepassword_do() {\n"));
}

#[test]
fn the_operator_lives_where_the_cluster_says() {
    let operator = OnePassword { namespace: name!("vaults"), account: name!("vaults-operator") };
    let script = of(whole().one_password(operator));
    reads_well(&script);
    assert!(!script.contains("namespace onepassword"), "{script}");
    assert!(script.contains("\"serviceAccount\":{\"name\":\"vaults-operator\"}"), "{script}");
    assert!(script.contains("  kube get namespaces vaults argocd\n"), "{script}");
}

#[test]
fn kyverno_may_be_somebody_else_s_to_install() {
    let script = of(bare().kyverno(name!("guard")));
    reads_well(&script);
    assert!(script.contains("\n  rolled_out guard || stop"), "{script}");
}

#[test]
fn the_namespace_of_the_operator_is_held_to_the_highest_level() {
    let script = of(whole());
    let object = script.split("<<'END_OF_OBJECTS'\n").nth(1).unwrap().split("END_OF_OBJECTS").next().unwrap();
    let documents = crate::yaml_reader::read(object).unwrap();
    let labels = &documents[0]["metadata"]["labels"];
    assert_eq!(labels["pod-security.kubernetes.io/enforce"], "restricted");
    assert_eq!(labels["pod-security.kubernetes.io/enforce-version"], "v1.35");
}
