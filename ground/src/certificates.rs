//! An authority and certificates for one run.

use std::path::Path;

use anyhow::{Context, Result};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// An authority that lives as long as the run.
#[derive(Debug)]
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// A certificate and its key, as PEM.
#[derive(Debug)]
pub(crate) struct Certificate {
    pub(crate) chain: String,
    pub(crate) key: String,
    pub(crate) public_key: String,
}

impl Authority {
    /// Makes a new authority.
    pub(crate) fn new() -> Result<Self> {
        let key = KeyPair::generate().context("cannot make a key")?;
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "casemate proving ground");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).context("cannot sign the authority")?.pem();
        Ok(Self { issuer: Issuer::new(params, key), pem })
    }

    /// The authority's own certificate, as PEM.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// A certificate for servers on loopback.
    pub(crate) fn serving(&self) -> Result<Certificate> {
        let key = KeyPair::generate().context("cannot make a key")?;
        let names = ["localhost", "127.0.0.1", "kubernetes.default.svc"].map(str::to_owned);
        let certificate = CertificateParams::new(names)
            .and_then(|params| params.signed_by(&key, &self.issuer))
            .context("cannot sign a serving certificate")?;
        Ok(Certificate { chain: certificate.pem(), key: key.serialize_pem(), public_key: key.public_key_pem() })
    }
}

/// Writes a file that a program reads.
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
