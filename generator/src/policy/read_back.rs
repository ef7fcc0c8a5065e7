//! Policies of a cluster whose declarations are not at hand: what they depend on is read back from them, and they are rendered again.
//!
//! All that differs from one cluster's policies to another's is names: namespaces, accounts, databases, the address of DNS. Four policies
//! hold them all. Each is compared with itself as it is rendered from *holes*, characters that stand in no name; what stands there in
//! their place has to be a name or several. Everything else of every policy is this program's own.

use std::collections::{BTreeMap, BTreeSet};

use casemate_dsl::name;
use serde_json::Value;

use super::questions::{Dns, Known, Operator, account};
use super::{DIRECTORY, each, generating, name as name_of};
use crate::manifest::{Manifest, Place};
use crate::model::Rule;
use crate::policy::tier::Tier;

/// The label of CloudNativePG's pods.
pub(super) const DATABASE: &str = "cnpg.io/cluster";

/// The holes: one character each, of those that mean nothing to anybody.
mod hole {
    pub(super) const KYVERNO: char = '\u{e000}';
    pub(super) const ARGOCD: char = '\u{e001}';
    pub(super) const ONE_PASSWORD: char = '\u{e002}';
    pub(super) const ONE_PASSWORD_ACCOUNT: char = '\u{e003}';
    pub(super) const CERT_MANAGER: char = '\u{e004}';
    pub(super) const CERTIFICATES: char = '\u{e005}';
    pub(super) const CLOUD_NATIVE_PG: char = '\u{e006}';
    pub(super) const WITH_DATABASE: char = '\u{e007}';
    pub(super) const WITH_TOKEN: char = '\u{e008}';
    pub(super) const DATABASES: char = '\u{e009}';
    pub(super) const DNS: char = '\u{e00a}';
    pub(super) const DNS_KEY: char = '\u{e00b}';
    pub(super) const DNS_VALUE: char = '\u{e00c}';
    pub(super) const NODE_LOCAL: char = '\u{e00d}';

    pub(super) const fn is_one(character: char) -> bool {
        matches!(character, KYVERNO..=NODE_LOCAL)
    }
}

/// What stands in the place of each hole.
type Found = BTreeMap<char, String>;

/// The objects of a directory of policies, by their files, as this program renders them for the cluster of which `read` gives some.
///
/// # Errors
///
/// The file that is no policy of ours, whatever the cluster declares.
pub(crate) fn rendered_again(read: impl Fn(&str) -> Option<Value>) -> Result<BTreeMap<String, Value>, String> {
    let mut found = Found::new();
    for (place, (kind, policy)) in telling().into_iter().enumerate() {
        let file = format!("{}-{policy}.yaml", kind.to_ascii_lowercase());
        let Some(value) = read(&file) else { return Err(file) };
        let has_databases = found.contains_key(&hole::DATABASES);
        let mut possible = shapes().filter(|shape| place == 0 || shape.databases.is_some() == has_databases);
        let fits = possible.find_map(|shape| {
            let holed = manifests(&shape, &|of, name| (of, name) == (kind, policy.as_str())).pop()?;
            let mut found = found.clone();
            fits(&tree(&holed), &value, &mut found).then_some(found)
        });
        match fits {
            Some(now) => found = now,
            None => return Err(file),
        }
    }
    // Where the operator of databases may write is where the databases are.
    let namespaces_of = |ids: &str| -> BTreeSet<String> {
        ids.split(BETWEEN).filter_map(|id| id.split_once('/')).map(|(of, _)| of.to_owned()).collect()
    };
    let with_database = found.get(&hole::DATABASES).map_or_else(BTreeSet::new, |ids| namespaces_of(ids));
    if let Some(said) = found.get_mut(&hole::WITH_DATABASE) {
        *said = with_database.into_iter().collect::<Vec<_>>().join(BETWEEN);
    }
    let all = manifests(&known(&found), &|_, _| true);
    Ok(all.into_iter().map(|manifest| (manifest.file.clone(), tree(&manifest))).collect())
}

