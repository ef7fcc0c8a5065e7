//! A service's answers to the security review checklist, each with the file and the field that show it.

use std::fmt::Write as _;

use casemate_dsl::view::{Decision, PeerMesh, Protocol};

use super::field::Field;
use super::markdown::{self, LOST, code, codes, text};
use super::owner::of_service;
use super::sighting::{Seen, Sight, template_of};
use crate::graph::{Callee, Graph, Inbound, Kind, Outside, Perimeter, Service};
use crate::model::{Chapter, Clause, Rule};
use crate::notice::let_in_beside;

/// An answer.
#[derive(Debug, Default)]
struct Answer {
    /// In a word or a few sentences.
    says: Vec<String>,
    /// What shows it: directory, file, field.
    shown: Vec<(String, String, String)>,
}

/// Answers about one service.
struct Answers<'a> {
    graph: &'a Graph,
    seen: &'a Seen,
    service: &'a Service,
    directory: String,
    namespace: String,
}

/// The page of a service.
pub(super) fn page(graph: &Graph, seen: &Seen, service: &Service) -> String {
    let id = service.id;
    let answers = Answers {
        graph,
        seen,
        service,
        directory: of_service(graph, id),
        namespace: format!("{}/services/{}/_namespace", graph.cluster.name, id.namespace),
    };
    let mut page = String::new();
    markdown::header(&mut page, &id.to_string());
    let _ = writeln!(
        page,
        "# Security review checklist: {id}\n\n{} of the service tier in cluster {}. Each answer names the files and the fields that show it; \
         what the answers rest on is in [the register](README.md).\n",
        kind(service.kind),
        graph.cluster.name
    );
    for clause in Clause::ALL.iter().filter(|clause| clause.chapter() == Chapter::Checklist) {
        let Answer { says, shown } = answers.to(*clause);
        let _ = writeln!(page, "## {}\n\n{}\n", text(clause.words()), says.join("\n"));
        if !shown.is_empty() {
            markdown::head(&mut page, &["file", "field"]);
            for (directory, file, field) in shown {
                let (_, below) = directory.split_once('/').unwrap_or_default();
                markdown::row(&mut page, &[format!("[{file}](../{below}/{file})"), field]);
            }
            page.push('\n');
        }
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Deployment { .. } => "A Deployment".to_owned(),
        Kind::StatefulSet { .. } => "A StatefulSet".to_owned(),
        Kind::DaemonSet { .. } => "A DaemonSet".to_owned(),
        Kind::Job { .. } => "A Job".to_owned(),
        Kind::CronJob { .. } => "A CronJob".to_owned(),
        Kind::Created { by } => format!("Pods that {} creates while it runs,", code(&by.to_string())),
    }
}

