//! Rules of other kinds.

use super::*;

const NAMESPACE: &str = "
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {casemate.dev/tier: services, pod-security.kubernetes.io/enforce: restricted}
  annotations: {linkerd.io/inject: enabled}
";
const SECRET: &str = "{apiVersion: v1, kind: Secret, metadata: {name: db}, type: Opaque}";
const CONFIG_MAP: &str =
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: web}, data: {level: info, web.toml: \"level = 'info'\"}}";
const SERVICE: &str =
    "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: ClusterIP, selector: {app: web}}}";
const ACCOUNT: &str =
    "{apiVersion: v1, kind: ServiceAccount, metadata: {name: web}, automountServiceAccountToken: false}";
const VOLUME: &str = "{apiVersion: v1, kind: PersistentVolume, metadata: {name: web}, spec: {csi: {driver: d}}}";
const POLICY: &str = "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  ingress:
  - from: [{namespaceSelector: {matchLabels: {name: edge}}, podSelector: {}}]
  egress:
  - to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]}}]
";
const ROLE: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules:
- {apiGroups: [\"\"], resources: [pods], verbs: [get, list]}
";
const BINDING: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: web}
roleRef: {kind: ClusterRole, name: web}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
";
const SERVER: &str =
    "{apiVersion: policy.linkerd.io/v1beta3, kind: Server, metadata: {name: web}, spec: {accessPolicy: deny}}";
const AUTHORIZATION: &str = "{apiVersion: policy.linkerd.io/v1alpha1, kind: AuthorizationPolicy, metadata: {name: web}, spec: \
                             {requiredAuthenticationRefs: [{name: callers}]}}";
const OLD_AUTHORIZATION: &str = "{apiVersion: policy.linkerd.io/v1beta1, kind: ServerAuthorization, metadata: {name: web}, spec: \
                                 {client: {meshTLS: {identities: [a.b]}}}}";
const IDENTITIES: &str = "{apiVersion: policy.linkerd.io/v1alpha1, kind: MeshTLSAuthentication, metadata: {name: web}, spec: {identities: [a.b]}}";
const NETWORKS: &str = "{apiVersion: policy.linkerd.io/v1alpha1, kind: NetworkAuthentication, metadata: {name: web}, spec: \
                        {networks: [{cidr: 10.42.0.0/16}]}}";
const EGRESS: &str =
    "{apiVersion: policy.linkerd.io/v1alpha1, kind: EgressNetwork, metadata: {name: web}, spec: {trafficPolicy: Deny}}";
/// A kind that no rule is about, to be turned into one.
const QUOTA: &str = "{apiVersion: v1, kind: ResourceQuota, metadata: {name: web}}";

macro_rules! twins {
    ($($object:ident: $rule:ident at $at:literal: $good:literal => $bad:literal;)+) => {
        [$(($object, Twin { good: $good, bad: $bad, rule: Rule::$rule, at: $at }),)+]
    };
}

pub(super) fn twins() -> impl Iterator<Item = (&'static str, Twin)> {
    twins! {
        NAMESPACE: PodSecurityLabels at "metadata.labels[\"pod-security.kubernetes.io/enforce\"]":
            ", pod-security.kubernetes.io/enforce: restricted" => "";
        NAMESPACE: PodSecurityLabels at "metadata.labels[\"pod-security.kubernetes.io/enforce\"]":
            "enforce: restricted" => "enforce: strict";
        NAMESPACE: PodSecurityLabels at "metadata.labels[\"pod-security.kubernetes.io/enforce\"]":
            "enforce: restricted" => "enforce: baseline";
        NAMESPACE: InjectedProxy at "metadata.annotations[\"linkerd.io/inject\"]":
            "inject: enabled" => "inject: disabled";
        NAMESPACE: OurMeshSettings at "metadata.annotations[\"config.linkerd.io/skip-subnets\"]":
            "linkerd.io/inject: enabled" => "config.linkerd.io/skip-subnets: 10.0.0.0/8";
        SECRET: SecretsByOperators at "data.password": "type: Opaque" => "data: {password: aHVudGVyMg==}";
        SECRET: SecretsByOperators at "stringData.password": "type: Opaque" => "stringData: {password: hunter2}";
        SECRET: NoUnaskedToken at "type": "type: Opaque" => "type: kubernetes.io/service-account-token";
        CONFIG_MAP: NoCredentialsInConfig at "data.password": "level: info" => "password: hunter2";
        CONFIG_MAP: NoCredentialsInConfig at "data[\"web.toml\"]": "level = 'info'" => "secret_key = 'hunter2'";
        SERVICE: ClusterIpServices at "spec.type": "ClusterIP" => "NodePort";
        SERVICE: ClusterIpServices at "spec.type": "ClusterIP" => "LoadBalancer";
        SERVICE: ClusterIpServices at "spec.type": "ClusterIP, selector: {app: web}" => "ExternalName, externalName: example.com";
        SERVICE: ClusterIpServices at "spec.externalIPs": "type: ClusterIP" => "externalIPs: [192.0.2.1]";
        SERVICE: ServicesWithSelector at "spec.selector": ", selector: {app: web}" => "";
        QUOTA: ServicesWithSelector at "kind": "ResourceQuota" => "Endpoints";
        QUOTA: NoIngress at "kind": "v1, kind: ResourceQuota" => "networking.k8s.io/v1, kind: Ingress";
        QUOTA: NoIngress at "kind": "v1, kind: ResourceQuota" => "gateway.networking.k8s.io/v1, kind: Gateway";
        ACCOUNT: NoUnaskedToken at "automountServiceAccountToken": "Token: false" => "Token: true";
        VOLUME: NoHostPath at "spec.hostPath": "csi: {driver: d}" => "hostPath: {path: /}";
        POLICY: NarrowNetworkPolicies at "spec.ingress[0]":
            "from: [{namespaceSelector: {matchLabels: {name: edge}}, podSelector: {}}]" => "ports: [{port: 80}]";
        POLICY: NarrowNetworkPolicies at "spec.ingress[0]":
            "[{namespaceSelector: {matchLabels: {name: edge}}, podSelector: {}}]" => "[]";
        POLICY: NarrowNetworkPolicies at "spec.ingress[0].from[0]": "{matchLabels: {name: edge}}" => "{}";
        POLICY: NarrowNetworkPolicies at "spec.ingress[0].from[0]":
            "{namespaceSelector: {matchLabels: {name: edge}}, podSelector: {}}" => "{ipBlock: {cidr: 0.0.0.0/0}}";
        POLICY: NarrowNetworkPolicies at "spec.egress[0].to[0]":
            ", except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]" => "";
        POLICY: NarrowNetworkPolicies at "spec.egress[0].to[0]":
            "cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]" => "cidr: 128.0.0.0/1";
        POLICY: NarrowNetworkPolicies at "spec.egress[0].to[0]":
            "0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]" => "\"::/0\"";
        POLICY: NarrowNetworkPolicies at "spec.egress[0]":
            "to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]}}]" => "{}";
        ROLE: NoWildcardRights at "rules[0].resources[0]": "[pods]" => "[\"*\"]";
        ROLE: NoWildcardRights at "rules[0].resources[0]": "[pods]" => "[\"pods/*\"]";
        ROLE: NoWildcardRights at "rules[0].verbs[0]": "[get, list]" => "[\"*\"]";
        ROLE: NoWildcardRights at "rules[0].apiGroups[0]": "[\"\"]" => "[\"*\"]";
        ROLE: NoWildcardRights at "rules[0].verbs[1]": "[get, list]" => "[get, escalate]";
        ROLE: NoWildcardRights at "rules[0].resources[0]": "[pods]" => "[secrets]";
        ROLE: NoWildcardRights at "rules[0].resources[1]": "[pods]" => "[pods, pods/exec]";
        ROLE: NoWildcardRights at "rules[0].resources[0]":
            "[pods], verbs: [get, list]" => "[serviceaccounts/token], verbs: [create]";
        ROLE: NoWildcardRights at "aggregationRule": "rules:" => "aggregationRule: {clusterRoleSelectors: []}\nrules:";
        BINDING: NoWildcardRights at "roleRef.name": "{kind: ClusterRole, name: web}" => "{kind: ClusterRole, name: cluster-admin}";
        BINDING: NoWildcardRights at "subjects[0].name":
            "{kind: ServiceAccount, name: web, namespace: shop}" => "{kind: Group, name: \"system:authenticated\"}";
        BINDING: OwnServiceAccount at "subjects[0].name": "name: web, namespace: shop" => "name: default, namespace: shop";
        SERVER: AuthenticatedCallers at "spec.accessPolicy": "deny" => "all-unauthenticated";
        AUTHORIZATION: AuthenticatedCallers at "spec.requiredAuthenticationRefs": "[{name: callers}]" => "[]";
        OLD_AUTHORIZATION: AuthenticatedCallers at "spec.client.unauthenticated":
            "meshTLS: {identities: [a.b]}" => "unauthenticated: true";
        OLD_AUTHORIZATION: AuthenticatedCallers at "spec.client.meshTLS.identities[0]": "[a.b]" => "[\"*\"]";
        IDENTITIES: AuthenticatedCallers at "spec.identities[0]": "[a.b]" => "[\"*.shop.serviceaccount\"]";
        NETWORKS: AuthenticatedCallers at "spec.networks[0].cidr": "10.42.0.0/16" => "0.0.0.0/0";
        EGRESS: EgressFence at "spec.trafficPolicy": "Deny" => "Allow";
    }
    .into_iter()
}

#[test]
fn one_change_is_one_finding() {
    for (object, twin) in twins() {
        check(object, &twin);
    }
}

#[test]
fn no_value_of_a_secret_and_no_credential_is_repeated() {
    let texts = [
        SECRET.replace("type: Opaque", "stringData: {password: hunter2}"),
        CONFIG_MAP.replace("level: info", "password: hunter2"),
        CONFIG_MAP.replace("level = 'info'", "secret_key = 'hunter2'"),
        GOOD.replace("value: info", "value: postgres://app:hunter2@db/app"),
        GOOD.replace("LOG_LEVEL\n          value: info", "DB_PASSWORD\n          value: hunter2"),
        GOOD.replace("[--config, /etc/web.yaml]", "[--db-password, hunter2]"),
    ];
    for text in texts {
        let audited = audited(&text);
        assert!(!audited.objects[0].findings.is_empty(), "{text}");
        let mut collected = Collected::default();
        let mut tally = Tally::default();
        collected.add(&audited);
        tally.add(&audited);
        let said = [
            text::file(&audited, false),
            text::summary(&tally, OPTIONS.standard),
            json::write(&collected, &tally, OPTIONS.standard),
            sarif::write(&collected, &tally, OPTIONS.standard, None),
        ];
        assert!(said.iter().all(|said| !said.contains("hunter2")), "{said:?}");
    }
}
