//! Exposure: a hostname of the tunnel, with the decision who may see it.

use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Audience, Host, Reason};

/// A hostname and the decision who may see what stands behind it.
#[derive(Debug)]
#[must_use = "a hostname is exposed by the service that says `.exposed(PORT, ..)`"]
pub struct Exposure(view::Exposure);

impl Host {
    /// Only who passed Cloudflare Access for this application; cloudflared checks the token itself.
    pub const fn for_audience(self, audience: Audience) -> Exposure {
        Exposure(view::Exposure { host: self, decision: view::Decision::Access(audience), seal: Seal::new() })
    }

    /// Everybody, and why.
    pub const fn public(self, reason: Reason) -> Exposure {
        Exposure(view::Exposure { host: self, decision: view::Decision::Public(reason), seal: Seal::new() })
    }
}

/// A hostname with its decision.
#[diagnostic::on_unimplemented(
    message = "this hostname has no decision who may see it",
    label = "needs `.for_audience(..)` or `.public(..)`",
    note = "`host!(\"…\").for_audience(AUDIENCE)` lets in who passed Access, `host!(\"…\").public(because!(\"…\"))` everybody"
)]
pub trait Decided: Sealed {
    #[doc(hidden)]
    fn decided(self) -> view::Exposure;
}

impl Sealed for Exposure {}

#[diagnostic::do_not_recommend]
impl Decided for Exposure {
    fn decided(self) -> view::Exposure {
        self.0
    }
}
