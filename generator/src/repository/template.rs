//! The files of a new repository and of a new service, which lie in `template/`.
//!
//! They are the one thing here that minijinja fills: with names that were checked, strict about those that are not there.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};

use super::error::Problem;

/// What stands for what in a template.
pub(super) type Values<'v> = BTreeMap<&'v str, &'v str>;

/// The files of a repository: their paths, in which `{module}` is the cluster's module, and their templates.
///
/// In `template/` some are called otherwise: a file that began with a dot would be in force there, and `cargo package` leaves out
/// directories with a `Cargo.toml`.
pub(super) const REPOSITORY: &[(&str, &str)] = &[
    (".gitattributes", include_str!("../../template/repository/gitattributes")),
    (".github/workflows/tree.yml", include_str!("../../template/repository/tree.yml")),
    (".gitignore", include_str!("../../template/repository/gitignore")),
    ("Cargo.toml", include_str!("../../template/repository/workspace.toml")),
    ("README.md", include_str!("../../template/repository/README.md")),
    ("renovate.json", include_str!("../../template/repository/renovate.json")),
    ("rust-toolchain.toml", include_str!("../../template/repository/rust-toolchain.toml")),
    ("rustfmt.toml", include_str!("../../template/repository/rustfmt.toml")),
    ("services/Cargo.toml", include_str!("../../template/repository/services.toml")),
    ("services/build.rs", include_str!("../../template/repository/build.rs")),
    ("services/config/hello.conf", include_str!("../../template/repository/hello.conf")),
    ("services/src/hello.rs", include_str!("../../template/repository/hello.rs")),
    ("services/src/lib.rs", include_str!("../../template/repository/lib.rs")),
    ("services/src/main.rs", include_str!("../../template/repository/main.rs")),
    ("services/src/namespaces.rs", include_str!("../../template/repository/namespaces.rs")),
    ("services/src/site.rs", include_str!("../../template/repository/site.rs")),
    ("services/src/{module}.rs", include_str!("../../template/repository/cluster.rs")),
    ("services/tests/declarations.rs", include_str!("../../template/repository/declarations.rs")),
];

/// The template of a Deployment.
pub(super) const DEPLOYMENT: &str = include_str!("../../template/service/deployment.rs");
/// The template of a StatefulSet.
pub(super) const STATEFUL_SET: &str = include_str!("../../template/service/statefulset.rs");
/// The template of a DaemonSet.
pub(super) const DAEMON_SET: &str = include_str!("../../template/service/daemonset.rs");
/// The template of a Job.
pub(super) const JOB: &str = include_str!("../../template/service/job.rs");
/// The template of a CronJob.
pub(super) const CRON_JOB: &str = include_str!("../../template/service/cronjob.rs");

/// The text of a file of a repository. Renovate's configuration has templates of Renovate's own, and no values: it is taken as it is.
pub(super) fn file(path: &str, template: &str, values: &Values<'_>) -> Result<String, Problem> {
    if path == "renovate.json" { Ok(template.to_owned()) } else { fill(template, values) }
}

/// A template with its values.
pub(super) fn fill(template: &str, values: &Values<'_>) -> Result<String, Problem> {
    let failed = |error: minijinja::Error| Problem::Asked(format!("a template cannot be filled: {error:#}"));
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().keep_trailing_newline(true).build().map_err(failed)?);
    environment
        .render_str(template, Value::from_pairs(values.iter().map(|(name, value)| (*name, *value))))
        .map_err(failed)
}
