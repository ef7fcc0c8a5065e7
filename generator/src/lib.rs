//! The generator of Casemate: what declarations mean, and the tree that says it to Kubernetes.
//!
//! Data flow one way. [`run`] takes whole clusters; `resolve` answers every question about them or reports everything that is wrong;
//! the layers, one module for each paragraph of the security model, render what is left; `tree` writes the difference. Nothing takes a
//! key, an annotation, a selector or a fragment from outside.

#![forbid(unsafe_code)]
#![deny(missing_debug_implementations)]

mod access;
mod audit;
mod bootstrap;
mod cli;
#[cfg(test)]
#[path = "../../snapshots/example.rs"]
mod example;
mod gitops;
mod graph;
mod library;
mod manifest;
mod mesh;
mod meta;
mod model;
mod network;
mod notice;
mod object;
mod perimeter;
mod platform;
mod plugin;
mod policy;
mod register;
mod render;
mod repository;
mod resolve;
mod review;
mod runtime;
mod secrets;
mod tree;
mod yaml;
mod yaml_reader;

pub use cli::{run, run_built_from, run_with};
pub use library::{Findings, Rendered, render};
