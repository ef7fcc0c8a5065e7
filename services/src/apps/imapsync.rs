//! Copies new mail from the provider to the archive, every hour.
//!
//! Lost on its way here: the bundle of private certificates, which the archive's plain IMAP never used. Passwords stay in files, so that
//! no list of processes shows them.

use casemate_dsl::prelude::*;

use crate::{images, namespaces, peers};

identity!(pub Imapsync = "imapsync" in namespaces::IMAPSYNC);

const DATA: Claim = Claim::own(name!("data"), storage!("1Gi"));
const TMP: Scratch = Scratch::disk(name!("tmp"), memory!("1Gi"));
const SOURCE: Item = item!("source", "imapsync-source");
const DESTINATION: Item = item!("destination", "imapsync-destination");

/// Declares the copier.
pub fn service() -> CronJob<Imapsync> {
    let secrets = Files::new()
        .secret(file_name!("SOURCE_USER"), SOURCE.field(field!("username")))
        .secret(file_name!("SOURCE_PASS"), SOURCE.field(field!("password")))
        .secret(file_name!("DESTINATION_USER"), DESTINATION.field(field!("username")))
        .secret(file_name!("DESTINATION_PASS"), DESTINATION.field(field!("password")));
    let copies = Imapsync::container(images::IMAPSYNC)
        .resources(cpu!("100m"), memory!("64Mi"))
        .memory_limit(memory!("1Gi"))
        .user(uid!(1000))
        .command(["sh", "/imapsync.sh"])
        .config(path!("/imapsync.sh"), include_str!("../../config/imapsync.sh"))
        .env(var!("SOURCE_HOST"), "imap.example.org")
        .env(var!("DESTINATION_HOST"), peers::mail::ARCHIVE.host())
        .directory(path!("/secrets"), secrets)
        .mounts(DATA, path!("/data"))
        .mounts(TMP, path!("/tmp"))
        .mounts(TMP, path!("/var/tmp"));
    CronJob::new(cron!("30 * * * *"), copies)
        .keeps_runs(0, 5)
        .reaches(External::tls(host!("imap.example.org"), port_number!(993)))
}
