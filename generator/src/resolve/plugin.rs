//! The plugin: an image, and a name of the cluster that no directory of a tree has.

use casemate_dsl::Plugin;
use casemate_dsl::said::{Said, Setting};
use casemate_dsl::word::Name;

use super::{Findings, Warning};

/// The plugin that was declared, if one was.
pub(super) fn plugin(
    findings: &mut Findings,
    warnings: &mut Vec<Warning>,
    cluster: &Said<Name>,
    said: Setting<Plugin>,
) -> Option<Plugin> {
    let whose = format!("cluster {}", cluster.what);
    let Said { what: plugin, at } = findings.once(&whose, "the plugin", said)?;
    let Plugin { image } = plugin;
    if image.awaits_digest() {
        warnings.push(Warning::awaiting_digest(&whose, format!("the plugin's image {}", image.as_str()), at));
    }
    // The plugin knows a directory by the end of its path: `services/argocd/services` would be a service, too.
    if ["platform", "services"].contains(&cluster.what.as_str()) {
        let wrong = "the plugin cannot tell the directory of this cluster from that of its services or charts";
        findings.add(&whose, at, wrong, "give the cluster another name than `platform` and `services`");
    }
    Some(plugin)
}
