//! Secrets: where they come from, and that nobody else sees them.

use super::Cluster;
use crate::Ran;

const CREDENTIALS: &str = "{\"verifier\": \"kept-to-itself-1\"}";
const TOKEN: &str = "kept-to-itself-2";
const LAB: [(&str, &str); 1] = [("KUBE_CONTEXT", "lab")];

/// The secrets are where they belong, and neither in a call nor in what was printed.
#[track_caller]
fn kept(cluster: &Cluster, ran: &[Ran]) {
    assert_eq!(cluster.read("secret-op-credentials"), CREDENTIALS);
    assert_eq!(
        cluster.read("secret-onepassword-token"),
        TOKEN,
        "a line break would break the header that it is sent in"
    );
    let calls = cluster.calls();
    assert!(calls.iter().any(|call| {
        call.ends_with("create secret generic onepassword-token --namespace onepassword --from-file token=/dev/stdin")
    }));
    assert!(!calls.iter().any(|call| call.contains("kept-to-itself")), "{calls:?}");
    for ran in ran {
        assert!(!ran.out.contains("kept-to-itself") && !ran.err.contains("kept-to-itself"), "{ran:?}");
    }
    // The stand-ins keep what the cluster would: nothing else is on the disk.
    let others = cluster.files().into_iter().filter(|(path, _)| !path.contains("/secret-") && !path.contains("/item-"));
    for (path, text) in others {
        assert!(!text.contains("kept-to-itself"), "{path}");
    }
}

#[test]
fn piped_in_they_reach_the_cluster_and_nothing_else() {
    let cluster = Cluster::new("bootstrap-piped");
    let ran = [
        cluster.run_with(&["namespaces", "credentials"], &LAB, &format!("{CREDENTIALS}\n")),
        cluster.run_with(&["token"], &LAB, &format!("{TOKEN}\r\n")),
        cluster.run(&[]),
    ];
    assert!(ran.iter().all(|ran| ran.code == 0), "{ran:?}");
    kept(&cluster, &ran);
}

#[test]
fn read_by_op_they_reach_the_cluster_and_nothing_else() {
    let cluster = Cluster::new("bootstrap-op");
    cluster.set("item-credentials", CREDENTIALS);
    cluster.set("item-token", TOKEN);
    let ran = [cluster.run_all()];
    assert_eq!(ran[0].code, 0, "{ran:?}");
    kept(&cluster, &ran);
}

#[test]
fn a_missing_secret_stops_it_with_the_command_that_brings_it() {
    let cluster = Cluster::new("bootstrap-missing");
    // What is on standard input is nobody's, unless a step was named.
    let ran = cluster.run_with(&[], &LAB, CREDENTIALS);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("Secret op-credentials is missing. Pipe it in, and then go on: op read"), "{}", ran.err);
    assert!(ran.err.contains("KUBE_CONTEXT=lab sh ") && ran.err.ends_with("bootstrap.sh credentials\n"), "{}", ran.err);
    assert!(!cluster.has("secret-op-credentials") && !cluster.has("released"));
}

#[test]
fn what_cannot_be_the_secret_is_taken_back() {
    for (step, input) in
        [("credentials", ""), ("credentials", "a-token"), ("token", ""), ("token", "\n"), ("token", CREDENTIALS)]
    {
        let cluster = Cluster::new("bootstrap-wrong-secret");
        let ran = cluster.run_with(&[step], &LAB, input);
        assert_eq!(ran.code, 1, "{step} of {input:?}");
        assert!(ran.err.contains("what was read is not "), "{step} of {input:?}: {}", ran.err);
        assert!(!ran.err.contains("kept-to-itself"), "{}", ran.err);
        assert!(
            !cluster.has("secret-op-credentials") && !cluster.has("secret-onepassword-token"),
            "{step} of {input:?}"
        );
    }
}

#[test]
fn an_item_that_op_cannot_read_makes_no_secret() {
    let cluster = Cluster::new("bootstrap-no-item");
    let ran = cluster.run_all();
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.err.contains("what was read is not the file 1password-credentials.json"), "{}", ran.err);
    assert!(!cluster.has("secret-op-credentials"));
}

#[test]
fn the_values_that_are_compared_are_those_that_are_installed() {
    let cluster = Cluster::new("bootstrap-same-values");
    assert_eq!(cluster.run(&["onepassword"]).code, 0);
    let read = |file: &str| casemate_oracle::parse(&cluster.read(file)).expect("the values can be read");
    assert_eq!(read("values-connect"), read("values.json"));
    // What names a Secret is a name.
    let values = read("values-connect");
    assert_eq!(values["operator"]["token"]["name"], "onepassword-token");
    assert!(values["operator"]["token"].get("value").is_none() && values["connect"].get("credentials").is_none());
}

#[test]
fn no_secret_and_no_place_for_one_is_in_the_script() {
    let script = Cluster::new("bootstrap-no-secret").script();
    let code: Vec<&str> = script.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    assert!(code.len() > 300);
    for (number, line) in code.iter().enumerate() {
        for shape in [
            "PRIVATE KEY",
            "eyJ",
            "ops_ey",
            "--from-literal",
            "--set-string",
            "--set-file",
            "set -x",
            "mktemp",
            "/tmp/",
        ] {
            assert!(!line.contains(shape), "{number}: {line}");
        }
        // Under a name that tells, there is a name or a key of a Secret, what a person says where it lies, or nothing.
        let (name, value) = line.split_once(": ").unwrap_or((line, ""));
        let name = name.trim();
        let tells = ["password", "token", "secret", "credential"].iter().any(|word| name.to_lowercase().contains(word));
        if tells && !name.contains(' ') && !value.is_empty() {
            let known = ["1password-credentials.json", "op-credentials", "onepassword-token", "token"];
            assert!(known.contains(&value.trim_matches('"')), "{number}: {line}");
        }
    }
}
