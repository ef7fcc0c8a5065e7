//! What is promised about the tree, held against real directories.

mod ground;
mod heals;
mod interruption;
mod measured;
mod owns;
mod refuses;
mod sequences;
mod writes;

pub(super) use self::interruption::Interruption;
