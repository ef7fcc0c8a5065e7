//! What all stand-ins for controllers share: a thread that looks again and again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Result;

/// A stand-in that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct StandIn {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl StandIn {
    /// Calls `reconcile` twice a second. What fails is tried again, and said once.
    pub(crate) fn start(name: &'static str, mut reconcile: impl FnMut() -> Result<()> + Send + 'static) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut last = String::new();
            while !stopped.load(Ordering::Relaxed) {
                if let Err(error) = reconcile() {
                    let error = format!("{error:#}");
                    if error != last && !stopped.load(Ordering::Relaxed) && !crate::interrupt::requested() {
                        eprintln!("  {name}: {error}");
                        last = error;
                    }
                }
                std::thread::sleep(Duration::from_millis(500));
            }
        });
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A stand-in that panicked has printed so, and the judges that wait for it have failed.
            let _ended = thread.join();
        }
    }
}
