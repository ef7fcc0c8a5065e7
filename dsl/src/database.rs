//! Databases that a declared operator runs: whom they serve, and the credentials that the operator makes for them.

use crate::endpoint::Callee;
use crate::env::{EnvValue, Fits};
use crate::peer::{Caller, Calling as _};
use crate::seal::{Seal, Sealed};
use crate::view;
use crate::word::{Label, Name, Namespace};

/// The operator CloudNativePG, which the cluster declares by [`Cluster::cloud_native_pg`](crate::Cluster::cloud_native_pg).
#[derive(Debug)]
pub enum CloudNativePg {}

impl CloudNativePg {
    /// The `Cluster` of this name, whose pods run in a namespace of services.
    ///
    /// Whoever installs it keeps its pods out of the mesh: `inheritedMetadata` with the annotation `linkerd.io/inject: disabled`.
    /// PostgreSQL speaks TLS itself. And it states `resources` with requests and a memory limit, as every pod among services does.
    ///
    /// ```
    /// # use casemate_dsl::prelude::*;
    /// const DB: Database = CloudNativePg::cluster(name!("ledger-pg"), namespace!("payments"));
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use casemate_dsl::prelude::*;
    /// const DB: Database =
    ///     CloudNativePg::cluster(name!("a-name-of-more-than-the-fifty-characters-that-are-allowed"), namespace!("payments"));
    /// ```
    ///
    /// # Panics
    ///
    /// When the name has more than 50 characters, which the operator refuses; in a constant that is a compile error.
    #[must_use]
    pub const fn cluster(name: Name, namespace: Namespace) -> Database {
        assert!(name.as_str().len() <= 50, "CloudNativePG takes names of at most 50 characters for its clusters");
        Database { name, namespace, callers: [None; 4] }
    }
}

/// A database that an operator runs among services.
///
/// It takes connections from the services that call it, from the peers that it names, from its operator and from its own
/// instances, and reaches nothing but the API server and those. It is not in the mesh, and every report says so.
///
/// Its fields are the credentials that the operator makes, in a Secret whose name is derived. A service that holds one of them calls
/// it; one that holds none, and reads the host elsewhere, says `.calls(DB)`.
///
/// ```
/// # use casemate_dsl::prelude::*;
/// # pub enum Ledger {}
/// # impl Workload for Ledger {
/// #     const NAME: Name = name!("ledger");
/// #     const NAMESPACE: Namespace = namespace!("payments");
/// # }
/// # const IMAGE: Image = image_awaiting_digest!("registry.example.com/ledger:1.4.2");
/// const DB: Database = CloudNativePg::cluster(name!("ledger-pg"), namespace!("payments"));
/// let container = Ledger::container(IMAGE).env(var!("DATABASE_URL"), DB.uri());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Database {
    name: Name,
    namespace: Namespace,
    callers: [Option<Caller>; 4],
}

impl Database {
    /// Is called by this peer, too: a migration operator, a backup.
    ///
    /// # Panics
    ///
    /// When more than four are named; in a constant that is a compile error.
    #[must_use]
    pub const fn called_by(mut self, caller: Caller) -> Self {
        let mut i = 0;
        while i < self.callers.len() {
            if self.callers[i].is_none() {
                self.callers[i] = Some(caller);
                return self;
            }
            i += 1;
        }
        panic!("a database is called by at most four peers")
    }

    /// The whole connection as a URL, with user and password.
    #[must_use]
    pub const fn uri(self) -> DatabaseField {
        self.field(view::DatabaseKey::Uri)
    }

    /// The name of its user.
    #[must_use]
    pub const fn username(self) -> DatabaseField {
        self.field(view::DatabaseKey::Username)
    }

    /// The password of its user.
    #[must_use]
    pub const fn password(self) -> DatabaseField {
        self.field(view::DatabaseKey::Password)
    }

    /// The host of the instance that can be written to.
    #[must_use]
    pub const fn host(self) -> DatabaseField {
        self.field(view::DatabaseKey::Host)
    }

    /// Its port.
    #[must_use]
    pub const fn port(self) -> DatabaseField {
        self.field(view::DatabaseKey::Port)
    }

    /// The name of the database in it.
    #[must_use]
    pub const fn dbname(self) -> DatabaseField {
        self.field(view::DatabaseKey::Dbname)
    }

    const fn field(self, key: view::DatabaseKey) -> DatabaseField {
        DatabaseField { database: self, key }
    }

    fn view(self) -> view::Database {
        let Self { name, namespace, callers } = self;
        let callers = callers.into_iter().flatten().map(Caller::calling).collect();
        view::Database {
            name,
            namespace,
            service: name.followed_by("-rw"),
            label: Label::of_name("cnpg.io/cluster", name),
            callers,
        }
    }
}

/// One of the credentials that an operator makes for a [`Database`]. It has no text: what it holds is never in Git.
#[derive(Clone, Copy, Debug)]
pub struct DatabaseField {
    database: Database,
    key: view::DatabaseKey,
}

impl Sealed for Database {}

#[diagnostic::do_not_recommend]
impl Callee for Database {
    fn called(self) -> view::Endpoint {
        view::Endpoint::Database(self.view())
    }
}

impl Sealed for DatabaseField {}

#[diagnostic::do_not_recommend]
impl EnvValue for DatabaseField {
    type Shown = crate::downward::shown::Anywhere;

    fn value(self) -> view::EnvValue {
        let Self { database, key } = self;
        view::EnvValue::Database(view::DatabaseField { database: database.view(), key, seal: Seal::new() })
    }
}

#[diagnostic::do_not_recommend]
impl Fits<true> for DatabaseField {
    fn fitting(self) -> view::EnvValue {
        self.value()
    }
}
