//! What is stored: Secrets, ConfigMaps, volumes. No value of any of them is repeated.

use crate::audit::judge::Judge;
use crate::audit::pod;
use crate::audit::yaml::Field;
use crate::model::Rule;

pub(super) fn secret(judge: &mut Judge, object: &Field<'_>) {
    let mut is_empty = true;
    for name in ["data", "stringData"] {
        let data = object.get(name);
        for (_, at) in judge.entries(&data) {
            is_empty = false;
            judge.add(Rule::SecretsByOperators, &at, "the data of a Secret stand in a file");
        }
    }
    let kind = object.get("type");
    if is_empty && kind.text() == Some("kubernetes.io/service-account-token") {
        judge.add(Rule::NoUnaskedToken, &kind, "the Secret asks for a token that never expires");
    }
}

pub(super) fn config_map(judge: &mut Judge, object: &Field<'_>) {
    for (key, at) in judge.entries(&object.get("data")) {
        pod::credentials_of_a_config(judge, key, &at);
    }
}

pub(super) fn volume(judge: &mut Judge, object: &Field<'_>) {
    for name in ["hostPath", "local"] {
        let at = object.at(["spec", name]);
        if !at.is_absent() {
            judge.add(Rule::NoHostPath, &at, "the volume is a path of a node");
        }
    }
}
