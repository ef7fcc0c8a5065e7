//! Where charts lie in published modules.

use std::path::PathBuf;

use anyhow::Result;

use crate::pins::KYVERNO;
use crate::trial::Trial;

/// The folder of a chart in this version; none when no module has it. That the folder's version is the declared one, Helm's engine checks.
pub(super) fn folder(trial: &Trial<'_>, chart: &str, version: &str) -> Result<Option<PathBuf>> {
    let (module, of_module, folder) = match chart {
        // These are released with their module, under its version.
        "cert-manager" => ("github.com/cert-manager/cert-manager", version, "deploy/charts/cert-manager"),
        "trust-manager" => ("github.com/cert-manager/trust-manager", version, "deploy/charts/trust-manager"),
        // The module that holds chart 1.21.1.
        "external-dns" => ("sigs.k8s.io/external-dns", "v0.22.0", "charts/external-dns"),
        "kyverno" => (KYVERNO.module, trial.kyverno, "charts/kyverno"),
        _ => return Ok(None),
    };
    Ok(Some(trial.programs.published(module, of_module)?.join(folder)))
}
