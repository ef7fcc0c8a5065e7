//! What is there before a request: brought about behind the backs of all who judge, and taken away again.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use crate::cluster::{Plane, Store};
use crate::fields;
use crate::processes::Processes;
use crate::programs::Programs;
use crate::tree::{label, text};

/// An API server over the same objects that asks neither webhooks nor Pod Security, nor for the account of a pod.
#[derive(Debug)]
pub(super) struct BackDoor {
    plane: Plane,
}

/// An object that is stored.
#[derive(Debug)]
pub(super) struct Before {
    pub(super) live: Value,
    is_ours: bool,
}

impl BackDoor {
    pub(super) fn open(store: &Store, programs: &Programs, processes: &mut Processes) -> Result<Self> {
        let nobody = ["MutatingAdmissionWebhook", "ValidatingAdmissionWebhook", "PodSecurity", "ServiceAccount"];
        Ok(Self { plane: store.serve_without(&nobody, ("kyverno", "back-door"), programs, processes)? })
    }

    pub(super) fn close(self, processes: &mut Processes) {
        self.plane.stop(processes);
    }

    /// Brings an object about. What Kubernetes itself does not take is said in its own words.
    pub(super) fn bring(&self, wanted: &Value) -> Result<Result<Before, String>> {
        let api = &self.plane.api;
        if let Some(live) = api.get(&api.path(wanted)?)? {
            let lost = fields::lost(wanted, &live);
            if !lost.is_empty() {
                bail!("{} is there already, and another: {}", label(wanted), lost.join("; "));
            }
            return Ok(Ok(Before { live, is_ours: false }));
        }
        let mut object = wanted.clone();
        if object["kind"] == "Pod" {
            // Whoever gave it a node would change it under our hands.
            object["spec"]["schedulerName"] = json!("nobody");
        }
        let answer = api.create(&object, "")?;
        if answer.body["reason"] == "Invalid" {
            return Ok(Err(answer.message()));
        }
        Ok(Ok(Before { live: answer.object().with_context(|| label(wanted))?, is_ours: true }))
    }

    /// Takes away what was brought about; what was there before stays. Namespaces stay, too: they go slowly.
    pub(super) fn take_away(&self, before: &Before) -> Result<()> {
        let kind = text(&before.live["kind"]);
        if !before.is_ours || kind == "Namespace" {
            return Ok(());
        }
        let path = self.plane.api.path(&before.live)?;
        if !before.live["metadata"]["finalizers"].is_null() {
            self.plane.api.merge(&path, &json!({"metadata": {"finalizers": null}}))?.object()?;
        }
        self.plane.api.delete(&format!("{path}?gracePeriodSeconds=0"))
    }
}

impl Before {
    /// The stored object, changed where a new one differs from the old: the rest has what the API server wrote into it.
    pub(super) fn changed(&self, old: &Value, new: &Value) -> Value {
        let mut changed = self.live.clone();
        for (field, value) in new.as_object().into_iter().flatten() {
            match (&old[field], value) {
                (old, new) if old == new => {}
                (Value::Object(old), Value::Object(new)) => change(&mut changed[field], old, new),
                (_, new) => changed[field] = new.clone(),
            }
        }
        changed
    }
}

fn change(live: &mut Value, old: &Map<String, Value>, new: &Map<String, Value>) {
    let Some(live) = live.as_object_mut() else { return };
    live.retain(|field, _| new.contains_key(field) || !old.contains_key(field));
    for (field, value) in new {
        if old.get(field) != Some(value) {
            live.insert(field.clone(), value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_changed_in_what_is_stored() {
        let live = json!({"kind": "Pod", "metadata": {"name": "p", "uid": "1", "finalizers": ["f"]},
            "spec": {"nodeName": "n", "containers": [{"name": "c", "imagePullPolicy": "Always"}]}});
        let old = json!({"kind": "Pod", "metadata": {"name": "p", "finalizers": ["f"]}, "spec": {"containers": [{"name": "c"}]}});
        let new = json!({"kind": "Pod", "metadata": {"name": "p"},
            "spec": {"containers": [{"name": "c"}], "ephemeralContainers": [{"name": "d"}]}});
        assert_eq!(
            Before { live, is_ours: true }.changed(&old, &new),
            json!({"kind": "Pod", "metadata": {"name": "p", "uid": "1"}, "spec": {"nodeName": "n",
                "containers": [{"name": "c", "imagePullPolicy": "Always"}], "ephemeralContainers": [{"name": "d"}]}})
        );
    }
}
