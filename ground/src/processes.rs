//! The programs that run beside us: each in a process group of its own, stopped by id.
//!
//! Dropping [`Processes`] stops them, which also happens when an error or a panic unwinds. Should this process be
//! killed outright, a watchdog (a shell that reads our end of a pipe) sees the pipe close and stops them.

use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::interrupt;

const WATCHDOG: &str = r#"
trap '' INT TERM HUP
ids=
while read -r word id; do
  case "$word" in
    watch) ids="$ids $id" ;;
    forget) kept=; for one in $ids; do [ "$one" = "$id" ] || kept="$kept $one"; done; ids=$kept ;;
  esac
done
for id in $ids; do kill -TERM "-$id" 2>/dev/null; done
[ -z "$ids" ] || sleep 3
for id in $ids; do kill -KILL "-$id" 2>/dev/null; done
"#;

/// Every program that we started and have not stopped.
#[derive(Debug)]
pub(crate) struct Processes {
    logs: PathBuf,
    running: Vec<Running>,
    watchdog: Child,
    watched: Option<ChildStdin>,
}

#[derive(Debug)]
struct Running {
    name: String,
    child: Child,
}

impl Processes {
    /// Starts the watchdog. Logs go to `logs`, one file a program.
    pub(crate) fn new(logs: &Path) -> Result<Self> {
        std::fs::create_dir_all(logs).with_context(|| format!("cannot make {}", logs.display()))?;
        let mut watchdog = Command::new("sh")
            .args(["-c", WATCHDOG])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("cannot start `sh`, which watches over the programs")?;
        let watched = watchdog.stdin.take();
        Ok(Self { logs: logs.to_owned(), running: Vec::new(), watchdog, watched })
    }

    /// Starts a program that stays.
    pub(crate) fn start(&mut self, name: &str, command: &mut Command) -> Result<()> {
        let child = self.spawn(name, command)?;
        self.running.push(Running { name: name.to_owned(), child });
        Ok(())
    }

    /// Runs a program to its end, saying every now and then that it still runs.
    pub(crate) fn complete(&mut self, name: &str, command: &mut Command) -> Result<()> {
        let start = Instant::now();
        let mut said = Instant::now();
        self.start(name, command)?;
        loop {
            let Some(at) = self.running.iter().position(|running| running.name == name) else {
                bail!("{name} is no longer among the running programs");
            };
            if let Some(status) = self.running[at].child.try_wait()? {
                let ended = self.running.remove(at);
                self.tell("forget", &ended.child);
                if status.success() {
                    return Ok(());
                }
                bail!("{name} failed ({status}); the end of {}:\n{}", self.log(name).display(), self.last_lines(name));
            }
            if said.elapsed() > Duration::from_secs(20) {
                said = Instant::now();
                eprintln!("  … {name}: {} s", start.elapsed().as_secs());
            }
            interrupt::sleep(Duration::from_millis(50))?;
        }
    }

    /// Fails when a program that should stay has ended.
    pub(crate) fn all_alive(&mut self) -> Result<()> {
        for at in 0..self.running.len() {
            if let Some(status) = self.running[at].child.try_wait()? {
                let name = self.running[at].name.clone();
                bail!("{name} ended ({status}); the end of {}:\n{}", self.log(&name).display(), self.last_lines(&name));
            }
        }
        Ok(())
    }

    /// Stops one program.
    pub(crate) fn stop(&mut self, name: &str) {
        if let Some(at) = self.running.iter().position(|running| running.name == name) {
            let mut ended = self.running.remove(at);
            stop_all(std::slice::from_mut(&mut ended));
            self.tell("forget", &ended.child);
        }
    }

    /// The log of a program.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.logs.join(format!("{name}.log"))
    }

    /// The last lines of a program's log.
    pub(crate) fn last_lines(&self, name: &str) -> String {
        let text = std::fs::read(self.log(name)).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(12)..].join("\n")
    }

    fn spawn(&mut self, name: &str, command: &mut Command) -> Result<Child> {
        let log = File::create(self.log(name)).with_context(|| format!("cannot write {}", self.log(name).display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {name} ({})", command.get_program().display()))?;
        self.tell("watch", &child);
        Ok(child)
    }

    /// The watchdog is a second net: that it cannot be told is no reason to stop.
    fn tell(&mut self, word: &str, child: &Child) {
        if let Some(pipe) = &mut self.watched
            && writeln!(pipe, "{word} {}", child.id()).is_err()
        {
            self.watched = None;
        }
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        self.running.reverse();
        stop_all(&mut self.running);
        let stopped = std::mem::take(&mut self.running);
        for running in &stopped {
            self.tell("forget", &running.child);
        }
        self.watched = None;
        let _ended = self.watchdog.wait();
    }
}

/// Asks all of them to end, then waits, then ends those that did not listen.
fn stop_all(running: &mut [Running]) {
    for one in running.iter() {
        signal(&one.child, Signal::TERM);
    }
    let start = Instant::now();
    for one in running {
        while matches!(one.child.try_wait(), Ok(None)) {
            if start.elapsed() > Duration::from_secs(5) {
                signal(&one.child, Signal::KILL);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        // Its own children (Argo CD runs git) go with it.
        signal(&one.child, Signal::KILL);
    }
}

fn signal(child: &Child, signal: Signal) {
    if let Some(id) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // A group that has already gone is what we want.
        let _gone = kill_process_group(id, signal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(folder: &Path) -> (Processes, Pid) {
        let mut processes = Processes::new(folder).unwrap();
        // `wait` keeps the shell, so that the group has two members.
        processes.start("sleeper", Command::new("sh").args(["-c", "sleep 600 & wait"])).unwrap();
        let id = Pid::from_raw(i32::try_from(processes.running[0].child.id()).unwrap()).unwrap();
        assert!(rustix::process::test_kill_process_group(id).is_ok());
        (processes, id)
    }

    /// A killed grandchild stays in the table of processes until whoever inherited it has looked: that is soon, not at once.
    fn is_gone(group: Pid) -> bool {
        (0..100).any(|_| {
            let gone = rustix::process::test_kill_process_group(group).is_err();
            if !gone {
                std::thread::sleep(Duration::from_millis(50));
            }
            gone
        })
    }

    #[test]
    fn what_was_started_is_stopped_with_its_children() {
        let folder = tempfile::tempdir().unwrap();
        let (processes, id) = started(folder.path());
        drop(processes);
        assert!(is_gone(id));
    }

    #[test]
    fn the_watchdog_stops_what_is_left_when_we_are_killed() {
        let folder = tempfile::tempdir().unwrap();
        let (mut processes, id) = started(folder.path());
        // Our end of the pipe closes when we die.
        processes.watched = None;
        let ended = processes.running[0].child.wait().unwrap();
        assert!(!ended.success());
        processes.watchdog.wait().unwrap();
        assert!(is_gone(id));
    }

    #[test]
    fn a_program_that_fails_says_its_last_lines() {
        let folder = tempfile::tempdir().unwrap();
        let mut processes = Processes::new(folder.path()).unwrap();
        let failed = processes.complete("talker", Command::new("sh").args(["-c", "echo the reason; exit 3"]));
        let message = failed.unwrap_err().to_string();
        assert!(message.contains("the reason"), "{message}");
    }
}
