//! Copies new mail from the provider to the archive, every hour.
//!
//! Lost on its way here: the bundle of private certificates, which the archive's plain IMAP never used. Passwords stay in files, so that
//! no list of processes shows them.

use casemate_dsl::prelude::*;

use crate::apps::peers;
use crate::namespaces;

/// The copier's identity in the mesh.
pub enum Imapsync {}

impl Workload for Imapsync {
    const NAME: Name = name!("imapsync");
    const NAMESPACE: Namespace = namespaces::IMAPSYNC;
}

const DATA: Claim = Claim::own(name!("data"), storage!("1Gi"));
const TMP: Scratch = Scratch::disk(name!("tmp"), memory!("1Gi"));
const SOURCE: Item = item!("source", "imapsync-source");
const DESTINATION: Item = item!("destination", "imapsync-destination");

const IMAGE: Image = image!(
    "docker.io/gilleslamiral/imapsync:2.319@sha256:161336e1a6db587bc42ea1126cfc9b6afa67ea92b408ea4c4454f7f771561aa4"
);

/// Declares the copier.
pub fn service() -> CronJob<Imapsync> {
    let secrets = Files::new()
        .secret(file_name!("SOURCE_USER"), SOURCE.field(field!("username")))
        .secret(file_name!("SOURCE_PASS"), SOURCE.field(field!("password")))
        .secret(file_name!("DESTINATION_USER"), DESTINATION.field(field!("username")))
        .secret(file_name!("DESTINATION_PASS"), DESTINATION.field(field!("password")));
    CronJob::new(
        cron!("30 * * * *"),
        Imapsync::container(IMAGE)
            .resources(cpu!("100m"), memory!("64Mi"))
            .memory_limit(memory!("1Gi"))
            .user(uid!(1000))
            .command(["sh", "/imapsync.sh"])
            .config(path!("/imapsync.sh"), include_str!("../../config/imapsync.sh"))
            .env(var!("SOURCE_HOST"), "imap.example.org")
            .env(var!("DESTINATION_HOST"), peers::DOVECOT.host())
            .directory(path!("/secrets"), secrets)
            .mounts(DATA, path!("/data"))
            .mounts(TMP, path!("/tmp"))
            .mounts(TMP, path!("/var/tmp")),
    )
    .keeps_runs(0, 5)
    .volume_group(gid!(1000))
    .reaches(External::tls(host!("imap.example.org"), port_number!(993)))
}
