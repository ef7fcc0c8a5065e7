// A time zone has its name from the IANA database (Kubernetes, CronJob: Time zones).

use casemate_dsl::prelude::*;

fn main() {
    let _ = time_zone!("Etc/UTC");
}
