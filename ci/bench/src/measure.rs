//! What a command costs: wall time, and the peak memory of the largest process that it started.

use std::{
    fmt,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// What a command has cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// Wall time.
    pub(crate) time: Duration,
    /// Peak resident memory in KiB, of the command or the largest of its descendants.
    pub(crate) peak_kib: u64,
}

impl Cost {
    /// One command after another.
    pub(crate) fn then(self, next: Self) -> Self {
        Self {
            time: self.time + next.time,
            peak_kib: self.peak_kib.max(next.peak_kib),
        }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.2} s, {} MB",
            self.time.as_secs_f64(),
            self.peak_kib / 1024
        )
    }
}

/// The cost in the middle, by time.
pub(crate) fn median(costs: &[Cost]) -> Cost {
    let mut costs = costs.to_vec();
    costs.sort_by_key(|cost| cost.time);
    costs[costs.len() / 2]
}

/// Runs a command to its end, silently.
///
/// # Panics
///
/// When it cannot be started or fails: a benchmark of a failure would mean nothing.
#[expect(clippy::zombie_processes, reason = "`wait` waits for the command")]
pub(crate) fn cost_of(mut command: Command) -> Cost {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let child = command
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (code, peak_kib) = wait(child.id());
    assert_eq!(code, 0, "{command:?} failed; run it by hand to see why");
    Cost {
        time: start.elapsed(),
        peak_kib,
    }
}

/// Waits for a child of ours. Returns its wait status and the peak memory of it and the descendants that it waited for.
pub(crate) fn wait(pid: u32) -> (i32, u64) {
    let pid = libc::pid_t::try_from(pid).expect("process ids fit");
    let mut status = 0;
    // SAFETY: `rusage` is a plain C struct of integers, for which zeros are a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are to live values of the types that wait4 writes, and nobody else waits for this child:
    // `Child` does not when it is dropped.
    let waited = unsafe { libc::wait4(pid, &mut status, 0, &mut usage) };
    assert_eq!(waited, pid, "the child is ours to wait for");
    // KiB on Linux; bytes on macOS.
    let peak = u64::try_from(usage.ru_maxrss).expect("a size");
    (
        status,
        if cfg!(target_os = "macos") {
            peak / 1024
        } else {
            peak
        },
    )
}
