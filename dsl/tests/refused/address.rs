// An address is four numbers from 0 to 255 (Kubernetes, Service ClusterIP allocation).

use casemate_dsl::prelude::*;

fn main() {
    let _ = ip!("192.168.1.256"); // refused
}
