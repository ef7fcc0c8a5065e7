//! What bears on security is said, in the right section, and nothing else is.

use super::sentences;

const DIRECTORY: &str = "c/services/shop/ledger/";

/// One file that changes like this, beside one that stays.
fn change(before: &str, after: &str) -> String {
    let path = format!("{DIRECTORY}x.yaml");
    let stays = format!("{DIRECTORY}stays.yaml");
    let files = |text| -> Vec<(&str, &str)> {
        let mut files = vec![(stays.as_str(), "kind: ServiceAccount\n")];
        files.extend(Some((path.as_str(), text)).filter(|(_, text): &(&str, &str)| !text.is_empty()));
        files
    };
    sentences(&files(before), &files(after))
}

fn tunnel(rules: &str) -> String {
    let config = format!("tunnel: t\ningress:\n{rules}- service: http_status:404\n");
    let config: String = config.lines().flat_map(|line| ["    ", line, "\n"]).collect();
    format!(
        "kind: ConfigMap\nmetadata:\n  name: cloudflared-config-0\n  namespace: cloudflared\ndata:\n  config.yaml: |\n{config}"
    )
}

const BEHIND_ACCESS: &str = "- hostname: a.example.com\n  service: http://a.shop.svc.cluster.local:80\n  originRequest:\n    access:\n      required: true\n      teamName: example\n      audTag:\n      - aaaa\n";

#[test]
fn a_hostname() {
    let (shut, access) = (tunnel(""), tunnel(BEHIND_ACCESS));
    let public = tunnel("- hostname: a.example.com\n  service: http://a.shop.svc.cluster.local:80\n");
    let optional = tunnel(&BEHIND_ACCESS.replace("required: true", "required: false"));
    assert_eq!(
        change(&shut, &access),
        "Opened or widened:\n- Hostname a.example.com is exposed (Access of team example, audience aaaa); it leads to http://a.shop.svc.cluster.local:80\n"
    );
    assert_eq!(
        change(&access, &public),
        "Opened or widened:\n- Hostname a.example.com is decided anew: Access of team example, audience aaaa becomes public: no Access in front of it\n"
    );
    assert_eq!(change(&access, &optional), change(&access, &public), "Access that is not required decides nothing");
    assert!(change(&public, &access).starts_with("Closed or narrowed:\n"));
    assert!(change(&access, &shut).contains("Closed or narrowed:\n- Hostname a.example.com is no longer exposed"));
    let elsewhere = tunnel(&BEHIND_ACCESS.replace("//a.shop", "//b.shop"));
    assert!(
        change(&access, &elsewhere).contains("Opened or widened:\n- Hostname a.example.com leads to http://b.shop")
    );
    let all = tunnel("- service: http://a.shop.svc.cluster.local:80\n");
    assert!(change(&shut, &all).contains("every other hostname is exposed (public"));
    let unverified = tunnel(&BEHIND_ACCESS.replace("    access:", "    noTLSVerify: true\n    access:"));
    assert!(change(&access, &unverified).contains("does not verify the certificate"));
}

#[test]
fn paths_of_a_hostname() {
    let below = |path: &str| tunnel(&BEHIND_ACCESS.replace("  service", &format!("  path: '{path}'\n  service")));
    assert_eq!(
        change(&tunnel(BEHIND_ACCESS), &below(r"^/api/v1\.2(/|$)")),
        "Opened or widened:\n- Hostname a.example.com/api/v1.2 is exposed (Access of team example, audience aaaa); it leads to http://a.shop.svc.cluster.local:80\nClosed or narrowed:\n- Hostname a.example.com is no longer exposed (Access of team example, audience aaaa)\n"
    );
    // What is no prefix is not shown as one.
    for expression in ["/api", "^/api", "^/api|(/|$)", "^/a.i(/|$)", "^(/|$)"] {
        let said = change(&tunnel(""), &below(expression));
        assert!(
            said.contains(&format!("Hostname a.example.com, paths that match `{expression}` is exposed")),
            "{said}"
        );
    }
}

