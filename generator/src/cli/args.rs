//! The arguments, and what `--help` says about them.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::audit::Standard;
use crate::review::COMMENT_LIMIT;

/// Examples, if any, and the exit codes, which are the same for all commands and stable.
macro_rules! after_help {
    ($($examples:literal)?) => {
        concat!($($examples, "\n\n",)? "\
Exit codes:
  0  success
  1  --check, plugin: the tree or its sources are not what they were; audit: an object breaks a rule
  2  the arguments make no sense
  3  a declaration is wrong, or has a warning and --deny-warnings was given
  4  a file could not be read, written or edited, or would not be overwritten")
    };
}

/// Renders declared services as a hardened GitOps tree.
#[derive(Debug, Parser)]
#[command(name = "casemate", version, about, after_help = after_help!(), max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the tree, compare it with the declarations, or print it.
    ///
    /// Only what changed is written, each file at once or not at all. Files that were edited by hand are refused by name, and
    /// nothing is written then.
    #[command(after_help = after_help!("\
Examples:
  casemate render                              write ./out
  casemate render --check                      say what a render would change; exit 1 if anything
  casemate render --stdout --service trips-api print one service's objects
  casemate render --deny-warnings              for CI: refuse images without a digest"))]
    Render(RenderArgs),
    /// List the services of all clusters with what they serve, call and expose.
    #[command(after_help = after_help!())]
    List(ListArgs),
    /// Compare two rendered trees and say what changed, what bears on security first.
    ///
    /// It reads the trees and nothing else: no declaration, no cluster, no network. Links are not followed.
    #[command(after_help = after_help!("\
Examples:
  casemate review /tmp/base/out out                    for a terminal, whole
  casemate review /tmp/base/out out --format markdown  for a comment, within its limit"))]
    Review(ReviewArgs),
    /// Hold any Kubernetes YAML to the rules of the security model: a chart's output, a neighbour's repository.
    ///
    /// Each finding says file, object, field, rule, and the need that says it properly in a declaration. It reads files and
    /// nothing else: no declaration, no cluster, no network. Pods are judged where they are made, in templates of Deployments
    /// and their like. What it cannot judge it names: kinds that it does not know, templates of Helm, kustomizations; links are
    /// not followed. No value of a Secret and no credential is ever printed. A file that cannot be read does not hide the
    /// findings in others, and makes the exit code 4.
    #[command(after_help = after_help!("\
Examples:
  casemate audit manifests/                               a directory, all its .yaml, .yml and .json files
  helm template ./chart | casemate audit -                what a chart would deploy
  kubectl kustomize overlays/home | casemate audit -      what kustomize would deploy
  kubectl get all,netpol -A -o yaml | casemate audit -    what a cluster runs
  casemate audit --format sarif . > audit.sarif           for GitHub's code scanning"))]
    Audit(AuditArgs),
    /// Print the path from an empty cluster to GitOps, as a script to read and to run.
    ///
    /// It checks that the cluster is the declared one; installs the 1Password operator by Helm, with credentials that only standard input sees; installs
    /// Argo CD with the values with which it keeps itself afterwards; applies `bootstrap/` of the tree, and waits. Each step says by
    /// a command that only reads whether it is done, so that a second run changes nothing, and each can be undone. The way in while the policy engine
    /// is down is in it, too. No secret is. It needs a POSIX `sh`, `kubectl` and `helm`, and a checkout.
    #[command(after_help = after_help!("\
Examples:
  casemate bootstrap > bootstrap.sh                        read it before you run it
  KUBE_CONTEXT=homelab sh bootstrap.sh check               is this the cluster that is declared? changes nothing
  KUBE_CONTEXT=homelab sh bootstrap.sh                     each step that is not done yet
  KUBE_CONTEXT=homelab sh bootstrap.sh undo root           one step back
  op read op://ops/connect/token | KUBE_CONTEXT=homelab sh bootstrap.sh token"))]
    Bootstrap(BootstrapArgs),
    /// Make a repository of one's own: a cluster, a first service, CI, and what Renovate has to know.
    ///
    /// No file is overwritten, and nothing is left half written.
    #[command(after_help = after_help!("\
Example:
  casemate init ../homelab --cluster homelab"))]
    Init(InitArgs),
    /// Add a declaration to a repository.
    #[command(subcommand, after_help = after_help!())]
    New(NewCommand),
    /// What Argo CD runs to get an Application's objects: all of them as rendered, or none.
    #[command(subcommand, after_help = after_help!())]
    Plugin(PluginCommand),
    /// Print completions for a shell.
    #[command(after_help = after_help!("\
Example:
  casemate completions fish > ~/.config/fish/completions/casemate.fish"))]
    Completions {
        /// The shell.
        shell: Shell,
    },
}

