//! References between the variables of a container.

use super::CrossRule;
use crate::field::{list, text};
use crate::scene::{Findings, Scene};

pub(crate) const RULES: &[CrossRule] = &[CrossRule {
    name: "variable-order",
    sentence: "a variable that another refers to stands before it: Kubernetes leaves references to later ones as they are",
    check: variable_order,
}];

/// The names in `$(NAME)`; `$$(NAME)` is none.
fn references(value: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('$') {
        rest = after;
        if let Some(escaped) = after.strip_prefix('$') {
            rest = escaped;
        } else if let Some((name, after)) = after.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
            found.push(name);
            rest = after;
        }
    }
    found
}

fn variable_order(scene: &Scene<'_>, findings: &mut Findings) {
    for workload in &scene.workloads {
        for container in workload.containers() {
            let variables = list(container, "env");
            for (index, variable) in variables.iter().enumerate() {
                let referred = references(text(variable, "value"));
                let mut later = variables.iter().skip(index).map(|later| text(later, "name"));
                if let Some(name) = later.find(|name| referred.contains(name)) {
                    let sentence = format!("`{}` refers to `{name}`, which is not before it", text(variable, "name"));
                    findings.push(workload.document.finding("variable-order", sentence));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn references_in_a_text() {
        assert_eq!(references("$(A)-$$(B)-$(C) $D $(E"), ["A", "C"]);
        assert_eq!(references("$$$(A)"), ["A"]);
        assert_eq!(references("nothing"), [""; 0]);
    }
}
