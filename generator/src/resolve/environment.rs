//! Environments of containers: what their variables hold, and in which order.

use casemate_dsl::said::{Place, Said};
use casemate_dsl::view::{self, Endpoint, EnvVar};
use casemate_dsl::{ContainerResource, Otlp};
use indexmap::IndexMap;

use super::finding::Findings;
use super::mount::{Context, Gathered};
use super::{credential, database, mount, reference, text};
use crate::graph::{Env, EnvValue, Id};

/// The variables of a container, each after those that it names as `$(NAME)`: Kubernetes knows no later ones.
///
/// What names none keeps its place in the declaration. `telemetry` adds those that OpenTelemetry reads. `has_cpu_limit`: whether
/// the container says one.
pub(super) fn environment(
    findings: &mut Findings,
    context: Context<'_>,
    env: Vec<Said<EnvVar>>,
    telemetry: Option<Said<Otlp>>,
    has_cpu_limit: bool,
    gathered: &mut Gathered,
) -> Vec<Env> {
    let id = context.id;
    let mut resolved: IndexMap<&'static str, (EnvValue, Place)> = IndexMap::new();
    for Said { what: EnvVar { name, credential: names_credential, value }, at } in env {
        let value = match value {
            view::EnvValue::Literal(text) => {
                // A switch is the one literal that fits a variable that names a credential.
                if !names_credential {
                    check_literal(findings, id, name, &text, at);
                }
                EnvValue::Text(text)
            }
            view::EnvValue::Secret(field) => {
                mount::item(findings, id, gathered, field.item(), at);
                EnvValue::Secret { secret: mount::secret_name(id, field.item()), key: field.field().to_string() }
            }
            view::EnvValue::Database(field) => {
                database::check_field(findings, id, &field, at);
                let view::DatabaseField { database, key, seal: _ } = field;
                let secret = database::secret_name(database.name);
                gathered.made.insert(secret.clone());
                gathered.called.push(Said { what: view::Endpoint::Database(database), at });
                EnvValue::Secret { secret, key: database::key(key).to_owned() }
            }
            view::EnvValue::Address(address) => {
                let (text, endpoint) = text::address(address, context.domain);
                gathered.called.push(Said { what: endpoint, at });
                EnvValue::Text(text)
            }
            view::EnvValue::Template(template) => {
                EnvValue::Text(rendered(findings, context, name, template, at, gathered))
            }
            view::EnvValue::Pod(field) => EnvValue::Pod(field),
            view::EnvValue::Resource(resource) => {
                if resource == ContainerResource::CpuLimit && !has_cpu_limit {
                    let wrong = format!("`{name}` names the container's cpu limit, which is not said");
                    let instead = "say `.cpu_limit(cpu!(\"1\"))`, or name `ContainerResource::CpuRequest`";
                    findings.add(id, at, wrong, instead);
                }
                EnvValue::Resource(resource)
            }
        };
        set(findings, id, &mut resolved, name, value, at);
    }
    if let (Some(Said { what: otlp, at }), Some(watched)) = (telemetry, context.observability) {
        let (collector, protocol) = match otlp {
            Otlp::Grpc => (&watched.collector, "grpc"),
            Otlp::Http => (&watched.collector_http, "http/protobuf"),
        };
        let endpoint = Endpoint::Peer(collector.clone());
        let callee = text::callee(&endpoint);
        gathered.called.push(Said { what: endpoint, at });
        let whose = context.container.map_or_else(|| id.name.to_string(), |name| format!("{}-{name}", id.name));
        let told = [
            ("OTEL_SERVICE_NAME", EnvValue::Text(whose)),
            (
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                EnvValue::Text(format!("http://{}:{}", callee.host(context.domain), callee.port())),
            ),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", EnvValue::Text(protocol.to_owned())),
            ("OTEL_POD_NAME", EnvValue::Pod(view::PodField::Name)),
            (
                "OTEL_RESOURCE_ATTRIBUTES",
                EnvValue::Text(format!(
                    "k8s.cluster.name={},k8s.namespace.name={},k8s.pod.name=$(OTEL_POD_NAME)",
                    context.cluster, id.namespace
                )),
            ),
        ];
        for (name, value) in told {
            set(findings, id, &mut resolved, name, value, at);
        }
    }
    in_order(findings, id, resolved)
}

