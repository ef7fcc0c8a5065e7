// An hour is 0 to 23 (Kubernetes, CronJob: Schedule syntax).

use casemate_dsl::prelude::*;

fn main() {
    let _ = cron!("0 23 * * *");
}
