//! The monolith: a private home page with chat, knowledge and a scheduler, its public page, and the vault of notes that Obsidian keeps
//! in step.
//!
//! Hardened on its way here: all three containers could write to their root file systems, two ran from the tag `latest`, and the
//! private page trusted any token of the organisation. `VAULT_API_URL` named a service that does not exist.

use casemate_dsl::prelude::*;

use crate::{Site, images, inference, inference_embeddings, namespaces, peers, searxng};

identity!(pub Monolith = "monolith" in namespaces::MONOLITH);

/// The pages.
pub const WEB: Port<Monolith, Http> = port!(3000);

/// Knowledge, chat and the scheduler.
pub const API: Port<Monolith, Http> = port!(8000);

/// Notes, which the backend reads and Obsidian writes.
const VAULT: Scratch = Scratch::disk(name!("vault"), memory!("10Gi"));

const DB: Database =
    CloudNativePg::cluster(name!("monolith-pg"), namespaces::MONOLITH).called_by(peers::atlas::OPERATOR);

const HOME: Item = item!("home", "private-homepage");
const CHAT: Item = item!("chat", "discord-bot");
const CLICKHOUSE: Item = item!("clickhouse", "signoz-clickhouse");
const GARDENER: Item = item!("gardener", "monolith-claude-auth");
const KNOWLEDGE: Item = item!("knowledge", "obsidian");

/// Declares the monolith.
pub fn service(site: &Site) -> Deployment<Monolith> {
    let private = site.zone.host(name!("private"));
    Deployment::new(frontend())
        .container(backend())
        .container(obsidian())
        .rolling(1, 0)
        .reaches(External::any_web_page(because!("it reads whatever page a note points to")))
        .exposed(WEB, private.for_audience(site.private))
        .exposed(API, private.under(path!("/api/knowledge")).for_audience(site.private))
        .exposed(API, private.under(path!("/api/scheduler")).for_audience(site.private))
        .exposed(WEB, site.zone.host(name!("public")).public(because!("a home page for everybody")))
}

fn backend() -> ReadyContainer<Monolith> {
    let reason = because!("the home page shows how the cluster is");
    Monolith::container_named(name!("backend"), images::MONOLITH_BACKEND)
        .resources(cpu!("10m"), memory!("3Gi"))
        .serves(API)
        .probes(
            Probes::ready(http(API, path!("/healthz")).after(seconds!(3)).every(seconds!(5)).within(seconds!(3)))
                .alive(http(API, path!("/healthz")).after(seconds!(5)).within(seconds!(5)).failing_after(6)),
        )
        .env(var!("HOME"), "/tmp")
        .env(var!("USER"), "monolith")
        .env(var!("DATABASE_URL"), DB.uri())
        .env(var!("ICAL_FEED_URL"), HOME.field(field!("ICAL_FEED_URL")))
        .env(var!("CLICKHOUSE_URL"), peers::signoz::CLICKHOUSE.url())
        .env(var!("CLICKHOUSE_USER"), CLICKHOUSE.field(field!("USER")))
        .env(var!("CLICKHOUSE_PASSWORD"), CLICKHOUSE.field(field!("PASSWORD")))
        .env(var!("DISCORD_BOT_TOKEN"), CHAT.field(field!("DISCORD_BOT_TOKEN")))
        .env(var!("GITHUB_TOKEN"), CHAT.field(field!("GITHUB_TOKEN")))
        .env(var!("CLAUDE_CODE_OAUTH_TOKEN"), GARDENER.field(field!("CLAUDE_AUTH_TOKEN")))
        .env(var!("LLAMA_CPP_URL"), inference::API.url())
        .env(var!("EMBEDDING_URL"), inference_embeddings::API.url())
        .env(var!("SEARXNG_URL"), searxng::WEB.url())
        .env(var!("FRONTEND_HEALTH_URL"), url!("http://localhost:3000/"))
        .env(var!("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), peers::signoz::OTLP_HTTP.url().at(path!("/v1/traces")))
        .env(var!("VAULT_ROOT"), "/vault")
        .env(var!("VAULT_GIT_REMOTE"), url!("https://github.com/example/vault.git"))
        .env(var!("GIT_AUTHOR_NAME"), "monolith")
        .env(var!("GIT_AUTHOR_EMAIL"), "bot@example.com")
        .env(var!("GIT_COMMITTER_NAME"), "monolith")
        .env(var!("GIT_COMMITTER_EMAIL"), "bot@example.com")
        .env(var!("KNOWLEDGE_GAPS_REWRITE_DISCARDABLE"), 1)
        .mounts(VAULT, path!("/vault"))
        .scratch(path!("/tmp"))
        .may(api::NODES.read_everywhere(reason))
        .may(api::PODS.read_everywhere(reason))
        .may(api::DEPLOYMENTS.read_everywhere(reason))
        .may(api::NODE_METRICS.read_everywhere(reason))
        .may(api::custom!("argoproj.io", "applications").read_everywhere(reason))
}

fn obsidian() -> ReadyContainer<Monolith> {
    Monolith::container_named(name!("obsidian"), images::MONOLITH_OBSIDIAN)
        .resources(cpu!("50m"), memory!("128Mi"))
        .memory_limit(memory!("384Mi"))
        .probes(Probes::only_alive(exec(["test", "-f", "/tmp/ready"]).after(seconds!(60))))
        .env(var!("VAULT_PATH"), "/vault")
        .env(var!("VAULT_NAME"), "home")
        .env(var!("OBSIDIAN_EMAIL"), KNOWLEDGE.field(field!("email")))
        .env(var!("OBSIDIAN_PASSWORD"), KNOWLEDGE.field(field!("password")))
        .mounts(VAULT, path!("/vault"))
        .scratch(path!("/home/vault"))
        .scratch(path!("/tmp"))
}

fn frontend() -> ReadyContainer<Monolith> {
    Monolith::container(images::MONOLITH_FRONTEND)
        .resources(cpu!("100m"), memory!("128Mi"))
        .memory_limit(memory!("256Mi"))
        .serves(WEB)
        .probes(Probes::http(WEB, path!("/")))
        .env(var!("API_BASE"), url!("http://localhost:8000"))
        .env(var!("OTEL_COLLECTOR_HTTP_URL"), peers::signoz::OTLP_HTTP.url())
        .scratch(path!("/tmp"))
}
