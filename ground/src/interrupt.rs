//! Ctrl-C and termination: a flag that every wait looks at, so that everything is stopped in order.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

static INTERRUPTED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Listens for Ctrl-C, termination and hang-up. The second Ctrl-C ends this process at once; the watchdog of
/// [`crate::processes`] then stops what was started.
pub(crate) fn listen() -> Result<()> {
    let flag = INTERRUPTED.get_or_init(Arc::default);
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(flag))?;
        signal_hook::flag::register(signal, Arc::clone(flag))?;
    }
    Ok(())
}

/// Whether somebody asked us to stop.
pub(crate) fn requested() -> bool {
    INTERRUPTED.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// Sleeps, and fails as soon as somebody asks us to stop.
pub(crate) fn sleep(duration: Duration) -> Result<()> {
    let end = Instant::now() + duration;
    loop {
        if requested() {
            bail!("interrupted");
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        std::thread::sleep(left.min(Duration::from_millis(100)));
    }
}

/// How long to wait before asking again: what is nearly there is seen at once, what takes long is not asked for all the time, because
/// who answers is busy with it.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Asks again and again until there is an answer. `ask` says what it still waits for, which becomes the error.
pub(crate) fn until<T>(
    what: &str,
    at_most: Duration,
    mut ask: impl FnMut() -> Result<std::result::Result<T, String>>,
) -> Result<T> {
    let start = Instant::now();
    let mut said = Instant::now();
    let mut pause = FIRST_PAUSE;
    loop {
        let waiting_for = match ask()? {
            Ok(answer) => return Ok(answer),
            Err(waiting_for) => waiting_for,
        };
        if start.elapsed() > at_most {
            bail!("{what}: not after {} s; still waiting for {waiting_for}", at_most.as_secs());
        }
        if said.elapsed() > Duration::from_secs(10) {
            said = Instant::now();
            eprintln!("  … {what}: {} s, waiting for {}", start.elapsed().as_secs(), shortened(&waiting_for));
        }
        sleep(pause)?;
        pause = (pause * 3 / 2).min(LONGEST_PAUSE);
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
