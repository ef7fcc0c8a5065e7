//! Repositories of declarations: how one begins, and how a service is added to it.
//!
//! What is written here is source code, for a person to go on with. It reads no declaration and renders nothing.

mod catalogue;
mod change;
mod error;
mod names;
mod namespaces;
mod service;
mod start;
mod template;
#[cfg(test)]
mod tests;

pub(crate) use error::Problem;
pub(crate) use service::{Kind, NewService, add};
pub(crate) use start::{NewRepository, start};
