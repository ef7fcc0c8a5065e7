//! Rules of pods: one setting of a good Deployment made insecure.

use super::*;

macro_rules! twins {
    ($($rule:ident at $at:literal: $good:literal => $bad:literal;)+) => {
        [$(Twin { good: $good, bad: $bad, rule: Rule::$rule, at: $at },)+]
    };
}

pub(super) fn twins() -> impl Iterator<Item = Twin> {
    twins! {
        ReadOnlyRootFilesystem at "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem":
            "readOnlyRootFilesystem: true" => "readOnlyRootFilesystem: false";
        ReadOnlyRootFilesystem at "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem":
            "readOnlyRootFilesystem: true" => "";
        ReadOnlyRootFilesystem at "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem":
            "readOnlyRootFilesystem: true" => "readOnlyRootFilesystem: \"true\"";
        RunAsNonRoot at "spec.template.spec.containers[0].securityContext.runAsNonRoot":
            "runAsNonRoot: true" => "";
        RunAsNonRoot at "spec.template.spec.containers[0].securityContext.runAsNonRoot":
            "runAsUser: 65532" => "runAsUser: 65532\n          runAsNonRoot: false";
        NumericUser at "spec.template.spec.containers[0].securityContext.runAsUser":
            "          runAsUser: 65532\n" => "";
        NumericUser at "spec.template.spec.containers[0].securityContext.runAsUser":
            "runAsUser: 65532" => "runAsUser: 0x0";
        NumericUser at "spec.template.spec.containers[0].securityContext.runAsUser":
            "runAsUser: 65532" => "runAsUser: 2102";
        NumericUser at "spec.template.spec.containers[0].securityContext.runAsUser":
            "runAsUser: 65532" => "runAsUser: web";
        NumericUser at "spec.template.spec.containers[0].securityContext.runAsGroup":
            "runAsGroup: 65532" => "runAsGroup: 0";
        NumericUser at "spec.template.spec.securityContext.fsGroup":
            "fsGroup: 65532" => "fsGroup: 0";
        NumericUser at "spec.template.spec.securityContext.supplementalGroups[1]":
            "fsGroup: 65532" => "supplementalGroups: [1000, 0]";
        NoPrivilegeEscalation at "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation":
            "allowPrivilegeEscalation: false" => "allowPrivilegeEscalation: true";
        NoPrivilegeEscalation at "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation":
            "allowPrivilegeEscalation: false" => "";
        DropAllCapabilities at "spec.template.spec.containers[0].securityContext.capabilities.drop":
            "drop: [ALL]" => "drop: [NET_RAW]";
        DropAllCapabilities at "spec.template.spec.containers[0].securityContext.capabilities.add[0]":
            "drop: [ALL]" => "{drop: [ALL], add: [NET_BIND_SERVICE]}";
        RuntimeDefaultSeccomp at "spec.template.spec.securityContext.seccompProfile.type":
            "type: RuntimeDefault" => "type: Unconfined";
        RuntimeDefaultSeccomp at "spec.template.spec.securityContext.seccompProfile.type":
            "type: RuntimeDefault" => "type: Localhost";
        RuntimeDefaultSeccomp at "spec.template.spec.containers[0].securityContext.seccompProfile":
            "        seccompProfile:\n          type: RuntimeDefault\n" => "";
        NotPrivileged at "spec.template.spec.containers[0].securityContext.privileged":
            "drop: [ALL]" => "drop: [ALL]\n          privileged: yes";
        NoHostNamespaces at "spec.template.spec.hostNetwork":
            "serviceAccountName: web" => "serviceAccountName: web\n      hostNetwork: true";
        NoHostPath at "spec.template.spec.volumes[0].hostPath":
            "emptyDir: {}" => "hostPath: {path: /}";
        NoHostPort at "spec.template.spec.containers[0].ports[0].hostPort":
            "- containerPort: 8080" => "- {containerPort: 8080, hostPort: 80}";
        PodSecurity at "spec.template.spec.volumes[0].nfs":
            "emptyDir: {}" => "nfs: {server: nas, path: /}";
        PodSecurity at "spec.template.spec.containers[0].securityContext.procMount":
            "drop: [ALL]" => "drop: [ALL]\n          procMount: Unmasked";
        PodSecurity at "spec.template.spec.securityContext.sysctls[0].name":
            "fsGroup: 65532" => "sysctls: [{name: kernel.msgmax, value: \"1\"}]";
        EphemeralContainers at "spec.template.spec.ephemeralContainers[0].securityContext.readOnlyRootFilesystem":
            "      volumes:\n" => "      ephemeralContainers:\n      - name: debug\n        image: registry.example.com/web:1.4.2@sha256:\
             0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n        securityContext: {runAsUser: 65532, \
             allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}\n      volumes:\n";
        TagAndDigest at "spec.template.spec.containers[0].image":
            "1.4.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" => "1.4.2";
        TagAndDigest at "spec.template.spec.volumes[0].image.reference":
            "emptyDir: {}" => "image: {reference: \"files:1\"}";
        RequestsAndMemoryLimit at "spec.template.spec.containers[0].resources.requests.cpu":
            "{cpu: 10m, memory: 64Mi}" => "{memory: 64Mi}";
        RequestsAndMemoryLimit at "spec.template.spec.containers[0].resources.limits.memory":
            "limits: {memory: 64Mi}" => "limits: {}";
        OwnServiceAccount at "spec.template.spec.serviceAccountName":
            "serviceAccountName: web" => "";
        OwnServiceAccount at "spec.template.spec.serviceAccountName":
            "serviceAccountName: web" => "serviceAccountName: default";
        NoUnaskedToken at "spec.template.spec.automountServiceAccountToken":
            "automountServiceAccountToken: false" => "";
        NoCredentialLiterals at "spec.template.spec.containers[0].env[0].value":
            "name: LOG_LEVEL" => "name: DB_PASSWORD";
        NoCredentialLiterals at "spec.template.spec.containers[0].env[0].value":
            "value: info" => "value: postgres://app:hunter2@db/app";
        NoCredentialsInConfig at "spec.template.spec.containers[0].args[1]":
            "[--config, /etc/web.yaml]" => "[--db-password, hunter2]";
        NoCredentialsInConfig at "spec.template.spec.containers[0].args[0]":
            "[--config, /etc/web.yaml]" => "[--db-password=hunter2]";
        OurMeshSettings at "spec.template.metadata.annotations[\"config.linkerd.io/skip-outbound-ports\"]":
            "linkerd.io/inject: enabled" => "config.linkerd.io/skip-outbound-ports: \"443\"";
        OurMeshSettings at "spec.template.metadata.annotations[\"linkerd.io/inject\"]":
            "linkerd.io/inject: enabled" => "linkerd.io/inject: ingress";
        InjectedProxy at "spec.template.metadata.annotations[\"linkerd.io/inject\"]":
            "linkerd.io/inject: enabled" => "linkerd.io/inject: disabled";
        AuthenticatedCallers at "spec.template.metadata.annotations[\"config.linkerd.io/default-inbound-policy\"]":
            "default-inbound-policy: deny" => "default-inbound-policy: all-unauthenticated";
    }
    .into_iter()
}

