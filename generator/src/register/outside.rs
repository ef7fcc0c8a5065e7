//! What lies outside of the rendered tree: what is assumed there, and how somebody checks it.

/// An assumption with the way to check it.
#[derive(Debug)]
pub(super) struct Outside {
    /// What has to be so.
    pub(super) assumed: &'static str,
    /// How to see that it is, in Markdown.
    pub(super) check: &'static str,
}

pub(super) const CLOSED_ROUTER: Outside = Outside {
    assumed: "No port of the router or of a firewall leads to a node.",
    check: "From another network, `nmap -Pn -p- ADDRESS` of your public address finds no open port; `-sU` asks for UDP.",
};

pub(super) const ZONE: Outside = Outside {
    assumed: "No record of the zone names your own address, and only external-dns and people you know can change the zone.",
    check: "`curl -H \"Authorization: Bearer $TOKEN\" https://api.cloudflare.com/client/v4/zones/$ZONE/dns_records` lists no `A` or `AAAA` record of yours.",
};

pub(super) const ACCESS: Outside = Outside {
    assumed: "The Access application behind each audience lets in those who are meant.",
    check: "`curl -sI https://HOSTNAME` without a login answers 302 to `TEAM.cloudflareaccess.com`; Cloudflare's Zero Trust dashboard shows whom each application lets in.",
};

pub(super) const DDOS: Outside = Outside {
    assumed: "Cloudflare absorbs floods before they reach the tunnel. Its rules against them are on for every zone whose records are proxied.",
    check: "`dig +short HOSTNAME` answers with addresses of `https://www.cloudflare.com/ips/` only; the zone's security settings in Cloudflare's dashboard show the rules.",
};

pub(super) const WAF: Outside = Outside {
    assumed: "A managed ruleset of Cloudflare's WAF is deployed in the zone.",
    check: "`curl -H \"Authorization: Bearer $TOKEN\" https://api.cloudflare.com/client/v4/zones/$ZONE/rulesets/phases/http_request_firewall_managed/entrypoint` lists a rule with the action `execute`.",
};

pub(super) const EDGE_TLS: Outside = Outside {
    assumed: "Cloudflare terminates TLS at its edge, and so it sees every request to a hostname. The zone redirects plain HTTP and refuses TLS older than 1.2.",
    check: "`curl -sI http://HOSTNAME` answers 301; `curl --tls-max 1.1 https://HOSTNAME` fails.",
};

pub(super) const MESH_WORKS: Outside = Outside {
    assumed: "Linkerd's injector and its issuer of identities work, and nobody else has the key of the trust anchor.",
    check: "`linkerd check --proxy` ends without an error; `linkerd diagnostics proxy-metrics -n NAMESPACE deploy/NAME` counts connections with `tls=\"true\"`.",
};

pub(super) const NETWORK_PLUGIN: Outside = Outside {
    assumed: "The cluster's network plugin enforces NetworkPolicies. Some do not.",
    check: "`kubectl run probe -n default --rm -it --restart=Never --image=busybox:1.37 -- wget -T 5 -O- http://NAME.NAMESPACE:PORT` ends in a timeout.",
};

pub(super) const WATCHERS: Outside = Outside {
    assumed: "Somebody looks at what the collector gathers, and is told when it stops.",
    check: "The collector's dashboard shows the requests of a service within a minute of `curl https://HOSTNAME`.",
};

pub(super) const ADMISSION: Outside = Outside {
    assumed: "The API server's admission of Pod Security is on, as it is unless somebody turns it off.",
    check: "`kubectl -n NAMESPACE run probe --image=busybox:1.37 --privileged --dry-run=server` is refused with `violates PodSecurity`.",
};

pub(super) const KUBE_SYSTEM: Outside = Outside {
    assumed: "No level of Pod Security here is of `kube-system`, and no policy sees it: what runs there is the distribution's own. Where else none looks, the list of [namespaces that policies leave out](#namespaces-that-policies-leave-out) says.",
    check: "`kubectl -n kube-system get pods` shows parts of the distribution only; `kubectl -n kube-system get all -o yaml > FILE` and `casemate audit FILE` say what they break.",
};

