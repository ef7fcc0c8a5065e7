//! What the containers of a random catalogue find in their file systems and variables, beside the ordinary.

use casemate_dsl::prelude::*;

/// How many features there are to choose from.
pub(crate) const FEATURES: usize = 12;

const ITEM: Item = item!("main");
const WORK: Scratch = Scratch::disk(name!("work"), memory!("2Gi"));
const QUICK: Scratch = Scratch::in_memory(name!("quick"), memory!("16Mi"));
const CACHE: Claim = Claim::own(name!("cache"), storage!("2Gi")).read_write_many().disposable();
const MODEL: ImageVolume = image_volume!(
    "model",
    "ghcr.io/example/words:7@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"
);

/// The claim that somebody made in each namespace.
pub(crate) const FILMS: Name = name!("films");

/// The container with one feature more.
pub(crate) fn with<W: Workload, R, P>(container: Container<W, R, P>, feature: usize) -> Container<W, R, P> {
    match feature {
        0 => {
            container.mounts(WORK, path!("/work")).mounts(WORK.sub_path(sub_path!("a/b")), path!("/var/cache/service"))
        }
        1 => container.mounts(QUICK, path!("/quick")),
        2 => container.shared_memory(memory!("8Mi")),
        3 => container.config(path!("/scripts/run.sh"), executable("#!/bin/sh\nexec true\n")),
        4 => container.directory(
            path!("/etc/everything"),
            Files::new()
                .text(file_name!("a.conf"), template("level = {{ level }}\n").with("level", "info"))
                .text(file_name!("run.sh"), executable("#!/bin/sh\n"))
                .secret(file_name!("key"), ITEM.field(field!("key")))
                .pod(file_name!("labels"), PodField::Labels),
        ),
        5 => container.directory(path!("/migrations"), Files::new().text(file_name!("1.sql"), "select 1;\n")),
        6 => container.reads(MODEL, path!("/model")),
        // Each stands within the one before.
        7 => container
            .mounts(CACHE, path!("/cache"))
            .mounts(CACHE.sub_path(sub_path!("fast")), path!("/cache/fast"))
            .config(path!("/cache/fast/cache.conf"), "size = 1\n"),
        8 => container.reads(Claim::existing(W::NAMESPACE, FILMS).read_write_many(), path!("/films")),
        9 => container.env(var!("POD_NAME"), PodField::Name).env(var!("NODE_IP"), PodField::HostIp),
        10 => container
            .env(var!("MEMORY"), ContainerResource::MemoryLimit)
            .env(var!("NAME_OF_POD"), "pod $(NAME)")
            .env(var!("NAME"), PodField::Name),
        _ => container.env(var!("SETTINGS"), template("{\"level\": \"{{ level }}\"}\n").with("level", "info")),
    }
}
