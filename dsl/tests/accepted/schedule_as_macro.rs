// A schedule has five fields, no nickname (Kubernetes, CronJob: Schedule syntax).

use casemate_dsl::prelude::*;

fn main() {
    let _ = cron!("0 * * * *");
}
