//! Image volumes: the files of an OCI image, without running it.

use crate::seal::{Seal, Sealed};
use crate::view;
use crate::volume::Readable;
use crate::word::{Image, Name};

/// The files of an OCI image as a volume: models, extensions, static files that are versioned like the program.
///
/// It is only read, and pulled like any image: by digest, with the cluster's credentials for its registry. Kubernetes has it from 1.35 on;
/// in an older cluster `resolve` refuses it. Like other images it is a constant, which Renovate edits: [`image_volume!`](crate::image_volume!).
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// const MODEL: ImageVolume =
///     ImageVolume::of(name!("model"), image_awaiting_digest!("registry.example.com/models/words:7"));
///
/// let container = Ledger::container(IMAGE).reads(MODEL, path!("/models"));
/// ```
///
/// ```compile_fail,E0277
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// # const MODEL: ImageVolume =
/// #     ImageVolume::of(name!("model"), image_awaiting_digest!("registry.example.com/models/words:7"));
/// let container = Ledger::container(IMAGE).mounts(MODEL, path!("/models"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ImageVolume {
    name: Name,
    image: Image,
}

impl ImageVolume {
    /// The files of this image, under a name that the pod knows them by.
    #[must_use]
    pub const fn of(name: Name, image: Image) -> Self {
        Self { name, image }
    }
}

impl Sealed for ImageVolume {}

#[diagnostic::do_not_recommend]
impl Readable for ImageVolume {
    fn read(self) -> view::Volume {
        let Self { name, image } = self;
        let source = view::VolumeSource::Image(view::ImageVolume { name, image, seal: Seal::new() });
        view::Volume { source, sub_path: None, seal: Seal::new() }
    }
}

/// An [`ImageVolume`](crate::ImageVolume) of this name and image, with tag and digest, checked where it is written.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// const MODEL: ImageVolume = image_volume!(
///     "model",
///     "registry.example.com/models/words:7@sha256:4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"
/// );
/// ```
///
/// ```compile_fail,E0080
/// # use casemate_dsl::prelude::*;
/// const MODEL: ImageVolume = image_volume!("model", "registry.example.com/models/words:7");
/// ```
#[macro_export]
macro_rules! image_volume {
    ($name:literal, $image:literal) => {{
        const NAME: $crate::word::Name = $crate::word::Name::checked($name);
        const IMAGE: $crate::word::Image = $crate::word::Image::checked($image);
        $crate::ImageVolume::of(NAME, IMAGE)
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "`image_volume!` takes a name and an image: `image_volume!(\"model\", \"registry.example.com/model:7@sha256:…\")`"
        )
    };
}