#[test]
fn the_reason_of_a_public_hostname() {
    let public = |comment: &str| {
        tunnel(&format!("{comment}- hostname: a.example.com\n  service: http://a.shop.svc.cluster.local:80\n"))
    };
    let (rates, again) = (public("# public: rates are for everybody\n"), public("# public: so says the law\n"));
    assert_eq!(
        change(&tunnel(""), &rates),
        "Opened or widened:\n- Hostname a.example.com is exposed (public: no Access in front of it); it leads to http://a.shop.svc.cluster.local:80\n- Hostname a.example.com gives its reasons: rates are for everybody\n"
    );
    assert_eq!(
        change(&rates, &again),
        "Runs or reads something else:\n- Hostname a.example.com gives other reasons: so says the law\n"
    );
    // A comment that stands elsewhere, or before a hostname behind Access, is no reason.
    assert!(!change(&tunnel(""), &public("# public: not here\n\n")).contains("reasons"));
    assert!(!change(&tunnel(""), &tunnel(&format!("# public: not so\n{BEHIND_ACCESS}"))).contains("reasons"));
}

fn policy(spec: &str) -> String {
    format!(
        "kind: NetworkPolicy\nmetadata:\n  name: any\n  namespace: shop\nspec:\n  podSelector:\n    matchLabels:\n      app.kubernetes.io/name: ledger\n{spec}"
    )
}

#[test]
fn a_connection() {
    let from = |ports: &str| {
        policy(&format!(
            "  policyTypes: [Ingress]\n  ingress:\n  - from:\n    - namespaceSelector:\n        matchLabels:\n          kubernetes.io/metadata.name: bank\n      podSelector:\n        matchLabels:\n          app.kubernetes.io/name: till\n    ports: {ports}\n"
        ))
    };
    let one = from("[{port: 4143, protocol: TCP}]");
    let two = from("[{port: 4143, protocol: TCP}, {port: 53, protocol: UDP}]");
    assert_eq!(
        change("", &one),
        "Opened or widened:\n- Pods shop/ledger may take connections from bank/till on 4143/TCP\nClosed or narrowed:\n- Pods shop/ledger have a NetworkPolicy that shuts connections to them\n"
    );
    assert_eq!(
        change(&one, &two),
        "Opened or widened:\n- Pods shop/ledger may take connections from bank/till on 53/UDP\n"
    );
    assert_eq!(
        change(&two, &one),
        "Closed or narrowed:\n- Pods shop/ledger may no longer take connections from bank/till on 53/UDP\n"
    );
    let renamed = one.replace("name: any", "name: other");
    assert!(change(&one, &renamed).starts_with("No change in what is exposed"), "a name grants nothing");
}

#[test]
fn an_empty_list_means_everyone() {
    let shut = policy("  policyTypes: [Ingress]\n");
    let open = policy("  policyTypes: [Ingress]\n  ingress:\n  - {}\n");
    assert_eq!(
        change(&shut, &open),
        "Opened or widened:\n- Pods shop/ledger may take connections from anybody, anywhere on all ports\n"
    );
    assert_eq!(
        change(&shut, ""),
        "Opened or widened:\n- Pods shop/ledger have no NetworkPolicy of their own any more that shuts connections to them\n"
    );
    let outside =
        policy("  policyTypes: [Egress]\n  egress:\n  - to:\n    - ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}\n");
    assert!(change("", &outside).contains("may connect to 0.0.0.0/0 except 10.0.0.0/8 on all ports"));
    let every = "kind: AuthorizationPolicy\nmetadata: {name: a, namespace: shop}\nspec:\n  targetRef: {kind: Server, name: ledger-80}\n";
    assert_eq!(change("", every), "Opened or widened:\n- Server shop/ledger-80 lets in everybody\n");
}

#[test]
fn the_same_grant_in_another_object_is_no_change() {
    let open = policy("  policyTypes: [Ingress]\n  ingress:\n  - {}\n");
    let (one, two) = (format!("{DIRECTORY}a.yaml"), format!("{DIRECTORY}b.yaml"));
    let said = sentences(&[(&one, &open), (&two, &open)], &[(&one, &open)]);
    assert!(said.starts_with("No change in what is exposed"), "{said}");
}

#[test]
fn a_caller_by_way_of_its_authentication() {
    let directory = |file: &str| format!("{DIRECTORY}{file}");
    let (policy, authentication) = (directory("a.yaml"), directory("b.yaml"));
    let grant = "kind: AuthorizationPolicy\nmetadata: {name: a, namespace: shop}\nspec:\n  targetRef: {kind: Server, name: ledger-80}\n  requiredAuthenticationRefs:\n  - {kind: MeshTLSAuthentication, name: who}\n";
    let who = |name: &str| {
        format!(
            "kind: MeshTLSAuthentication\nmetadata: {{name: who, namespace: shop}}\nspec:\n  identityRefs:\n  - {{kind: ServiceAccount, name: {name}, namespace: bank}}\n"
        )
    };
    let (till, safe) = (who("till"), who("safe"));
    let said = sentences(&[(&policy, grant), (&authentication, &till)], &[(&policy, grant), (&authentication, &safe)]);
    assert_eq!(
        said,
        "Opened or widened:\n- Server shop/ledger-80 lets in bank/safe\nClosed or narrowed:\n- Server shop/ledger-80 no longer lets in bank/till\n"
    );
    assert!(change("", grant).contains("whoever MeshTLSAuthentication shop/who is, which is not in the tree"));
}

