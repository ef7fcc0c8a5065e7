//! Workloads: what their kinds need, and what a run may be told.

use casemate_dsl::Concurrency;
use casemate_dsl::said::{Place, Said, Setting};
use casemate_dsl::view;
use casemate_dsl::word::Seconds;

use super::finding::Findings;
use super::settings;
use crate::graph::{Id, Kind, Pod, PreStop, Run, Schedule, Strategy};

/// How long a pod has to end by itself unless a declaration says otherwise, *Pod Lifecycle: Pod Termination*.
const DEFAULT_GRACE: u32 = 30;

/// The controller looks for due runs every ten seconds, *CronJob: Deadline for delayed Job start*.
const LEAST_STARTING_DEADLINE: u32 = 10;

/// What a declaration says of its kind, beside the kind.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) kind: view::Kind,
    pub(super) replicas: Setting<view::Replicas>,
    pub(super) rollout: Setting<view::Rollout>,
    pub(super) parallel: Setting<()>,
    pub(super) max_unavailable: Setting<u16>,
    pub(super) run: view::Run,
}

/// The kind of a workload. `exclusive` says whether it mounts a claim that only one pod can have.
pub(super) fn kind(findings: &mut Findings, id: Id, at: Place, exclusive: bool, declared: Declared) -> Kind {
    let Declared { kind, replicas, rollout, parallel, max_unavailable, run } = declared;
    check_name(findings, id, at, &kind);
    let kind = match kind {
        view::Kind::Deployment => {
            let scale = settings::scale(findings, id, replicas);
            Kind::Deployment { scale, strategy: strategy(findings, id, exclusive, rollout) }
        }
        view::Kind::StatefulSet => {
            let scale = settings::scale(findings, id, replicas);
            let parallel = findings.once(id, "that its pods start at once", parallel).is_some();
            Kind::StatefulSet { scale, parallel }
        }
        view::Kind::DaemonSet => {
            let said = findings.once(id, "the number of nodes without its pod", max_unavailable);
            if let Some(said) = said.as_ref().filter(|said| said.what == 0) {
                let wrong = "with a pod on all nodes, always, no pod could be replaced";
                findings.add(id, said.at, wrong, "say at least 1, or leave it out for 1");
            }
            Kind::DaemonSet { max_unavailable: said.map(|said| said.what) }
        }
        view::Kind::Job => Kind::Job { run: self::run(findings, id, run).0 },
        view::Kind::CronJob { schedule: cron } => {
            let (run, Timing { time_zone, concurrency, starting_deadline, history }) = self::run(findings, id, run);
            Kind::CronJob { schedule: Schedule { cron, time_zone, concurrency, starting_deadline, history }, run }
        }
    };
    if exclusive {
        check_exclusive(findings, id, at, kind);
    }
    kind
}

/// Kubernetes appends eleven characters to the names of some kinds, for what they make.
fn check_name(findings: &mut Findings, id: Id, at: Place, kind: &view::Kind) {
    const LIMIT: usize = 52;
    let (article, made) = match kind {
        // *StatefulSet, controller-revision-hash*: a label holds the name and a hash.
        view::Kind::StatefulSet => ("a StatefulSet's", "its revisions are named after it"),
        view::Kind::Job => ("a Job's", "a hash of its template follows it"),
        // *CronJob: Writing a CronJob spec*.
        view::Kind::CronJob { .. } => ("a CronJob's", "its Jobs are named after it"),
        view::Kind::Deployment | view::Kind::DaemonSet => return,
    };
    if id.name.as_str().len() > LIMIT {
        let wrong = format!("{article} name has at most {LIMIT} characters, since {made}");
        findings.add(id, at, wrong, "choose a shorter `NAME`");
    }
}

fn check_exclusive(findings: &mut Findings, id: Id, at: Place, kind: Kind) {
    match kind {
        Kind::Deployment { scale, .. } | Kind::StatefulSet { scale, .. } if scale.most() > 1 => {
            let instead = "one pod holds such a claim: say `.replicas(1)`, or `.read_write_many()` at the claim if its class offers that";
            findings.add(id, at, "several replicas mount a claim that only one pod can have", instead);
        }
        Kind::DaemonSet { .. } => {
            let instead = "say `.read_write_many()` at the claim if its class offers that, or keep what each pod has in a scratch directory";
            findings.add(id, at, "a pod on each node mounts a claim that only one pod can have", instead);
        }
        Kind::Job { run } | Kind::CronJob { run, .. } if run.parallelism.is_some_and(|pods| pods > 1) => {
            let instead =
                "leave `.parallelism(..)` out, or say `.read_write_many()` at the claim if its class offers that";
            findings.add(id, at, "several pods of a run mount a claim that only one pod can have", instead);
        }
        Kind::Deployment { .. }
        | Kind::StatefulSet { .. }
        | Kind::Job { .. }
        | Kind::CronJob { .. }
        | Kind::Created { .. } => {}
    }
}

