//! Webhooks of random catalogues: what the API server asks, and the certificates by which it knows who answers.

use std::collections::BTreeSet;

use casemate_dsl::prelude::*;
use casemate_oracle::World;
use serde_json::Value;

use crate::agreement::{Disagreement, compare, found, port, text, texts, whose};
use crate::identities::id;
use crate::plan::{NAMESPACES, Plan, ServicePlan, WebhookPlan};

/// The port that answers.
pub(crate) const PORT: u16 = 9443;

/// About how many things there is to ask.
pub(crate) const ABOUT: usize = 3;

/// The one of them that is about new objects.
pub(crate) const CREATED: usize = 0;

/// The same port, in the language.
pub(crate) fn hook<W: Workload>() -> Port<W, Tls> {
    port!(9443)
}

/// A webhook, in the language.
pub(crate) fn webhook(plan: &WebhookPlan) -> Webhook {
    let WebhookPlan { mutates, about, asked, refuses } = plan;
    let about: Vec<_> = about
        .iter()
        .map(|about| match *about {
            CREATED => api::PODS.created(),
            1 => api::DEPLOYMENTS.updated(),
            _ => api::JOBS.deleted(),
        })
        .collect();
    let asked: Vec<_> = asked
        .iter()
        .map(|namespace| match namespace {
            0 => namespace!("blue"),
            1 => namespace!("red"),
            2 => namespace!("green"),
            3 => namespace!("grey"),
            _ => namespace!("labs"),
        })
        .collect();
    let mut webhook = if *mutates {
        Webhook::mutating(path!("/mutate"), about[0], asked[0])
    } else {
        Webhook::validating(path!("/validate"), about[0], asked[0]).within(seconds!(5))
    };
    for more in &about[1..] {
        webhook = webhook.and_about(*more);
    }
    for more in &asked[1..] {
        webhook = webhook.and_in(*more);
    }
    if *refuses { webhook.or_refused() } else { webhook }
}

/// A question of the API server: who answers, on which port of its pods and which path, whether the answer may change the object, about
/// which namespace and what, and what becomes of it while nobody answers.
type Question = (String, u16, String, bool, String, String, String);

fn answering(plan: &Plan) -> impl Iterator<Item = (&ServicePlan, &WebhookPlan)> {
    plan.services.iter().filter_map(|service| Some((service, service.webhook.as_ref()?)))
}

fn declared_questions(plan: &Plan) -> BTreeSet<Question> {
    let mut questions = BTreeSet::new();
    for (service, WebhookPlan { mutates, about, asked, refuses }) in answering(plan) {
        for (about, namespace) in about.iter().flat_map(|about| asked.iter().map(move |namespace| (*about, *namespace)))
        {
            let about = match about {
                CREATED => "CREATE pods. v1",
                1 => "UPDATE deployments.apps v1",
                _ => "DELETE jobs.batch v1",
            };
            questions.insert((
                id(service.identity).to_owned(),
                PORT,
                if *mutates { "/mutate" } else { "/validate" }.to_owned(),
                *mutates,
                NAMESPACES[namespace].to_owned(),
                about.to_owned(),
                if *refuses { "Fail" } else { "Ignore" }.to_owned(),
            ));
        }
    }
    questions
}

fn rendered_questions(world: &World) -> BTreeSet<Question> {
    let mut questions = BTreeSet::new();
    for (kind, mutates) in [("MutatingWebhookConfiguration", true), ("ValidatingWebhookConfiguration", false)] {
        for webhook in found(world, kind).flat_map(|it| it.value["webhooks"].as_array().into_iter().flatten()) {
            let service = &webhook["clientConfig"]["service"];
            let callee = format!("{}/{}", text(&service["namespace"]), text(&service["name"]));
            let target = target(world, &callee, &service["port"]);
            for about in abouts(webhook) {
                questions.insert((
                    callee.clone(),
                    target,
                    text(&service["path"]),
                    mutates,
                    namespace(webhook),
                    about,
                    text(&webhook["failurePolicy"]),
                ));
            }
        }
    }
    questions
}

/// The one namespace that a webhook is asked about; all of them are another matter.
fn namespace(webhook: &Value) -> String {
    let labels = webhook["namespaceSelector"]["matchLabels"].as_object().filter(|labels| labels.len() == 1);
    let named = labels.and_then(|labels| labels.get("kubernetes.io/metadata.name"));
    named.map_or_else(|| webhook["namespaceSelector"].to_string(), text)
}

fn abouts(webhook: &Value) -> BTreeSet<String> {
    let mut abouts = BTreeSet::new();
    for rule in webhook["rules"].as_array().into_iter().flatten() {
        for operation in texts(&rule["operations"]) {
            for (group, version) in texts(&rule["apiGroups"])
                .iter()
                .flat_map(|it| texts(&rule["apiVersions"]).into_iter().map(move |v| (it.clone(), v)))
            {
                let each = texts(&rule["resources"]).into_iter();
                abouts.extend(each.map(|resource| format!("{operation} {resource}.{group} {version}")));
            }
        }
    }
    abouts
}

/// The port of the pods behind a Service's port.
fn target(world: &World, service: &str, asked: &Value) -> u16 {
    let ports = found(world, "Service").filter(|it| whose(it) == service);
    let mut ports = ports.flat_map(|it| it.value["spec"]["ports"].as_array().into_iter().flatten());
    ports.find(|port| port["port"] == *asked).map_or(0, |it| port(&it["targetPort"]))
}

/// Who has a certificate, and for which name.
fn declared_certificates(plan: &Plan) -> BTreeSet<(String, String)> {
    let of_one = |service: &ServicePlan| {
        let id = id(service.identity);
        let (namespace, name) = id.split_once('/').expect("an id has a slash");
        let host = format!("{name}.{namespace}.svc");
        [(id.to_owned(), host.clone()), (id.to_owned(), format!("{host}.cluster.local"))]
    };
    answering(plan).flat_map(|(service, _)| of_one(service)).collect()
}

fn rendered_certificates(world: &World) -> BTreeSet<(String, String)> {
    let names = |it: &casemate_oracle::Document| texts(&it.value["spec"]["dnsNames"]);
    found(world, "Certificate").flat_map(|it| names(it).into_iter().map(|name| (whose(it), name))).collect()
}

/// Where the tree and the plan disagree.
pub(crate) fn disagreements(world: &World, plan: &Plan) -> Vec<Disagreement> {
    [
        compare("webhooks", &rendered_questions(world), &declared_questions(plan)),
        compare("certificates", &rendered_certificates(world), &declared_certificates(plan)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