#[test]
fn an_external_host() {
    let route = |hosts: &str| {
        format!(
            "kind: TLSRoute\nmetadata: {{name: r, namespace: shop}}\nspec:\n  parentRefs:\n  - {{kind: EgressNetwork, name: egress, port: 443}}\n{hosts}"
        )
    };
    let named = route("  hostnames: [api.example.org]\n");
    assert_eq!(
        change("", &named),
        "Opened or widened:\n- Namespace shop may reach the external host api.example.org on 443\n"
    );
    assert!(change(&named, "").starts_with("Closed or narrowed:\n- Namespace shop may no longer reach"));
    assert!(change(&named, &route("")).contains("may reach the external host any host on 443"));
    let network = "kind: EgressNetwork\nmetadata: {name: egress, namespace: shop}\nspec: {trafficPolicy: Deny}\n";
    assert!(
        change(network, &network.replace("Deny", "Allow"))
            .starts_with("Opened or widened:\n- EgressNetwork shop/egress answers")
    );
    assert!(change(network, "").starts_with("Opened or widened:\n- EgressNetwork shop/egress is gone"));
}

#[test]
fn a_right() {
    let role = |verbs: &str| {
        format!(
            "kind: Role\nmetadata: {{name: ledger, namespace: shop}}\nrules:\n- apiGroups: [apps]\n  resources: [deployments]\n  verbs: [{verbs}]\n"
        )
    };
    assert_eq!(
        change(&role("get, list"), &role("get, patch")),
        "Opened or widened:\n- Role shop/ledger allows patch of deployments.apps\nClosed or narrowed:\n- Role shop/ledger no longer allows list of deployments.apps\n"
    );
    let binding = "kind: RoleBinding\nmetadata: {name: ledger, namespace: shop}\nroleRef: {kind: Role, name: ledger}\nsubjects:\n- {kind: ServiceAccount, name: ledger, namespace: shop}\n";
    assert_eq!(change("", binding), "Opened or widened:\n- ServiceAccount shop/ledger has Role ledger in shop\n");
}

#[test]
fn a_webhook() {
    let webhook = |selector: &str, failure: &str| {
        format!(
            "kind: MutatingWebhookConfiguration\nmetadata: {{name: shop-ledger}}\nwebhooks:\n- name: a.b.c\n  clientConfig: {{service: {{name: ledger, namespace: shop}}}}\n  failurePolicy: {failure}\n{selector}  rules:\n  - {{apiGroups: [''], resources: [pods], operations: [CREATE]}}\n"
        )
    };
    let everywhere = webhook("", "Ignore");
    assert_eq!(
        change("", &everywhere),
        "Opened or widened:\n- MutatingWebhookConfiguration shop-ledger, answered by shop/ledger is asked about CREATE of pods in every namespace; while it is away: Ignore\n"
    );
    assert!(change(&everywhere, "").starts_with("Closed or narrowed:\n- MutatingWebhookConfiguration shop-ledger"));
    assert!(change(&everywhere, &webhook("", "Fail")).contains("while it is away, instead of Ignore: Fail"));
    let selected = webhook("  namespaceSelector: {matchLabels: {a: b}}\n", "Ignore");
    assert!(!change("", &selected).contains("every namespace"));
}

