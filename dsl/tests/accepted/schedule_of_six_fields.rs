// A schedule has five fields (Kubernetes, CronJob: Schedule syntax).

use casemate_dsl::prelude::*;

fn main() {
    let _ = cron!("0 */6 * * *");
}
