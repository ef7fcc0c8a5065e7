use std::collections::BTreeMap;
use std::path::Path;

use k8s_openapi::ByteString;
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{EACH, Object, order};
use crate::yaml;

#[track_caller]
fn is_kept(value: &impl Serialize) {
    let json = plain_order(serde_json::to_value(value).unwrap());
    assert_eq!(yaml::to_json(&Object::of(value).unwrap()).unwrap(), yaml::to_json(&json).unwrap());
}

#[test]
fn everything_that_objects_consist_of_is_kept() {
    #[derive(Serialize)]
    struct Pair(&'static str, u8);
    #[derive(Serialize)]
    enum Word {
        Always,
    }
    is_kept(&json!({"null": null, "bool": [true, false], "text": "a\n b\n", "empty": [{}, [], ""]}));
    is_kept(&[i64::MIN, i64::from(i32::MIN), -1, 0, 1, i64::MAX]);
    is_kept(&(u64::MAX, i8::MIN, i16::MIN, u16::MAX, u32::MAX, u8::MAX));
    is_kept(&BTreeMap::from([("b", None), ("a", Some("x"))]));
    is_kept(&(Pair("x", 1), Word::Always, ["one"], ()));
    is_kept(&(IntOrString::Int(-5), IntOrString::String("http".to_owned()), Quantity("100m".to_owned())));
    is_kept(&ByteString(vec![0, 255, 7]));
    let metadata = ObjectMeta {
        name: Some("x".to_owned()),
        generation: Some(3),
        labels: Some(BTreeMap::from([("b".to_owned(), "on".to_owned()), ("a".to_owned(), String::new())])),
        ..ObjectMeta::default()
    };
    is_kept(&Deployment { metadata, spec: None, status: None });
}

#[test]
fn everything_else_is_refused() {
    #[derive(Serialize)]
    enum Variant {
        Newtype(u8),
        Tuple(u8, u8),
        Struct { x: u8 },
    }
    #[derive(Serialize)]
    struct Nothing;
    assert!(Object::of(&1.5).is_err());
    assert!(Object::of(&1.5_f32).is_err());
    assert!(Object::of(&'x').is_err());
    assert!(Object::of(&Nothing).is_err());
    assert!(Object::of(&u128::MAX).is_err());
    assert!(Object::of(&i128::MIN).is_err());
    assert!(Object::of(&BTreeMap::from([(1, 2)])).is_err());
    assert!(Object::of(&Variant::Newtype(1)).is_err());
    assert!(Object::of(&Variant::Tuple(1, 2)).is_err());
    assert!(Object::of(&Variant::Struct { x: 1 }).is_err());
    let error = Object::of(&json!({"a": [{"b": 0.5}]})).unwrap_err();
    assert_eq!(error.to_string(), "an object of Kubernetes has no floating-point number");
}

#[test]
fn a_string_is_found_by_its_keys() {
    let object = Object::of(&json!({"kind": "Role", "metadata": {"name": "x"}, "list": ["y"]})).unwrap();
    assert_eq!(object.text(&["kind"]), Some("Role"));
    assert_eq!(object.text(&["metadata", "name"]), Some("x"));
    for nothing in [&["metadata"][..], &["metadata", "namespace"], &["kind", "name"], &["list", "0"], &[]] {
        assert_eq!(object.text(nothing), None, "{nothing:?}");
    }
}

#[test]
fn known_keys_come_first_and_the_keys_of_users_stay() {
    let object = Object::of(&json!({
        "spec": {"template": {"volumes": [{"secret": {}, "name": "x"}], "containers": []}, "replicas": 1},
        "data": {"zone": 1, "name": 2, "kind": {"b": 1, "name": 2}},
        "metadata": {"labels": {"zone": "1", "name": "2"}, "name": "x"},
        "kind": "K",
    }))
    .unwrap();
    let ordered = json!({
        "kind": "K",
        "metadata": {"name": "x", "labels": {"zone": "1", "name": "2"}},
        "spec": {"replicas": 1, "template": {"containers": [], "volumes": [{"name": "x", "secret": {}}]}},
        "data": {"zone": 1, "name": 2, "kind": {"b": 1, "name": 2}},
    });
    assert_eq!(yaml::to_json(&object).unwrap(), yaml::to_json(&ordered).unwrap());
}

/// The order as one would write it down with `serde_json`.
fn plain_order(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map
                .into_iter()
                .map(|(key, value)| {
                    let value = if order::is_free(&key) { value } else { plain_order(value) };
                    (key, value)
                })
                .collect();
            let place = |key: &str| order::FIRST.iter().position(|first| *first == key);
            entries.sort_by_key(|(key, _)| place(key).unwrap_or(order::FIRST.len()));
            Value::Object(Map::from_iter(entries))
        }
        Value::Array(items) => Value::Array(items.into_iter().map(plain_order).collect()),
        scalar => scalar,
    }
}

/// The same with every map reversed, so that there is something to order.
fn reversed(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let entries: Vec<_> = map.into_iter().map(|(key, value)| (key, reversed(value))).collect();
            Value::Object(entries.into_iter().rev().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(reversed).collect()),
        scalar => scalar,
    }
}

#[test]
fn all_rendered_objects_become_what_they_would_by_way_of_serde_json() {
    let mut directories = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../out")];
    let mut seen = 0;
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                let text = std::fs::read_to_string(&path).unwrap();
                let value = casemate_oracle::parse(&text).unwrap();
                let object = Object::of(&value).unwrap();
                let body = text.split_once('\n').unwrap().1;
                let mut ours = String::new();
                yaml::write_yaml(&mut ours, &object).unwrap();
                assert_eq!(ours, body, "{}", path.display());

                let value = reversed(value);
                let object = Object::of(&value).unwrap();
                let mut ours = String::new();
                yaml::write_yaml(&mut ours, &object).unwrap();
                assert_eq!(ours, yaml::to_yaml(&plain_order(value)).unwrap(), "{}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "{seen} objects");
}

#[test]
fn places_are_where_keys_lead() {
    let object =
        json!({"spec": {"items": [{"name": "a", "on": true}, {"on": false}], "none": [], "number": 7, "null": null}});
    let object = Object::of(&object).unwrap();
    let texts = |keys: &[&str]| -> Vec<Option<String>> {
        object.places(keys).iter().map(|place| Some(place.as_ref()?.text()?.to_owned())).collect()
    };
    assert_eq!(texts(&["spec", "items", EACH, "name"]), [Some("a".to_owned()), None]);
    assert_eq!(texts(&["spec", "absent", "name"]), [None]);
    assert!(texts(&["spec", "none", EACH, "name"]).is_empty(), "a list without items has no places");
    assert!(texts(&["spec", "number", EACH]).is_empty());
    let only = |keys: &[&str]| object.places(keys).pop().flatten().unwrap();
    assert_eq!(only(&["spec", "items", EACH, "on"]).truth(), Some(false));
    assert_eq!((only(&["spec", "number"]).number(), only(&["spec", "number"]).truth()), (Some(7), None));
    assert!(only(&["spec", "none"]).is_empty() && !only(&["spec", "items"]).is_empty());
    assert!(only(&["spec", "null"]).is_blank() && !only(&["spec", "number"]).is_blank());
}
