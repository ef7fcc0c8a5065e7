//! YAML of anybody, read as Kubernetes' own tools read it, with the place of each value and within bounds.
//!
//! `review` refuses whatever two readers could read differently. An audit cannot: what a neighbour wrote has to be judged as it will
//! be deployed, so `yes` is true here, `0x0` is zero, and anchors and merge keys mean what they mean to Go's reader.

mod field;
mod node;
mod reader;
mod scalar;

pub(super) use field::Field;
pub(super) use node::{Mark, Node, Value};
pub(super) use reader::{Broken, Documents};
