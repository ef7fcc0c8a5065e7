//! Films and series of the household.
//!
//! Lost on its way here: the graphics card, as claims of resources (DRA) have no word, so videos are transcoded on the processor, and
//! televisions, whose players cannot pass Access. Films are only read.

use casemate_dsl::prelude::*;

use crate::{Site, images, namespaces};

identity!(pub Jellyfin = "jellyfin" in namespaces::JELLYFIN);

/// The player, and live updates over a WebSocket.
pub const WEB: Port<Jellyfin, Http> = port!(8096);

const CONFIG: Claim = Claim::own(name!("config"), storage!("10Gi"));
const METADATA: Claim = Claim::own(name!("metadata"), storage!("10Gi"));
const FILMS: Claim = Claim::existing(namespaces::JELLYFIN, name!("media")).read_write_many();
const WORK: Scratch = Scratch::disk(name!("work"), memory!("32Gi"));

/// Declares Jellyfin.
pub fn service(site: &Site) -> Deployment<Jellyfin> {
    let host = site.zone.host(name!("films"));
    let server = Jellyfin::container(images::JELLYFIN)
        .resources(cpu!("100m"), memory!("1Gi"))
        .memory_limit(memory!("8Gi"))
        .user(uid!(2000))
        .serves(WEB)
        .probes(Probes::http(WEB, path!("/health")))
        .env(var!("DOTNET_SYSTEM_IO_DISABLEFILELOCKING"), true)
        .env(var!("JELLYFIN_PublishedServerUrl"), format!("https://{host}"))
        .mounts(CONFIG, path!("/config"))
        .mounts(METADATA.sub_path(sub_path!("library")), path!("/config/data/metadata"))
        .mounts(METADATA, path!("/metadata"))
        .reads(FILMS, path!("/data/media"))
        .mounts(WORK.sub_path(sub_path!("cache")), path!("/cache"))
        .mounts(WORK.sub_path(sub_path!("tmp")), path!("/tmp"))
        .mounts(WORK.sub_path(sub_path!("transcode")), path!("/transcode"));
    Deployment::new(server)
        .reaches(External::https(host!("api.themoviedb.org")))
        .reaches(External::https(host!("image.tmdb.org")))
        .exposed(WEB, host.for_audience(site.household))
}
