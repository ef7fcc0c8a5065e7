// A chart is run with the rights that it asks for: it comes over TLS (security model, supply chain).

use casemate_dsl::prelude::*;

fn main() {
    let _ = chart_repository!("http://charts.longhorn.io"); // refused
}
