//! `plugin guard`: prints a committed directory, or nothing.

use std::fs;
use std::process::Command;

use crate::{FILE, Ran, Workplace};

/// The directory of [`FILE`].
const AT: &str = "out/homelab/services/trips/trips-nginx";

/// Runs the guard, which writes nothing, and prints nothing unless all is well.
pub(super) fn guard(place: &Workplace, directory: &str) -> Ran {
    let before = place.state();
    let ran = place.run(&["plugin", "guard", directory]);
    assert!(place.state() == before, "a guard writes nothing");
    assert_eq!(ran.out.is_empty(), ran.code != 0, "{ran:?}");
    ran
}

#[track_caller]
fn refuses(place: &Workplace, first: &str) {
    let ran = guard(place, AT);
    assert_eq!(ran.code, 1, "{ran:?}");
    let line = ran.err.lines().next().unwrap_or_default();
    assert!(line.starts_with("error: ") && line.contains(first), "the first line does not say {first:?}:\n{}", ran.err);
}

/// As Argo CD runs it: in the directory, with what it says of the Application.
fn argocd(place: &Workplace, directory: &str) -> Command {
    let mut command = place.command(&["plugin", "guard"]);
    command
        .current_dir(place.path(directory))
        .env("ARGOCD_APP_NAME", "trips.trips-nginx")
        .env("ARGOCD_APP_NAMESPACE", "trips")
        .env("ARGOCD_APP_PROJECT_NAME", "trips")
        .env("ARGOCD_APP_REVISION", "0123456789012345678901234567890123456789")
        .env("ARGOCD_APP_SOURCE_PATH", AT)
        .env("ARGOCD_APP_SOURCE_REPO_URL", "https://git.example.com/homelab/gitops.git")
        .env("ARGOCD_APP_SOURCE_TARGET_REVISION", "main")
        .env("ARGOCD_APP_PARAMETERS", "null")
        .env("KUBE_VERSION", "1.35.4");
    command
}

fn ran(mut command: Command) -> Ran {
    Ran::from(command.output().expect("the program can be run"))
}

#[test]
fn a_directory_is_printed_as_it_lies_there() {
    let place = Workplace::rendered("guard");
    let ran = guard(&place, AT);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let mut names: Vec<_> = fs::read_dir(place.path(AT))
        .expect("the directory can be listed")
        .map(|entry| entry.expect("it has a name").file_name().into_string().expect("it is UTF-8"))
        .filter(|name| name != ".casemate")
        .collect();
    names.sort();
    let texts: Vec<String> = names.iter().map(|name| place.read(&format!("{AT}/{name}"))).collect();
    assert_eq!(ran.out, texts.join("---\n"));
}

/// What a person asks about at once: each directory below is guarded as its Application's is.
#[test]
fn the_committed_trees_are_guarded_whole() {
    let place = Workplace::empty("guard-committed");
    for (part, least) in [("homelab", 850), ("homelab/argocd/platform", 50), ("homelab/platform", 20), ("cottage", 130)]
    {
        let committed = format!("{}/../out/{part}", env!("CARGO_MANIFEST_DIR"));
        let ran = guard(&place, &committed);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.matches("\n---\n").count() + 1 >= least, "{part}");
    }
}

#[test]
fn argo_cd_gets_the_objects_of_its_application() {
    let place = Workplace::rendered("guard-argocd");
    let ran = ran(argocd(&place, AT));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("kind: Deployment"), "{}", ran.out);
}

#[test]
fn whatever_was_edited_added_or_removed_is_refused_by_name() {
    let place = Workplace::rendered("guard-edited");
    place.append(FILE, "  externalName: db.example.com\n");
    refuses(&place, &format!("{FILE}: is not what was rendered: render again and commit"));

    let place = Workplace::rendered("guard-added");
    place.write(&format!("{AT}/secret-x.yaml"), "kind: Secret\n");
    refuses(&place, &format!("{AT}/secret-x.yaml: no render wrote it: remove it"));

    let place = Workplace::rendered("guard-source");
    place.write(&format!("{AT}/.argocd-source.yaml"), "plugin:\n  env: []\n");
    refuses(&place, &format!("{AT}/.argocd-source.yaml: no render wrote it: remove it"));

    let place = Workplace::rendered("guard-removed");
    fs::remove_file(place.path(FILE)).expect("the file can be removed");
    refuses(&place, &format!("{FILE}: was rendered and is gone: render again"));

    let place = Workplace::rendered("guard-manifest");
    place.append(&format!("{AT}/.casemate"), "garbage\n");
    refuses(&place, &format!("{AT}/.casemate: line "));

    let place = Workplace::rendered("guard-unowned");
    fs::remove_file(place.path(&format!("{AT}/.casemate"))).expect("the file can be removed");
    refuses(&place, "lies where a render makes only directories");

    let place = Workplace::rendered("guard-empty");
    fs::remove_dir_all(place.path(AT)).expect("the directory can be removed");
    fs::create_dir(place.path(AT)).expect("the directory can be made");
    refuses(&place, &format!("{AT}: nothing is rendered here: render again"));
}

