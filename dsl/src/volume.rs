//! Volumes: what a container mounts, whole or in part.

use crate::claim::Claim;
use crate::scratch::Scratch;
use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::SubPath;

/// A volume that a container can write to: a [`Claim`], a [`Scratch`], or a [`Part`] of one.
#[diagnostic::on_unimplemented(
    message = "a container writes to a claim or a scratch directory, and to nothing else",
    label = "neither of them",
    note = "declare `const DATA: Claim = Claim::own(name!(\"data\"), storage!(\"5Gi\"));` or a `Scratch`; a directory that nobody else \
            mounts is `.scratch(path!(\"…\"))`, files have `.config(..)` and `.secret_file(..)`, and an image is only read: `.reads(MODEL, ..)`"
)]
pub trait Writable: Sealed {
    #[doc(hidden)]
    fn written(self) -> view::Volume;
}

/// A volume that a container can read: what is [`Writable`], and an [`ImageVolume`](crate::ImageVolume).
#[diagnostic::on_unimplemented(
    message = "a container reads a claim, a scratch directory or the files of an image",
    label = "none of them",
    note = "declare `const DATA: Claim = Claim::own(name!(\"data\"), storage!(\"5Gi\"));`, a `Scratch`, or \
            `const MODEL: ImageVolume = image_volume!(\"model\", \"…\");`; files have `.config(..)` and `.secret_file(..)`"
)]
pub trait Readable: Sealed {
    #[doc(hidden)]
    fn read(self) -> view::Volume;
}

/// A directory within a claim or a scratch: `DATA.sub_path(sub_path!("config"))`.
///
/// The kubelet makes it when it is not there. It is followed only within the volume: a link that leads out of it is refused.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const DATA: Claim = Claim::own(name!("data"), storage!("5Gi"));
/// const CONFIG: Part<Claim> = DATA.sub_path(sub_path!("config"));
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a part of a volume is nowhere until a container mounts it"]
pub struct Part<V> {
    volume: V,
    sub_path: SubPath,
}

impl<V> Part<V> {
    pub(crate) const fn of(volume: V, sub_path: SubPath) -> Self {
        Self { volume, sub_path }
    }
}

const fn whole(source: view::VolumeSource) -> view::Volume {
    view::Volume { source, sub_path: None, seal: Seal::new() }
}

impl Sealed for Claim {}
impl Sealed for Scratch {}
impl<V> Sealed for Part<V> {}

#[diagnostic::do_not_recommend]
impl Writable for Claim {
    fn written(self) -> view::Volume {
        whole(view::VolumeSource::Claim(self.view()))
    }
}

#[diagnostic::do_not_recommend]
impl Writable for Scratch {
    fn written(self) -> view::Volume {
        whole(view::VolumeSource::Scratch(self.view()))
    }
}

#[diagnostic::do_not_recommend]
impl<V: Writable> Writable for Part<V> {
    fn written(self) -> view::Volume {
        view::Volume { sub_path: Some(self.sub_path), ..self.volume.written() }
    }
}

#[diagnostic::do_not_recommend]
impl<V: Writable> Readable for V {
    fn read(self) -> view::Volume {
        self.written()
    }
}
