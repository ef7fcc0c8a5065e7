//! The oracle of Casemate: a judge that reads rendered YAML and knows nothing of the code that wrote it.
//!
//! It holds a tree to three things: a *closed world* (for each kind the list of every path and value that may appear; what
//! is in no list is a finding), Kubernetes' own Pod Security standard `restricted`, and rules *across documents* (every edge
//! has two ends, every port its Server, every reference its object, every object its one owner).
//!
//! The lists are written by hand from the Kubernetes pages and the custom resource definitions. Nothing generates them, and
//! the crate depends on no other crate of the workspace.
//!
//! ```
//! use casemate_oracle::{Peers, World, judge};
//!
//! let secret = "# generated\napiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: b}\n";
//! let verdict = judge(&World::from_texts([("out/a.yaml", secret)]), &Peers::default());
//! assert!(verdict.findings.iter().any(|finding| finding.rule == "kind"));
//! ```

#![expect(clippy::similar_names, reason = "caller and callee are what the field calls the two ends of an edge")]

mod cidr;
mod closed;
mod credential;
mod field;
mod finding;
mod judge;
mod namespace_wide;
mod pages;
mod peers;
mod quantity;
mod reach;
mod restricted;
mod rights;
mod rules;
mod scene;
mod selector;
mod traffic;
mod tunnel;
mod workload;
mod world;
mod yaml;

pub use closed::{allowed_paths, kinds};
pub use finding::{Finding, Verdict};
pub use judge::judge;
pub use peers::{Caller, Database, Dns, Peer, Peers, Watch};
pub use reach::{
    Beyond, FromPeer, ToPeer, allowed_beyond, allowed_callers, allowed_datagrams, allowed_pairs, allowed_peers,
};
pub use restricted::restricted;
pub use rights::{Right, allowed_rights};
pub use rules::cross_rules;
pub use world::{Document, World};
pub use yaml::parse;
