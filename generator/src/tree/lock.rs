//! One process at a time writes a tree.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::Problem;
use super::disk::Disk;

/// How long another process is waited for.
const PATIENCE: Duration = if cfg!(test) { Duration::from_secs(2) } else { Duration::from_secs(10) };

/// How often it is looked for.
const INTERVAL: Duration = Duration::from_millis(20);

/// A target directory that is locked until this is dropped.
#[derive(Debug)]
pub(super) struct Target {
    _lock: Option<File>,
    made: Vec<PathBuf>,
}

impl Target {
    /// Locks a target against writers. One that is not there needs no lock.
    pub(super) fn read(target: &Path) -> Result<Self, Problem> {
        if target.exists() {
            Ok(Self { _lock: lock(target, File::try_lock_shared)?, made: Vec::new() })
        } else {
            Ok(Self { _lock: None, made: Vec::new() })
        }
    }

    /// Makes a target if it is not there, and locks it against everybody.
    pub(super) fn write(disk: &Disk, target: &Path) -> Result<Self, Problem> {
        let mut made = Vec::new();
        let missing: Vec<&Path> = target.ancestors().take_while(|path| !path.exists()).collect();
        let locked = missing
            .into_iter()
            .rev()
            .filter(|path| !path.as_os_str().is_empty())
            .try_for_each(|path| {
                disk.create_directory(path)?;
                made.push(path.to_owned());
                Ok(())
            })
            .and_then(|()| lock(target, File::try_lock));
        match locked {
            Ok(lock) => Ok(Self { _lock: lock, made }),
            Err(problem) => {
                Self { _lock: None, made }.unmake(disk);
                Err(problem)
            }
        }
    }

    /// Removes again, as far as they are empty, the directories that were made for the target.
    pub(super) fn unmake(self, disk: &Disk) {
        for directory in self.made.iter().rev() {
            // The error that led here is the one to report.
            let _ = disk.remove_empty_directory(directory);
        }
    }
}

/// Locks a directory by its handle, so that nothing of the lock is seen in the tree. Systems that cannot open a directory,
/// and file systems that cannot lock, go without.
fn lock(target: &Path, try_lock: fn(&File) -> Result<(), TryLockError>) -> Result<Option<File>, Problem> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let directory = File::open(target).map_err(|error| Problem::io("open this directory", target, error))?;
    let start = Instant::now();
    loop {
        match try_lock(&directory) {
            Ok(()) => return Ok(Some(directory)),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => thread::sleep(INTERVAL),
            Err(TryLockError::WouldBlock) => return Err(Problem::Locked { target: target.to_owned() }),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(Problem::io("lock this directory", target, error)),
        }
    }
}
