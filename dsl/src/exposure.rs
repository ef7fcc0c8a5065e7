//! Exposure: a hostname of the tunnel, with the decision who may see it.

use crate::said::Setting;
use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Audience, Host, Path, Reason, Seconds};

/// A hostname, or its paths below one, and the decision who may see what stands behind it; and how the tunnel connects to that.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # const STAFF: Audience = audience!("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");
/// let web = host!("ledger.example.com").for_audience(STAFF);
/// let api = host!("ledger.example.com").under(path!("/api")).for_audience(STAFF).connect_timeout(seconds!(10));
/// let rates = host!("rates.example.com").public(because!("exchange rates are for everybody")).keep_alive_connections(20);
/// ```
///
/// What says nothing about its connections gets cloudflared's defaults: 30 seconds to connect, 100 idle connections, which are kept for
/// 90 seconds.
///
/// # What has no word
///
/// | cloudflared's key | why |
/// |---|---|
/// | `noTLSVerify`, `originServerName`, `caPool`, `matchSNItoHost`, `tlsTimeout` | the tunnel speaks plain HTTP to the port: the mesh encrypts it, and judges who calls. TLS within would hide the requests from it |
/// | `http2Origin` | cloudflared speaks HTTP/2 over TLS only, so a `Grpc` port is not exposed |
/// | `httpHostHeader` | the port would take a request for one of another hostname, about which something else was decided |
/// | `bastionMode`, `proxyType`, `proxyAddress`, `proxyPort`, `ipRules` | whoever passes the hostname would choose where the tunnel leads |
/// | `noHappyEyeballs` | a Service has one address: there is no race between two |
/// | `*.example.com` as hostname | it takes hosts that nobody declared, and those of rules below it |
/// | an expression as `path` | cloudflared looks for it anywhere in the path |
#[derive(Debug)]
#[must_use = "a hostname is exposed by the service that says `.exposed(PORT, ..)`"]
pub struct Exposure(view::Exposure);

/// The paths of a hostname below one of them: `/api` itself and what begins with `/api/`, so not `/apis`.
///
/// A prefix chooses the port that answers; it is no wall. cloudflared compares the decoded path and resolves no dots, so that
/// `/%61pi/../admin` is below `/api` as well, and what the port makes of it is the port's affair. That is why all prefixes of a hostname
/// bear one decision, which `resolve` holds them to: who may see different things sees them under different hostnames.
///
/// The longest prefix decides, and a port that is exposed under the hostname alone answers for all others. Where there is none, the
/// tunnel itself answers 404.
///
/// A prefix has letters, digits, `-`, `_`, `.`, `~` and slashes, in the case in which the path is written; others are an error of
/// `resolve`.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # pub const API: Port<Ledger, Http> = port!(8080);
/// # const STAFF: Audience = audience!("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2");
/// # fn service(ledger: Deployment<Ledger>) -> Deployment<Ledger> {
/// ledger.exposed(API, host!("books.example.com").under(path!("/ledger")).for_audience(STAFF))
/// # }
/// ```
///
/// ```compile_fail,E0277
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # pub const API: Port<Ledger, Http> = port!(8080);
/// # fn service(ledger: Deployment<Ledger>) -> Deployment<Ledger> {
/// ledger.exposed(API, host!("books.example.com").under(path!("/ledger")))
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a prefix is exposed once it has a decision: `.for_audience(..)` or `.public(..)`"]
pub struct PathPrefix {
    host: Host,
    path: Path,
}

impl Host {
    /// The paths of this hostname below `path`, which may lead to another port than the rest.
    pub const fn under(self, path: Path) -> PathPrefix {
        PathPrefix { host: self, path }
    }

    /// Only who passed Cloudflare Access for this application; cloudflared checks the token itself.
    pub const fn for_audience(self, audience: Audience) -> Exposure {
        Exposure::of(self, None, view::Decision::Access(audience))
    }

    /// Everybody, and why; `list`, `render` and the rendered tree show the reason.
    pub const fn public(self, reason: Reason) -> Exposure {
        Exposure::of(self, None, view::Decision::Public(reason))
    }
}

impl PathPrefix {
    /// Only who passed Cloudflare Access for this application, which is that of the whole hostname.
    pub const fn for_audience(self, audience: Audience) -> Exposure {
        Exposure::of(self.host, Some(self.path), view::Decision::Access(audience))
    }

    /// Everybody, and why; the whole hostname is public then.
    pub const fn public(self, reason: Reason) -> Exposure {
        Exposure::of(self.host, Some(self.path), view::Decision::Public(reason))
    }
}

impl Exposure {
    const fn of(host: Host, path: Option<Path>, decision: view::Decision) -> Self {
        let origin = view::Origin {
            connect_timeout: Setting::unsaid(),
            keep_alive_connections: Setting::unsaid(),
            keep_alive_timeout: Setting::unsaid(),
            tcp_keep_alive: Setting::unsaid(),
            without_chunks: Setting::unsaid(),
            seal: Seal::new(),
        };
        Self(view::Exposure { host, path, decision, origin, seal: Seal::new() })
    }

    /// Gives up a connection to the port that is not made within this time, instead of 30 seconds.
    #[track_caller]
    pub fn connect_timeout(mut self, time: Seconds) -> Self {
        self.0.origin.connect_timeout.say(time);
        self
    }

    /// Keeps up to this many idle connections to the port, 1 to 10000, instead of 100.
    #[track_caller]
    pub fn keep_alive_connections(mut self, connections: u16) -> Self {
        self.0.origin.keep_alive_connections.say(connections);
        self
    }

    /// Keeps an idle connection for this time instead of 90 seconds: less than the time after which the service itself closes it.
    #[track_caller]
    pub fn keep_alive_timeout(mut self, time: Seconds) -> Self {
        self.0.origin.keep_alive_timeout.say(time);
        self
    }

    /// Asks by TCP in this interval whether the other end of a connection is still there, instead of every 30 seconds.
    #[track_caller]
    pub fn tcp_keep_alive(mut self, interval: Seconds) -> Self {
        self.0.origin.tcp_keep_alive.say(interval);
        self
    }

    /// Sends no body in chunks: servers of WSGI do not read them.
    #[track_caller]
    pub fn without_chunked_encoding(mut self) -> Self {
        self.0.origin.without_chunks.say(());
        self
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
