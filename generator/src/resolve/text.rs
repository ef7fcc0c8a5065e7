//! Texts with addresses in them: variables, and config files that minijinja renders.

use casemate_dsl::view::{Address, AddressForm, ConfigText, Endpoint, TemplateValue};
use casemate_dsl::word::Host;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};

use crate::graph::{Callee, Id, PeerNode};

/// The callee that an endpoint names.
pub(super) fn callee(endpoint: &Endpoint) -> Callee {
    match endpoint {
        Endpoint::Service { identity, port, protocol } => Callee::Service {
            id: Id { namespace: identity.namespace(), name: identity.name() },
            port: port.number(),
            protocol: *protocol,
        },
        Endpoint::Database(database) => Callee::Peer(super::database::node(database)),
        Endpoint::Peer(peer) => Callee::Peer(PeerNode {
            namespace: peer.namespace,
            service: peer.service,
            port: peer.port.number(),
            pod_port: peer.pod_port.number(),
            protocol: peer.protocol,
            labels: peer.labels.iter().copied().collect(),
            mesh: peer.mesh,
        }),
    }
}

/// An address as text, and what it calls.
pub(super) fn address(address: Address, domain: Host) -> (String, Endpoint) {
    let Address { endpoint, form, seal: _ } = address;
    let callee = callee(&endpoint);
    let (host, port) = (callee.host(domain), callee.port());
    let text = match form {
        AddressForm::Url { scheme, path } => {
            let path = path.map_or("", |path| if path.as_str() == "/" { "" } else { path.as_str() });
            format!("{scheme}://{host}:{port}{path}")
        }
        AddressForm::Authority => format!("{host}:{port}"),
        AddressForm::Host => host,
    };
    (text, endpoint)
}

/// A config file as text, and what it calls; or what is wrong with it, and what to do about it.
pub(super) fn config(text: ConfigText, domain: Host) -> Result<(String, Vec<Endpoint>), (String, String)> {
    // The mode is the file's.
    let ConfigText { text, values, executable: _, seal: _ } = text;
    let Some(values) = values else { return Ok((text.to_owned(), Vec::new())) };
    let mut called = Vec::new();
    let mut context = std::collections::BTreeMap::new();
    for (name, value) in values {
        let value = match value {
            TemplateValue::Text(text) => text,
            TemplateValue::Address(value) => {
                let (text, endpoint) = address(value, domain);
                called.push(endpoint);
                text
            }
        };
        if matches!(name, "self" | "loop" | "true" | "false" | "none" | "True" | "False" | "None") {
            let wrong = format!("`{name}` has a meaning of its own in templates, and takes no value");
            return Err((wrong, "choose another name".to_owned()));
        }
        if context.insert(name, value).is_some() {
            return Err((format!("the template's value `{name}` is given twice"), "give it once".to_owned()));
        }
    }
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build().map_err(|error| unreadable(&error))?;
    environment.set_syntax(syntax);
    let template = environment.template_from_str(text).map_err(|error| unreadable(&error))?;
    let used = template.undeclared_variables(false);
    if let Some(unused) = context.keys().find(|name| !used.contains(**name)) {
        return Err((
            format!("the template has no `{{{{ {unused} }}}}`"),
            "remove the `.with(..)`, or name the value in the file".to_owned(),
        ));
    }
    if let Some(unknown) = used.iter().filter(|name| !context.contains_key(name.as_str())).min() {
        return Err((
            format!("the template names `{{{{ {unknown} }}}}`, which has no value"),
            format!("give it one: `.with(\"{unknown}\", ..)`"),
        ));
    }
    let rendered = template.render(&context).map_err(|error| unreadable(&error))?;
    Ok((rendered, called))
}

fn unreadable(error: &minijinja::Error) -> (String, String) {
    let line = error.line().map(|line| format!("line {line} of ")).unwrap_or_default();
    (
        format!(
            "{line}the template cannot be rendered: {}",
            error.detail().map_or_else(|| error.to_string(), str::to_owned)
        ),
        "`{{ name }}` stands for a value; write `{% raw %}…{% endraw %}` around braces that are meant as they are"
            .to_owned(),
    )
}
