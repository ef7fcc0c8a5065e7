//! Stops a run after any operation.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stops a run at one of its operations.
#[derive(Debug)]
pub(in crate::tree) struct Interruption {
    done: AtomicUsize,
    at: usize,
    kind: Kind,
}

/// How a run is stopped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// The operation fails, and those after it succeed.
    Error,
    /// The process dies: nothing more happens to the disk.
    Death,
}

impl Interruption {
    /// Stops a run at its operation of this number, from 0 on.
    pub(super) fn at(at: usize, kind: Kind) -> Self {
        Self { done: AtomicUsize::new(0), at, kind }
    }

    /// Whether the run came as far as that.
    pub(super) fn came(&self) -> bool {
        self.done.load(Ordering::SeqCst) > self.at
    }

    /// Lets the next operation happen or not.
    pub(in crate::tree) fn step(&self) -> io::Result<()> {
        let number = self.done.fetch_add(1, Ordering::SeqCst);
        let stops = number == self.at || (number > self.at && self.kind == Kind::Death);
        if stops { Err(io::Error::other("interrupted by a test")) } else { Ok(()) }
    }
}