/// The policies that hold all names between them. The first tells whether there are databases: without that nobody could tell whose
/// accounts the third names, where it names those of one operator.
fn telling() -> [(&'static str, String); 4] {
    let rule = |rule| ("ValidatingPolicy", name_of(rule, Tier::Services));
    [
        rule(Rule::NoUnaskedToken),
        rule(Rule::NamespacesKeepTier),
        rule(Rule::SecretsByOperators),
        ("GeneratingPolicy", generating::NAME.to_owned()),
    ]
}

fn manifests(known: &Known, is_wanted: &dyn Fn(&str, &str) -> bool) -> Vec<Manifest> {
    // Neither the cluster nor the directory is in an object.
    each(known, &Place::of_cluster(name!("any"), DIRECTORY), is_wanted)
}

#[expect(clippy::expect_used, reason = "a manifest is a tree of strings, numbers and truth values")]
fn tree(manifest: &Manifest) -> Value {
    serde_json::to_value(&manifest.object).expect("a manifest has a JSON form")
}

/// What policies can depend on, with holes for names: all that can be there or not.
fn shapes() -> impl Iterator<Item = Known> {
    // A cluster that has policies has most of it.
    (0..16).rev().map(|bits| {
        let has = |bit: u8| bits & (1 << bit) != 0;
        let mut found: Found = ('\u{e000}'..='\u{e00d}').map(|hole| (hole, hole.to_string())).collect();
        let optional: [&[char]; 4] = [
            &[hole::CLOUD_NATIVE_PG, hole::WITH_DATABASE, hole::DATABASES],
            &[hole::CERT_MANAGER, hole::CERTIFICATES],
            &[hole::WITH_TOKEN],
            &[hole::NODE_LOCAL],
        ];
        for (_, holes) in (0..).zip(optional).filter(|(bit, _)| !has(*bit)) {
            found.retain(|hole, _| !holes.contains(hole));
        }
        known(&found)
    })
}

/// What policies depend on, by what stands in their holes.
fn known(found: &Found) -> Known {
    let text = |hole: char| found.get(&hole).cloned().unwrap_or_default();
    let names = |hole: char| -> BTreeSet<String> {
        found.get(&hole).into_iter().flat_map(|said| said.split(BETWEEN)).map(str::to_owned).collect()
    };
    let operator = |home: char, namespaces: char| {
        let home = found.get(&home)?;
        Some(Operator::of(home, names(namespaces)))
    };
    Known {
        kyverno: text(hole::KYVERNO),
        argocd: super::questions::argocd(&text(hole::ARGOCD)),
        one_password: account(&text(hole::ONE_PASSWORD), &text(hole::ONE_PASSWORD_ACCOUNT)),
        cert_manager: operator(hole::CERT_MANAGER, hole::CERTIFICATES),
        cloud_native_pg: operator(hole::CLOUD_NATIVE_PG, hole::WITH_DATABASE),
        with_token: names(hole::WITH_TOKEN),
        databases: found.contains_key(&hole::DATABASES).then(|| (DATABASE.to_owned(), names(hole::DATABASES))),
        dns: Dns {
            namespace: text(hole::DNS),
            label: (text(hole::DNS_KEY), text(hole::DNS_VALUE)),
            node_local: found.get(&hole::NODE_LOCAL).cloned(),
        },
    }
}

/// What stands between the texts of a list in an expression.
const BETWEEN: &str = "', '";

/// Whether a value is the same as one with holes, but for what stands in them.
fn fits(holed: &Value, value: &Value, found: &mut Found) -> bool {
    match (holed, value) {
        (Value::String(holed), Value::String(text)) => fits_text(holed, text, found).is_some(),
        (Value::Array(holed), Value::Array(items)) => {
            holed.len() == items.len() && holed.iter().zip(items).all(|(holed, item)| fits(holed, item, found))
        }
        (Value::Object(holed), Value::Object(map)) => {
            holed.len() == map.len()
                && holed.iter().all(|(key, holed)| map.get(key).is_some_and(|value| fits(holed, value, found)))
        }
        (holed, value) => holed == value,
    }
}

/// The same of a text.
fn fits_text(mut holed: &str, mut text: &str, found: &mut Found) -> Option<()> {
    while let Some((at, hole)) = holed.char_indices().find(|(_, character)| hole::is_one(*character)) {
        text = text.strip_prefix(holed.get(..at)?)?;
        holed = holed.get(at + hole.len_utf8()..)?;
        let next = holed.split(hole::is_one).next().unwrap_or_default();
        let end = if next.is_empty() { text.len() } else { text.find(next)? };
        let said = text.get(..end)?;
        if !may_stand(hole, said) || found.insert(hole, said.to_owned()).is_some_and(|before| before != said) {
            return None;
        }
        text = text.get(end..)?;
    }
    (holed == text).then_some(())
}

/// Whether a text may stand in a hole: nothing but a name may, or several where a list is.
fn may_stand(hole: char, said: &str) -> bool {
    let is_plain = |more: &'static [u8]| {
        move |text: &str| {
            let is_in = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || more.contains(&byte);
            !text.is_empty() && text.len() <= 253 && text.bytes().all(is_in)
        }
    };
    let is_name = is_plain(b"-.");
    let is_id = |text: &str| text.split_once('/').is_some_and(|(of, name)| is_name(of) && is_name(name));
    match hole {
        hole::WITH_TOKEN | hole::DATABASES => said.split(BETWEEN).all(is_id),
        hole::CERTIFICATES | hole::WITH_DATABASE => said.split(BETWEEN).all(is_name),
        hole::DNS_KEY | hole::DNS_VALUE => is_plain(b"-._/")(&said.to_ascii_lowercase()),
        _ => is_name(said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cluster of every shape, with names of its own.
    fn clusters() -> Vec<Known> {
        let said = |hole: char| match hole {
            hole::WITH_TOKEN => "a/b', 'c/d",
            hole::DATABASES => "shop/shop-pg', 'trips/trips-pg",
            hole::WITH_DATABASE => "shop', 'trips",
            hole::CERTIFICATES => "shop",
            hole::DNS_KEY => "dns.operator.openshift.io/daemonset-dns",
            hole::NODE_LOCAL => "169.254.20.10",
            hole::KYVERNO => "guards",
            _ => "a-name.of-1",
        };
        let named = |known: Known| {
            let holed: Found = ('\u{e000}'..='\u{e00d}').map(|hole| (hole, said(hole).to_owned())).collect();
            let mut found = holed;
            if known.databases.is_none() {
                found.retain(|hole, _| ![hole::CLOUD_NATIVE_PG, hole::WITH_DATABASE, hole::DATABASES].contains(hole));
            }
            if known.cert_manager.is_none() {
                found.retain(|hole, _| ![hole::CERT_MANAGER, hole::CERTIFICATES].contains(hole));
            }
            if known.with_token.is_empty() {
                found.remove(&hole::WITH_TOKEN);
            }
            if known.dns.node_local.is_none() {
                found.remove(&hole::NODE_LOCAL);
            }
            super::known(&found)
        };
        shapes().map(named).collect()
    }

    fn rendered(known: &Known) -> BTreeMap<String, Value> {
        let all = manifests(known, &|_, _| true).into_iter();
        all.map(|manifest| (manifest.file.clone(), tree(&manifest))).collect()
    }

    #[test]
    fn policies_are_rendered_again_from_themselves() {
        let clusters = clusters();
        assert_eq!(clusters.len(), 16);
        for known in clusters {
            let policies = rendered(&known);
            assert!(policies.len() > 50, "{}", policies.len());
            assert!(rendered_again(|file| policies.get(file).cloned()) == Ok(policies.clone()), "{known:?}");
        }
    }

    /// What is read back is a name, and the same wherever it stands.
    #[test]
    fn nothing_but_a_name_is_read_back() {
        let known = clusters()
            .into_iter()
            .find(|one| one.databases.is_some() && one.cert_manager.is_some())
            .expect("one has all");
        let policies = rendered(&known);
        let secrets = "validatingpolicy-secrets-by-operators.yaml";
        for (from, to) in [
            ("a-name.of-1:a-name.of-1'", "a-name.of-1:a-name.of-1', 'system:serviceaccount:x:y'"),
            ("['shop'])", "['shop']) || true || (['shop'])"),
            ("'system:serviceaccounts:a-name.of-1'", "'system:serviceaccounts'"),
            ("a-name.of-1:a-name.of-1'", "a-name.of-1:'"),
            ("\"Deny\"", "\"Audit\""),
            ("\"guards\"", "\"guards\",\"shop\""),
        ] {
            let whole = policies[secrets].to_string();
            let edited = whole.replacen(from, to, 1);
            assert_ne!(edited, whole, "{from}");
            let edited: Value = serde_json::from_str(&edited).expect("it is JSON");
            let read = |file: &str| if file == secrets { Some(edited.clone()) } else { policies.get(file).cloned() };
            assert_eq!(rendered_again(read), Err(secrets.to_owned()), "{to}");
        }
        // One more database in one policy is one too many, or too few, in another.
        let token = "validatingpolicy-no-unasked-token.yaml";
        let more = policies[token].to_string().replacen("'trips/trips-pg'", "'trips/trips-pg', 'vault/other'", 1);
        let more: Value = serde_json::from_str(&more).expect("it is JSON");
        let again = rendered_again(|file| if file == token { Some(more.clone()) } else { policies.get(file).cloned() });
        let again = again.expect("it is a list of names");
        assert_ne!(again["validatingpolicy-tag-and-digest.yaml"], policies["validatingpolicy-tag-and-digest.yaml"]);
        assert_ne!(again[secrets], policies[secrets]);
    }
}