#[test]
fn a_right_in_the_whole_cluster() {
    let role = |reason: &str| {
        format!(
            "kind: ClusterRole\nmetadata:\n  name: shop-ledger\n  annotations: {{kubernetes.io/description: '{reason}'}}\nrules:\n- apiGroups: ['']\n  resources: [nodes]\n  verbs: [list]\n"
        )
    };
    assert_eq!(
        change("", &role("nodes: it shows all nodes")),
        "Opened or widened:\n- ClusterRole shop-ledger allows list of nodes\n- ClusterRole shop-ledger gives its reasons: nodes: it shows all nodes\n"
    );
    assert_eq!(
        change(&role("nodes: it shows all nodes"), &role("nodes: it counts all nodes")),
        "Runs or reads something else:\n- ClusterRole shop-ledger gives other reasons: nodes: it counts all nodes\n"
    );
    let binding = "kind: ClusterRoleBinding\nmetadata: {name: shop-ledger}\nroleRef: {kind: ClusterRole, name: shop-ledger}\nsubjects:\n- {kind: ServiceAccount, name: ledger, namespace: shop}\n";
    assert_eq!(
        change("", binding),
        "Opened or widened:\n- ServiceAccount shop/ledger has ClusterRole shop-ledger in the whole cluster\n"
    );
}

fn deployment(image: &str, context: &str) -> String {
    format!(
        "kind: Deployment\nmetadata: {{name: ledger, namespace: shop}}\nspec:\n  template:\n    spec:\n      automountServiceAccountToken: false\n      containers:\n      - name: ledger\n        image: {image}\n        resources: {{limits: {{memory: 1Mi}}}}\n        securityContext: {{{context}}}\n"
    )
}

const HARD: &str = "allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}";

#[test]
fn an_image() {
    let digest = |digit: &str| format!("sha256:{}", digit.repeat(64));
    let image = |text: String| deployment(&text, HARD);
    let old = image(format!("ghcr.io:443/a/b:1.0@{}", digest("1")));
    let said = |new: String| change(&old, &image(new));
    assert_eq!(
        said(format!("ghcr.io:443/a/b:1.1@{}", digest("2"))),
        "Runs or reads something else:\n- Image ghcr.io:443/a/b:1.0@sha256:111111111111… becomes ghcr.io:443/a/b:1.1@sha256:222222222222… (another version) in Deployment shop/ledger (ledger)\n"
    );
    assert!(said(format!("ghcr.io:443/a/b:1.0@{}", digest("2"))).contains("(another digest under the same tag)"));
    assert!(said(format!("ghcr.io:443/a/b:1.1@{}", digest("1"))).contains("(the same digest under another tag)"));
    assert!(said(format!("evil.example/a/b:1.0@{}", digest("1"))).contains("(another repository)"));
    assert!(
        said("ghcr.io:443/a/b:1.0".to_owned())
            .contains("Opened or widened:\n- Deployment shop/ledger: an image without a digest")
    );
    assert!(
        said(format!("ghcr.io:443/a/b:1.0@{}", digest("0")))
            .contains("they cannot be pulled:\n- ghcr.io:443/a/b:1.0, files that name it: 1\n")
    );
}

#[test]
fn the_image_of_a_volume() {
    let pod = |tag: &str| {
        let image = format!("ghcr.io/a/model:{tag}@sha256:{}", "1".repeat(64));
        let volumes = format!("      volumes:\n      - name: image-model\n        image: {{reference: \"{image}\"}}\n");
        deployment(&format!("a/b:1@sha256:{}", "1".repeat(64)), HARD) + &volumes
    };
    let said = change(&pod("7"), &pod("8"));
    assert!(said.contains("Image ghcr.io/a/model:7@") && said.contains("becomes ghcr.io/a/model:8@"), "{said}");
    assert!(said.contains("in Deployment shop/ledger (volume image-model)"), "{said}");
}

#[test]
fn a_pod_that_was_weakened_by_hand() {
    let image = format!("a/b:1@sha256:{}", "1".repeat(64));
    let hard = deployment(&image, HARD);
    for (is, was, says) in [
        ("readOnlyRootFilesystem: false", "readOnlyRootFilesystem: true", "a writable root file system"),
        ("runAsNonRoot: false", "runAsNonRoot: true", "root allowed"),
        ("drop: []", "drop: [ALL]", "capabilities not dropped"),
        ("drop: [ALL], add: [NET_ADMIN]", "drop: [ALL]", "capability NET_ADMIN"),
        ("type: Unconfined", "type: RuntimeDefault", "system calls not filtered"),
        (
            "privileged: true, allowPrivilegeEscalation: true",
            "allowPrivilegeEscalation: false",
            "privileged in container",
        ),
        ("limits: {}", "limits: {memory: 1Mi}", "no memory limit"),
        ("runAsUser: 0, runAsNonRoot: true", "runAsNonRoot: true", "user 0"),
        ("automountServiceAccountToken: true", "automountServiceAccountToken: false", "mounts the token"),
        ("hostNetwork: true\n      containers:", "containers:", "shares the node's own: hostNetwork"),
        ("volumes: [{name: v, hostPath: {path: /}}]\n      containers:", "containers:", "mounts a path of the node: /"),
        ("ports: [{hostPort: 80}]\n        image:", "image:", "port 80 of the node"),
    ] {
        let said = change(&hard, &hard.replace(was, is));
        assert!(said.starts_with("Opened or widened:\n") && said.contains(says), "{is}: {said}");
    }
    assert!(
        change("", &hard).starts_with("Runs or reads something else:\n- New image"),
        "a hardened pod has no weakness"
    );
    let service = "kind: Service\nmetadata: {name: s, namespace: shop}\nspec: {type: LoadBalancer}\n";
    assert!(change("", service).contains("is a Service of type LoadBalancer"));
    assert!(
        change("", "kind: Secret\nmetadata: {name: s, namespace: shop}\n")
            .contains("Secret shop/s: stands in the tree")
    );
}

