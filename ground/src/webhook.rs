//! The admission webhook that carries the injector's stand-in: HTTPS on loopback, registered by URL.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::{Value, json};

use crate::api::Api;
use crate::certificates::Certificate;
use crate::injector;
use crate::tree::text;

/// The name that Linkerd's own chart gives it.
const CONFIGURATION: &str = "linkerd-proxy-injector-webhook-config";

/// Where the webhook listens.
#[derive(Debug)]
pub(crate) struct Webhook {
    url: String,
}

impl Webhook {
    /// Listens on a port of its own until this process ends.
    pub(crate) fn start(certificate: &Certificate) -> Result<Self> {
        let chain = vec![CertificateDer::from_pem_slice(certificate.chain.as_bytes())?];
        let key = PrivateKeyDer::from_pem_slice(certificate.key.as_bytes())?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        let config = Arc::new(config);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("the webhook finds no port")?;
        let url = format!("https://127.0.0.1:{}/inject", listener.local_addr()?.port());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let config = Arc::clone(&config);
                // A connection that breaks is the API server's to report: its failurePolicy is Fail.
                std::thread::spawn(move || serve(stream, config));
            }
        });
        Ok(Self { url })
    }

    /// Tells an API server to ask for every new pod. A namespace opts out with the label that Linkerd's own
    /// configuration uses.
    pub(crate) fn register(&self, api: &Api, authority: &str) -> Result<()> {
        let configuration = json!({
            "apiVersion": "admissionregistration.k8s.io/v1",
            "kind": "MutatingWebhookConfiguration",
            "metadata": {"name": CONFIGURATION},
            "webhooks": [{
                "name": "linkerd-proxy-injector.linkerd.io",
                "clientConfig": {"url": self.url, "caBundle": STANDARD.encode(authority)},
                "rules": [{"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]}],
                "namespaceSelector": {"matchExpressions": [
                    {"key": "config.linkerd.io/admission-webhooks", "operator": "NotIn", "values": ["disabled"]},
                ]},
                "failurePolicy": "Fail", "sideEffects": "None", "admissionReviewVersions": ["v1"], "timeoutSeconds": 10,
            }],
        });
        api.create(&configuration, "?fieldValidation=Strict")?.object().context("the webhook's registration")?;
        Ok(())
    }

    /// Tells an API server to ask no more.
    pub(crate) fn forget(api: &Api) -> Result<()> {
        api.delete(&format!("/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/{CONFIGURATION}"))
    }
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>) -> Result<()> {
    let mut stream = BufReader::new(StreamOwned::new(ServerConnection::new(config)?, stream));
    while let Some(body) = request(&mut stream)? {
        let answer = review(&serde_json::from_slice(&body)?);
        let answer = serde_json::to_vec(&answer)?;
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", answer.len());
        let out = stream.get_mut();
        out.write_all(head.as_bytes())?;
        out.write_all(&answer)?;
        out.flush()?;
    }
    Ok(())
}

/// The body of the next request on a connection. The API server always says how long it is.
fn request(stream: &mut impl BufRead) -> Result<Option<Vec<u8>>> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut length = None;
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 {
            bail!("the request ends in its head");
        }
        if line.trim_end().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = Some(value.trim().parse::<u64>()?);
        }
    }
    let mut body = Vec::new();
    stream.take(length.context("a request without content-length")?).read_to_end(&mut body)?;
    Ok(Some(body))
}

fn review(review: &Value) -> Value {
    let request = &review["request"];
    let mut response = json!({"uid": request["uid"], "allowed": true});
    match injector::patch(&request["object"], text(&request["namespace"])) {
        Ok(Some(patch)) => {
            response["patchType"] = json!("JSONPatch");
            response["patch"] = json!(STANDARD.encode(patch.to_string()));
        }
        Ok(None) => {}
        Err(error) => {
            response["allowed"] = json!(false);
            response["status"] = json!({"message": format!("the injector's stand-in: {error:#}")});
        }
    }
    json!({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_requests_on_one_connection() {
        let mut wire =
            "POST /inject HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}POST / HTTP/1.1\r\ncontent-length: 1\r\n\r\n1"
                .as_bytes();
        assert_eq!(request(&mut wire).unwrap().unwrap(), b"{}");
        assert_eq!(request(&mut wire).unwrap().unwrap(), b"1");
        assert!(request(&mut wire).unwrap().is_none());
    }

    #[test]
    fn a_review_is_answered_by_its_uid() {
        let answer =
            review(&json!({"request": {"uid": "7", "namespace": "shop", "object": {"metadata": {}, "spec": {}}}}));
        assert_eq!(answer["response"], json!({"uid": "7", "allowed": true}));
    }
}