fn set(
    findings: &mut Findings,
    id: Id,
    resolved: &mut IndexMap<&'static str, (EnvValue, Place)>,
    name: &'static str,
    value: EnvValue,
    at: Place,
) {
    if let Some((_, first)) = resolved.insert(name, (value, at)) {
        let wrong = format!("`{name}` is set twice, first at {}:{}", first.file(), first.line());
        findings.add(id, at, wrong, "set it once");
    }
}

/// A template as the value of a variable: what may not stand in a config file may not stand here.
fn rendered(
    findings: &mut Findings,
    context: Context<'_>,
    name: &str,
    template: view::ConfigText,
    at: Place,
    gathered: &mut Gathered,
) -> String {
    let id = context.id;
    match text::config(template, context.domain) {
        Ok((text, called)) => {
            gathered.called.extend(called.into_iter().map(|what| Said { what, at }));
            check_zero_byte(findings, id, name, &text, at);
            if let Some((line, what)) = credential::in_config(&text) {
                let wrong = format!("line {line} of `{name}` holds what looks like {what}, which would stand in Git");
                let instead = "set a variable from 1Password, and name it in the template: `$(DB_PASSWORD)`";
                findings.add(id, at, wrong, instead);
            }
            text
        }
        Err((wrong, instead)) => {
            findings.add(id, at, format!("`{name}`: {wrong}"), instead);
            String::new()
        }
    }
}

fn check_literal(findings: &mut Findings, id: Id, name: &str, text: &str, at: Place) {
    check_zero_byte(findings, id, name, text, at);
    if let Some(what) = credential::in_text(text) {
        let wrong = format!("the value of `{name}` holds what looks like {what}, which would stand in Git");
        let instead = format!("take it from 1Password: `.env(var!(\"{name}\"), ITEM.field(field!(\"…\")))`");
        findings.add(id, at, wrong, instead);
    }
}

fn check_zero_byte(findings: &mut Findings, id: Id, name: &str, text: &str, at: Place) {
    if text.contains('\0') {
        let instead = "no process can be given one: remove it";
        findings.add(id, at, format!("the value of `{name}` holds a zero byte"), instead);
    }
}

/// The variables, those that others name before them.
fn in_order(findings: &mut Findings, id: Id, variables: IndexMap<&'static str, (EnvValue, Place)>) -> Vec<Env> {
    let needed = |index: usize| -> Vec<usize> {
        match variables.get_index(index) {
            Some((_, (EnvValue::Text(text), _))) => {
                reference::names(text).filter_map(|name| variables.get_index_of(name)).collect()
            }
            _ => Vec::new(),
        }
    };
    let order = match reference::after_what_they_name(variables.len(), needed) {
        Ok(order) => order,
        Err(circle) => {
            let names: Vec<String> = circle
                .iter()
                .chain(circle.first())
                .filter_map(|index| variables.get_index(*index))
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            if let Some((_, (_, at))) = circle.first().and_then(|first| variables.get_index(*first)) {
                let wrong = format!("variables name one another in a circle: {}", names.join(" names "));
                findings.add(id, at, wrong, "write one of them without `$(…)`");
            }
            (0..variables.len()).collect()
        }
    };
    let mut variables: Vec<Option<Env>> =
        variables.into_iter().map(|(name, (value, _))| Some(Env { name: name.to_owned(), value })).collect();
    order.into_iter().filter_map(|index| variables.get_mut(index).and_then(Option::take)).collect()
}