#[test]
fn one_setting_is_one_finding() {
    for twin in twins() {
        check(GOOD, &twin);
    }
}

#[test]
fn init_containers_are_judged_like_the_others() {
    let text = GOOD.replace("      containers:", "      initContainers:\n      - name: first\n      containers:");
    let rules: BTreeSet<Rule> = findings(&text).into_iter().map(|finding| finding.rule).collect();
    let expected = [
        Rule::ReadOnlyRootFilesystem,
        Rule::NumericUser,
        Rule::NoPrivilegeEscalation,
        Rule::DropAllCapabilities,
        Rule::TagAndDigest,
        Rule::RequestsAndMemoryLimit,
    ];
    assert_eq!(rules, expected.into());
}

#[test]
fn what_the_standard_lets_off_the_model_does_not() {
    for spec in ["hostUsers: false", "os: {name: windows}"] {
        let text = GOOD
            .replace("serviceAccountName: web", &format!("serviceAccountName: web\n      {spec}"))
            .replace("runAsNonRoot: true", "")
            .replace("allowPrivilegeEscalation: false", "");
        let rules: Vec<Rule> = findings(&text).into_iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, [Rule::RunAsNonRoot, Rule::NoPrivilegeEscalation], "{spec}");
    }
}

#[test]
fn a_limit_is_a_request_unless_another_is_said() {
    let text =
        GOOD.replace("requests: {cpu: 10m, memory: 64Mi}", "").replace("{memory: 64Mi}", "{cpu: 1, memory: 64Mi}");
    assert_eq!(findings(&text), []);
}

#[test]
fn a_switch_and_a_reference_are_no_credentials() {
    for value in ["\"true\"", "$(OTHER)", "/run/secrets/password"] {
        let text = GOOD.replace("LOG_LEVEL", "DB_PASSWORD").replace("value: info", &format!("value: {value}"));
        assert_eq!(findings(&text), [], "{value}");
    }
}

#[test]
fn a_finding_says_where_it_is() {
    let text = GOOD.replace("drop: [ALL]", "drop: [NET_RAW]");
    let [finding] = &findings(&text)[..] else { panic!("one finding") };
    assert_eq!((finding.line, finding.column), (36, 13));
    assert_eq!(finding.wrong, "container `web` does not drop the capability `ALL`");
    assert!(finding.path.starts_with(CONTAINER));
    let text = GOOD.replace(
        "        securityContext:\n          allow",
        "        securityContext: {}\n        ignored:\n          allow",
    );
    let line = text.lines().position(|line| line.contains("securityContext: {}")).unwrap() + 1;
    assert!(findings(&text).iter().all(|finding| finding.line == line), "what is missing is shown where it belongs");
}
