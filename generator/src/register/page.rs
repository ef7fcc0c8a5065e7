//! The register's page: each clause of the security model with what meets it, and before them the short lists.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::field::Field;
use super::lists::{self, List};
use super::markdown::{self, LOST, code, codes, link, text};
use super::outside::Outside;
use super::row::{Row, of_chapter};
use super::sighting::{Policy, Seen};
use super::standing::Standing;
use crate::graph::Graph;
use crate::model::{Chapter, Rule};

/// Where those are listed whose digest is awaited.
const WITHOUT_DIGEST: &str = "[images without a digest](#images-without-a-digest)";

/// The page of a cluster.
pub(super) fn page(graph: &Graph, seen: &Seen) -> String {
    let name = graph.cluster.name.as_str();
    let kyverno = if seen.policies().is_empty() {
        "No policy of Kyverno is rendered for this cluster: what is not declared here is held to no rule at admission but Pod Security's. \
         `casemate audit` finds what breaks a rule."
    } else {
        "Kyverno holds what is not declared here to the same rules: each rule below says where it refuses what breaks it, and where it only reports that. \
         `casemate audit` finds what breaks one anywhere."
    };
    let mut page = String::new();
    markdown::header(&mut page, &format!("cluster {name}"));
    let _ = writeln!(
        page,
        "# The register of cluster {name}\n\n\
         What a reviewer reads: first whatever reaches further than most, then every clause of the security model with what meets it.\n\n\
         - **Services** are declared. No word of the language weakens one, and every sentence here is about them unless it says otherwise.\n\
         - **Peers** are what services talk to and others run. They have no right but the edges that name them.\n\
         - **The platform** is charts of others. They are held to the level of their namespace; where Kyverno is declared, most of its policies only report what they do.\n\n\
         {kyverno}\n\n\
         The questions of the security review checklist are answered for each service on a page beside this one, `NAMESPACE.NAME.md`.\n"
    );
    let _ = writeln!(page, "## Read these first\n");
    for list in lists::all(graph, seen) {
        write_list(&mut page, &list);
    }
    for chapter in Chapter::ALL {
        let _ = writeln!(page, "## {}\n", chapter.title());
        for row in of_chapter(*chapter) {
            write_row(&mut page, row, graph, seen);
        }
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

fn write_list(page: &mut String, list: &List) {
    let List { title, says, columns, rows, empty } = list;
    let _ = writeln!(page, "### {title}\n\n{}\n", if rows.is_empty() { empty } else { says });
    if !rows.is_empty() {
        markdown::head(page, columns);
        for row in rows {
            markdown::row(page, row);
        }
        page.push('\n');
    }
}

fn write_row(page: &mut String, row: &Row, graph: &Graph, seen: &Seen) {
    let Row { clause, met, words, refused, fields, made_by, outside } = row;
    let _ = writeln!(page, "### {}\n\n{met}\n", code_of_yaml(clause.words()));
    let mut cells: Vec<[String; 2]> = Vec::new();
    let mut say = |by: &str, what: String| cells.push([by.to_owned(), what]);
    if !words.is_empty() {
        say("said by", codes(*words));
    }
    if !refused.is_empty() {
        say("does not compile", codes(*refused));
    }
    for field in *fields {
        say("rendered", evidence(*field, graph, seen));
    }
    for rule in row.rules() {
        say("rule", judged(rule, seen));
    }
    for kind in *made_by {
        for policy in seen.policies().iter().filter(|policy| policy.kind == *kind) {
            say("policy", format!("{} {}: {}", code(kind), code(&policy.name), link(&policy.path)));
        }
    }
    if !cells.is_empty() {
        markdown::head(page, &["by", "what"]);
        for cells in &cells {
            markdown::row(page, cells);
        }
        page.push('\n');
    }
    for Outside { assumed, check } in *outside {
        let _ = writeln!(page, "- Outside of the tree: {assumed}\n  To check it: {check}");
    }
    if !outside.is_empty() {
        page.push('\n');
    }
}

/// A clause's words; those that are YAML as code.
fn code_of_yaml(words: &str) -> String {
    if words.contains(['[', ']'])
        || words.ends_with(": true")
        || words.ends_with(": false")
        || words.contains("Default")
    {
        match words.split_once("Every container: ") {
            Some((_, yaml)) => format!("Every container: {}", code(yaml)),
            None => code(words),
        }
    } else {
        text(words)
    }
}

/// How a field stands in the cluster.
fn evidence(field: Field, graph: &Graph, seen: &Seen) -> String {
    let (objects, owners) = (field.objects(), field.owners());
    let what = format!("{objects} {}: {}", owners.words(), field.spelled(&[], true));
    let links = |paths: BTreeSet<String>| paths.iter().map(|path| link(path)).collect::<Vec<_>>().join(", ");
    match Standing::of(field, graph, seen) {
        Standing::Shown(path) => format!("{what}; the first is {}", link(&path)),
        Standing::Awaited(None, _) => format!("{what}; none has it yet: the list of {WITHOUT_DIGEST}"),
        Standing::Awaited(Some(first), paths) => format!(
            "{what}; not yet those in the list of {WITHOUT_DIGEST}: {}; the first that has it is {}",
            links(paths),
            link(&first)
        ),
        Standing::Nobody => format!("{what}; {}", owners.none()),
        Standing::Absent => format!("no {objects} is in the tree"),
        Standing::Lost(paths) => format!("{what}: {LOST} by {}", links(paths)),
    }
}

/// A rule, with the policies that hold it.
fn judged(rule: Rule, seen: &Seen) -> String {
    let on_platform = format!("{}-platform", rule.name());
    let policy =
        |name: &str| seen.policies().iter().find(|policy| policy.kind == "ValidatingPolicy" && policy.name == *name);
    let does = |policy: &Policy| {
        let acts = if policy.action.as_deref() == Some("Deny") { "refuses" } else { "reports" };
        let (_, below) = policy.path.split_once('/').unwrap_or(("", &policy.path));
        format!("[{acts}](../{below})")
    };
    let judged = match (policy(rule.name()), policy(&on_platform), seen.policies().is_empty()) {
        (Some(services), Some(platform), _) => {
            format!(
                "; among services Kyverno {} what breaks it, on the platform it {} it",
                does(services),
                does(platform)
            )
        }
        (Some(services), None, _) => format!("; among services Kyverno {} what breaks it", does(services)),
        (None, Some(platform), _) => format!("; on the platform Kyverno {} what breaks it", does(platform)),
        (None, None, false) => "; no policy looks at it, `casemate audit` does".to_owned(),
        // What is said once need not be said of every rule.
        (None, None, true) => String::new(),
    };
    format!("{}: {}{judged}", code(rule.name()), rule.must())
}
