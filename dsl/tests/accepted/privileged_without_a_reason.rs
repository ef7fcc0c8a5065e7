// A privileged namespace says why (security model, layer 4).

use casemate_dsl::prelude::*;

/// A chart.
fn longhorn() -> Chart {
    Chart::new(
        name!("longhorn"),
        chart_repository!("https://charts.longhorn.io"),
        chart_version!("1.8.1"),
        name!("longhorn-system"),
    )
}

fn main() {
    let _ = longhorn().privileged(because!("it mounts disks of nodes"));
}