fn strategy(findings: &mut Findings, id: Id, exclusive: bool, rollout: Setting<view::Rollout>) -> Strategy {
    let said = findings.once(id, "the rollout", rollout);
    match said {
        None if exclusive => Strategy::Recreate,
        None => Strategy::Default,
        Some(Said { what: view::Rollout::Recreate, at: _ }) => Strategy::Recreate,
        Some(Said { what: view::Rollout::Rolling { surge, unavailable }, at }) => {
            if surge == 0 && unavailable == 0 {
                let wrong = "with no pod more and none fewer, no pod could be replaced";
                findings.add(id, at, wrong, "say `.rolling(1, 0)` or `.rolling(0, 1)`");
            }
            if exclusive && surge > 0 {
                let wrong = "a new pod would wait for a claim that only the old one can have";
                findings.add(id, at, wrong, "say `.rolling(0, 1)`, or leave it out: old pods end first");
            }
            Strategy::Rolling { surge, unavailable }
        }
    }
}

/// What only a CronJob says of its runs.
struct Timing {
    time_zone: Option<casemate_dsl::word::TimeZone>,
    concurrency: Concurrency,
    starting_deadline: Option<u32>,
    history: Option<view::History>,
}

fn run(findings: &mut Findings, id: Id, declared: view::Run) -> (Run, Timing) {
    let view::Run {
        deadline,
        retries,
        completions,
        parallelism,
        time_zone,
        concurrency,
        starting_deadline,
        history,
        seal: _,
    } = declared;
    let completions = findings.once(id, "the number of completions", completions);
    let parallelism = findings.once(id, "the parallelism", parallelism);
    if let Some(said) = completions.as_ref().filter(|said| said.what == 0) {
        findings.add(id, said.at, "a run with 0 completions does nothing", "say at least 1, or leave it out for 1");
    }
    let most = completions.as_ref().map_or(1, |said| said.what);
    if let Some(said) = &parallelism
        && (said.what == 0 || said.what > most)
    {
        let wrong = format!("{} pods cannot work on {most} completions beside each other", said.what);
        findings.add(id, said.at, wrong, "say at least 1, and at most the `.completions(..)`");
    }
    let starting_deadline = findings.once(id, "the starting deadline", starting_deadline);
    if let Some(said) = starting_deadline.as_ref().filter(|said| said.what.number() < LEAST_STARTING_DEADLINE) {
        let wrong = "Kubernetes looks for due runs every 10 seconds, and would leave this one out always";
        findings.add(id, said.at, wrong, "say `.starting_deadline(seconds!(10))` or more");
    }
    let run = Run {
        deadline: findings.once(id, "the deadline", deadline).map(|said| said.what.number()),
        retries: findings.once(id, "the number of retries", retries).map(|said| said.what),
        completions: completions.map(|said| said.what),
        parallelism: parallelism.map(|said| said.what),
    };
    let timing = Timing {
        time_zone: findings.once(id, "the time zone", time_zone).map(|said| said.what),
        concurrency: findings.once(id, "the concurrency", concurrency).map_or(Concurrency::Forbid, |said| said.what),
        starting_deadline: starting_deadline.map(|said| said.what.number()),
        history: findings.once(id, "the number of kept runs", history).map(|said| said.what),
    };
    (run, timing)
}

/// How long the pods have to end, which what happens before the end must leave time for.
pub(super) fn grace_period(
    findings: &mut Findings,
    id: Id,
    at: Place,
    said: Setting<Seconds>,
    pod: &Pod,
) -> Option<u32> {
    let said = findings.once(id, "the grace period", said);
    let (period, place) = said.as_ref().map_or((DEFAULT_GRACE, at), |said| (said.what.number(), said.at));
    for container in pod.each_container() {
        if let Some(PreStop::Sleep(time)) = container.pre_stop
            && time >= period
        {
            let wrong = format!(
                "container {} sleeps for {time} seconds before its end, and is killed after {period}",
                container.name
            );
            findings.add(id, place, wrong, format!("say `.grace_period(seconds!({}))` or more", time + DEFAULT_GRACE));
        }
    }
    said.map(|said| said.what.number())
}