#[test]
fn pages_are_held_to_their_hashes_and_never_printed() {
    let place = Workplace::rendered("guard-pages");
    // The plugin knows nothing of the platform.
    for platform in ["platform", "argocd/platform"] {
        fs::remove_dir_all(place.path(&format!("out/homelab/{platform}"))).expect("it can be removed");
    }
    let ran = guard(&place, "out/homelab");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(!ran.out.contains("The register of cluster"), "{}", ran.out);

    let alone = guard(&place, "out/homelab/register");
    assert!(alone.err.contains("no directory of a tree has this path"), "{}", alone.err);

    place.append("out/homelab/register/README.md", "Nothing is public.\n");
    let edited = guard(&place, "out/homelab");
    assert!(edited.err.contains("register/README.md: is not what was rendered"), "{}", edited.err);

    let place = Workplace::rendered("guard-pages-added");
    place.write("out/homelab/register/secret-x.yaml", "kind: Secret\n");
    let added = guard(&place, "out/homelab");
    assert!(added.err.contains("register/secret-x.yaml: no render wrote it: remove it"), "{}", added.err);
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    let place = Workplace::rendered("guard-link");
    let elsewhere = place.path("elsewhere.yaml");
    fs::rename(place.path(FILE), &elsewhere).expect("the file can be moved");
    std::os::unix::fs::symlink(&elsewhere, place.path(FILE)).expect("the link can be made");
    refuses(&place, &format!("{FILE}: a symbolic link"));

    // A directory that is a link to another Application's, as Argo CD enters it.
    let place = Workplace::rendered("guard-link-to-directory");
    fs::remove_dir_all(place.path(AT)).expect("the directory can be removed");
    std::os::unix::fs::symlink("trips-api", place.path(AT)).expect("the link can be made");
    refuses(&place, &format!("{AT}: a symbolic link"));
    let ran = ran(argocd(&place, AT));
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("error: give the Application back the path"), "{}", ran.err);
}

/// Edits a file and makes its hash again, as somebody does who can write the tree.
fn edit_with_its_hash(place: &Workplace, directory: &str, file: &str, edit: impl Fn(&str) -> String) {
    let manifest = format!("{directory}/.casemate");
    let digest = |place: &Workplace| {
        let path = place.path(&format!("{directory}/{file}"));
        let output = Command::new("sha256sum").arg(path).output().expect("sha256sum can be run");
        Ran::from(output).out[..64].to_owned()
    };
    let before = digest(place);
    let path = format!("{directory}/{file}");
    let edited = edit(&place.read(&path));
    assert_ne!(place.read(&path), edited);
    place.write(&path, &edited);
    let manifests = place.read(&manifest);
    place.write(&manifest, &manifests.replace(&before, &digest(place)));
}

/// Directory, file, what stands there and what instead, and what is said of it.
pub(super) type Edit<'a> = (&'a str, &'a str, [&'a str; 2], &'a str);