impl Answers<'_> {
    fn to(&self, clause: Clause) -> Answer {
        match clause {
            Clause::RunsAsNonRoot => self.of_pods(&[Field::NonRoot, Field::User, Field::PodNonRoot], None),
            Clause::RootIsReadOnly => self.of_pods(&[Field::ReadOnlyRoot], Some(Rule::ReadOnlyRootFilesystem)),
            Clause::DoesNotEscalate => self.of_pods(&[Field::NoEscalation], None),
            Clause::LimitsDefined => self.limits(),
            Clause::NetworkPoliciesApplied => self.network(),
            Clause::SecretsFromItems => self.secrets(),
            Clause::IngressByTunnel => self.ingress(),
            _ => Answer::default(),
        }
    }

    /// What the pod template shows. Pods that are created at run time have none: they are held to the level of their namespace, or, where
    /// that does not ask for it, to a rule, if a policy holds it.
    fn of_pods(&self, fields: &[Field], beyond_restricted: Option<Rule>) -> Answer {
        let mut answer = Answer::default();
        let Kind::Created { by } = self.service.kind else {
            answer.says.push("Yes.".to_owned());
            self.show(&mut answer, fields);
            return answer;
        };
        let by = code(&by.to_string());
        let Some(rule) = beyond_restricted else {
            answer
                .says
                .push(format!("Yes: {by} makes the pods, and Pod Security's level of the namespace holds them to it."));
            self.show_in(&self.namespace, &mut answer, Field::Restricted);
            return answer;
        };
        let policies = self.seen.policies().iter();
        let refusing = policies
            .filter(|policy| policy.name == rule.name() && policy.action.as_deref() == Some("Deny"))
            .find_map(|policy| policy.path.rsplit_once('/'));
        match refusing {
            Some((directory, file)) => {
                answer.says.push(format!("Yes: {by} makes the pods, and Kyverno refuses those that are not."));
                let field = code("spec.validationActions: [Deny]");
                answer.shown.push((directory.to_owned(), file.to_owned(), field));
            }
            None => answer.says.push(format!(
                "Not by this tree: {by} makes the pods, and `restricted` does not ask for it. Look at what {by} writes: \
                 `kubectl -n {} get pods -o yaml > FILE` and `casemate audit FILE`.",
                self.service.id.namespace
            )),
        }
        answer
    }

    /// Memory is limited always, cpu where that is declared.
    fn limits(&self) -> Answer {
        let fields = [Field::CpuRequest, Field::MemoryRequest, Field::MemoryLimit];
        let mut answer = self.of_pods(&fields, Some(Rule::RequestsAndMemoryLimit));
        let mut containers = self.service.pod.each_container().peekable();
        if containers.peek().is_some() && containers.any(|container| container.cpu_limit.is_none()) {
            answer
                .says
                .push("Memory is limited. Cpu is requested, and limited only where that is declared.".to_owned());
        }
        answer
    }

    fn network(&self) -> Answer {
        let mut answer = Answer {
            says: vec![
                "Yes: nothing comes in and nothing goes out but by a declared edge, and what every pod needs: DNS, the mesh's control plane, and the collector of its \
                 proxy's metrics and traces, where somebody watches."
                    .to_owned(),
            ],
            shown: Vec::new(),
        };
        if self.service.outside.iter().any(is_host) {
            answer.says.push(
                "Towards the internet the policy opens the declared ports to every public address. Which host it is, the mesh judges, by the name that the client \
                 says."
                    .to_owned(),
            );
        }
        self.show(&mut answer, &[Field::Isolated]);
        for field in [Field::DefaultDeny, Field::DefaultDenyBothWays, Field::EgressDenies] {
            self.show_in(&self.namespace, &mut answer, field);
        }
        answer
    }

    fn secrets(&self) -> Answer {
        let service = self.service;
        let mut answer = Answer::default();
        match (service.items.is_empty(), service.made.is_empty()) {
            (true, true) if self.seen.within(Field::ItemPath, &self.directory).is_empty() => {
                let says = "It reads no secret: there is no `OnePasswordItem` and no `Secret` in its directory.";
                answer.says.push(says.to_owned());
            }
            (true, true) => answer.says.push(format!("It reads no secret: {LOST} by the items in its directory.")),
            (false, true) => answer.says.push("Yes.".to_owned()),
            (true, false) => answer.says.push("It uses no item of its own.".to_owned()),
            (false, false) => answer.says.push("Yes, but for what an operator makes.".to_owned()),
        }
        if !service.pod.pull_secrets.is_empty() {
            answer.says.push(
                "Its images are pulled with an item of its namespace, which its containers do not see.".to_owned(),
            );
        }
        if !service.made.is_empty() {
            answer.says.push(format!("A declared operator makes {}.", codes(&service.made)));
        }
        if !self.seen.within(Field::NoSecret, &self.directory).is_empty() {
            answer.says.push(format!("A `Secret` is in its directory: {LOST}."));
        }
        if !service.items.is_empty() {
            self.show(&mut answer, &[Field::ItemPath]);
            if matches!(service.kind, Kind::Deployment { .. }) {
                self.show(&mut answer, &[Field::Restarts]);
            }
        }
        answer
    }

    fn ingress(&self) -> Answer {
        let mut answer = Answer::default();
        let id = self.service.id;
        let rules: Vec<_> = self.graph.perimeter.iter().flat_map(Perimeter::each_rule).collect();
        let own = rules.iter().filter(|(_, rule)| match &rule.to {
            Callee::Service { id: to, port: _, protocol: _ } => *to == id,
            Callee::Peer(_) => false,
        });
        let tunnel = self.graph.perimeter.as_ref().map(|perimeter| perimeter.id);
        let mut hosts = Vec::new();
        for (host, rule) in own {
            let spelled = code(&rule.spelled(*host));
            let (who, asked) = match rule.decision {
                Decision::Access(_) => (format!("- {spelled}, for those whom Access lets in."), "required: true"),
                Decision::Public(reason) => {
                    (format!("- {spelled}, for everybody: {}.", text(reason.as_str().trim_end_matches('.'))), "public")
                }
            };
            hosts.push(who);
            self.show_host(&mut answer, host.as_str(), asked);
        }
        let callers = self.callers();
        if Some(id) == tunnel {
            answer.says.push("It is the tunnel: it dials out, and takes no connection from the internet.".to_owned());
            self.show(&mut answer, &[Field::CatchAll]);
        } else if hosts.is_empty() {
            answer.says.push("Yes: it has no hostname, so nothing leads to it from the internet.".to_owned());
        } else {
            answer.says.push("Yes, by:".to_owned());
            answer.says.push(String::new());
            answer.says.append(&mut hosts);
        }
        if !callers.is_empty() {
            answer.says.push(String::new());
            answer.says.push("From within the cluster it also lets in:".to_owned());
            answer.says.push(String::new());
            answer.says.extend(callers);
        }
        let has_service = !self.seen.within(Field::ClusterIp, &self.directory).is_empty();
        self.show(&mut answer, &[if has_service { Field::ClusterIp } else { Field::Isolated }]);
        answer
    }

    /// The peers that call it.
    fn callers(&self) -> Vec<String> {
        let id = self.service.id;
        let mut callers = Vec::new();
        for Inbound { from, to: _, port, protocol } in self.graph.inbound.iter().filter(|inbound| inbound.to == id) {
            let over = if *protocol == Protocol::Udp { "/udp" } else { "" };
            let caller = code(&format!("{}/{}", from.namespace, from.name));
            let mesh = match (from.mesh, protocol) {
                (PeerMesh::Unmeshed { reason }, _) => format!(" (no mTLS: {})", text(reason.as_str())),
                (PeerMesh::Meshed { account: _ }, Protocol::Udp) => " (no mTLS: UDP passes the mesh by)".to_owned(),
                (PeerMesh::Meshed { account: _ }, _) => String::new(),
            };
            callers.push(format!("- {caller} on `{port}{over}`{mesh}."));
            if matches!(from.mesh, PeerMesh::Unmeshed { .. }) && *protocol != Protocol::Udp {
                let beside = let_in_beside(self.graph, id, *port).into_iter();
                callers.extend(beside.map(|other| format!("- {} on `{port}`, which nobody declared: it may call another port of these pods, and this one knows callers by their network alone.", code(&other))));
            }
        }
        if !self.service.webhooks.is_empty() {
            callers.push(
                "- The API server, which asks its webhooks (no mTLS: it has no identity in the mesh).".to_owned(),
            );
        }
        callers
    }

    /// Shows fields that the service's own directory has.
    fn show(&self, answer: &mut Answer, fields: &[Field]) {
        for field in fields {
            self.show_in(&self.directory, answer, *field);
        }
    }

    fn show_in(&self, directory: &str, answer: &mut Answer, field: Field) {
        let kind = if matches!(self.service.kind, Kind::CronJob { .. }) { "CronJob" } else { "" };
        let what = field.spelled(template_of(kind), !self.service.pod.init_containers.is_empty());
        let sightings = self.seen.within(field, directory);
        if sightings.is_empty() {
            answer.says.push(format!("{what}: {LOST}."));
        }
        for sighting in sightings {
            let field = match sighting.sight {
                Sight::Shown => what.clone(),
                Sight::Awaited => format!("{what}: awaited"),
                Sight::Lost => format!("{what}: {LOST}"),
            };
            answer.shown.push((directory.to_owned(), sighting.file.clone(), field));
        }
    }

    /// Shows a hostname in the tunnel's config, and whether it asks Access there.
    fn show_host(&self, answer: &mut Answer, host: &str, asked: &str) {
        let Some(perimeter) = &self.graph.perimeter else { return };
        let directory = of_service(self.graph, perimeter.id);
        let config = self.seen.config(&directory);
        let is_shown = config
            .is_some_and(|(_, config)| rules_of(config, host).any(|rule| asks_access(rule) == (asked != "public")));
        let what = code(&format!("data[\"config.yaml\"]: hostname: {host}"));
        let field = match (is_shown, asked) {
            (false, _) => format!("{what}: {LOST}"),
            (true, "public") => what,
            (true, asked) => format!("{what}, {}", code(asked)),
        };
        let shown = (directory, config.map_or_else(String::new, |(file, _)| file.to_owned()), field);
        if !answer.shown.contains(&shown) {
            answer.shown.push(shown);
        }
    }
}

/// Whether it is a host whose name the mesh sees.
fn is_host(outside: &Outside) -> bool {
    match outside {
        Outside::Host { .. } | Outside::Below { .. } | Outside::AnyWebPage { .. } => true,
        Outside::Lan { .. } | Outside::Udp { .. } | Outside::UdpRange { .. } => false,
    }
}

/// The rules of a hostname in the tunnel's config.
fn rules_of<'c>(config: &'c str, host: &str) -> impl Iterator<Item = &'c str> {
    let own = format!("{host}\n");
    config.split("- hostname: ").skip(1).filter(move |rule| rule.starts_with(&own))
}

/// Whether a rule lets in only whom Access lets in. What a comment says does not count.
fn asks_access(rule: &str) -> bool {
    rule.lines().any(|line| line.trim() == "required: true")
}
