//! No credential stands in a text: not in variables, not in arguments, not in configuration.

use super::CrossRule;
use crate::credential::{is_name, is_reference, named_literal, shape};
use crate::field::{has, pairs, text, texts};
use crate::scene::{Findings, Scene};

pub(crate) const RULES: &[CrossRule] = &[
    CrossRule {
        name: "credential-in-variable",
        sentence: "no variable has a credential for its literal value",
        check: variables,
    },
    CrossRule { name: "credential-in-argument", sentence: "no argument is a credential", check: arguments },
    CrossRule { name: "credential-in-config", sentence: "no configuration holds a credential", check: configs },
];

fn variables(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for variable in workload.variables().filter(|variable| has(variable, "value")) {
            let (name, value) = (text(variable, "name"), text(variable, "value"));
            let what = shape(value).or_else(|| {
                (is_name(name) && !is_reference(value)).then_some("a literal under the name of a credential")
            });
            if let Some(what) = what {
                findings.push(workload.document.finding("credential-in-variable", format!("`{name}` holds {what}")));
            }
        }
    }
}

fn arguments(scene: &Scene<'_>, findings: &mut Findings) {
    const LISTS: [&str; 6] = [
        "command",
        "args",
        "startupProbe.exec.command",
        "livenessProbe.exec.command",
        "readinessProbe.exec.command",
        "lifecycle.preStop.exec.command",
    ];
    for workload in &scene.workloads {
        for container in workload.containers() {
            for list in LISTS {
                let words = texts(container, list);
                let assigned = words.iter().any(|word| {
                    word.split_once('=')
                        .is_some_and(|(name, value)| is_name(name) && !name.contains(' ') && !is_reference(value))
                });
                let followed = words.windows(2).any(|pair| {
                    matches!(pair, [flag, value] if flag.starts_with('-') && !flag.contains('=') && is_name(flag) && !value.starts_with('-') && !is_reference(value))
                });
                if assigned || followed || words.iter().any(|word| shape(word).is_some()) {
                    findings.push(
                        workload.document.finding("credential-in-argument", format!("`{list}` holds a credential")),
                    );
                }
            }
        }
    }
}

fn configs(scene: &Scene<'_>, findings: &mut Findings) {
    for config in scene.of_kind("ConfigMap") {
        for (key, value) in pairs(&config.value, "data") {
            let named = is_name(key).then_some(key).or_else(|| named_literal(value));
            if let Some(what) = shape(value).or(named) {
                findings.push(config.finding("credential-in-config", format!("`{key}` holds {what}")));
            }
        }
    }
}
