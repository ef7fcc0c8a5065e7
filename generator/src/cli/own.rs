//! `init` and `new`: a repository of one's own, and what is added to it.

use std::path::Path;

use super::args::{InitArgs, NewServiceArgs, WorkloadKind};
use super::exit::Exit;
use super::report;
use crate::repository::{Kind, NewRepository, NewService, Problem, add, start};

/// Runs `init`.
pub(super) fn init(args: &InitArgs) -> Exit {
    let InitArgs { directory, cluster, proxy } = args;
    match start(&NewRepository { directory, cluster, proxy: proxy.as_deref() }) {
        Ok(files) => report::print(&format!(
            "{}: {} files\nnext, and then commit what is there:\n  cd {}\n  cargo run -- render\n\
             the values of the cluster are examples: put yours into services/src/{}.rs\n",
            directory.display(),
            files.len(),
            directory.display(),
            cluster.replace('-', "_"),
        )),
        Err(problem) => refuse(&problem),
    }
}

/// Runs `new service`.
pub(super) fn new_service(args: &NewServiceArgs) -> Exit {
    let NewServiceArgs { name, namespace, kind, services } = args;
    let kind = match kind {
        WorkloadKind::Deployment => Kind::Deployment,
        WorkloadKind::Statefulset => Kind::StatefulSet,
        WorkloadKind::Daemonset => Kind::DaemonSet,
        WorkloadKind::Job => Kind::Job,
        WorkloadKind::Cronjob => Kind::CronJob,
    };
    if !services.join("src/lib.rs").is_file() {
        return report::usage(&format!(
            "there is no `{}`: run this in the root of a repository of declarations, or name their crate with --services",
            services.join("src/lib.rs").display()
        ));
    }
    let namespace = namespace.as_deref().unwrap_or(name);
    match add(&NewService { services, name, namespace, kind }) {
        Ok(added) => {
            let edited: Vec<_> = added.edited.iter().map(|path| path.display()).collect();
            report::print(&format!(
                "{}: new; {} it\nnext:\n  put its image, port and probe into {}\n  cargo run -- render\n",
                added.made.display(),
                names(&edited),
                Path::display(&added.made),
            ))
        }
        Err(problem) => refuse(&problem),
    }
}

fn names(edited: &[std::path::Display<'_>]) -> String {
    format!("{} {}", report::list(edited), if edited.len() == 1 { "names" } else { "name" })
}

fn refuse(problem: &Problem) -> Exit {
    match problem {
        Problem::Asked(why) => report::usage(why),
        Problem::Exist(_) | Problem::Io { .. } | Problem::Unlike { .. } => report::refused(problem),
    }
}
