//! Random catalogues before the oracle: what is accepted is safe, foreseen field by field, and allows what was declared and no more.

#![expect(clippy::expect_used, reason = "a test that cannot begin stops")]

mod addresses;
mod agreement;
mod bounds;
mod catalogue;
mod created;
mod databases;
mod edges;
mod identities;
mod kinds;
mod mesh;
mod outside;
mod perimeter;
mod plan;
mod rights;
mod tampered;
mod told;
mod volumes;
mod watched;
mod webhooks;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use agreement::disagreements;
use casemate_oracle::{World, judge};
use plan::{EVERYTHING, Plan};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use told::told;

/// How many worlds are tried. `PROPTEST_CASES` asks for more.
const WORLDS: u32 = 100;

fn runner() -> TestRunner {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(WORLDS);
    TestRunner::new_with_rng(Config::with_cases(cases), TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn worlds() -> impl Iterator<Item = Plan> {
    let mut runner = runner();
    let cases = runner.config().cases;
    let plans = plan::plans();
    (0..cases).map(move |_| plans.new_tree(&mut runner).expect("the strategy rejects nothing").current())
}

fn rendered(plan: &Plan, order: &[usize]) -> Result<Files, casemate::Findings> {
    let rendered = casemate::render(catalogue::cluster(plan, order))?;
    Ok(rendered.files().map(|(path, text)| (format!("out/{path}"), text.to_owned())).collect())
}

/// Paths and texts.
type Files = Vec<(String, String)>;

/// A mended plan with what is rendered of it, or the findings.
#[derive(Debug)]
struct Tree {
    plan: Plan,
    files: Result<Files, Vec<String>>,
}

/// The trees of all worlds, rendered once for all tests.
fn trees() -> &'static [Tree] {
    static TREES: LazyLock<Vec<Tree>> = LazyLock::new(|| {
        let tree = |plan: Plan| {
            let files = rendered(&plan, &plan.order);
            Tree { files: files.map_err(|findings| findings.iter().map(ToString::to_string).collect()), plan }
        };
        worlds().map(Plan::mended).map(tree).collect()
    });
    &TREES
}

#[test]
fn whatever_is_accepted_is_foreseen_and_allows_exactly_what_was_declared() {
    for Tree { plan, files } in trees() {
        match files {
            Ok(files) => {
                let world = World::from_texts(files.iter().map(|(path, text)| (path.as_str(), text)));
                let verdict = judge(&world, &told(plan));
                assert!(verdict.is_clean(), "{verdict}\n{plan:#?}");
                let disagreements: Vec<_> = disagreements(&world, plan).iter().map(ToString::to_string).collect();
                assert!(disagreements.is_empty(), "{}\n{plan:#?}", disagreements.join("\n"));
            }
            // What is left to refuse in a mended plan are texts.
            Err(findings) => assert!(
                findings.iter().all(|finding| finding.contains("stand in Git") || finding.contains("zero byte")),
                "a plan that says what can be was refused: {findings:#?}\n{plan:#?}"
            ),
        }
    }
}

#[test]
fn the_worlds_say_everything_and_are_rich() {
    let mut said: BTreeMap<&str, usize> = EVERYTHING.map(|what| (what, 0)).into();
    let plans: Vec<_> = trees().iter().filter(|tree| tree.files.is_ok()).map(|tree| &tree.plan).collect();
    for what in plans.iter().flat_map(|plan| plan.says()) {
        *said.get_mut(what).expect("a plan says nothing beyond everything") += 1;
    }
    let (accepted, rich) = (plans.len(), plans.iter().filter(|plan| plan.is_rich()).count());
    let refused = trees().len() - accepted;
    println!("{accepted} worlds accepted, {rich} of them rich; {refused} refused for their texts; {said:#?}");
    let rare: Vec<_> = said.iter().filter(|(_, worlds)| **worlds * 10 < accepted).collect();
    assert!(rare.is_empty(), "each is said in a tenth of the {accepted} worlds, and these are not: {rare:#?}");
    assert!(accepted * 10 >= (accepted + refused) * 8, "a strategy that is mostly refused tests little");
    assert!(
        rich * 2 >= accepted,
        "half of the worlds have to be such that policies could get in one another's way: {rich} of {accepted}"
    );
}

#[test]
fn the_order_of_declarations_does_not_change_a_byte() {
    for Tree { plan, files } in trees().iter().take(30) {
        let Ok(files) = files else { continue };
        let sorted: Vec<usize> = (0..plan.services.len()).collect();
        let reversed: Vec<usize> = sorted.iter().rev().copied().collect();
        for order in [sorted, reversed] {
            assert_eq!(rendered(plan, &order).as_ref().ok(), Some(files));
        }
    }
}

#[test]
fn whatever_is_said_the_answer_is_a_tree_or_findings() {
    let (mut trees, mut refusals) = (0_u32, 0_u32);
    // Every second one says whatever it likes.
    for plan in worlds().enumerate().map(|(index, plan)| if index % 2 == 0 { plan } else { plan.mended() }).take(60) {
        match rendered(&plan, &plan.order) {
            Ok(files) => {
                trees += 1;
                let verdict = judge(&World::from_texts(files), &told(&plan));
                assert!(verdict.is_clean(), "{verdict}\n{plan:#?}");
            }
            Err(findings) => {
                refusals += 1;
                assert!(findings.iter().all(|finding| finding.contains("instead:")), "{findings}");
            }
        }
    }
    println!("{trees} trees, {refusals} refusals");
    assert!(trees > 0 && refusals > 0, "both answers have to be seen: {trees} trees, {refusals} refusals");
}