/// Each edit is refused, with a hash that fits.
#[cfg(target_os = "linux")]
pub(super) fn refuses_edits(place: &Workplace, edits: &[Edit<'_>]) {
    for (directory, file, edit, first) in edits.iter().copied() {
        let [path, manifest] = [file, ".casemate"].map(|name| format!("{directory}/{name}"));
        let rendered = [&path, &manifest].map(|path| place.read(path));
        edit_with_its_hash(place, directory, file, |text| text.replacen(edit[0], edit[1], 1));
        let ran = guard(place, directory);
        place.write(&path, &rendered[0]);
        place.write(&manifest, &rendered[1]);
        assert_eq!(ran.code, 1, "{first}: {ran:?}");
        assert!(ran.err.contains(first), "it does not say {first:?}:\n{}", ran.err);
        assert!(ran.err.starts_with(&format!("error: {directory}/{file}: ")), "{}", ran.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_edit_whose_hash_was_made_again_still_has_to_be_something_that_is_rendered() {
    let place = Workplace::rendered("guard-hash");
    let (service, deployment) = ("service-trips-nginx.yaml", "deployment-trips-nginx.yaml");
    let (fence, platform) = ("out/homelab/services/trips/_namespace", "out/homelab/argocd/platform");
    refuses_edits(
        &place,
        &[
            (AT, service, ["namespace: trips", "namespace: kube-system"], "is in the namespace `kube-system`"),
            (AT, service, ["kind: Service\n", "kind: Secret\n"], "is of a kind that may not be here"),
            (AT, service, ["spec:\n", "spec:\n\n"], "it is not in the form in which it is rendered"),
            (AT, service, ["spec:\n", "---\nspec:\n"], "it is not one object"),
            (
                AT,
                service,
                ["  annotations:\n", "  annotations:\n    argocd.argoproj.io/hook: PreSync\n"],
                "argocd.argoproj.io/hook",
            ),
            // In the renderer's form, with a hash that fits: what the model says no render writes.
            (AT, service, ["type: ClusterIP", "type: NodePort"], "`cluster-ip-services`"),
            (AT, deployment, ["runAsNonRoot: true", "runAsNonRoot: false"], "`run-as-non-root`"),
            (
                AT,
                deployment,
                ["readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"],
                "`read-only-root-filesystem`",
            ),
            (
                AT,
                deployment,
                ["allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true"],
                "`no-privilege-escalation`",
            ),
            (AT, deployment, ["- ALL", "- NET_RAW"], "`drop-all-capabilities`"),
            (AT, deployment, ["type: RuntimeDefault", "type: Unconfined"], "`runtime-default-seccomp`"),
            (AT, deployment, ["linkerd.io/inject: enabled", "linkerd.io/inject: disabled"], "`injected-proxy`"),
            (AT, deployment, ["nginx-unprivileged:", "nginx-unprivileged/"], "`tag-and-digest`"),
            (
                AT,
                deployment,
                ["proxy-version: edge-26.8.3@sha256:0", "proxy-version: edge-26.8.3@sha256:"],
                "proxy-version: ",
            ),
            (
                AT,
                deployment,
                ["proxy-memory-limit: 128Mi", "proxy-memory-limit: 0Mi"],
                "proxy-memory-limit: 0Mi`, which is never",
            ),
            (
                AT,
                deployment,
                ["        config.linkerd.io/default-inbound-policy: deny\n", ""],
                "do not say `config.linkerd.io/default-inb",
            ),
            (fence, "namespace-trips.yaml", ["enforce: restricted", "enforce: privileged"], "`restricted`"),
            (fence, "networkpolicy-default-deny.yaml", ["  - Egress\n", ""], "lets something through"),
            (fence, "egressnetwork-egress.yaml", ["trafficPolicy: Deny", "trafficPolicy: Allow"], "`egress-fence`"),
            (platform, "application-chart.kyverno.yaml", ["enabled: false", "enabled: true"], "policyExceptions"),
            (
                platform,
                "application-chart.linkerd-control-plane.yaml",
                ["defaultInboundPolicy: deny", "defaultInboundPolicy: all-unauthenticated"],
                "defaultInboundPolicy",
            ),
            (
                platform,
                "appproject-chart.longhorn.yaml",
                ["kind: ConfigMap", "kind: Secret"],
                "Secrets without a reason",
            ),
        ],
    );
}

/// A namespace without what shuts it is open, and no manifest makes it whole.
#[cfg(target_os = "linux")]
#[test]
fn a_namespace_is_never_applied_without_what_shuts_it() {
    let fence = "out/homelab/services/trips/_namespace";
    for file in ["networkpolicy-default-deny.yaml", "namespace-trips.yaml"] {
        let place = Workplace::rendered("guard-unshut");
        fs::remove_file(place.path(&format!("{fence}/{file}"))).expect("the file can be removed");
        let manifest = format!("{fence}/.casemate");
        let lines = place.read(&manifest);
        let kept: Vec<&str> = lines.lines().filter(|line| !line.contains(file)).collect();
        place.write(&manifest, &(kept.join("\n") + "\n"));
        let ran = guard(&place, fence);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.starts_with(&format!("error: {fence}/{file}: was rendered and is gone")), "{}", ran.err);
    }
}

/// Each directory that an Application of the tree reads, as Argo CD has it: below a checkout without `.git`, with what it says of the Application.
#[test]
fn every_application_of_the_tree_gets_its_directory() {
    let place = Workplace::rendered("guard-every");
    let (checkout, mut seen) = ("_cmp_server/6f1c", 0);
    fs::create_dir_all(place.path("_cmp_server")).expect("the directory can be made");
    fs::create_dir_all(place.path(checkout)).expect("the directory can be made");
    fs::rename(place.path("out"), place.path(&format!("{checkout}/out"))).expect("the tree can be moved");
    for directory in ["argocd/platform", "argocd/root", "argocd/services", "bootstrap"] {
        let directory = place.path(&format!("{checkout}/out/homelab/{directory}"));
        for entry in fs::read_dir(directory).expect("the directory can be listed") {
            let text = fs::read_to_string(entry.expect("it has a name").path()).expect("the file can be read");
            let word = |key: &str| {
                let line = text.lines().find_map(|line| line.trim_start_matches([' ', '-']).strip_prefix(key));
                line.map(str::to_owned)
            };
            let (true, Some(path)) = (text.contains("kind: Application\n"), word("path: ")) else { continue };
            let destination = text.split_once("destination:").expect("it has a destination").1;
            let namespace = destination.split_once("namespace: ").expect("it has a namespace").1;
            let mut command = place.command(&["plugin", "guard"]);
            command
                .current_dir(place.path(&format!("{checkout}/{path}")))
                .env("ARGOCD_APP_NAME", word("name: ").expect("it has a name"))
                .env("ARGOCD_APP_NAMESPACE", namespace.lines().next().unwrap_or_default())
                .env("ARGOCD_APP_PROJECT_NAME", word("project: ").expect("it has a project"))
                .env("ARGOCD_APP_SOURCE_PATH", &path);
            let ran = ran(command);
            assert_eq!((ran.code, ran.err.as_str(), ran.out.is_empty()), (0, "", false), "{path}");
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen} Applications read a directory");
}

#[test]
fn nothing_that_an_application_sets_is_taken() {
    let place = Workplace::rendered("guard-set");
    for (name, value) in
        [("ARGOCD_ENV_CASEMATE", "off"), ("PARAM_SKIP", "true"), ("ARGOCD_APP_PARAMETERS", "[{\"name\":\"skip\"}]")]
    {
        let mut command = argocd(&place, AT);
        command.env(name, value);
        let ran = ran(command);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{name}");
        let first = ran.err.lines().next().unwrap_or_default();
        assert!(first.starts_with("error: remove `env` and `parameters`") && first.contains(name), "{}", ran.err);
    }
}

#[test]
fn an_application_gets_its_own_directory_only() {
    let place = Workplace::rendered("guard-own");
    for (directory, first) in [
        ("out/homelab/services/trips/trips-api", "error: give the Application back the path"),
        ("out/homelab/services/trips", "error: let the Application read one directory"),
        ("out/homelab/services", "error: let the Application read one directory"),
    ] {
        let ran = ran(argocd(&place, directory));
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{directory}");
        assert!(ran.err.starts_with(first), "{directory}: {}", ran.err);
    }
    for (name, value, what) in [
        ("ARGOCD_APP_NAME", "trips.trips-api", "name"),
        ("ARGOCD_APP_PROJECT_NAME", "default", "project"),
        ("ARGOCD_APP_NAMESPACE", "kube-system", "destination namespace"),
        ("ARGOCD_APP_SOURCE_PATH", "out/cottage/services/trips/trips-nginx", "path"),
    ] {
        let mut command = argocd(&place, AT);
        command.env(name, value);
        let ran = ran(command);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{name}");
        assert!(ran.err.starts_with(&format!("error: give the Application back the {what} ")), "{}", ran.err);
    }
}

/// With `--plugin-use-manifest-generate-paths` the names above the directory are lost.
#[test]
fn a_directory_that_was_sent_alone_is_known_by_the_path_of_its_application() {
    let place = Workplace::rendered("guard-alone");
    fs::create_dir_all(place.path("_cmp_server")).expect("the directory can be made");
    let sent = "_cmp_server/6f1c";
    fs::rename(place.path(AT), place.path(sent)).expect("the directory can be moved");
    let whole = ran(argocd(&place, sent));
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert!(whole.out.contains("kind: Deployment"), "{}", whole.out);
    for (path, first) in [
        ("out/homelab/services/trips/trips-api", "give the Application back the name "),
        ("../out/homelab/services/trips/trips-nginx", "no directory of a tree has this path"),
        ("out/homelab", "no directory of a tree has this path"),
    ] {
        let mut command = argocd(&place, sent);
        command.env("ARGOCD_APP_SOURCE_PATH", path);
        let ran = ran(command);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{path}");
        assert!(ran.err.lines().next().is_some_and(|line| line.contains(first)), "{path}: {}", ran.err);
    }
}

#[test]
fn a_directory_that_is_not_there_is_an_error_of_the_system() {
    let ran = guard(&Workplace::empty("guard-nowhere"), "nowhere");
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.starts_with("error: nowhere: cannot be read: "), "{}", ran.err);
}

#[test]
fn many_findings_are_counted() {
    let place = Workplace::rendered("guard-many");
    for number in 0..30 {
        place.write(&format!("{AT}/{number}.yaml"), "");
    }
    let ran = guard(&place, AT);
    assert_eq!((ran.code, ran.err.lines().count()), (1, 21), "{}", ran.err);
    assert!(ran.err.ends_with("\nand 10 more\n"), "{}", ran.err);
}
