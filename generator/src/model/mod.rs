//! The words of the security model: its clauses, and the rules that they come to in a cluster.
//!
//! Policies, the audit and the register name a rule or a clause from here, so that the same thing is called the same everywhere.

mod clause;
mod rule;

pub(crate) use clause::{Chapter, Clause};
pub(crate) use rule::Rule;