pub(super) const KYVERNO_WORKS: Outside = Outside {
    assumed: "Kyverno runs, where it is declared, and nobody else writes policies or webhook configurations.",
    check: "`kubectl get validatingpolicies.policies.kyverno.io,mutatingpolicies.policies.kyverno.io,generatingpolicies.policies.kyverno.io` shows every policy of this tree, each ready; `kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations` names those of owners that you know.",
};

pub(super) const REPOSITORY: Outside = Outside {
    assumed: "Only reviewed commits reach the branch that Argo CD reads, and only people you know administer Argo CD and the cluster. Without Casemate's plugin, Argo CD applies what is edited in the tree.",
    check: "The branch's rules ask for a review and for `cargo run -- render --check`; `kubectl get clusterrolebindings -o wide` names who has `cluster-admin`; `argocd account list` names accounts.",
};

pub(super) const DATABASES: Outside = Outside {
    assumed: "Where a database is declared, somebody else makes its `Cluster`: no file here has its settings. Its connections have TLS if its clients ask for it.",
    check: "`kubectl get clusters.postgresql.cnpg.io --all-namespaces -o yaml > FILE` shows each one that is declared, with `linkerd.io/inject: disabled`.",
};

pub(super) const VAULT: Outside = Outside {
    assumed: "The vault holds the items that are named here, and the operator's token reads this vault and no other.",
    check: "`kubectl -n onepassword port-forward svc/onepassword-connect 8080`, and then `curl -H \"Authorization: Bearer $TOKEN\" http://localhost:8080/v1/vaults` names one vault; `…/v1/vaults/ID/items` names every item of this tree.",
};

pub(super) const OPERATOR_WORKS: Outside = Outside {
    assumed: "The 1Password operator runs. What it makes lies in the cluster's etcd, where whoever reads Secrets reads it.",
    check: "`kubectl wait --for=condition=Ready onepassworditem --all --all-namespaces --timeout=10s` ends without an error; `kubectl auth can-i get secrets --all-namespaces --as=system:serviceaccount:NAMESPACE:NAME` answers `no` for an account of yours, and so does the same with `-n NAMESPACE`.",
};

pub(super) const OPERATOR_BY_HELM: Outside = Outside {
    assumed: "The 1Password operator was installed with Helm, by a person who ran what `casemate bootstrap` prints.",
    check: "`KUBE_CONTEXT=CONTEXT sh bootstrap.sh status` says which steps are done; `kubectl -n argocd get applications` names no Application of it.",
};

pub(super) const HISTORY: Outside = Outside {
    assumed: "No credential was ever committed under a harmless name, in pieces, or encoded.",
    check: "`gitleaks git .` in the repository finds nothing.",
};

pub(super) const IMAGES: Outside = Outside {
    assumed: "No image has a secret in a layer. A digest says which image runs, not what is in it.",
    check: "`trivy image --scanners secret IMAGE` finds nothing.",
};

pub(super) const STRENGTH: Outside = Outside {
    assumed: "The passwords in the vault are long and random, none is a product's default, and none is used twice.",
    check: "Watchtower in 1Password lists none of the vault's items as weak or reused.",
};

pub(super) const ROTATED: Outside = Outside {
    assumed: "Whoever changes an item knows which pods keep the old value: the list of [secrets that do not rotate by themselves](#secrets-that-do-not-rotate-by-themselves) names them.",
    check: "Change an item of a Deployment: within the operator's polling interval, `kubectl -n NAMESPACE get deploy NAME -o jsonpath='{.spec.template.metadata.annotations}'` has a new `operator.1password.io/last-restarted`.",
};

pub(super) const OTHER_ACCOUNTS: Outside = Outside {
    assumed: "Accounts of charts have the rights that their authors gave them. This tree renders none of them.",
    check: "`helm template CHART | casemate audit -` names roles with wildcards, and those that read Secrets.",
};