#[test]
fn data() {
    let claim = |options: &str| {
        format!(
            "kind: PersistentVolumeClaim\nmetadata:\n  name: d\n  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-options: {options}\n"
        )
    };
    let kept = claim("Prune=false,Delete=false");
    assert_eq!(
        change(&kept, ""),
        "Data:\n- PersistentVolumeClaim shop/d is no longer declared; it stays in the cluster until somebody deletes it there\n"
    );
    assert!(change(&claim("ServerSideApply=true"), "").contains("Argo CD deletes it with all it holds"));
    assert!(change(&kept, &claim("ServerSideApply=true")).contains("is no longer kept"));
}

#[test]
fn a_namespace_and_its_labels() {
    let namespace = |level: &str| {
        format!(
            "kind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/enforce: {level}\n  annotations:\n    argocd.argoproj.io/sync-options: Prune=false\n"
        )
    };
    assert_eq!(
        change(&namespace("restricted"), &namespace("baseline")),
        "Opened or widened:\n- Namespace shop: does not enforce the restricted level of Pod Security\n- shop: pod-security.kubernetes.io/enforce is baseline instead of restricted\n"
    );
    assert!(change("", &namespace("restricted")).starts_with("No change in what is exposed"));
}

#[test]
fn a_project_and_an_application() {
    let project = |repository: &str| {
        format!(
            "kind: AppProject\nmetadata: {{name: shop, namespace: argocd}}\nspec:\n  sourceRepos: [\"{repository}\"]\n  namespaceResourceWhitelist: [{{group: \"\", kind: Service}}]\n"
        )
    };
    let said = change(&project("https://a"), &project("https://b"));
    assert!(said.contains("Opened or widened:\n- AppProject shop, more of what comes from: https://b\n"), "{said}");
    assert!(change("", &project("*")).contains("more of what comes from: *"));
    assert!(change("", &project("https://a")).starts_with("No change"));
    let application = |revision: &str| {
        format!(
            "kind: Application\nmetadata: {{name: a, namespace: argocd}}\nspec: {{project: p, source: {{targetRevision: {revision}}}}}\n"
        )
    };
    assert_eq!(
        change(&application("main"), &application("other")),
        "Runs or reads something else:\n- Application a, its revision: main becomes other\n"
    );
}

#[test]
fn an_item() {
    let item = |path: &str| {
        format!("kind: OnePasswordItem\nmetadata: {{name: s, namespace: shop}}\nspec: {{itemPath: {path}}}\n")
    };
    assert_eq!(
        change("", &item("vaults/a/items/b")),
        "Opened or widened:\n- Secret shop/s is read from 1Password, vaults/a/items/b\n"
    );
    assert!(
        change(&item("vaults/a/items/b"), &item("vaults/c/items/b"))
            .contains("is read from vaults/c/items/b instead of")
    );
}

#[test]
fn what_cannot_be_read_is_said_first() {
    let said = change("kind: Service\n", "kind: &anchor Deployment\n");
    assert_eq!(
        said,
        "Could not be read, so judge their diffs:\n- c/services/shop/ledger/x.yaml: it has an anchor, an alias or a tag\n"
    );
}

#[test]
fn clusters_are_named_where_there_are_several() {
    let host = tunnel(BEHIND_ACCESS);
    let said = sentences(&[], &[("a/x.yaml", &host), ("b/x.yaml", &host)]);
    assert!(said.contains("- a: Hostname a.example.com") && said.contains("- b: Hostname a.example.com"), "{said}");
}
