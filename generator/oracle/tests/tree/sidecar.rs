//! The plugin's sidecar: the good tree, read through the plugin, and everything that can be wrong with what it is made of.

use casemate_oracle::{World, judge};
use serde_json::json;

use crate::sample;

const AT: &str = "out/homelab/argocd/plugin";

const CONTAINERFILE: &str = "# generated
FROM scratch AS generate
COPY --chmod=0555 target/casemate /usr/local/bin/casemate
COPY --chmod=0444 out/homelab/argocd/plugin/plugin-generate.yaml /home/argocd/cmp-server/config/plugin.yaml
USER 999:999
FROM scratch AS guard
COPY --chmod=0555 target/casemate /usr/local/bin/casemate
COPY --chmod=0444 out/homelab/argocd/plugin/plugin.yaml /home/argocd/cmp-server/config/plugin.yaml
USER 999:999
";

const PLUGIN: &str = "# generated\napiVersion: argoproj.io/v1alpha1\nkind: ConfigManagementPlugin\nmetadata:\n  name: casemate\n\
     spec:\n  generate:\n    command:\n    - /usr/local/bin/casemate\n    - plugin\n    - guard\n  provideGitCreds: false\n";

const PLUGIN_GENERATE: &str = "# generated\napiVersion: argoproj.io/v1alpha1\nkind: ConfigManagementPlugin\nmetadata:\n  name: casemate\n\
     spec:\n  generate:\n    command:\n    - /usr/local/bin/casemate\n    - plugin\n    - generate\n  provideGitCreds: false\n";

const VALUES: &str = "# generated
repoServer:
  extraContainers:
  - name: casemate
    image: registry.example.com/casemate:0.1.0@sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
    command:
    - /var/run/argocd/argocd-cmp-server
    securityContext:
      allowPrivilegeEscalation: false
      capabilities:
        drop:
        - ALL
      readOnlyRootFilesystem: true
      runAsGroup: 999
      runAsNonRoot: true
      runAsUser: 999
      seccompProfile:
        type: RuntimeDefault
    resources:
      requests:
        cpu: 50m
        memory: 64Mi
      limits:
        memory: 256Mi
    volumeMounts:
    - name: var-files
      mountPath: /var/run/argocd
      readOnly: true
    - name: plugins
      mountPath: /home/argocd/cmp-server/plugins
    - name: casemate-tmp
      mountPath: /tmp
  volumes:
  - name: casemate-tmp
    emptyDir:
      sizeLimit: 1Gi
";

/// The good tree, whose Applications, but for the first one, ask for the plugin.
fn guarded() -> World {
    let mut values = sample::values();
    for (path, value) in &mut values {
        let is_guarded = value["metadata"]["name"] != "root" && !path.contains("platform");
        if value["kind"] == "Application" && is_guarded {
            let source = value["spec"]["source"].as_object_mut().expect("it has a source");
            source.remove("directory");
            source.insert("plugin".to_owned(), json!({"name": "casemate"}));
        }
    }
    sample::world(&values)
}

fn with(files: &[(&str, &str)]) -> World {
    files.iter().fold(guarded(), |world, (name, text)| world.with_file(&format!("{AT}/{name}"), Some(text)))
}

fn whole() -> [(&'static str, &'static str); 4] {
    [
        ("Containerfile", CONTAINERFILE),
        ("plugin-generate.yaml", PLUGIN_GENERATE),
        ("plugin.yaml", PLUGIN),
        ("values.yaml", VALUES),
    ]
}

fn said(world: &World) -> Vec<String> {
    judge(world, &sample::peers()).findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_whole_sidecar_is_nothing_to_say_about() {
    assert_eq!(said(&with(&whole())), Vec::<String>::new());
}

#[test]
fn a_part_of_it_is_found_and_so_is_one_that_nobody_asks_for() {
    for left_out in 0..4 {
        let mut files = whole().to_vec();
        files.remove(left_out);
        assert!(said(&with(&files)).iter().any(|said| said.contains("no whole sidecar")), "{left_out}");
    }
    let unasked = sample::good().with_file(&format!("{AT}/plugin.yaml"), Some(PLUGIN));
    assert!(said(&unasked).iter().any(|said| said.contains("no Application asks for the plugin")));
    let more = with(&whole()).with_file(&format!("{AT}/more.yaml"), Some("# generated\na: b\n"));
    assert!(said(&more).iter().any(|said| said.contains("nothing asks for it")));
}

#[test]
fn each_weakness_of_it_is_found() {
    for (file, from, to) in [
        ("Containerfile", "FROM scratch", "FROM docker.io/library/alpine:3"),
        ("Containerfile", "USER 999:999", "USER 0"),
        ("Containerfile", "USER 999:999", "RUN true\nUSER 999:999"),
        ("Containerfile", "--chmod=0555", "--chmod=0777"),
        ("Containerfile", "# generated\n", ""),
        ("Containerfile", "AS guard", "AS other"),
        ("Containerfile", "/plugin-generate.yaml", "/plugin.yaml"),
        ("Containerfile", "/plugin.yaml", "/plugin-generate.yaml"),
        ("plugin-generate.yaml", "    - generate\n", "    - guard\n"),
        ("plugin.yaml", "    - guard\n", "    - generate\n"),
        ("plugin.yaml", "  provideGitCreds: false", "  provideGitCreds: true"),
        ("plugin.yaml", "  provideGitCreds: false\n", ""),
        ("plugin.yaml", "spec:\n", "spec:\n  version: v1\n"),
        ("plugin.yaml", "spec:\n", "spec:\n  discover:\n    fileName: x\n"),
        ("plugin.yaml", "spec:\n", "spec:\n  parameters:\n    static: []\n"),
        ("plugin.yaml", "    - guard\n", "    - guard\n    - /\n"),
        ("plugin.yaml", "name: casemate", "name: other"),
        ("values.yaml", "runAsNonRoot: true", "runAsNonRoot: false"),
        ("values.yaml", "runAsUser: 999", "runAsUser: 0"),
        ("values.yaml", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
        ("values.yaml", "      runAsNonRoot: true", "      privileged: true\n      runAsNonRoot: true"),
        ("values.yaml", "        - ALL", "        - NET_RAW"),
        ("values.yaml", "RuntimeDefault", "Unconfined"),
        ("values.yaml", "@sha256:2cf2", "@sha256:2cf"),
        ("values.yaml", ":0.1.0@", "@"),
        ("values.yaml", "        memory: 256Mi", "        cpu: 1"),
        ("values.yaml", "name: casemate-tmp\n      mountPath", "name: tmp\n      mountPath"),
        ("values.yaml", "      sizeLimit: 1Gi", "      medium: Memory"),
        ("values.yaml", "    command:\n", "    env: []\n    command:\n"),
    ] {
        let broken = whole().map(|(name, text)| {
            if name != file {
                return (name, text.to_owned());
            }
            assert!(text.contains(from), "{file} has no {from:?}");
            (name, text.replacen(from, to, 1))
        });
        let files: Vec<(&str, &str)> = broken.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let said = said(&with(&files));
        assert!(said.iter().any(|said| said.contains("[plugin-sidecar]")), "{file}: {to:?}: {said:?}");
    }
}
