//! The way from an empty cluster to GitOps, as a script that a person reads and runs.
//!
//! Its text lies in `template/bootstrap`, one subject a file. What it names is the declaration's, and what it applies is rendered like
//! every other object; a secret it neither has nor sees.

mod known;
mod objects;
mod one_password;
mod shell;
#[cfg(test)]
mod tests;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior};

use crate::graph::Graph;
use known::Known;

const HEAD: &str = include_str!("../../template/bootstrap/head.sh");
const CHECK: &str = include_str!("../../template/bootstrap/check.sh");
const NAMESPACES: &str = include_str!("../../template/bootstrap/namespaces.sh");
const ONE_PASSWORD: &str = include_str!("../../template/bootstrap/one-password.sh");
const ARGO_CD: &str = include_str!("../../template/bootstrap/argo-cd.sh");
const ROOT: &str = include_str!("../../template/bootstrap/root.sh");
const BREAK_GLASS: &str = include_str!("../../template/bootstrap/break-glass.sh");
const MAIN: &str = include_str!("../../template/bootstrap/main.sh");

/// The script of a cluster.
#[expect(
    clippy::expect_used,
    reason = "the templates are ours, and what they name is there: the tests render each of them"
)]
pub(crate) fn script(graph: &Graph) -> String {
    let known = Known::of(graph);
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(shell::syntax().expect("the delimiters differ from each other"));
    environment.add_filter("quoted", |text: &str| shell::quoted(text));
    let mut parts = vec![HEAD, CHECK, NAMESPACES];
    if known.one_password.is_some() {
        parts.push(ONE_PASSWORD);
    }
    parts.extend([ARGO_CD, ROOT, BREAK_GLASS, MAIN]);
    let values = Value::from(Serde(&known));
    parts.iter().map(|part| environment.render_str(part, &values).expect("what a template names is known")).collect()
}