#[derive(ClapArgs, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct RenderArgs {
    /// The directory of the tree, one subdirectory a cluster.
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub(crate) out: PathBuf,

    /// Write nothing: list what is missing, extra, edited or changed, and exit 1 if anything is.
    #[arg(long, conflicts_with_all = ["stdout", "force"])]
    pub(crate) check: bool,

    /// Write nothing: print the objects.
    #[arg(long, conflicts_with_all = ["out", "force"])]
    pub(crate) stdout: bool,

    /// Only this service, `name` or `namespace/name`; repeatable. It narrows what is printed or compared, and never writes.
    #[arg(long, value_name = "NAME")]
    pub(crate) service: Vec<String>,

    /// Only this cluster.
    #[arg(long, value_name = "NAME")]
    pub(crate) cluster: Option<String>,

    /// The form of what is printed: of the objects with --stdout, else of the summary.
    #[arg(long, value_name = "FORMAT", default_value = "yaml")]
    pub(crate) format: Format,

    /// Replace files that were edited by hand, and what stands in the place of a rendered file. Other files stay.
    #[arg(long)]
    pub(crate) force: bool,

    /// Treat warnings as errors: an image whose digest is not known is one.
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct ListArgs {
    /// Only this cluster.
    #[arg(long, value_name = "NAME")]
    pub(crate) cluster: Option<String>,

    /// The form of the list.
    #[arg(long, value_name = "FORMAT", default_value = "yaml")]
    pub(crate) format: Format,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct BootstrapArgs {
    /// The cluster. It may be left out where there is one only.
    #[arg(long, value_name = "NAME")]
    pub(crate) cluster: Option<String>,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct InitArgs {
    /// Where: a directory that is not there yet, or in which none of the files is.
    #[arg(value_name = "DIR")]
    pub(crate) directory: PathBuf,

    /// The name of the cluster, which is its directory in the tree.
    #[arg(long, value_name = "NAME", default_value = "homelab")]
    pub(crate) cluster: String,

    /// Release and digest of Linkerd's proxy, `edge-26.8.3@sha256:…`. Without it `render --deny-warnings`, and so CI, refuses
    /// the repository until they stand in the cluster's file.
    #[arg(long, value_name = "IMAGE")]
    pub(crate) proxy: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NewCommand {
    /// Add a service that compiles and renders at once, and have the catalogue run it.
    ///
    /// Run it in the root of the repository. No file is overwritten; a catalogue that does not look like the template's is not
    /// edited; nothing is left half written.
    #[command(after_help = after_help!("\
Examples:
  casemate new service ledger --namespace payments
  casemate new service backup --kind cronjob"))]
    Service(NewServiceArgs),
}

#[derive(ClapArgs, Debug)]
pub(crate) struct NewServiceArgs {
    /// The name of the service.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// Its namespace. [default: one of its own, of the same name]
    #[arg(long, value_name = "NAMESPACE")]
    pub(crate) namespace: Option<String>,

    /// The kind of its workload.
    #[arg(long, value_name = "KIND", default_value = "deployment")]
    pub(crate) kind: WorkloadKind,

    /// The crate of the services.
    #[arg(long, value_name = "DIR", default_value = "services")]
    pub(crate) services: PathBuf,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum WorkloadKind {
    /// Pods that are alike.
    Deployment,
    /// Pods with names and claims of their own.
    Statefulset,
    /// A pod on each node.
    Daemonset,
    /// Runs once.
    Job,
    /// Runs by a schedule.
    Cronjob,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PluginCommand {
    /// Print a committed directory's objects, if it is what was rendered.
    ///
    /// Every file is in the manifest with its hash, there is nothing else, and every object is in the form in which it is rendered, of a
    /// kind that may be there, in its namespace, and breaks no rule of `audit`. Otherwise nothing is printed, and the first line says what to do. It needs the directory and nothing
    /// else. What an Application sets, `env` or `parameters`, is refused; its name, project, namespace and path are
    /// compared. A person may name a directory of such directories, too.
    #[command(after_help = after_help!("\
Examples:
  casemate plugin guard                                    as Argo CD runs it, in the Application's directory
  casemate plugin guard out/homelab/services/trips/trips-api
  casemate plugin guard out > /dev/null                    all directories of all clusters"))]
    Guard {
        /// The directory.
        #[arg(value_name = "DIR", default_value = ".")]
        directory: PathBuf,
    },
    /// Print what this program's own services render for a directory, if the checkout has the sources that it was built from.
    ///
    /// The program knows the hash of each of its sources: all files of its packages, what they read from elsewhere, `Cargo.lock`, and what says how
    /// all of it is built. One that is changed, added or gone, or a checkout that was sent in part, and nothing is printed; the first line says
    /// which file it is and what to do. The path says which part of the tree is meant, and what `render` would write there is printed,
    /// whatever lies there now. What an Application sets, `env` or `parameters`, is refused; its name, project, namespace and path are
    /// compared.
    #[command(after_help = after_help!("\
Examples:
  casemate plugin generate                                 as Argo CD runs it, in the Application's directory
  casemate plugin generate out/homelab/services/trips/trips-api"))]
    Generate {
        /// The directory: that of one Application.
        #[arg(value_name = "DIR", default_value = ".")]
        directory: PathBuf,
    },
}

#[derive(ClapArgs, Debug)]
pub(crate) struct ReviewArgs {
    /// The tree as it was.
    #[arg(value_name = "BEFORE")]
    pub(crate) before: PathBuf,

    /// The tree as it is now.
    #[arg(value_name = "AFTER")]
    pub(crate) after: PathBuf,

    /// The form of the review.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReviewFormat,

    /// At most so many bytes of markdown: what is least important is left out first, and counted. At least 4096.
    #[arg(long, value_name = "BYTES", default_value_t = COMMENT_LIMIT)]
    pub(crate) limit: usize,

    /// The command that the markdown names for what it leaves out, with {} where a path below AFTER goes. [default: diff -ruN
    /// BEFORE/{} AFTER/{}]
    #[arg(long, value_name = "COMMAND")]
    pub(crate) whole: Option<String>,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct AuditArgs {
    /// A directory, a file, or - for standard input; repeatable.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// The form of the findings.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: AuditFormat,

    /// The version of Pod Security that the summary tells the levels of, `1.25` or later: that of the cluster.
    #[arg(long, value_name = "VERSION", default_value_t = format!("1.{}", Standard::NEWEST))]
    pub(crate) kubernetes: String,

    /// A larger file is not read.
    #[arg(long, value_name = "MB", default_value_t = 10)]
    pub(crate) max_file_size: u32,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum AuditFormat {
    /// For a terminal.
    Text,
    /// For programs.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ReviewFormat {
    /// For a terminal.
    Text,
    /// For a comment on a pull request.
    Markdown,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For people: YAML documents, or text.
    Yaml,
    /// For programs.
    Json,
}
