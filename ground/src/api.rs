//! A client of the API server: objects as plain JSON, kinds resolved by discovery.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;
use ureq::http::Request;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// A connection to one API server.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    agent: ureq::Agent,
    server: String,
    token: String,
    /// Whom requests are made as, and the groups that this account is in.
    acting: Option<(String, Vec<String>)>,
    resources: Arc<Mutex<HashMap<(String, String), Resource>>>,
}

/// Where the objects of a kind are.
#[derive(Clone, Debug)]
struct Resource {
    prefix: String,
    plural: String,
    namespaced: bool,
}

/// What the API server said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) warnings: Vec<String>,
}

impl Answer {
    /// Whether the request was granted.
    pub(crate) fn granted(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The API server's own words.
    pub(crate) fn message(&self) -> String {
        match self.body["message"].as_str() {
            Some(message) => format!("{} {message}", self.status),
            None => format!("{} {}", self.status, self.body),
        }
    }

    /// The object, or the refusal as an error.
    pub(crate) fn object(self) -> Result<Value> {
        if self.granted() { Ok(self.body) } else { Err(anyhow!("{}", self.message())) }
    }
}

impl Api {
    /// A client that trusts one authority.
    pub(crate) fn new(server: String, token: String, authority: &str) -> Result<Self> {
        let root = Certificate::from_pem(authority.as_bytes()).context("the authority is no PEM")?.to_owned();
        let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[root])).build();
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .tls_config(tls)
            .proxy(None)
            .timeout_global(Some(Duration::from_mins(1)))
            .build()
            .new_agent();
        Ok(Self { agent, server, token, acting: None, resources: Arc::default() })
    }

    /// The same connection as another account, which may do everything: what it is refused, admission refuses.
    pub(crate) fn acting_as(&self, account: &str, groups: &[String]) -> Self {
        let groups = groups.iter().cloned().chain(["system:masters".to_owned()]).collect();
        Self { acting: Some((account.to_owned(), groups)), ..self.clone() }
    }

    /// One request. `429` (a kind whose storage is still being set up) is asked again for a while.
    pub(crate) fn request(&self, method: &str, path: &str, kind: &str, body: Option<Vec<u8>>) -> Result<Answer> {
        for _ in 0..40 {
            let answer = self.once(method, path, kind, body.clone())?;
            if answer.status != 429 {
                return Ok(answer);
            }
            crate::interrupt::sleep(Duration::from_millis(250))?;
        }
        self.once(method, path, kind, body)
    }

    fn once(&self, method: &str, path: &str, kind: &str, body: Option<Vec<u8>>) -> Result<Answer> {
        let what = || format!("{method} {path}");
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server))
            .header("authorization", format!("Bearer {}", self.token))
            .header("accept", "application/json");
        if let Some((account, groups)) = &self.acting {
            request = request.header("impersonate-user", account);
            for group in groups {
                request = request.header("impersonate-group", group);
            }
        }
        let response = match body {
            Some(body) => self.agent.run(request.header("content-type", kind).body(body).with_context(what)?),
            None => self.agent.run(request.body(()).with_context(what)?),
        };
        let mut response = response.with_context(what)?;
        let status = response.status().as_u16();
        let warnings = response.headers().get_all("warning").iter();
        let warnings = warnings.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect();
        let bytes = response.body_mut().with_config().limit(1 << 28).read_to_vec().with_context(what)?;
        let text = || Value::String(String::from_utf8_lossy(&bytes).into_owned());
        let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| text());
        Ok(Answer { status, body, warnings })
    }

    /// The object at a path, if there is one.
    pub(crate) fn get(&self, path: &str) -> Result<Option<Value>> {
        let answer = self.request("GET", path, "", None)?;
        if answer.status == 404 { Ok(None) } else { answer.object().map(Some).with_context(|| path.to_owned()) }
    }

    /// All objects of a kind, in every namespace. None when the kind does not exist (yet).
    pub(crate) fn list(&self, api_version: &str, kind: &str) -> Result<Option<Vec<Value>>> {
        let Some(resource) = self.resource(api_version, kind)? else { return Ok(None) };
        let list = self.get(&format!("{}/{}", resource.prefix, resource.plural))?;
        Ok(list.map(|mut list| match list["items"].take() {
            Value::Array(items) => items,
            _ => Vec::new(),
        }))
    }

    /// Creates an object. `query` starts with `?` or is empty.
    pub(crate) fn create(&self, object: &Value, query: &str) -> Result<Answer> {
        let path = format!("{}{query}", self.collection(object)?);
        self.request("POST", &path, "application/json", Some(serde_json::to_vec(object)?))
    }

    /// Creates an object from the YAML text that holds it, unchanged.
    pub(crate) fn create_text(&self, object: &Value, text: &str, query: &str) -> Result<Answer> {
        let path = format!("{}{query}", self.collection(object)?);
        self.request("POST", &path, "application/yaml", Some(text.as_bytes().to_vec()))
    }

    /// Replaces an object, or a part of it, at a path.
    pub(crate) fn replace(&self, path: &str, object: &Value) -> Result<Answer> {
        self.request("PUT", path, "application/json", Some(serde_json::to_vec(object)?))
    }

    /// Merges fields into an object.
    pub(crate) fn merge(&self, path: &str, fields: &Value) -> Result<Answer> {
        self.request("PATCH", path, "application/merge-patch+json", Some(serde_json::to_vec(fields)?))
    }

    /// Deletes an object; that it is gone already is well.
    pub(crate) fn delete(&self, path: &str) -> Result<()> {
        let answer = self.request("DELETE", path, "", None)?;
        if answer.status == 404 { Ok(()) } else { answer.object().map(drop).with_context(|| path.to_owned()) }
    }

    /// Where an object is or would be.
    pub(crate) fn path(&self, object: &Value) -> Result<String> {
        let name = object["metadata"]["name"].as_str().context("an object without a name")?;
        Ok(format!("{}/{name}", self.collection(object)?))
    }

    fn collection(&self, object: &Value) -> Result<String> {
        let api_version = object["apiVersion"].as_str().context("an object without apiVersion")?;
        let kind = object["kind"].as_str().context("an object without kind")?;
        let Some(resource) = self.resource(api_version, kind)? else {
            bail!(
                "the API server knows no {kind} of {api_version}: \
                 put its CRD into ground/crds, or name a folder that holds it with --crds"
            );
        };
        let namespace = object["metadata"]["namespace"].as_str();
        Ok(match namespace {
            Some(namespace) if resource.namespaced => {
                format!("{}/namespaces/{namespace}/{}", resource.prefix, resource.plural)
            }
            None if resource.namespaced => bail!("a {kind} without a namespace"),
            _ => format!("{}/{}", resource.prefix, resource.plural),
        })
    }

    fn resource(&self, api_version: &str, kind: &str) -> Result<Option<Resource>> {
        let key = (api_version.to_owned(), kind.to_owned());
        let known =
            |map: &Mutex<HashMap<_, Resource>>| map.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(resource) = known(&self.resources) {
            return Ok(Some(resource));
        }
        let prefix = if api_version.contains('/') { format!("/apis/{api_version}") } else { "/api/v1".to_owned() };
        let Some(list) = self.get(&prefix)? else { return Ok(None) };
        let found = list["resources"].as_array().into_iter().flatten().find(|resource| {
            resource["kind"] == kind && resource["name"].as_str().is_some_and(|name| !name.contains('/'))
        });
        let Some(found) = found else { return Ok(None) };
        let plural = found["name"].as_str().unwrap_or_default().to_owned();
        let resource = Resource { prefix, plural, namespaced: found["namespaced"] == true };
        self.resources.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone(), resource.clone());
        Ok(Some(resource))
    }
}
